-- Grain: one row a heading and fiscal year of a branch that carries a mark of importance or difficulty.
-- The headings a plan itself calls important or difficult, in the order of the document.
select
    m.branch_id,
    m.fiscal_year,
    m.pillar,
    m.heading_ja,
    m.heading_en,
    any_value(m.measure_ids) as measure_ids,
    bool_or(m.mark = 'importance') as important,
    bool_or(m.mark = 'difficulty') as difficult,
    any_value(m.document_id) as document_id,
    array_to_string(list_sort(list_distinct(list(m.line))), ';') as line
from marks as m
-- What a replaced document prints speaks no more; it stays in the tables.
where not exists(select 1 from documents as r where r.replaces_id = m.document_id)
group by m.branch_id, m.fiscal_year, m.pillar, m.heading_ja, m.heading_en
order by m.branch_id, m.fiscal_year, min(m.rowid)
