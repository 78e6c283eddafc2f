select
    branch_id,
    fiscal_year,
    pillar,
    heading_ja,
    heading_en,
    any_value(measure_ids) as measure_ids,
    bool_or(mark = 'importance') as important,
    bool_or(mark = 'difficulty') as difficult,
    any_value(document_id) as document_id,
    array_to_string(list_sort(list_distinct(list(line))), ';') as line
from marks
group by branch_id, fiscal_year, pillar, heading_ja, heading_en
order by branch_id, fiscal_year, min(rowid)
