"""新旧対照: what a plan changes on the one of the year before, KPIs first, new on the left and old on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kenpo.catalog import Measure
from kenpo.formats import Table, TableCell
from kenpo.views.data import Group, documents_of, group_name, place
from kenpo.views.words import Voice

Rows = Sequence[Mapping[str, Any]]

CHANGES = ("new", "dropped", "raised", "lowered", "rule", "moved", "wording", "unchanged")
_SHAPE = {
    "new": "＋",
    "dropped": "－",
    "raised": "↑",
    "lowered": "↓",
    "rule": "⇄",
    "moved": "→",
    "wording": "≈",
    "unchanged": "＝",
}
SUBJECTS = ("kpi", "eligible_people", "planned_people", "group_rate", "heading")
"""What a change is about, targets first, then the numbers they rest on."""


def word(change: str, voice: Voice) -> str:
    """＋ 新設: a change in a shape and a word."""
    return f"{_SHAPE[change]} {voice.t(f'data.change_{change}')}"


def chosen(rows: Rows, changes: Sequence[str]) -> list[Mapping[str, Any]]:
    """The rows of the changes asked for, KPIs before headings, those unchanged last; none asked for means all."""
    kept = [row for row in rows if not changes or row["change"] in changes]
    return sorted(kept, key=lambda row: (SUBJECTS.index(row["subject"]), row["change"] == "unchanged"))


@dataclass(frozen=True, slots=True)
class Fewer:
    """A KPI that rises while the people planned for it fall, and the people eligible for it where they change."""

    kpi: Mapping[str, Any]
    people: Mapping[str, Any]
    eligible: Mapping[str, Any] | None


def fewer_people(rows: Rows, measures: Mapping[str, Measure]) -> list[Fewer]:
    """Where a plan raises a target and plans fewer people for it than the year before.

    The people behind a KPI are those its measure counts above the line. A target that only asks for last year's
    level, or where less is better, says nothing of the kind.
    """
    of_plan = {(row["branch_id"], row["fiscal_year"], row["subject"], row["measure_id"]): row for row in rows}
    found = []
    for row in rows:
        measure = measures.get(row["measure_id"] or "")
        if row["subject"] != "kpi" or row["change"] != "raised" or measure is None or measure.direction != "higher":
            continue
        plan = (row["branch_id"], row["fiscal_year"])
        people = of_plan.get((*plan, "planned_people", measure.numerator))
        if measure.numerator and people and people["change"] == "lowered":
            found.append(Fewer(row, people, of_plan.get((*plan, "eligible_people", measure.denominator))))
    return found


def title(rows: Rows, group: Group, voice: Voice) -> str:
    """岡山 令和3年度：KPI・目標は新設2、廃止8、引上げ10、引下げ0."""
    kpis = [row["change"] for row in rows if row["subject"] == "kpi"]
    counts = {change: kpis.count(change) for change in ("new", "dropped", "raised", "lowered")}
    return voice.t("data.changes_title", name=group_name(group, voice), **counts)


def context(rows: Rows, voice: Voice) -> str:
    """Targets that rise with fewer people; then what is set side by side, and the document."""
    about = voice.t("data.changes_context", document=documents_of(rows, voice))
    found = fewer_people(rows, voice.catalog.measures)
    if not found:
        return about
    told = voice.t("data.fewer", cases=voice.t.join([_fewer(one, voice) for one in found]))
    return told + ("" if voice.lang == "ja" else " ") + about


def _fewer(one: Fewer, voice: Voice) -> str:
    """被扶養者の特定健診実施率 20,986人→20,158人（KPI 31.5%以上→31.7%以上、対象者数 66,622人→63,591人）."""
    sides = {"people": one.people, "kpi": one.kpi} | ({"eligible": one.eligible} if one.eligible else {})
    said = {
        name: voice.t("data.fewer_from_to", old=row["value_from"], new=row["value_to"]) for name, row in sides.items()
    }
    key = "data.fewer_eligible" if one.eligible else "data.fewer_one"
    return voice.t(key, measure=voice.measure(one.kpi["measure_id"]).short[voice.lang], **said)


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
    fewer = [one.people for one in fewer_people(rows, voice.catalog.measures)]
    cells = [_row(row, voice, fewer=any(row is people for people in fewer)) for row in shown]
    return Table(t("data.part_changes"), *said, columns, cells)


def _row(row: Mapping[str, Any], voice: Voice, *, fewer: bool) -> list[TableCell]:
    change = word(row["change"], voice)
    return [
        voice.t(f"data.subject_{row['subject']}"),
        voice.t(f"pillar.{row['pillar']}_short"),
        row[f"label_{voice.lang}"],
        _side(row, "value_to", "line_new", voice),
        voice.t("data.fewer_change", change=change) if fewer else change,
        _side(row, "value_from", "line_old", voice),
    ]


def _side(row: Mapping[str, Any], value: str, line: str, voice: Voice) -> str | None:
    """92.0%以上（8行目）; the line alone where nothing is counted; nothing where the side is silent."""
    where = place(row, voice, line)
    if not row[value]:
        return where or None
    return f"{row[value]} ({where})" if where else str(row[value])
