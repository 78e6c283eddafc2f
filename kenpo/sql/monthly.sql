-- Grain: one row a month, of some measures of a branch: what was counted since April, as printed.
-- What a landing forecast learns the shape of a year from.
select
    m.branch_id,
    m.fiscal_year,
    m.month,
    m.measure_id,
    m.value,
    m.document_id,
    m.line
from monthly as m
where m.branch_id = $branch and m.measure_id in $measures
order by m.measure_id, m.fiscal_year, m.month, m.document_id
