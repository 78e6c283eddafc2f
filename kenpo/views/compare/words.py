"""What Compare says: headline, the line under it, the value of a row, its place, and why a row stands apart."""

from __future__ import annotations

from decimal import Decimal

from kenpo import formats
from kenpo.catalog import NATIONAL, Measure
from kenpo.compare import Comparison, Row
from kenpo.judgement import Observation, gap
from kenpo.views.words import Voice

_LISTED = 4
"""Values a headline lists where nothing can be ranked."""


def headline(found: Comparison, voice: Voice) -> str:
    """Leader, distance and how many could be ranked; or the one figure there is, set against its bases."""
    ranked, question = found.ranked, found.question
    if ranked:
        return _leader(found, voice)
    shown = [r for r in found.rows if r.drawn is not None and r.branch != NATIONAL]
    if len(shown) > 1 or (shown and question.mode == "latest"):
        listed = voice.t.join([f"{voice.branch(r.branch)} {ranked_value(r, found, voice)}" for r in shown[:_LISTED]])
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
        value=ranked_value(first, found, voice),
        second=voice.branch(second.branch),
        ahead=_points(ahead, measure, voice),
        n=len(ranked),
    )
    if own and own.rank and own.rank > 1:
        name, value = voice.branch(own.branch), ranked_value(own, found, voice)
        said += voice.t("compare.title_own", own=name, rank=own.rank, n=len(ranked), value=value)
    return said


def _alone(row: Row, found: Comparison, voice: Voice) -> str:
    """One figure in words: against the nation and against its target."""
    measure, cell = found.question.measure, row.cell
    parts = {"name": voice.branch(row.branch), "value": ranked_value(row, found, voice)}
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
    if found.many and changes and all(change.reason == "draft" for change in changes):
        said.append(voice.t("compare.no_change_draft"))
    if found.lowest and found.highest:
        said.append(voice.t("compare.range", low=bound(found.lowest, voice), high=bound(found.highest, voice)))
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


def bound(figure: Observation, voice: Voice) -> str:
    """47.4%（鹿児島）: an end of the range of the 47 branches."""
    return voice.t("compare.bound", value=voice.value(figure), name=voice.branch(figure.branch))


def ranked_value(row: Row, found: Comparison, voice: Voice) -> str:
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


def place(row: Row, found: Comparison, voice: Voice) -> str:
    """2位 / 3支部, or a dash."""
    if row.rank is None:
        return "—"
    return voice.t("compare.rank", rank=row.rank, n=found.ranking.size)
