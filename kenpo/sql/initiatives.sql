-- Grain: one row a rated initiative, in the order of its document.
-- What stands beside the KPI it serves; `states_kpi` marks the row that prints the KPI itself.
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
inner join policies as p on p.policy = i.policy
-- What a replaced document prints speaks no more; it stays in the tables.
where not exists(select 1 from documents as r where r.replaces_id = i.document_id)
order by i.branch_id, i.fiscal_year, i.document_id, try_cast(split_part(i.line, ';', 1) as integer)
