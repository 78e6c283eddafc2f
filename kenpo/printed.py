"""Reads a figure as a document prints it: sign, multiplier, unit, comparator, month. Pure.

What a document prints decides (domain, rule 9): value, rule and as-of of a row must agree with its printed form.
A form that says nothing of a thing leaves it open: None, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Comparator = Literal["at_least", "at_most", "above", "below", "equal"]
"""以上; 以下 and 以内; 超; 未満; とする and 維持."""

MARCH = 3
_LONGEST = 400
"""No figure is printed in more characters; what a damaged cell holds beyond is not read."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a printed form, sign and multiplier applied, decimals kept: ▲2.5万円 is −25000, 1割 is 10."""

    number: Decimal
    unit: str
    """As printed behind it, of the units known here; 千 of 千円 is a multiplier; empty for none."""
    multiplied: bool = False
    """Printed with 千, 万, 億 …"""

    @property
    def text(self) -> str:
        """The digits as the value column writes them: -25000, 58.0."""
        return f"{self.number:f}"

    @property
    def thousands(self) -> Decimal:
        """The number for a column of thousands: 2,446千円 is 2446, 2,446円 is 2.446, a bare 2,446 is 2446 already."""
        found = _times(self.text, -3) if self.unit or self.multiplied else self.number
        return found.to_integral_value() if found == found.to_integral_value() else found


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month; `year` is None where the form leaves it to the fiscal year."""

    month: int
    year: int | None = None

    def of(self, fiscal_year: int) -> str:
        """The month as YYYY-MM, in that fiscal year where none is printed."""
        year = fiscal_year + (self.month <= MARCH) if self.year is None else self.year
        return f"{year:04}-{self.month:02}"


@dataclass(frozen=True, slots=True)
class Printed:
    """What a printed form says."""

    figures: tuple[Figure, ...]
    """Each different figure once, in the order printed; numbers of dates, footnotes and ages are none."""
    comparator: Comparator | None
    """None where none is printed, or two that contradict each other."""
    relative: bool
    """Against the year before: 前年度以上, 対前年度（0.310%）以上."""
    month: Month | None
    year_end: bool
    """年度末."""

    @property
    def figure(self) -> Figure | None:
        """The one figure of the form; None where it prints none or several."""
        return self.figures[0] if len(self.figures) == 1 else None

    @property
    def digits(self) -> str:
        """The value the form stands for, as the value column writes it; several side by side, empty for none."""
        return " / ".join(figure.text for figure in self.figures)

    def stands_for(self, as_of: str, fiscal_year: int) -> bool:
        """Is an as-of (empty: the whole year) what the form says? The end of March and the year are one."""
        whole = ("", f"{fiscal_year + 1}-{MARCH:02}")
        if self.relative or (self.month is None and not self.year_end):
            return True
        said = self.month.of(fiscal_year) if self.month else ""
        return as_of in whole if said in whole else as_of == said


@lru_cache(maxsize=2**15)
def read(text: str) -> Printed:
    """What a printed form says. Never fails: what cannot be read is not said."""
    alone = _ALONE.fullmatch(text)
    if alone:
        return Printed((Figure(Decimal(alone[1].replace(",", "")), alone[2] or ""),), None, False, None, False)
    text = text[:_LONGEST]
    plain = unicodedata.normalize("NFKC", "".join(c for c in text if unicodedata.category(c) != "No"))
    plain = _ASIDE.sub(_HOLE, plain)
    relative = bool(_BEFORE.search(plain))
    year_end, months = bool(_YEAR_END.search(plain)), []
    for pattern in _MONTHS:
        months += [(found.start(), _month(found)) for found in pattern.finditer(plain)]
        plain = pattern.sub(lambda found: _HOLE * len(found[0]), plain)
    plain = _YEAR.sub(_HOLE, plain)
    figures: dict[Decimal, Figure] = {}
    for figure in _figures(plain):
        figures.setdefault(figure.number, figure)
    last = max(months, key=lambda found: found[0], default=None)
    return Printed(tuple(figures.values()), _comparator(plain), relative, last[1] if last else None, year_end)


# --- months and years ------------------------------------------------------------------------------

_HOLE = "\ue000"
"""Stands where something was read that is no figure."""
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
_JAPANESE = r"(?P<era>令和|平成|昭和|(?<![A-Za-z])[RHS])\s?(?P<count>元|[0-9]{1,2})"
_WESTERN = r"(?P<west>(?<![0-9,.])(?:19|20)[0-9]{2})"
_ERA = rf"(?:{_JAPANESE}|{_WESTERN})"
_IN_YEAR = r"(?P<month>1[0-2]|0?[1-9])"
_DAY = r"[0-9]{1,2}"
_MONTHS = tuple(
    re.compile(pattern)
    for pattern in (
        # 令和5年9月30日, 2023年9月
        rf"{_ERA}\s?年\s?{_IN_YEAR}\s?月(?:\s?{_DAY}\s?日)?",
        # R5.9, 令和5.9.30, H31/3
        rf"{_JAPANESE}[./]{_IN_YEAR}(?:[./]{_DAY})?月?(?![0-9,.%])",
        # 2023/9, 2023-09, 2023.9末: with a point only before a word that makes it a date
        rf"{_WESTERN}/{_IN_YEAR}(?:/{_DAY})?(?![0-9])",
        rf"{_WESTERN}-(?P<month>1[0-2]|0[1-9])(?:-{_DAY})?(?![0-9])",
        rf"{_WESTERN}\.{_IN_YEAR}(?:\.{_DAY})?(?=月|末|時点|現在)",
        # 9月末, 4~9月: of a span the last
        rf"(?:(?<![0-9.,]){_DAY}\s?[~〜-]\s?)?(?<![0-9.,]){_IN_YEAR}月(?:\s?{_DAY}\s?日)?",
        rf"(?:{_ERA}\s?)?年度(?:当初|初め?|はじめ)",
    )
)
_YEAR = re.compile(rf"{_ERA}\s?年度?|(?<![A-Za-z])[RHS][0-9]{{1,2}}(?![0-9.,%])")
_YEAR_END = re.compile(r"(?<![前昨])年度末")
_BEFORE = re.compile(r"(?:前|昨)年(?!度?(?:同期|同月)?[比差])")
_ASIDE = re.compile(
    # Marks of a footnote, ordinals, ages, spans and "of 47 branches" hold numbers that are no figure.
    r"[※*†‡][0-9]{1,2}(?=$|[\s)\]以])|注\s?[0-9]{1,2}(?![0-9,.%])|第\s?[0-9]+"
    r"|[0-9]+\s?(?:歳|才)(?:以上|以下|未満)?|[0-9]+\s?(?:[かカヶヵケ箇]月(?:以内|以上)?|月(?:当|あたり|額)|支部中|年間)"
)
_APRIL = 4


def _month(found: re.Match[str]) -> Month:
    said = found.groupdict()
    month = int(said.get("month") or _APRIL)
    if said.get("era"):
        count = 1 if said["count"] == "元" else int(said["count"])
        return Month(month, _ERAS[said["era"]] + count)
    return Month(month, int(said["west"]) if said.get("west") else None)


# --- figures ---------------------------------------------------------------------------------------

_ALWAYS_MINUS = ("▲", "△", "マイナス")
# After NFKC; the long vowel mark is typed for a minus, but not behind another kana.
_MINUS = rf"{'|'.join(_ALWAYS_MINUS)}|[−–―‐—-]|(?<![ァ-ヺー])ー"
_DIGITS = r"(?:[0-9]+(?:,[0-9]+)*(?:\.[0-9]+)?|\.[0-9]+)"
_POWERS = {"百": 2, "千": 3, "万": 4, "億": 8, "兆": 12}
_LARGE = 4
_UNITS = ("%", "ポイント", "円", "人", "名", "営業日", "日", "件", "事業所", "社", "支部", "位", "mmHg")
_ALONE = re.compile(rf"([0-9]{{1,3}}(?:,?[0-9]{{3}}){{0,4}}(?:\.[0-9]{{1,6}})?)({'|'.join(_UNITS)})?")
"""Most forms: a number and a unit, read at once."""
_FIGURE = re.compile(
    rf"(?:(?P<minus>{_MINUS})\s*)?(?:[¥\\]\s*)?"
    rf"(?:(?P<tenths>{_DIGITS})\s?割(?!合)(?:(?P<hundredths>{_DIGITS})分)?(?:(?P<thousandths>{_DIGITS})厘)?"
    rf"|(?P<body>{_DIGITS}(?:\s?[百千万億兆](?!葉)(?:{_DIGITS})?)*))"
    rf"\s?(?P<unit>{'|'.join(_UNITS)})?"
)
_POWER = re.compile(f"[{''.join(_POWERS)}]")
_TERM = re.compile(rf"({_DIGITS})|([{''.join(_POWERS)}])")


def _figures(text: str) -> Iterator[Figure]:
    end = None
    for found in _FIGURE.finditer(text):
        # 58.0–60.0 is a span: a dash is no minus behind another figure.
        span = end is not None and not text[end : found.start()].strip() and found["minus"] not in _ALWAYS_MINUS
        number = _tenths(found) if found["tenths"] else _total(found["body"])
        minus = bool(found["minus"]) and not span and number != 0
        unit = "%" if found["tenths"] else found["unit"] or ""
        yield Figure(number.copy_negate() if minus else number, unit, bool(_POWER.search(found[0])))
        end = found.end()


def _tenths(found: re.Match[str]) -> Decimal:
    """8割5分 is 85 %."""
    parts = ((found["tenths"], 1), (found["hundredths"], 0), (found["thousandths"], -1))
    return sum((_times(text, power) for text, power in parts if text), Decimal(0))


def _total(body: str) -> Decimal:
    """1億2,345万 is 123450000; 5千万 is 50000000; a lone number keeps its decimals."""
    total, section, number = Decimal(0), Decimal(0), None
    for digits, power in _TERM.findall(body):
        if digits:
            number = digits.replace(",", "")
        elif _POWERS[power] < _LARGE:
            section += _times(number or "1", _POWERS[power])
            number = None
        else:
            section += Decimal(number) if number else Decimal(0)
            total += _times(f"{section:f}", _POWERS[power])
            section, number = Decimal(0), None
    if number is not None and not total and not section:
        # Exact however many digits there are: a sum is rounded to 28.
        return Decimal(number)
    return total + section + (Decimal(number) if number else Decimal(0))


def _times(text: str, power: int) -> Decimal:
    """A number times a power of ten, exactly, with no more decimals than it needs to keep its digits."""
    plain = text.replace(",", "")
    return Decimal(f"{Decimal(f'{plain}E{power}'):f}")


# --- comparators -----------------------------------------------------------------------------------

_WORDS: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    ("at_least", re.compile(r"以上|下回らな")),
    ("at_most", re.compile(r"以下|以内|(?:上回ら|超え)な")),
    ("above", re.compile(r"超(?!え?な)|上回(?!らな)")),
    ("below", re.compile(r"未満|下回(?!らな)")),
)
_EQUAL = re.compile(r"(?<!目標)とする|維持|同水準|並み")
_UP: frozenset[Comparator] = frozenset({"at_least", "above"})


def _comparator(text: str) -> Comparator | None:
    said = [comparator for comparator, words in _WORDS if words.search(text)]
    if not said:
        return "equal" if _EQUAL.search(text) else None
    return said[0] if len({comparator in _UP for comparator in said}) == 1 else None
