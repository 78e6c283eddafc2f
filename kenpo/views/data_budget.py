"""The budget for strengthening the insurer's functions: by heading, against the year before, and what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kenpo import formats
from kenpo.formats import Amount, Table, TableCell
from kenpo.views.data import documents_of, place
from kenpo.views.words import Voice

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Budget:
    """The lines of one branch in the newest year and the one before, in thousands of yen."""

    branch: str
    years: tuple[int, int]
    rows: Rows

    def amount(self, year: int, section: str | None = None) -> int | None:
        """What the lines of a heading add up to, or all lines; None where the year has no such line.

        Computed: no sum is printed.
        """
        amounts = [
            row["amount_thousand_yen"]
            for row in self.rows
            if row["fiscal_year"] == year and section in (None, row["section"])
        ]
        return sum(amounts) if amounts else None

    def change(self, section: str | None = None) -> int | None:
        """The newest year less the year before; None where either has no such line."""
        before, after = (self.amount(year, section) for year in self.years)
        return None if before is None or after is None else after - before

    @property
    def sections(self) -> list[str]:
        """The headings in the order of the plan."""
        return list(dict.fromkeys(row["section"] for row in self.rows))


def budgets(rows: Rows) -> list[Budget]:
    """One budget a branch: its newest year and the year before."""
    found = []
    for branch in dict.fromkeys(row["branch_id"] for row in rows):
        own = [row for row in rows if row["branch_id"] == branch]
        newest = max(row["fiscal_year"] for row in own)
        years = (newest - 1, newest)
        found.append(Budget(branch, years, [row for row in own if row["fiscal_year"] in years]))
    return found


def title(budget: Budget, voice: Voice) -> str:
    """群馬 令和7年度の保険者機能強化予算は85,853千円、前年度から+12,361千円."""
    change, amount = budget.change(), budget.amount(budget.years[1]) or 0
    said = {
        "name": voice.branch(budget.branch),
        "year": voice.year_short(budget.years[1]),
        "amount": formats.number(amount, voice.lang),
    }
    if change is None:
        return voice.t("data.budget_title_alone", **said)
    return voice.t("data.budget_title", **said, change=formats.signed(change, voice.lang))


def context(budget: Budget, voice: Voice) -> str:
    """The lines that are new, the largest change, that sums are ours, and the document."""
    new = [row["amount_thousand_yen"] for row in budget.rows if row["is_new"]]
    said = [voice.t("data.budget_new", new=len(new), amount=formats.number(sum(new), voice.lang))]
    changes = {s: change for s in budget.sections if (change := budget.change(s)) is not None}
    if changes:
        largest = max(changes, key=lambda section: abs(changes[section]))
        name, by = _name(budget, largest, voice), formats.signed(changes[largest], voice.lang)
        said.append(voice.t("data.budget_largest", section=name, change=by))
    said += [voice.t("data.budget_sums"), documents_of(budget.rows, voice)]
    return " ".join(said)


def _name(budget: Budget, section: str, voice: Voice) -> str:
    name: str = next(row[f"section_{voice.lang}"] for row in budget.rows if row["section"] == section)
    return name


def by_section(budget: Budget, voice: Voice) -> Table:
    """A row a heading: both years, the change, and how many lines are new; the sum last."""
    t, (old, new) = voice.t, budget.years
    columns = [t("data.section"), *_years(old, new, voice), t("data.difference"), t("data.new_lines")]
    rows = [_section(budget, section, _name(budget, section, voice)) for section in budget.sections]
    rows.append(_section(budget, None, t("data.sum")))
    return Table(t("data.part_budget"), title(budget, voice), context(budget, voice), columns, rows)


def _section(budget: Budget, section: str | None, name: str) -> list[TableCell]:
    old, new = (budget.amount(year, section) for year in budget.years)
    marked = sum(row["is_new"] for row in budget.rows if section in (None, row["section"]))
    change = _yen(budget.change(section), signed=True)
    return [name, _yen(old), _yen(new), change, Amount(Decimal(marked)) if marked else None]


def _yen(amount: int | None, *, signed: bool = False) -> Amount | None:
    return None if amount is None else Amount(Decimal(amount), signed=signed)


def _years(old: int, new: int, voice: Voice) -> tuple[str, str]:
    before, after = (voice.t("data.year_amount", year=voice.year_short(year)) for year in (old, new))
    return before, after


def lines(budget: Budget, voice: Voice) -> Table:
    """A row an initiative: both years where the printed names agree, and where each amount stands."""
    t, (old, new) = voice.t, budget.years
    columns = [
        *(t("data.section"), t("data.initiative"), *_years(old, new, voice)),
        *(t("data.difference"), t("data.new"), t("source.line")),
    ]
    pairs = dict.fromkeys((row["section"], row["initiative_ja"]) for row in budget.rows)
    return Table(t("data.lines"), t("data.lines"), "", columns, [_line(budget, *pair, voice) for pair in pairs])


def _line(budget: Budget, section: str, initiative: str, voice: Voice) -> list[TableCell]:
    own = {
        row["fiscal_year"]: row
        for row in budget.rows
        if (row["section"], row["initiative_ja"]) == (section, initiative)
    }
    old, new = (own.get(year) for year in budget.years)
    shown = new or old
    assert shown is not None
    both = new["amount_thousand_yen"] - old["amount_thousand_yen"] if new and old else None
    return [
        shown[f"section_{voice.lang}"],
        shown[f"initiative_{voice.lang}"],
        _yen(old["amount_thousand_yen"]) if old else None,
        _yen(new["amount_thousand_yen"]) if new else None,
        _yen(both, signed=True),
        voice.t("data.marked_new") if shown["is_new"] else None,
        " / ".join(dict.fromkeys(place(row, voice) for row in (old, new) if row)),
    ]


def picture(budget: Budget, voice: Voice) -> list[dict[str, object]]:
    """A row a heading for the chart: both years and the change between them."""
    old, new = budget.years
    rows = []
    for at, section in enumerate(budget.sections):
        before, after, change = budget.amount(old, section), budget.amount(new, section), budget.change(section)
        said = " → ".join("—" if n is None else formats.number(n, voice.lang) for n in (before, after))
        rows.append(
            {
                "order": at,
                "section": _name(budget, section, voice),
                "before": before,
                "after": after,
                "change": "—" if change is None else formats.signed(change, voice.lang),
                "about": f"{said} ({voice.t('data.thousand_yen')})",
            }
        )
    return rows


def marks(rows: Rows, branch: str, voice: Voice) -> Table:
    """A row a heading of a plan: in which year it is called important or difficult, and its KPIs."""
    t = voice.t
    own = [row for row in rows if row["branch_id"] == branch]
    columns = [
        *(t("source.year"), t("control.pillars"), t("data.heading")),
        *(t("data.importance"), t("data.difficulty"), t("data.kpi"), t("source.line")),
    ]
    return Table(t("data.marks"), t("data.marks"), "", columns, [_mark(row, voice) for row in own])


def _mark(row: Mapping[str, Any], voice: Voice) -> list[TableCell]:
    kpis = [voice.measure(m).short[voice.lang] for m in (row["measure_ids"] or "").split(";") if m]
    high = voice.t("data.high")
    return [
        voice.year_short(row["fiscal_year"]),
        voice.t(f"pillar.{row['pillar']}"),
        row[f"heading_{voice.lang}"],
        high if row["important"] else None,
        high if row["difficult"] else None,
        voice.t.join(kpis) or None,
        place(row, voice),
    ]
