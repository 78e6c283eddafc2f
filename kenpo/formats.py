"""Value and unit to what people read: 和暦, ▲ or −, ポイント, 人. No page formats a number itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kenpo.catalog import Lang, Measure

Era = Literal["wareki", "seireki"]

_MINUS = {"ja": "▲", "en": "−"}
_UNITS: dict[str, tuple[str, str]] = {
    "percent": ("%", "%"),
    "persons": ("人", ""),
    "workplaces": ("事業所", " workplaces"),
    "cases": ("件", " cases"),
    "branches": ("支部", " branches"),
    "count": ("", ""),
    "yen": ("円", " yen"),
    "days": ("日", " days"),
    "mmHg": ("mmHg", " mmHg"),
    "rank": ("位", ""),
    "text": ("", ""),
}
_ONE = {" workplaces": " workplace", " cases": " case", " branches": " branch", " days": " day"}
"""English units of exactly one."""
_SAID_ONCE = frozenset({"workplaces", "cases", "branches"})
_ERAS = (((2019, 5), "令和", "R", 2018), ((1989, 1), "平成", "H", 1988))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def number(value: Decimal | int, lang: Lang) -> str:
    """The digits as printed with thousands separators; negatives ▲ in Japanese, − in English."""
    text = f"{abs(value):,}"
    return _MINUS[lang] + text if value < 0 else text


def unit(measure: Measure, lang: Lang) -> str:
    """The unit behind a value of the measure; empty where the measure's name says it."""
    return unit_named(measure.unit, lang)


def unit_named(name: str, lang: Lang) -> str:
    """A unit by its id, for what is no measure: 件 of cash benefits."""
    japanese, english = _UNITS[name]
    return japanese if lang == "ja" else english


def counted(amount: Decimal | int, of: str) -> str:
    """The unit as it stands behind that amount: 1 workplace, 2 workplaces."""
    return _ONE.get(of, of) if abs(amount) == 1 else of


def gap_unit(measure: Measure, lang: Lang) -> str:
    """The unit behind a difference: pt for percent, the unit otherwise."""
    return "pt" if measure.unit == "percent" else unit(measure, lang)


def unit_beside(measure: Measure, lang: Lang) -> str:
    """The unit behind a value that stands beside another of the measure where room is short.

    A long English word for what is counted (workplaces) is not said twice.
    """
    return "" if lang == "en" and measure.unit in _SAID_ONCE else unit(measure, lang)


def gap_unit_beside(measure: Measure, lang: Lang) -> str:
    """The unit behind a difference beside its figure where room is short, as for a value."""
    return "" if lang == "en" and measure.unit in _SAID_ONCE else gap_unit(measure, lang)


def value(amount: Decimal | None, measure: Measure, lang: Lang) -> str:
    """A figure with its unit: 58.0%, 7,135円; empty for none."""
    return "" if amount is None else number(amount, lang) + counted(amount, unit(measure, lang))


def signed(amount: Decimal | int, lang: Lang) -> str:
    """A difference with its sign: +4.4, ▲2.8, ±0."""
    if amount == 0:
        return "±0"
    return number(amount, lang) if amount < 0 else f"+{number(amount, lang)}"


def difference(
    amount: Decimal | None, measure: Measure, lang: Lang, *, long: bool = False, beside: bool = False
) -> str:
    """A difference with sign and unit: +4.4pt, in a sentence +4.4ポイント, beside its figure +43; empty for none."""
    if amount is None:
        return ""
    if measure.unit == "percent" and long:
        return signed(amount, lang) + ("ポイント" if lang == "ja" else " pt")
    of = gap_unit_beside(measure, lang) if beside else gap_unit(measure, lang)
    return signed(amount, lang) + counted(amount, of)


def fiscal_year(year: int, lang: Lang, era: Era) -> str:
    """令和6年度（2024）, 2024年度（令和6）, FY2024 (Reiwa 6), Reiwa 6 (FY2024)."""
    name, _, count = _era(year, 5)
    if lang == "en":
        reiwa = f"{'Reiwa' if name == '令和' else 'Heisei'} {count}"
        return f"FY{year} ({reiwa})" if era == "seireki" else f"{reiwa} (FY{year})"
    counted = "元" if count == 1 else str(count)
    return f"{name}{counted}年度（{year}）" if era == "wareki" else f"{year}年度（{name}{counted}）"


def fiscal_year_short(year: int, lang: Lang, era: Era) -> str:
    """令和6年度, 2024年度, FY2024, R6."""
    name, letter, count = _era(year, 5)
    if lang == "en":
        return f"FY{year}" if era == "seireki" else f"{letter}{count}"
    counted = "元" if count == 1 else str(count)
    return f"{name}{counted}年度" if era == "wareki" else f"{year}年度"


