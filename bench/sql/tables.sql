select table_name, estimated_size as held
from duckdb_tables()
where not internal
order by held desc, table_name
