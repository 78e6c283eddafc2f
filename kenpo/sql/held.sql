-- Grain: one row a KPI, goal or reference measure that a branch has a target or an actual of.
-- What a page about one measure may offer, and the span of its years.
select
    o.measure_id,
    min(o.fiscal_year) as first_year,
    max(o.fiscal_year) as last_year
from observations as o
inner join measures as m on m.measure_id = o.measure_id
where m.role in ('kpi', 'goal', 'reference') and o.branch_id <> 'national' and o.kind <> 'plan'
group by o.measure_id
order by o.measure_id
