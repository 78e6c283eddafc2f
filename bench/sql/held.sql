select
    measure_id,
    min(fiscal_year) as first_year,
    max(fiscal_year) as last_year
from observations
where
    branch_id <> 'national'
    and kind <> 'plan'
    and measure_id in (select measure_id from measures where role in ('kpi', 'goal', 'reference'))
group by measure_id
order by measure_id
