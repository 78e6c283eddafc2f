-- Grain: one row a printed figure of one fiscal year or the one before it, of the chosen branches or the nation.
-- Everything the Overview judges: targets, actuals, the counts behind a rate, and last year as a base.
select *
from figures
where
    fiscal_year between $fiscal_year - 1 and $fiscal_year
    and (branch_id = 'national' or branch_id in $branches)
order by measure_id, branch_id, fiscal_year, kind, document_id, line
