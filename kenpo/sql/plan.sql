-- Grain: one row a printed figure of a KPI, a goal, or a rate or count behind them, all years: every figure of the
-- branch and the nation; of the other branches the final actuals, which a target can be set beside.
select f.*
from figures as f
inner join measures as m on m.measure_id = f.measure_id
where
    m.role <> 'reference'
    and (f.branch_id in ($branch, 'national') or (f.kind = 'actual' and f.status = 'final'))
order by f.measure_id, f.fiscal_year, f.branch_id, f.kind, f.document_id, f.line
