-- Grain: one row a measure and fiscal year a document prints figures of.
-- The heat strip of a document: how many targets, actuals and planned figures stand there.
select
    o.measure_id,
    o.fiscal_year,
    count(*) filter (where o.kind = 'target') as targets,
    count(*) filter (where o.kind = 'actual') as actuals,
    count(*) filter (where o.kind = 'plan') as plans
from observations as o
where o.document_id = $document
group by o.measure_id, o.fiscal_year
order by o.measure_id, o.fiscal_year
