-- Grain: one row a printed figure of some measures, of every branch and the nation, all years.
-- What Compare ranks and Trend draws.
select *
from figures
where measure_id in $measures
order by measure_id, fiscal_year, branch_id, kind, document_id, line
