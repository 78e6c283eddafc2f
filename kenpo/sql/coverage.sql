-- Grain: one row a branch and fiscal year in which a KPI or a goal of the branch has a figure.
-- How full a year is: targets, final actuals and actuals inside the year.
select
    o.branch_id,
    o.fiscal_year,
    count(distinct o.measure_id) filter (where o.kind = 'target') as targets,
    count(distinct o.measure_id) filter (where o.kind = 'actual' and o.status = 'final') as finals,
    count(distinct o.measure_id) filter (where o.kind = 'actual' and o.status <> 'final') as open_actuals
from observations as o
inner join measures as m on m.measure_id = o.measure_id
where m.role in ('kpi', 'goal') and o.branch_id <> 'national' and o.kind <> 'plan'
group by o.branch_id, o.fiscal_year
order by o.branch_id, o.fiscal_year
