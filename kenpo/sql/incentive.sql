-- Grain: one row an indicator of the incentive scheme, of some branches in a fiscal year.
-- Ranks of the 47 as a branch printed them; fragments, never a ranking of ours.
select
    i.branch_id,
    i.fiscal_year,
    i.indicator,
    i.rank,
    i.branches,
    i.document_id
from incentive_ranks as i
where i.fiscal_year = $fiscal_year and i.branch_id in $branches
order by i.branch_id, i.indicator <> 'overall', i.rank, i.indicator
