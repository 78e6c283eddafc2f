with held as (
    select
        document_id,
        count(*) as held,
        min(fiscal_year) as first_year,
        max(fiscal_year) as last_year
    from (
        select document_id, fiscal_year from observations
        union all
        select document_id, fiscal_year from incentive_ranks
        union all
        select document_id, fiscal_year from monthly
        union all
        select document_id, fiscal_year from benefits
        union all
        select document_id, fiscal_year from budgets
        union all
        select document_id, fiscal_year from initiatives
        union all
        select document_id, fiscal_year from marks
        union all
        select document_id, fiscal_year from plan_changes
    )
    group by document_id
)

select
    d.document_id,
    coalesce(h.held, 0) as held,
    h.first_year,
    h.last_year
from documents as d
left join held as h on h.document_id = d.document_id
order by d.document_id
