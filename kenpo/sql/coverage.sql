-- Grain: one row a branch and fiscal year in which a plan or result document prints a KPI or a goal of the branch.
-- How full a year is: targets, final actuals, actuals inside the year, and whether it has plans or actuals at all.
with measured as (
    select
        o.branch_id,
        o.fiscal_year,
        any_value(m.role) in ('kpi', 'goal') as judged,
        bool_or(o.kind = 'target') as target,
        bool_or(o.kind = 'actual' and o.status = 'final') as final,
        bool_or(o.kind = 'actual' and o.status <> 'final') as open_actual,
        bool_or(o.kind <> 'target') as begun
    from observations as o
    inner join measures as m on m.measure_id = o.measure_id
    where
        o.branch_id <> 'national'
        and o.document_id in (select document_id from documents where role in ('plan', 'result'))
    group by o.branch_id, o.fiscal_year, o.measure_id
)

select
    branch_id,
    fiscal_year,
    count_if(judged and target) as targets,
    count_if(judged and final) as finals,
    count_if(judged and open_actual) as open_actuals,
    bool_or(begun) as begun
from measured
group by branch_id, fiscal_year
having bool_or(judged and (target or final or open_actual))
order by branch_id, fiscal_year
