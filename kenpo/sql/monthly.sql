-- Grain: one row a month, of some measures of a branch: what was counted since April, as printed.
-- What a landing forecast learns the shape of a year from. Of two documents for one month the one that speaks stands
-- first, as in judgement: replaced ones last, results before plans, the branch's own, the later; never the alphabet.
select
    m.branch_id,
    m.fiscal_year,
    m.month,
    m.measure_id,
    m.value,
    m.document_id,
    m.line
from monthly as m
inner join documents as d on d.document_id = m.document_id
where m.branch_id = $branch and m.measure_id in $measures
order by
    m.measure_id,
    m.fiscal_year,
    m.month,
    exists(select 1 from documents as r where r.replaces_id = m.document_id),
    list_position(['result', 'reference', 'plan'], d.role),
    d.branch_id <> m.branch_id,
    coalesce(d.made_on, make_date(d.fiscal_year + (d.role = 'result')::integer, 4, 1)) desc,
    m.document_id
