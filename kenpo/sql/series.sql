-- Grain: one row a branch, measure and fiscal year with monthly figures on record.
-- Of what a year can be replayed month by month.
select
    m.branch_id,
    m.measure_id,
    m.fiscal_year,
    min(m.month) as first_month,
    max(m.month) as last_month
from monthly as m
group by m.branch_id, m.measure_id, m.fiscal_year
order by m.branch_id, m.measure_id, m.fiscal_year
