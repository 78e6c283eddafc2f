select
    measure_id,
    fiscal_year,
    count_if(kind = 'target') as targets,
    count_if(kind = 'actual') as actuals,
    count_if(kind = 'plan') as plans
from observations
where document_id = $document
group by measure_id, fiscal_year
order by measure_id, fiscal_year
