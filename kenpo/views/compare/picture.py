"""The pictures of Compare: a row a branch or, of many, a column; ready for the charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kenpo import formats
from kenpo.catalog import NATIONAL
from kenpo.compare import MANY, Comparison, Row
from kenpo.views.compare.words import bound, place, ranked_value, reason
from kenpo.views.marks import marked
from kenpo.views.words import Voice

_NEAR = Decimal("0.08")
"""Labels of marks nearer than this share of the picture would run into each other."""


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
                "low_label": bound(found.lowest, voice),
                "high_label": bound(found.highest, voice),
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
        "figure_label": ranked_value(row, found, voice) if shown is not None else None,
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
    return f"{ranked_value(row, found, voice)} — {why}" if row.value is not None else why


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
        name, value = voice.branch(row.branch), ranked_value(row, found, voice)
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
        label = f"{voice.branch(NATIONAL)} {ranked_value(nation, found, voice)}"
        drawn[0] |= {"nation": _float(nation.value), "nation_label": label}
    return drawn


def legend(found: Comparison, voice: Voice) -> str:
    """What the marks of the picture are, in words."""
    return voice.t("compare.legend_many" if found.many else "compare.legend")


def _float(value: Decimal | None) -> float | None:
    """For drawing only: what people read comes from the exact decimal."""
    return None if value is None else float(value)
