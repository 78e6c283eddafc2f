-- Grain: one row a branch and fiscal year in which a plan or result document prints a KPI or a goal of the branch.
-- How full a year is: targets, final actuals, actuals inside the year, and whether it has plans or actuals at all.
select
    o.branch_id,
    o.fiscal_year,
    count(distinct o.measure_id) filter (where o.kind = 'target') as targets,
    count(distinct o.measure_id) filter (where o.kind = 'actual' and o.status = 'final') as finals,
    count(distinct o.measure_id) filter (where o.kind = 'actual' and o.status <> 'final') as open_actuals,
    bool_or(b.branch_id is not null) as begun
from observations as o
inner join measures as m on m.measure_id = o.measure_id
inner join documents as d on d.document_id = o.document_id
left join (
    select distinct
        p.branch_id,
        p.fiscal_year
    from observations as p
    inner join documents as q on q.document_id = p.document_id
    where p.kind <> 'target' and q.role in ('plan', 'result')
) as b on b.branch_id = o.branch_id and b.fiscal_year = o.fiscal_year
where
    m.role in ('kpi', 'goal')
    and d.role in ('plan', 'result')
    and o.branch_id <> 'national'
    and o.kind <> 'plan'
group by o.branch_id, o.fiscal_year
order by o.branch_id, o.fiscal_year
