select branch_id, measure_id, fiscal_year, min(month) as first_month, max(month) as last_month
from monthly
group by branch_id, measure_id, fiscal_year
order by branch_id, measure_id, fiscal_year
