-- Grain: one row a line of a budget of a branch, with its heading, in the order of headings and then of the document.
-- Amounts in thousands of yen; no sum is printed.
select
    b.branch_id,
    b.fiscal_year,
    b.section,
    s.name_ja as section_ja,
    s.name_en as section_en,
    b.initiative as initiative_ja,
    b.initiative_en,
    b.is_new,
    b.amount_thousand_yen,
    b.document_id,
    b.line
from budgets as b
inner join budget_sections as s on s.section = b.section
-- What a replaced document prints speaks no more; it stays in the tables.
where not exists(select 1 from documents as r where r.replaces_id = b.document_id)
order by b.branch_id, s.rowid, b.fiscal_year, b.rowid
