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
inner join budget_sections as s using (section)
order by b.branch_id, s.rowid, b.fiscal_year, b.rowid
