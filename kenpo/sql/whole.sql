-- Grain: one row a printed figure of the whole package.
-- What is looked through for contradictions, coverage and words.
select *
from figures
order by document_id, try_cast(split_part(line, ';', 1) as integer), line, measure_id, fiscal_year, kind
