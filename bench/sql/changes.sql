select
    branch_id,
    fiscal_year,
    pillar,
    item_no,
    subject,
    measure_id,
    label_ja,
    label_en,
    change,
    value_from,
    value_to,
    document_id,
    line_new,
    line_old
from plan_changes
order by branch_id, fiscal_year, item_no
