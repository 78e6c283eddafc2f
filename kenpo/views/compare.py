"""Compare 支部比較 as data: who is ahead on one measure, by how much, and may they be compared at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from kenpo import formats
from kenpo.catalog import NATIONAL, Measure, few
from kenpo.coverage import Coverage
from kenpo.formats import Table, TableCell
from kenpo.judgement import (
    Book,
    Cell,
    Difference,
    Kind,
    Observation,
    Ranking,
    Reason,
    difference,
    gap,
    judge,
    rank,
)
from kenpo.selection import Base, Mode, Show
from kenpo.views.marks import marked
from kenpo.views.words import Voice, difference_amount


@dataclass(frozen=True, slots=True)
class Question:
    """What is compared: one measure, one year (or each branch's latest), by what, against what."""

    measure: Measure
    fiscal_year: int
    show: Show
    base: Base
    mode: Mode
    chosen: tuple[str, ...]
    own: str | None

    @property
    def kind(self) -> Kind:
        """The kind of figure that is ranked."""
        return "target" if self.show == "target" else "actual"

    @property
    def colored(self) -> tuple[str, ...]:
        """The branches that stand out in colour."""
        return few(self.chosen, self.own)


@dataclass(frozen=True, slots=True)
class Row:
    """One branch, or the nation, in the comparison."""

    cell: Cell
    figure: Observation | None
    """The figure that is ranked: the actual or the target."""
    value: Decimal | None
    rank: int | None
    against: Difference
    last_final: Observation | None
    ambition: Decimal | None
    """Target minus the last final actual before it; favourable is positive."""

    @property
    def branch(self) -> str:
        """Whose row it is."""
        return self.cell.branch

    @property
    def drawn(self) -> Decimal | None:
        """The value a picture may show at its place: none for an undated one or one known only as a bound."""
        loose = self.figure is not None and (self.figure.status == "undated" or self.figure.bound is not None)
        return None if loose else self.value


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every row in the order of the picture, the ranking, and the published range of the 47 branches."""

    question: Question
    rows: Sequence[Row]
    ranking: Ranking
    lowest: Observation | None
    highest: Observation | None

    def of(self, branch: str) -> Row | None:
        """The row of a branch."""
        return next((row for row in self.rows if row.branch == branch), None)

    @property
    def span(self) -> Decimal:
        """From the lowest to the highest figure of the picture."""
        bounds = [o.value for o in (self.lowest, self.highest) if o]
        wanted = [row.cell.resolved.value for row in self.rows if row.cell.resolved]
        last = [row.last_final.value for row in self.rows if row.last_final]
        drawn = [value for value in (*bounds, *wanted, *last, *(row.value for row in self.rows)) if value is not None]
        return max(drawn) - min(drawn) if drawn else Decimal(0)

    @property
    def ranked(self) -> list[Row]:
        """The ranked rows, first place first."""
        return sorted((row for row in self.rows if row.rank), key=lambda row: (row.rank or 0, row.branch))


def measures_of(measure: Measure, other: Measure | None) -> list[str]:
    """The ids a comparison of a measure reads: itself, the counts behind it, the other definition."""
    ids = [measure.id, measure.numerator, measure.denominator, other.id if other else None]
    return [i for i in ids if i]


SHOWS: tuple[Show, ...] = get_args(Show)
MODES: tuple[Mode, ...] = get_args(Mode)
BASES: tuple[Base, ...] = get_args(Base)
"""What a figure can be set against, in the order of the chooser."""


def years_of(book: Book, measure: Measure) -> list[int]:
    """The years in which a branch has an actual or a target of the measure, newest first."""
    kinds = ("actual", "target")
    return sorted(
        {o.fiscal_year for o in book.figures() if o.measure == measure.id and o.kind in kinds and _of_branch(o)},
        reverse=True,
    )


def default_year(book: Book, measure: Measure) -> int | None:
    """The latest year with a final actual of a branch, else with anything of a branch, else of the nation."""
    finals = [
        o.fiscal_year
        for o in book.figures()
        if o.measure == measure.id and o.kind == "actual" and o.status == "final" and _of_branch(o)
    ]
    if finals:
        return max(finals)
    national = {o.fiscal_year for o in book.figures() if o.measure == measure.id and o.kind != "plan"}
    return next(iter(years_of(book, measure)), max(national, default=None))


def candidates(book: Book, measure: Measure, fiscal_year: int, coverage: Coverage, order: Iterable[str]) -> list[str]:
    """Branches with documents, and every other branch that has a figure of its own for the year."""
    printed = {
        o.branch
        for o in book.figures()
        if o.measure == measure.id and o.fiscal_year == fiscal_year and o.kind != "plan" and _of_branch(o)
    }
    return [b for b in order if b != NATIONAL and (b in coverage or b in printed)]


def usual_branches(branches: Sequence[str], coverage: Coverage, own: str | None) -> tuple[str, ...]:
    """Those that stand out where none is chosen: the ones with documents, of many only the reader's own."""
    return few([b for b in branches if b in coverage], own)


def _of_branch(figure: Observation) -> bool:
    return figure.branch != NATIONAL and figure.bound is None


def compare(book: Book, voice: Voice, question: Question, branches: Sequence[str]) -> Comparison:
    """Judges, ranks and sets every branch and the nation against the chosen base."""
    measure, fiscal_year = question.measure, question.fiscal_year
    years = {b: _year(book, question, b) for b in (*branches, NATIONAL)}
    cells = {b: judge(book, voice.catalog, b, year, measure.id) for b, year in years.items()}
    figures = {b: book.of(b, fiscal_year, measure.id, question.kind) for b in branches}
    ranking = rank(figures, measure) if question.mode == "year" else Ranking({}, {})
    best = next((b for b, place in ranking.places.items() if place == 1), None)
    rows = [_row(book, question, cell, ranking, best) for cell in cells.values()]
    printed = (o for o in book.figures() if o.measure == measure.id and o.fiscal_year == fiscal_year)
    # The range is one year's: beside figures of several years it would say nothing.
    bounds = {o.bound: o for o in printed if o.bound and question.mode == "year"}
    return Comparison(question, _ordered(rows, measure), ranking, bounds.get("lowest"), bounds.get("highest"))


def _year(book: Book, question: Question, branch: str) -> int:
    """The year asked for, or the branch's latest with a figure of the kind."""
    if question.mode == "year":
        return question.fiscal_year
    years = {
        o.fiscal_year
        for o in book.figures()
        if (o.branch, o.measure, o.kind) == (branch, question.measure.id, question.kind)
        and o.value is not None
        and o.bound is None
    }
    return max(years, default=question.fiscal_year)


def _row(book: Book, question: Question, cell: Cell, ranking: Ranking, best: str | None) -> Row:
    measure = question.measure
    speaking = cell.actual if question.kind == "actual" else cell.target
    figure = ranking.figures.get(cell.branch, speaking)
    wanted = cell.resolved.value if cell.resolved else None
    ranked = cell.branch in ranking.figures
    value = wanted if question.kind == "target" and not ranked else (figure.value if figure else None)
    last = book.last_final(cell.branch, cell.fiscal_year, measure.id)
    ambition = gap(wanted, last.number, measure) if wanted is not None and last else None
    against = _against(book, question, cell, best)
    return Row(cell, figure, value, ranking.places.get(cell.branch), against, last, ambition)


def _against(book: Book, question: Question, cell: Cell, best: str | None) -> Difference:
    """The difference to the chosen base, or the reason there is none."""
    measure, year = question.measure, cell.fiscal_year
    if question.kind == "target":
        return _target_against(book, question, cell, best)
    if question.base == "target":
        reason = _not_judged(cell)
        return Difference(cell.gap, cell.actual, cell.target) if cell.gap is not None else Difference(reason=reason)
    if question.base == "national":
        return Difference(reason="itself") if cell.branch == NATIONAL else cell.to_national
    if question.base == "last_year":
        return cell.on_last_year
    if cell.branch == best:
        return Difference(reason="itself")
    if best is None or not measure.across_branches:
        return Difference(reason="no_base" if measure.across_branches else "counts")
    own = book.of(cell.branch, year, measure.id, "actual")
    return difference(own, book.of(best, year, measure.id, "actual"), measure)


def _not_judged(cell: Cell) -> Reason:
    if cell.actual is None:
        return "no_own"
    if cell.actual.value is None:
        return "text"
    reasons: Mapping[str, Reason] = {"in_progress": "part_year", "undated": "undated"}
    return reasons.get(cell.state, "no_base")


def _target_against(book: Book, question: Question, cell: Cell, best: str | None) -> Difference:
    """A target set against another target; against `target` stands the ambition over the last final actual."""
    measure = question.measure
    wanted = cell.resolved.value if cell.resolved else None
    if wanted is None:
        return Difference(reason="no_own")
    if question.base == "target":
        last = book.last_final(cell.branch, cell.fiscal_year, measure.id)
        if last is None:
            return Difference(reason="no_base")
        return Difference(gap(wanted, last.number, measure), cell.target, last)
    if question.base == "last_year":
        other = book.of(cell.branch, cell.fiscal_year - 1, measure.id, "target")
    else:
        rival = NATIONAL if question.base == "national" else best
        if rival == cell.branch:
            return Difference(reason="itself")
        if not measure.across_branches:
            return Difference(reason="counts")
        other = book.of(rival, cell.fiscal_year, measure.id, "target") if rival else ()
    base = next((o for o in other if o.value is not None), None)
    return Difference(gap(wanted, base.number, measure), cell.target, base) if base else Difference(reason="no_base")


def _ordered(rows: Sequence[Row], measure: Measure) -> list[Row]:
    """Best first among those with a figure to show, the nation by its value; then targets; then the rest."""

    def place(row: Row) -> tuple[int, Decimal, str]:
        wanted = row.cell.resolved.value if row.cell.resolved else None
        if row.drawn is not None:
            return 0, -row.drawn * measure.sign, row.branch
        if wanted is not None:
            return 1, -wanted * measure.sign, row.branch
        return 2 if row.value is not None else 3, Decimal(0), row.branch

    return sorted(rows, key=place)


_LISTED = 4
"""Values a headline lists where nothing can be ranked."""

_NEAR = Decimal("0.08")
"""Labels of marks nearer than this share of the picture would run into each other."""


# --- sentences -------------------------------------------------------------------------------------


def headline(found: Comparison, voice: Voice) -> str:
    """Leader, distance and how many could be ranked; or the one figure there is, set against its bases."""
    ranked, question = found.ranked, found.question
    if ranked:
        return _leader(found, voice)
    shown = [r for r in found.rows if r.drawn is not None and r.branch != NATIONAL]
    if len(shown) > 1 or (shown and question.mode == "latest"):
        listed = voice.t.join([f"{voice.branch(r.branch)} {_value(r, found, voice)}" for r in shown[:_LISTED]])
        latest = question.mode == "latest"
        return voice.t("compare.title_latest" if latest else "compare.title_mixed", values=listed)
    alone = next((r for r in found.rows if r.figure and r.value is not None and r.branch != NATIONAL), None)
    if alone is None:
        return voice.t("compare.title_none", measure=question.measure.name[voice.lang])
    return _alone(alone, found, voice)


def _leader(found: Comparison, voice: Voice) -> str:
    measure, ranked = found.question.measure, found.ranked
    first, second = ranked[0], ranked[1]
    ahead = abs(gap(first.value, second.value, measure)) if first.value is not None and second.value is not None else 0
    own = found.of(found.question.own) if found.question.own else None
    tied = sum(1 for row in ranked if row.rank == 1)
    kind = found.question.show
    way = "low" if measure.direction == "lower" else "high"
    said = voice.t(
        f"compare.title_tied_{kind}_{way}" if tied > 1 else f"compare.title_{kind}_{way}",
        names=voice.t.join([voice.branch(row.branch) for row in ranked[:tied]]),
        first=voice.branch(first.branch),
        value=_value(first, found, voice),
        second=voice.branch(second.branch),
        ahead=_points(ahead, measure, voice),
        n=len(ranked),
    )
    if own and own.rank and own.rank > 1:
        name, value = voice.branch(own.branch), _value(own, found, voice)
        said += voice.t("compare.title_own", own=name, rank=own.rank, n=len(ranked), value=value)
    return said


def _alone(row: Row, found: Comparison, voice: Voice) -> str:
    """One figure in words: against the nation and against its target."""
    measure, cell = found.question.measure, row.cell
    parts = {"name": voice.branch(row.branch), "value": _value(row, found, voice)}
    nation = cell.to_national.value if found.question.kind == "actual" else None
    if cell.gap is None and nation is None:
        return voice.t("compare.title_one", **parts)
    said = []
    if nation is not None:
        key = "even" if nation == 0 else ("above" if (nation > 0) == (measure.sign > 0) else "below")
        said.append(voice.t(f"compare.nation_{key}", gap=_points(abs(nation), measure, voice)))
    if cell.gap is not None and cell.target:
        key = "missed" if cell.gap < 0 else "met"
        wanted = voice.target(cell.target)
        said.append(voice.t(f"compare.target_{key}", target=wanted, gap=_points(abs(cell.gap), measure, voice)))
    if len(said) == 1:
        return voice.t("compare.title_one_said", **parts, said=said[0])
    alike = nation is not None and cell.gap is not None and (nation >= 0) == (cell.gap >= 0)
    joined = voice.t("compare.both" if alike else "compare.but", one=said[0], other=said[1])
    return voice.t("compare.title_one_said", **parts, said=joined)


def context(found: Comparison, voice: Voice) -> str:
    """The line under the headline: measure and year, why there is no rank, the range of 47, what is left out."""
    question = found.question
    said = [voice.t("compare.about", measure=question.measure.name[voice.lang], year=voice.year(question.fiscal_year))]
    if question.mode == "latest":
        said = [voice.t("compare.about_latest", measure=question.measure.name[voice.lang])]
    elif not found.ranked:
        said.append(no_rank(found, voice))
    elif found.ranking.left_out:
        left = {b: why for b, why in found.ranking.left_out.items() if _has_figure(found, b)}
        if left:
            names = [voice.t("compare.bound", value=voice.branch(b), name=voice.t(f"reason.{left[b]}")) for b in left]
            said.append(voice.t("compare.not_ranked", names=voice.t.join(names)))
    changes = [row.cell.on_last_year for row in found.rows if row.cell.actual and row.branch != NATIONAL]
    if many(found) and changes and all(change.reason == "draft" for change in changes):
        said.append(voice.t("compare.no_change_draft"))
    if found.lowest and found.highest:
        said.append(voice.t("compare.range", low=_bound(found.lowest, voice), high=_bound(found.highest, voice)))
    return ("" if voice.lang == "ja" else " ").join(said)


def no_rank(found: Comparison, voice: Voice) -> str:
    """Why no rank is given."""
    reasons = set(found.ranking.left_out.values())
    if "counts" in reasons or "text" in reasons:
        return voice.t("compare.no_rank_counts" if "counts" in reasons else "compare.no_rank_text")
    with_value = [row for row in found.rows if row.branch != NATIONAL and row.drawn is not None]
    if len(with_value) == 1:
        return voice.t(f"compare.no_rank_one_{found.question.kind}")
    return voice.t("compare.no_rank_dates" if with_value else f"compare.no_rank_none_{found.question.kind}")


def _has_figure(found: Comparison, branch: str) -> bool:
    row = found.of(branch)
    return bool(row and row.value is not None)


def _bound(figure: Observation, voice: Voice) -> str:
    return voice.t("compare.bound", value=voice.value(figure), name=voice.branch(figure.branch))


def _value(row: Row, found: Comparison, voice: Voice) -> str:
    """The ranked figure with its unit and, where it is not the same for all, its year and month."""
    said = _dated(formats.value(row.value, found.question.measure, voice.lang), row, voice)
    return f"{voice.year_letter(row.cell.fiscal_year)} {said}" if found.question.mode == "latest" else said


def _dated(said: str, row: Row, voice: Voice) -> str:
    """84.0%（R5.8） where a figure is not the whole year's, 9.35%（案） where it is a draft."""
    if row.figure and row.figure.status == "draft":
        return voice.draft(said)
    if row.figure and row.figure.as_of:
        return voice.t("overview.at_month", gap=said, month=voice.month(row.figure.as_of))
    return said


def _points(amount: Decimal | int, measure: Measure, voice: Voice) -> str:
    """A distance without a sign: 6.3ポイント."""
    return formats.difference(Decimal(amount), measure, voice.lang, long=True).lstrip("+±")


# --- table -----------------------------------------------------------------------------------------


def reason(row: Row, voice: Voice) -> str:
    """Why a row cannot be set against the others, in words; empty where it can."""
    cell = row.cell
    if row.figure and row.figure.bound:
        return voice.t("reason.bound")
    if row.drawn is not None and cell.state != "in_progress":
        return ""
    if cell.state == "absent":
        return voice.t("state_long.absent")
    if cell.state == "not_comparable" and cell.other_definition:
        other = voice.measure(cell.other_definition.measure).name[voice.lang]
        return voice.t("compare.other_definition", measure=other, value=voice.value(cell.other_definition))
    if cell.actual and cell.actual.value is None and cell.actual.stated:
        return voice.t("compare.bound", value=voice.state(cell), name=voice.stated(cell.actual))
    return voice.state(cell)


# --- picture ---------------------------------------------------------------------------------------

MANY = 12
"""More branches than this are drawn as columns in the order of rank."""


def many(found: Comparison) -> bool:
    """Are there too many branches for a row each?"""
    return sum(1 for row in found.rows if row.value is not None) > MANY


def picture(found: Comparison, palette: Mapping[str, str], voice: Voice, *, dark: bool) -> list[dict[str, object]]:
    """The rows of the chart `comparison`: dots, ticks, bars, labels and reasons, ready to be drawn."""
    colors = voice.catalog.colors(found.question.colored)
    tones = {branch: pair[dark] for branch, pair in colors.items()}
    shown, rest = _room(found)
    drawn = [_drawn(at, row, found, palette, tones, voice) for at, row in enumerate(shown)]
    if rest:
        drawn.append(_folded(len(drawn), rest, palette, voice))
    if found.lowest and found.highest:
        drawn.append(
            {
                "row": len(drawn),
                "name": voice.t("compare.all_47"),
                "low": _float(found.lowest.value),
                "high": _float(found.highest.value),
                "low_label": _bound(found.lowest, voice),
                "high_label": _bound(found.highest, voice),
                "color": palette["muted"],
                "opacity": 1,
            }
        )
    return drawn


def _room(found: Comparison) -> tuple[list[Row], list[Row]]:
    """The rows with a place of their own; of many branches those without a value share one."""
    rows = list(found.rows)
    if len(rows) - 1 <= MANY:
        return rows, []
    apart = {NATIONAL, *found.question.colored}
    return (
        [row for row in rows if row.value is not None or row.branch in apart],
        [row for row in rows if row.value is None and row.branch not in apart],
    )


def _folded(at: int, rows: Sequence[Row], palette: Mapping[str, str], voice: Voice) -> dict[str, object]:
    """One grey band for many branches, with their reasons; each has its line in the table."""
    reasons = voice.t.join(list(dict.fromkeys(reason(row, voice) for row in rows)))
    return {
        "row": at,
        "name": voice.t("compare.folded", n=len(rows)),
        "color": palette["rest"],
        "opacity": 0.55,
        "reason": voice.t("compare.folded_why", reasons=reasons),
    }


def _drawn(
    at: int, row: Row, found: Comparison, palette: Mapping[str, str], colors: Mapping[str, str], voice: Voice
) -> dict[str, object]:
    question, measure = found.question, found.question.measure
    chosen = row.branch in question.chosen or row.branch == NATIONAL or not question.chosen
    wanted = row.cell.resolved.value if row.cell.resolved else None
    why = reason(row, voice)
    shown = row.drawn if question.kind == "actual" else None
    front, base = _ends(row, found)
    same_year = question.mode == "year"
    tone = _tone(row, palette) if question.kind == "actual" else palette["muted"]
    above = shown is None or wanted is None or abs(shown - wanted) > found.span * _NEAR
    label = _target_label(row, found, voice)
    last = row.last_final
    crowded = last is not None and wanted is not None and not above and abs(last.number - wanted) < found.span * _NEAR
    nothing = question.kind == "actual" and wanted is None
    band = why if shown is None and (nothing or (row.value is not None and row.drawn is None)) else None
    return {
        "row": at,
        "name": voice.branch(row.branch),
        "status": marked(row.cell.state, voice),
        "status_color": palette.get(row.cell.state, palette["muted"]),
        "figure": _float(shown),
        "figure_label": _value(row, found, voice) if shown is not None else None,
        "color": colors.get(row.branch, palette["rest"]),
        "opacity": 1 if chosen else 0.55,
        "target": _float(wanted),
        "target_above": label if above else None,
        "target_below": None if above else label,
        "last": _float(row.last_final.value if row.last_final else None),
        "last_label": voice.year_letter(last.fiscal_year) if last and not crowded else None,
        "bar_from": _float(front),
        "bar_to": _float(base),
        "bar_color": tone,
        "gap": voice.difference(row.against, measure, row.figure, beside=True) if row.against.value is not None else "",
        "gap_color": tone,
        "nation": _float(shown if shown is not None else wanted) if row.branch == NATIONAL and same_year else None,
        "reason": _loose(row, found, why, voice) if band else None,
    }


def _ends(row: Row, found: Comparison) -> tuple[Decimal | None, Decimal | None]:
    """From where to where the bar of a difference runs: exactly the two figures that were subtracted."""
    against = row.against
    if against.value is None or against.own is None:
        return None, None
    if found.question.base == "target" and found.question.kind == "actual":
        return against.own.value, row.cell.resolved.value if row.cell.resolved else None
    own = row.value if found.question.kind == "target" else against.own.value
    return (own, against.base.value) if against.base else (None, None)


def _target_label(row: Row, found: Comparison, voice: Voice) -> str | None:
    wanted = row.cell.resolved.value if row.cell.resolved else None
    if wanted is None:
        return None
    measure, lang = found.question.measure, voice.lang
    unit = formats.unit_beside(measure, lang)
    label = voice.t("compare.target_label", value=formats.number(wanted, lang) + unit)
    return voice.draft(label) if row.cell.target and row.cell.target.status == "draft" else label


def _loose(row: Row, found: Comparison, why: str, voice: Voice) -> str:
    """The value of a figure that has no place stands in its band, beside the reason."""
    return f"{_value(row, found, voice)} — {why}" if row.value is not None else why


def _tone(row: Row, palette: Mapping[str, str]) -> str:
    """Favourable and unfavourable in the status colours only where a verdict stands; else muted."""
    if row.against.value is None or row.cell.met is None:
        return palette["muted"]
    return palette["achieved"] if row.against.value >= 0 else palette["not_achieved"]


_REACH = 2
"""A label is less than so many columns wide; within them each stands at a height of its own, one of as many."""


_MOST_BELOW = 12
"""Signs of a name that stand below each other; each takes a line, in the picture to take away half a second."""


def _below(name: str) -> str:
    """A name to stand below its column; of a very long one the beginning, the whole stands in the table."""
    return name if len(name) <= _MOST_BELOW else name[: _MOST_BELOW - 1] + "…"


def columns(found: Comparison, palette: Mapping[str, str], voice: Voice, *, dark: bool) -> list[dict[str, object]]:
    """The rows of the chart `many`: a column a branch that has a figure, best first; the nation as a line.

    The first, the last and the few in colour carry their value, neighbours at different heights. On a phone there is
    room for one: the reader's own branch, else the first chosen.
    """
    nation = found.of(NATIONAL)
    shown = [row for row in found.rows if row.branch != NATIONAL and row.drawn is not None]
    colors = voice.catalog.colors(found.question.colored)
    few_of = [row.branch for row in shown if row.branch in found.question.colored]
    lead = found.question.own if found.question.own in few_of else next(iter(few_of), None)
    drawn: list[dict[str, object]] = []
    heights = [-_REACH] * _REACH
    for at, row in enumerate(shown):
        chosen = row.branch in found.question.colored
        last = row.cell.on_last_year.base
        name, value = voice.branch(row.branch), _value(row, found, voice)
        labelled = chosen or at in (0, len(shown) - 1)
        height = next(h for h, last_at in enumerate(heights) if at - last_at >= _REACH)
        if labelled:
            heights[height] = at
        drawn.append(
            {
                "row": at,
                "label": "\n".join(_below(name)) if voice.lang == "ja" else name,
                "name": name,
                "figure": _float(row.value),
                "figure_label": value if labelled else None,
                "height": height if labelled else None,
                "last": _float(last.value if last else None),
                "color": colors[row.branch][dark] if chosen else palette["rest"],
                "chosen": chosen,
                "lead": row.branch == lead,
                "about": f"{name} {value} {place(row, found, voice)}",
            }
        )
    if drawn and nation and nation.value is not None and found.question.mode == "year":
        label = f"{voice.branch(NATIONAL)} {_value(nation, found, voice)}"
        drawn[0] |= {"nation": _float(nation.value), "nation_label": label}
    return drawn


def legend(found: Comparison, voice: Voice) -> str:
    """What the marks of the picture are, in words."""
    return voice.t("compare.legend_many" if many(found) else "compare.legend")


def place(row: Row, found: Comparison, voice: Voice) -> str:
    """2位 / 3支部, or a dash."""
    if row.rank is None:
        return "—"
    return voice.t("compare.rank", rank=row.rank, n=found.ranking.size)


def _float(value: Decimal | None) -> float | None:
    """For drawing only: what people read comes from the exact decimal."""
    return None if value is None else float(value)


def table(found: Comparison, voice: Voice) -> Table:
    """Every figure of the picture: value, target, differences, people, rank, state; with the page's sentences."""
    question, t = found.question, voice.t
    kind = t(f"detail.{question.kind}")
    base = t(f"base.{question.base}")
    names = [
        t("source.owner"),
        t("compare.rank_column"),
        t("detail.actual"),
        t("source.as_of"),
        t("detail.target"),
        t("compare.against", kind=kind, base=base),
        t("detail.achievement"),
        t("compare.people"),
        t("detail.on_last_year"),
        t("detail.to_national"),
        t("compare.ambition"),
        t("detail.state"),
        t("compare.remark"),
    ]
    return Table(
        name=t("menu.compare"),
        title=headline(found, voice),
        context=context(found, voice),
        columns=names,
        rows=[_cells(row, found, voice) for row in found.rows],
    )


def _cells(row: Row, found: Comparison, voice: Voice) -> list[TableCell]:
    measure, cell, lang = found.question.measure, row.cell, voice.lang
    wanted = cell.resolved.value if cell.resolved else None
    when = [voice.year_letter(cell.fiscal_year)] if found.question.mode == "latest" else []
    actual = row.figure if found.question.kind == "actual" else cell.actual
    when += [voice.month(actual.as_of)] if actual and actual.as_of else []
    return [
        voice.branch(row.branch),
        place(row, found, voice) if row.rank else None,
        formats.amount(actual.value if actual else None, measure, lang) or voice.in_words(actual),
        " ".join(when) or (voice.t("source.full_year") if actual and actual.status == "final" else None),
        formats.amount(wanted, measure, lang) or (voice.target(cell.target) if cell.target else None),
        difference_amount(row.against, measure, voice),
        formats.Amount(cell.achievement, "%") if cell.achievement is not None else None,
        formats.Amount(Decimal(cell.people.count), "" if lang == "en" else "人") if cell.people else None,
        difference_amount(cell.on_last_year, measure, voice),
        difference_amount(cell.to_national, measure, voice) if row.branch != NATIONAL else None,
        formats.gap_amount(row.ambition, measure, lang),
        marked(row.cell.state, voice),
        _remark(row, voice),
    ]


def _remark(row: Row, voice: Voice) -> str | None:
    """A draft is marked; a difference that cannot be taken says why."""
    why = row.against.reason
    said = [voice.t("status.draft")] if row.figure and row.figure.status == "draft" else []
    owns = [taken.own for taken in (row.against, row.cell.on_last_year, row.cell.to_national)]
    months = [own.as_of for own in owns if own and own is not row.figure and own.as_of]
    said += [voice.t("compare.at_month", month=voice.month(month)) for month in months]
    said += [voice.t(f"reason.{why}")] if why and why not in ("no_own", "itself", "draft") else []
    return voice.t.join(list(dict.fromkeys(said))) or None


def figures(found: Comparison) -> list[Observation]:
    """Every printed figure the page shows or subtracts, row by row, each once."""
    shown: list[Observation | None] = []
    for row in found.rows:
        cell = row.cell
        shown += [cell.actual, cell.target, cell.resolved.base if cell.resolved else None, cell.other_definition]
        shown += [side for d in (row.against, cell.on_last_year, cell.to_national) for side in (d.own, d.base)]
        shown += [row.figure, row.last_final]
    shown += [found.lowest, found.highest]
    return list(dict.fromkeys(o for o in shown if o))


def origins(found: Comparison, voice: Voice) -> list[str]:
    """Where the ranked figure of each row stands; else its target; empty where nothing is printed."""
    firsts = [row.figure or row.cell.target for row in found.rows]
    return [f"{figure.printed} — {voice.place(figure)}" if figure else "" for figure in firsts]


def own_row(found: Comparison) -> int:
    """The row whose origin is shown first: the reader's own branch, else the first of the picture."""
    wanted = [at for at, row in enumerate(found.rows) if row.branch == found.question.own]
    return next(iter(wanted), 0)
