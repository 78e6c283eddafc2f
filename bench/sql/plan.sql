select
    o.branch_id,
    o.fiscal_year,
    o.measure_id,
    o.kind,
    o.value,
    o.value_decimals,
    o.target_rule,
    o.as_of,
    o.status,
    o.stated,
    o.document_id,
    o.line,
    o.printed,
    o.note,
    e.reason as exclusion,
    r.bound
from observations as o
left join exclusions as e
    on
        e.branch_id = o.branch_id
        and e.fiscal_year = o.fiscal_year
        and e.measure_id = o.measure_id
        and e.as_of is not distinct from o.as_of
        and o.kind = 'actual'
left join ranges as r
    on
        r.branch_id = o.branch_id
        and r.fiscal_year = o.fiscal_year
        and r.measure_id = o.measure_id
        and r.document_id = o.document_id
        and o.kind = 'actual'
where
    o.measure_id in (select measure_id from measures where role <> 'reference')
    and (o.branch_id = $branch or o.branch_id = 'national' or (o.kind = 'actual' and o.status = 'final'))
order by o.measure_id, o.fiscal_year, o.branch_id, o.kind, o.document_id, o.line
