"""What Compare and Trend answer, as flat records of ids and numbers: for who asks without a browser."""

from __future__ import annotations

from collections.abc import Sequence

from kenpo.compare import Comparison, Row
from kenpo.judgement import Difference, Observation
from kenpo.trend import Move, Point, Trend, break_after

Record = dict[str, object]

COMPARED = (
    *("rank", "ranked", "not_ranked", "value", "value_document", "value_line", "value_printed"),
    *("against", "against_base", "against_base_year", "against_reason", "against_noise"),
    *("on_last_year_noise", "to_national_noise", "last_final", "last_final_year", "ambition", "bound"),
)
"""What a row of a comparison says beside the judged figure; differences are favourable-positive."""

POINTED = (
    *("rank", "ranked", "not_ranked", "index", "target_index", "drawn", "joined", "exclusion", "bound"),
    *("on_last_year_noise", "to_national_noise"),
)
"""What a point of a trend says beside the judged figure."""


# --- compare ---------------------------------------------------------------------------------------


def compared(row: Row, found: Comparison) -> Record:
    """A row's place, the figure it rests on, and its differences; of an actual that speaks, also where it stands."""
    figure, last, against = row.figure, row.last_final, row.against
    said: Record = {
        **_ranked(row.rank, found.ranking.size, found.ranking.left_out.get(row.branch)),
        "value": row.value,
        "value_document": figure.document if figure else None,
        "value_line": figure.line if figure else None,
        "value_printed": figure.printed if figure else None,
        "against": against.value,
        "against_base": _base(row, found),
        "against_base_year": against.base.fiscal_year if against.base else None,
        "against_reason": against.reason,
        "against_noise": against.noise,
        **_noise(row.cell.on_last_year, row.cell.to_national),
        "last_final": last.value if last else None,
        "last_final_year": last.fiscal_year if last else None,
        "ambition": row.ambition,
        "bound": figure.bound if figure else None,
    }
    return said | _actual(figure) if figure and found.question.kind == "actual" else said


def _base(row: Row, found: Comparison) -> object:
    """The number a difference was taken from; a target of last year's figure or better is that figure."""
    if row.against.base is None:
        return None
    if found.question.kind == "actual" and found.question.base == "target":
        return row.cell.resolved.value if row.cell.resolved else None
    return row.against.base.value


def _actual(figure: Observation) -> Record:
    """The actual that is ranked, which is not always the latest of its branch."""
    return {
        "actual": figure.value,
        "as_of": figure.as_of,
        "status": figure.status,
        "stated": figure.stated,
        "document": figure.document,
        "line": figure.line,
        "printed": figure.printed,
    }


def comparison(found: Comparison, records: Sequence[Record]) -> Record:
    """The whole answer of a comparison: what was asked, the rows, the published range of the 47 branches."""
    question = found.question
    return {
        "measure": question.measure.id,
        "unit": question.measure.unit,
        "fiscal_year": question.fiscal_year,
        "show": question.show,
        "base": question.base,
        "mode": question.mode,
        "ranked": found.ranking.size,
        "lowest": _end(found.lowest),
        "highest": _end(found.highest),
        "rows": list(records),
    }


def comparison_remarks(found: Comparison) -> list[str]:
    """What the table of a comparison cannot say: how many are ranked, who is not and why, the range of 47."""
    left = ", ".join(f"{branch} ({why})" for branch, why in found.ranking.left_out.items())
    said = [f"ranked: {found.ranking.size}"] + ([f"not ranked: {left}"] if left else [])
    return said + _range(found.lowest, found.highest)


# --- trend -----------------------------------------------------------------------------------------


def pointed(point: Point, found: Trend) -> Record:
    """A point's place among all branches of its year, its index, and whether a picture may show and join it."""
    ranking = found.ranks.get(point.year) if point.measure.id == found.question.measure.id else None
    actual = point.cell.actual
    place = ranking.places.get(point.branch) if ranking else None
    return {
        **_ranked(place, ranking.size if ranking else 0, ranking.left_out.get(point.branch) if ranking else None),
        "index": point.index,
        "target_index": point.target_index,
        "drawn": point.figure is not None and (not found.indexed or point.index is not None),
        "joined": point.settled,
        "exclusion": actual.exclusion if actual else None,
        "bound": actual.bound if actual else None,
        **_noise(point.cell.on_last_year, point.cell.to_national),
    }


def trend(found: Trend, records: Sequence[Record]) -> Record:
    """The whole answer of a trend: what was asked, the rows, the moves largest first, the break and the ranges."""
    question, other = found.question, found.other
    return {
        "measure": question.measure.id,
        "unit": question.measure.unit,
        "from": question.years[0],
        "to": question.years[-1],
        "branches": list(question.chosen),
        "indexed": found.indexed,
        "other_definition": other.id if other else None,
        "break_after": break_after(question.measure, other) if other else None,
        "moves": [_moved(move) for move in found.moves],
        "bounds": [{"fiscal_year": o.fiscal_year, "bound": o.bound} | (_end(o) or {}) for o in found.bounds],
        "rows": list(records),
    }


def _moved(move: Move) -> Record:
    return {
        "branch": move.branch,
        "measure": move.measure.id,
        "fiscal_year": move.own.fiscal_year,
        "start": move.base.value,
        "end": move.own.value,
        "size": move.size,
        "size_unit": "difference" if move.measure.across_branches else "percent",
        "noise": move.noise,
    }


_NOISE = {None: "", True: ", within the noise", False: ", beyond the noise"}


def trend_remarks(found: Trend) -> list[str]:
    """What the table of a trend cannot say: the largest move, a break of definition, the ranges of 47."""
    said = []
    for move in found.moves[:1]:
        before, after = move.base.fiscal_year, move.own.fiscal_year
        size = f"{move.size:+}" + ("" if move.measure.across_branches else " %")
        moved = f"{move.branch} {before} to {after}: {move.base.value} to {move.own.value}"
        said.append(f"largest move: {moved} ({size}{_NOISE[move.noise]})")
    if found.other:
        year = break_after(found.question.measure, found.other)
        said.append(
            f"the definition changes after {year}: {found.other.id} and {found.question.measure.id} are no line"
        )
    for year in sorted({o.fiscal_year for o in found.bounds}):
        ends = {o.bound: o for o in found.bounds if o.fiscal_year == year}
        said += [f"{year} {line}" for line in _range(ends.get("lowest"), ends.get("highest"))]
    return said


# --- both ------------------------------------------------------------------------------------------


def _ranked(place: int | None, size: int, why_not: str | None) -> Record:
    return {"rank": place, "ranked": size if place else None, "not_ranked": why_not}


def _noise(on_last_year: Difference, to_national: Difference) -> Record:
    return {"on_last_year_noise": on_last_year.noise, "to_national_noise": to_national.noise}


def _end(figure: Observation | None) -> Record | None:
    if figure is None:
        return None
    said: Record = {"branch": figure.branch, "value": figure.value, "printed": figure.printed}
    return said | {"document": figure.document, "line": figure.line}


def _range(lowest: Observation | None, highest: Observation | None) -> list[str]:
    if lowest is None or highest is None:
        return []
    return [f"range of all 47: {lowest.value} ({lowest.branch}) to {highest.value} ({highest.branch})"]
