"""A printed figure against its measure and against its printed form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kenpo.printed import Printed, read
from kenpo.rules.tables import Cells, Fault, Tables, by_id, listed, number, rows, year

COUNTS = frozenset({"persons", "count", "workplaces", "cases", "branches"})
"""Units that count whole things."""
_WHOLE = COUNTS | {"rank"}
_NEVER_NEGATIVE = _WHOLE | {"days", "mmHg"}
_ALL = Decimal(100)
_DATED = {"observations": "as_of", "monthly": "month", "benefits": "as_of"}
"""Tables of printed figures and their column of the month."""

_PREVIOUS = {"at_least": "at_least_previous_year", "at_most": "at_most_previous_year"}
_FIXED = {"above": "at_least", "below": "at_most"}
_AGAINST = {
    "higher": frozenset({"at_most", "at_most_previous_year"}),
    "lower": frozenset({"at_least", "at_least_previous_year"}),
}
_BY_DIRECTION = {"higher": frozenset({"at_least"}), "lower": frozenset({"at_most"})}
_MOST_AGAINST = 2
"""From so many targets on, more of them against a direction than with it, the direction is what is wrong."""


def faults(tables: Tables) -> Iterator[Fault]:
    """Figures out of their measure's range; rules and months that are not those printed; ranks above their number."""
    measures = by_id(tables, "measures", "measure_id")
    turned = _turned(tables, measures)
    for row, cells in tables.get("measures", ()):
        if cells["measure_id"] in turned:
            right = {"higher": "lower", "lower": "higher"}[cells["direction"]]
            yield Fault("measures", row, "direction", "direction_of_targets", right)
    for name, row, cells in rows(tables, "observations"):
        measure = measures.get(cells["measure_id"])
        if measure is not None:
            yield from _size(name, row, cells, measure)
            if cells["measure_id"] not in turned:
                yield from _rule(name, row, cells, measure)
    for name, row, cells in rows(tables, *_DATED):
        yield from _as_of(name, row, cells, _DATED[name])
    for name, row, cells in rows(tables, "incentive_ranks"):
        rank, branches = number(cells["rank"]), number(cells["branches"])
        if rank is not None and branches is not None and rank > branches:
            yield Fault(name, row, "rank", "rank_above", cells["branches"])


# --- size ------------------------------------------------------------------------------------------


def limits(measure: Cells) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most a figure of a measure can be; None for no limit.

    A percentage is a share, 0 to 100, unless the range of its slider says that it is not: a growth rate has a
    slider_min below 0, a rate that may exceed the whole a slider_max above 100. What is counted is never negative;
    other units may be only where the slider goes below 0 or no range is given.
    """
    low, high = number(measure["slider_min"]), number(measure["slider_max"])
    if measure["unit"] == "percent":
        beyond = (low is not None and low < 0) or (high is not None and high > _ALL)
        return (None, None) if beyond else (Decimal(0), _ALL)
    never = measure["unit"] in _NEVER_NEGATIVE or (low is not None and low >= 0)
    return (Decimal(0), None) if never else (None, None)


def _size(name: str, row: int, cells: Cells, measure: Cells) -> Iterator[Fault]:
    value = number(cells["value"])
    if value is None:
        return
    low, high = limits(measure)
    if (low is not None and value < low) or (high is not None and value > high):
        yield Fault(name, row, "value", "share" if high is not None else "negative", f"{low}–{high or ''}")
    elif measure["unit"] in _WHOLE and value != value.to_integral_value():
        yield Fault(name, row, "value", "not_whole")


# --- rule ------------------------------------------------------------------------------------------


def _turned(tables: Tables, measures: Mapping[str, Cells]) -> frozenset[str]:
    """Measures whose targets speak against their direction, nearly all: the direction is wrong, not the targets."""
    against: Counter[str] = Counter()
    for _, _, cells in rows(tables, "observations"):
        measure = measures.get(cells["measure_id"])
        wrong = _AGAINST.get(measure["direction"], frozenset()) if measure else frozenset()
        if wrong and cells["kind"] == "target" and cells["target_rule"] not in ("", "qualitative", "equal"):
            against[cells["measure_id"]] += 1 if cells["target_rule"] in wrong else -1
    return frozenset(name for name, by in against.items() if by >= _MOST_AGAINST)


def _rule(name: str, row: int, cells: Cells, measure: Cells) -> Iterator[Fault]:
    """The rule of a target is the printed one; where none is printed, the one of the direction."""
    rule = cells["target_rule"]
    if cells["kind"] != "target" or rule in ("", "qualitative"):
        return
    form = read(cells["printed"])
    said = rules_of(form) or _BY_DIRECTION.get(measure["direction"], frozenset({"at_least", "at_most", "equal"}))
    # A note may quote what the document says elsewhere of the same target, but not take 前年度 away.
    noted = frozenset() if form.relative else rules_of(read(cells["note"]))
    if rule not in said | noted:
        yield Fault(name, row, "target_rule", "rule_not_printed", listed(said))
    elif rule in _AGAINST.get(measure["direction"], ()):
        yield Fault(name, row, "target_rule", "against_direction", listed(_BY_DIRECTION[measure["direction"]]))


def rules_of(form: Printed) -> frozenset[str]:
    """The target rules a printed form can mean; empty where it says none.

    There is no rule for 超 and 未満: the nearest one stands for it. 前年度並み can be meant either way.
    """
    if form.relative:
        rule = _FIXED.get(form.comparator or "", form.comparator or "")
        return frozenset({_PREVIOUS[rule]} if rule in _PREVIOUS else _PREVIOUS.values())
    if form.comparator is None:
        return frozenset()
    return frozenset({_FIXED.get(form.comparator, form.comparator)})


def _as_of(name: str, row: int, cells: Cells, column: str) -> Iterator[Fault]:
    """The month of a figure is the printed one, where the form prints one."""
    form, fiscal_year = read(cells["printed"]), year(cells["fiscal_year"])
    if fiscal_year is not None and not form.stands_for(cells[column], fiscal_year):
        yield Fault(name, row, column, "as_of_not_printed", form.month.of(fiscal_year) if form.month else "")


# --- the range of the 47 ---------------------------------------------------------------------------


def ranges(tables: Tables) -> Iterator[Fault]:
    """Of a measure and year the highest branch is not below the lowest."""
    figures: dict[tuple[str, ...], list[Decimal]] = {}
    for _, _, cells in rows(tables, "observations"):
        value = number(cells["value"])
        if cells["kind"] == "actual" and value is not None:
            figures.setdefault(_place(cells), []).append(value)
    lowest = {
        (cells["fiscal_year"], cells["measure_id"]): min(figures.get(_place(cells), ()), default=None)
        for _, _, cells in rows(tables, "ranges")
        if cells["bound"] == "lowest"
    }
    for name, row, cells in rows(tables, "ranges"):
        low = lowest.get((cells["fiscal_year"], cells["measure_id"]))
        high = max(figures.get(_place(cells), ()), default=None)
        if cells["bound"] == "highest" and low is not None and high is not None and high < low:
            yield Fault(name, row, "bound", "highest_below_lowest", f"{high} < {low}")


def _place(cells: Cells) -> tuple[str, ...]:
    return tuple(cells[column] for column in ("branch_id", "fiscal_year", "measure_id", "document_id"))
