-- Grain: one row a table of the package.
-- How much has been checked, and what can be taken away.
select
    t.table_name,
    t.estimated_size as held
from duckdb_tables() as t
where not t.internal
order by t.estimated_size desc, t.table_name
