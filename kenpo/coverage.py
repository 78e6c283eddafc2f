"""What is on record: years, branches, plans and monthly series, and which of them a page opens with.

Pure: the rows of three queries in, ids and years out. `kenpo.package` asks them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kenpo.catalog import FEW, Catalog

Coverage = Mapping[str, Mapping[int, Mapping[str, int]]]
"""By branch and fiscal year: targets, finals and open_actuals on record."""

Series = Mapping[tuple[str, str], Sequence[int]]
"""By branch and counted measure: the fiscal years with monthly figures, oldest first."""


def coverage_of(rows: Iterable[Mapping[str, Any]]) -> Coverage:
    """The rows of the coverage query by branch and year."""
    found: dict[str, dict[int, Mapping[str, int]]] = {}
    for row in rows:
        found.setdefault(row["branch_id"], {})[row["fiscal_year"]] = row
    return found


def default_year(coverage: Coverage) -> int | None:
    """The latest year with a final actual of a branch, else the latest with anything; None without data."""
    years = [(bool(held["finals"]), year) for by_year in coverage.values() for year, held in by_year.items()]
    return max(years, default=(False, None))[1]


def years(coverage: Coverage) -> list[int]:
    """Every fiscal year a branch has a KPI figure for."""
    return sorted({year for by_year in coverage.values() for year in by_year}, reverse=True)


def last_years(coverage: Coverage) -> dict[str, int]:
    """Up to which fiscal year plans or actuals of a branch are on record; a goal far ahead does not count."""
    ends = {b: [y for y, held in by_year.items() if held["begun"]] for b, by_year in coverage.items()}
    return {branch: max(held) for branch, held in ends.items() if held}


def default_branches(coverage: Coverage, fiscal_year: int) -> tuple[str, ...]:
    """The branches with a document for the year, most final actuals first; as many as a screen shows."""
    held = {b: by_year[fiscal_year] for b, by_year in coverage.items() if fiscal_year in by_year}
    order = sorted(held, key=lambda b: (-held[b]["finals"], -held[b]["open_actuals"], -held[b]["targets"], b))
    return tuple(order[:FEW])


def default_measure(catalog: Catalog, held: Sequence[str]) -> str:
    """The first KPI behind which people are counted, else the first measure on record."""
    counted = (i for i in held if catalog.measures[i].role == "kpi" and catalog.measures[i].denominator)
    return next(counted, next(iter(held), next(iter(catalog.measures))))


# --- plans -----------------------------------------------------------------------------------------


def plan_years(coverage: Coverage, catalog: Catalog, branch: str) -> list[int]:
    """The years a branch has targets for, latest first; a goal set far beyond its documents makes no plan."""
    newest = max((d.fiscal_year for d in catalog.documents.values() if d.branch == branch), default=0)
    held = coverage.get(branch, {})
    return sorted((year for year, said in held.items() if said["targets"] and year <= newest), reverse=True)


def years_ahead(years: Sequence[int], last: int) -> list[int]:
    """The years that can be planned without a plan of their own, latest first: after the latest plan, up to `last`."""
    return list(range(last, years[0], -1)) if years else []


def base_year(years: Sequence[int], last: int, fiscal_year: int | None) -> tuple[int, int] | None:
    """The plan year to show and the year its targets are of; a year after the latest plan starts from it.

    Where no year is asked for it is the last that can be planned. A year that cannot is answered with the latest
    plan; None where there is no plan at all.
    """
    if not years:
        return None
    ahead = years_ahead(years, last)
    year = fiscal_year if fiscal_year is not None else next(iter(ahead), years[0])
    if year in years:
        return year, year
    return (year, years[0]) if year in ahead else (years[0], years[0])


def planned_branches(coverage: Coverage, catalog: Catalog) -> list[str]:
    """The branches with a plan, in the catalog's order."""
    return [b for b in catalog.branches if plan_years(coverage, catalog, b)]


def default_planned_branch(coverage: Coverage, catalog: Catalog) -> str | None:
    """The branch a page without a link opens with: most final actuals before its latest plan."""

    def before(branch: str) -> int:
        latest = plan_years(coverage, catalog, branch)[0]
        return sum(held["finals"] for year, held in coverage[branch].items() if year < latest)

    return max(planned_branches(coverage, catalog), key=before, default=None)


# --- months ----------------------------------------------------------------------------------------


def series_of(rows: Iterable[Mapping[str, Any]]) -> Series:
    """The rows of the series query by branch and measure."""
    found: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        found.setdefault((row["branch_id"], row["measure_id"]), []).append(row["fiscal_year"])
    return found
