select branch_id, fiscal_year, month, measure_id, value, document_id, line
from monthly
where branch_id = $branch and measure_id in $measures
order by measure_id, fiscal_year, month, document_id
