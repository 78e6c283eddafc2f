-- Grain: one row a branch, fiscal year and document that prints actuals or monthly counts of that year.
-- How far into the year the document sees: the latest month inside it, and whether it prints final figures, so that
-- the year is over. Reference series say nothing about that: a premium rate is final before its year begins.
with said as (
    select
        o.branch_id,
        o.fiscal_year,
        o.document_id,
        case when o.status = 'provisional' then o.as_of end as month,
        o.status = 'final' as final
    from observations as o
    inner join measures as m on m.measure_id = o.measure_id
    where o.kind = 'actual' and m.role <> 'reference'
    union all
    select
        c.branch_id,
        c.fiscal_year,
        c.document_id,
        c.month,
        false
    from monthly as c
)

select
    branch_id,
    fiscal_year,
    document_id,
    max(month) as month,
    bool_or(final) as closed
from said
group by branch_id, fiscal_year, document_id
having max(month) is not null or bool_or(final)
order by branch_id, fiscal_year, document_id
