-- Grain: one row a change of a plan on the plan of the year before, in the order of the document.
-- What a comparison of old and new plan (新旧対照表) says, with the lines of both sides.
select
    c.branch_id,
    c.fiscal_year,
    c.pillar,
    c.item_no,
    c.subject,
    c.measure_id,
    c.label_ja,
    c.label_en,
    c.change,
    c.value_from,
    c.value_to,
    c.document_id,
    c.line_new,
    c.line_old
from plan_changes as c
-- What a replaced document prints speaks no more; it stays in the tables.
where not exists(select 1 from documents as r where r.replaces_id = c.document_id)
order by c.branch_id, c.fiscal_year, c.item_no
