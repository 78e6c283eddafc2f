select
    i.branch_id,
    i.fiscal_year,
    i.pillar,
    p.name_ja as policy_ja,
    p.name_en as policy_en,
    i.item_no,
    i.label_ja,
    i.label_en,
    i.measure_id,
    i.rating,
    i.states_kpi,
    i.document_id,
    i.line
from initiatives as i
inner join policies as p using (policy)
order by i.branch_id, i.fiscal_year, i.document_id, try_cast(split_part(i.line, ';', 1) as integer)
