-- Grain: one row a printed figure of a KPI, a goal, or a rate or count behind them, of every branch, all years.
-- What a what-if rests on: the plan, last final actuals, eligible numbers, the record of changes, the nation.
select f.*
from figures as f
inner join measures as m on m.measure_id = f.measure_id
where m.role <> 'reference'
order by f.measure_id, f.fiscal_year, f.branch_id, f.kind, f.document_id, f.line
