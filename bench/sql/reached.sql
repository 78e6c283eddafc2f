select
    branch_id,
    fiscal_year,
    document_id,
    max(month) as month,
    bool_or(final) as closed
from (
    select
        branch_id,
        fiscal_year,
        document_id,
        if(status = 'provisional', as_of, null) as month,
        status = 'final' as final
    from observations
    where kind = 'actual' and measure_id in (select measure_id from measures where role <> 'reference')
    union all by name
    select branch_id, fiscal_year, document_id, month, false as final
    from monthly
)
where month is not null or final
group by all
order by branch_id, fiscal_year, document_id