def fiscal_year_letter(year: int, era: Era) -> str:
    """R6, 2024."""
    _, letter, count = _era(year, 5)
    return f"{letter}{count}" if era == "wareki" else str(year)


def month(as_of: str, lang: Lang, era: Era) -> str:
    """A month of the form YYYY-MM: R6.11, 2024.11, Nov 2024."""
    year, number_ = (int(part) for part in as_of.split("-"))
    if era == "wareki":
        _, letter, count = _era(year, number_)
        return f"{letter}{count}.{number_}"
    return f"{year}.{number_}" if lang == "ja" else f"{_MONTHS[number_ - 1]} {year}"


def calendar_month(number_: int, lang: Lang) -> str:
    """A month without its year: 10月, Oct."""
    return f"{number_}月" if lang == "ja" else _MONTHS[number_ - 1]


def _era(year: int, month_: int) -> tuple[str, str, int]:
    for start, name, letter, base in _ERAS:
        if (year, month_) >= start:
            return name, letter, year - base
    raise ValueError(f"no era for {year}-{month_:02}: figures begin in 1989")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number for a table: exact, with its unit, read by people as text and by spreadsheets as a number."""

    value: Decimal
    unit: str = ""
    signed: bool = False
    approximate: bool = False
    """Within the noise: marked ≈."""

    def text(self, lang: Lang) -> str:
        """As on a page: 64.7%, ▲2.8pt, 12,167人."""
        said = (signed(self.value, lang) if self.signed else number(self.value, lang)) + counted(self.value, self.unit)
        return f"≈ {said}" if self.approximate else said

    def spreadsheet(self, lang: Lang) -> str:
        """The number format that shows the same: 0.0"%";▲0.0"%"."""
        places = max(0, -int(self.value.as_tuple().exponent))
        digits = "#,##0" + ("." + "0" * places if places else "")
        shown = digits + (f'"{self.unit}"' if self.unit else "")
        near, plus = ('"≈ "' if self.approximate else ""), ("+" if self.signed else "")
        zero = f'"±0{self.unit}"' if self.signed else shown
        return f'{near}{plus}{shown};{near}"{_MINUS[lang]}"{shown};{near}{zero}'


@dataclass(frozen=True, slots=True)
class Formula:
    """A number a spreadsheet computes again, with the value it has now.

    Other cells are named by column, and by row and table where they stand elsewhere: [new]-[current],
    [people@a_rate], [calculation_1!people@a_rate].
    Nothing of it comes from outside the app.
    """

    template: str
    result: Amount


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in parts, the changed ones marked: a spreadsheet and a page underline them."""

    parts: Sequence[tuple[str, bool]]

    @property
    def text(self) -> str:
        """The whole sentence."""
        return "".join(text for text, _ in self.parts)


TableCell = Amount | Formula | Sentence | str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as shown on a page: what it says, its columns, typed cells. Empty cells are None."""

    name: str
    title: str
    context: str
    columns: Sequence[str]
    rows: Sequence[Sequence[TableCell]]
    keys: Sequence[str] = ()
    """Ids of the columns, by which formulas name them."""
    ids: Sequence[str] = ()
    """Ids of the rows, by which formulas name them."""
    id: str = ""
    """By which formulas of other tables name this one."""

    def texts(self, lang: Lang) -> list[list[str]]:
        """Every cell as people read it; an empty one is a dash."""
        return [[cell_text(cell, lang) or "—" for cell in row] for row in self.rows]


def cell_text(cell: TableCell, lang: Lang) -> str:
    """A cell as people read it; empty for none."""
    number_ = cell_amount(cell)
    if number_ is not None:
        return number_.text(lang)
    return cell.text if isinstance(cell, Sentence) else str(cell or "")


def cell_amount(cell: TableCell) -> Amount | None:
    """The number of a cell, computed or given; None for words and nothing."""
    if isinstance(cell, Formula):
        return cell.result
    return cell if isinstance(cell, Amount) else None


def amount(value_: Decimal | None, measure: Measure, lang: Lang) -> Amount | None:
    """A figure of a measure for a table."""
    return None if value_ is None else Amount(value_, unit(measure, lang))


def gap_amount(value_: Decimal | None, measure: Measure, lang: Lang) -> Amount | None:
    """A difference of a measure for a table."""
    return None if value_ is None else Amount(value_, gap_unit(measure, lang), signed=True)
