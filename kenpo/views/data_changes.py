"""新旧対照: what a plan changes on the one of the year before, KPIs first, new on the left and old on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kenpo.formats import Table, TableCell
from kenpo.views.data import Group, documents_of, group_name, place
from kenpo.views.words import Voice

Rows = Sequence[Mapping[str, Any]]

CHANGES = ("new", "dropped", "raised", "lowered", "moved", "wording", "unchanged")
_SHAPE = {"new": "＋", "dropped": "－", "raised": "↑", "lowered": "↓", "moved": "→", "wording": "≈", "unchanged": "＝"}


def word(change: str, voice: Voice) -> str:
    """＋ 新設: a change in a shape and a word."""
    return f"{_SHAPE[change]} {voice.t(f'data.change_{change}')}"


def chosen(rows: Rows, changes: Sequence[str]) -> list[Mapping[str, Any]]:
    """The rows of the changes asked for, KPIs before headings, those unchanged last; none asked for means all."""
    kept = [row for row in rows if not changes or row["change"] in changes]
    return sorted(kept, key=lambda row: (row["subject"] != "kpi", row["change"] == "unchanged"))


def title(rows: Rows, group: Group, voice: Voice) -> str:
    """岡山 令和3年度：KPI・目標は新設2、廃止8、引上げ10、引下げ0."""
    kpis = [row["change"] for row in rows if row["subject"] == "kpi"]
    counts = {change: kpis.count(change) for change in ("new", "dropped", "raised", "lowered")}
    return voice.t("data.changes_title", name=group_name(group, voice), **counts)


def context(rows: Rows, voice: Voice) -> str:
    """What is set side by side, and the document."""
    return voice.t("data.changes_context", document=documents_of(rows, voice))


def table(rows: Rows, shown: Rows, group: Group, voice: Voice) -> Table:
    """A row a change: what it is about, the new side, the kind of change, the old side."""
    t, year = voice.t, group[1]
    columns = [
        *(t("data.subject"), t("control.pillars"), t("data.about")),
        *(
            t("data.new_side", year=voice.year_letter(year)),
            t("data.change"),
            t("data.old", year=voice.year_letter(year - 1)),
        ),
    ]
    said = (title(rows, group, voice), context(rows, voice))
    return Table(t("data.part_changes"), *said, columns, [_row(row, voice) for row in shown])


def _row(row: Mapping[str, Any], voice: Voice) -> list[TableCell]:
    return [
        voice.t(f"data.subject_{row['subject']}"),
        voice.t(f"pillar.{row['pillar']}_short"),
        row[f"label_{voice.lang}"],
        _side(row, "value_to", "line_new", voice),
        word(row["change"], voice),
        _side(row, "value_from", "line_old", voice),
    ]


def _side(row: Mapping[str, Any], value: str, line: str, voice: Voice) -> str | None:
    """92.0%以上（8行目）; the line alone where nothing is counted; nothing where the side is silent."""
    where = place(row, voice, line)
    if not row[value]:
        return where or None
    return f"{row[value]} ({where})" if where else str(row[value])
