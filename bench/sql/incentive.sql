select branch_id, fiscal_year, indicator, rank, branches, document_id
from incentive_ranks
where fiscal_year = $fiscal_year and branch_id in $branches
order by branch_id, indicator <> 'overall', rank, indicator
