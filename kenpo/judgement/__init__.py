"""Every rule and formula of comparison that is not a forecast. Pure: figures in, judgements out.

The rules are those of the project's domain description: targets, direction, accrual, same month with
same month, definition breaks, ranks, counts across sizes, one state a cell, stated beside computed,
missing is missing. A favourable difference is positive whatever the direction of the measure.
"""

from kenpo.judgement.cells import JUDGED, STATES, Cell, State, judge, judge_year, rows_of
from kenpo.judgement.comparison import (
    Difference,
    Ranking,
    Reason,
    difference,
    difference_to_national,
    places,
    rank,
    with_noise,
)
from kenpo.judgement.figures import RELATIVE, SPAN, Book, Kind, Observation, decimals, observations, precedence
from kenpo.judgement.people import (
    Counts,
    People,
    counts_of,
    months_left,
    people_allowed,
    people_in_all,
    people_left,
    people_needed,
    people_of_plan,
    people_planned,
    plan_rates,
    wilson,
    within_noise,
)
from kenpo.judgement.rounding import apart, beside, percent_of, rounded
from kenpo.judgement.targets import Resolved, achievement, gap, meets, resolve_target, subtract

__all__ = [
    "JUDGED",
    "RELATIVE",
    "SPAN",
    "STATES",
    "Book",
    "Cell",
    "Counts",
    "Difference",
    "Kind",
    "Observation",
    "People",
    "Ranking",
    "Reason",
    "Resolved",
    "State",
    "achievement",
    "apart",
    "beside",
    "counts_of",
    "decimals",
    "difference",
    "difference_to_national",
    "gap",
    "judge",
    "judge_year",
    "meets",
    "months_left",
    "observations",
    "people_allowed",
    "people_in_all",
    "people_left",
    "people_needed",
    "people_of_plan",
    "people_planned",
    "percent_of",
    "places",
    "plan_rates",
    "precedence",
    "rank",
    "resolve_target",
    "rounded",
    "rows_of",
    "subtract",
    "wilson",
    "with_noise",
    "within_noise",
]
