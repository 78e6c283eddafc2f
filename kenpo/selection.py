"""What is chosen on a page, and the link that says it: Selection ⇄ URL query parameters.

Links are public: parameters and values are ids and never change with the language. What a link says
wrongly is left out and named, the rest holds. Defaults stay out of the link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, TypeVar, get_args

from kenpo.catalog import NATIONAL, Catalog, Lang
from kenpo.formats import Era

Show = Literal["actual", "target"]
Base = Literal["target", "national", "last_year", "best"]
Mode = Literal["year", "latest"]
Part = Literal["documents", "measures", "findings", "initiatives", "budget", "changes", "tables"]

T = TypeVar("T", bound=str)

_YEAR = re.compile(r"[12][0-9]{3}")
_MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", re.ASCII)
"""As fine and as large as a package may print a figure."""
_SHOWN = 40
_BETWEEN, _EQUALS, _GROW = "~", "-", "grow"
"""Signs of a compact scenario that a browser never escapes: name~measure-60.0~n.eligible-170000~grow."""

KEPT = ("s1", "s2", "s3")
"""Parameters of the scenarios kept beside the one at work: four side by side."""
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Ignored:
    """A part of a link that was left out: parameter and value, shortened for showing."""

    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A what-if scenario as a link says it: a name, new targets, new eligible numbers, all by id."""

    name: str = ""
    targets: Mapping[str, Decimal] = field(default_factory=dict)
    eligible: Mapping[str, Decimal] = field(default_factory=dict)
    grow: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """Everything a link can say that pages share. None and () mean: not chosen, the page decides."""

    lang: Lang = "ja"
    era: Era | None = None
    branch: tuple[str, ...] = ()
    my: str | None = None
    fy: int | None = None
    measure: str | None = None
    show: Show = "actual"
    base: Base = "target"
    mode: Mode = "year"
    pillar: tuple[int, ...] = ()
    state: tuple[str, ...] = ()
    from_: int | None = None
    to: int | None = None
    asof: str | None = None
    part: Part = "documents"
    draft: Draft = field(default_factory=Draft)
    kept: tuple[Draft, ...] = ()

    @property
    def calendar(self) -> Era:
        """The chosen era; by default 和暦 in Japanese and the Western year in English."""
        return self.era or ("wareki" if self.lang == "ja" else "seireki")

    def with_(self, **changes: object) -> Selection:
        """The same selection with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a link may name: ids of the catalog, years on record, states of a cell."""

    branches: Sequence[str]
    measures: Sequence[str]
    years: Sequence[int]
    states: Sequence[str]
    eligible: Sequence[str] = ()
    first_plan: int | None = None
    """The earliest of the branches' latest plans: every year after it may be planned; None without any plan."""

    @classmethod
    def of(cls, catalog: Catalog, years: Sequence[int], states: Sequence[str], first_plan: int | None = None) -> Offer:
        """Everything in the catalog; the nation is always shown and never chosen."""
        branches = [b for b in catalog.branches if b != NATIONAL]
        measures = [m.id for m in catalog.measures.values() if m.role in ("kpi", "goal", "reference")]
        eligible = dict.fromkeys(m.denominator for m in catalog.measures.values() if m.denominator)
        return cls(branches, measures, years, states, tuple(i for i in eligible if i), first_plan)

    def until(self, last: int) -> Offer:
        """With every year that may be planned up to that one, latest first."""
        ahead = () if self.first_plan is None else range(self.first_plan + 1, last + 1)
        return replace(self, years=sorted({*self.years, *ahead}, reverse=True))


def parse(parameters: Mapping[str, Sequence[str]], offer: Offer) -> tuple[Selection, list[Ignored]]:
    """The selection a link asks for, and what of it had to be left out."""
    reader = _Reader(parameters)
    era = reader.one("era", get_args(Era), None)
    selection = Selection(
        lang=reader.one("lang", get_args(Lang), "ja") or "ja",
        era=era,
        branch=reader.many("branch", offer.branches),
        my=reader.one("my", offer.branches, None),
        fy=_int(reader.one("fy", [str(y) for y in offer.years], None)),
        measure=reader.one("measure", offer.measures, None),
        show=reader.one("show", get_args(Show), "actual") or "actual",
        base=reader.one("base", get_args(Base), "target") or "target",
        mode=reader.one("mode", get_args(Mode), "year") or "year",
        pillar=tuple(int(p) for p in reader.many("pillar", ("1", "2", "3"))),
        state=reader.many("state", offer.states),
        from_=_int(reader.matching("from", _YEAR)),
        to=_int(reader.matching("to", _YEAR)),
        asof=reader.matching("asof", _MONTH),
        part=reader.one("part", get_args(Part), "documents") or "documents",
        draft=Draft(
            name=scenario_name(reader.text("scenario")),
            targets=reader.numbers("t.", offer.measures),
            eligible=reader.numbers("n.", offer.eligible),
            grow=reader.one("grow", ("1",), None) is not None,
        ),
        kept=tuple(kept for name in KEPT if (kept := reader.compact(name, offer))),
    )
    return selection, reader.ignored()


def to_parameters(selection: Selection) -> dict[str, str]:
    """The shortest link that restores the selection; defaults stay out."""
    said = {
        "lang": selection.lang if selection.lang != "ja" else "",
        "era": selection.era or "",
        "branch": ",".join(selection.branch),
        "my": selection.my or "",
        "fy": _text(selection.fy),
        "measure": selection.measure or "",
        "show": selection.show if selection.show != "actual" else "",
        "base": selection.base if selection.base != "target" else "",
        "mode": selection.mode if selection.mode != "year" else "",
        "pillar": ",".join(str(p) for p in selection.pillar),
        "state": ",".join(selection.state),
        "from": _text(selection.from_),
        "to": _text(selection.to),
        "asof": selection.asof or "",
        "part": selection.part if selection.part != "documents" else "",
        "scenario": selection.draft.name,
        "grow": "1" if selection.draft.grow else "",
        **{f"t.{i}": f"{value:f}" for i, value in selection.draft.targets.items()},
        **{f"n.{i}": f"{value:f}" for i, value in selection.draft.eligible.items()},
        **{name: _compact(draft) for name, draft in zip(KEPT, selection.kept, strict=False)},
    }
    return {name: value for name, value in said.items() if value}


def scenario_name(text: str) -> str:
    """A name as a link can carry it: printable, not endless, without the sign between the parts."""
    plain = "".join(c for c in text.replace(_BETWEEN, "〜") if c.isprintable()).strip()
    return plain[:LONGEST_NAME].strip()


def _compact(draft: Draft) -> str:
    numbers = [f"{i}{_EQUALS}{value:f}" for i, value in draft.targets.items()]
    numbers += [f"n.{i}{_EQUALS}{value:f}" for i, value in draft.eligible.items()]
    return _BETWEEN.join([draft.name, *numbers, *([_GROW] if draft.grow else [])])


class _Reader:
    """Takes known parameters out of a link one by one and remembers what was wrong."""

    def __init__(self, parameters: Mapping[str, Sequence[str]]) -> None:
        self._left = {name: list(values) for name, values in parameters.items()}
        self._ignored: list[Ignored] = []

    def one(self, name: str, allowed: Sequence[T], default: T | None) -> T | None:
        found: T | None = None
        for value in self._take(name):
            known = next((a for a in allowed if a == value), None)
            if known is None:
                self._ignore(name, value)
            found = found or known
        return found or default

    def many(self, name: str, allowed: Sequence[str]) -> tuple[str, ...]:
        wanted = [part for value in self._take(name) for part in value.split(",") if part]
        for part in wanted:
            if part not in allowed:
                self._ignore(name, part)
        return tuple(dict.fromkeys(part for part in wanted if part in allowed))

    def matching(self, name: str, pattern: re.Pattern[str]) -> str | None:
        found: str | None = None
        for value in self._take(name):
            if not pattern.fullmatch(value):
                self._ignore(name, value)
            elif found is None:
                found = value
        return found

    def text(self, name: str) -> str:
        return next(iter(self._take(name)), "")

    def numbers(self, prefix: str, allowed: Sequence[str]) -> dict[str, Decimal]:
        """The numbers of every parameter that begins so, by what follows; the first sound value of each."""
        found: dict[str, Decimal] = {}
        for name in [name for name in self._left if name.startswith(prefix)]:
            for value in self._take(name):
                number = _allowed_number(name.removeprefix(prefix), value, allowed)
                if number is None:
                    self._ignore(name, value)
                else:
                    found.setdefault(name.removeprefix(prefix), number)
        return found

    def compact(self, name: str, offer: Offer) -> Draft | None:
        """A kept scenario; what of it is unknown is left out and named, the rest holds."""
        written = self.text(name)
        if not written:
            return None
        title, *parts = written.split(_BETWEEN)
        targets: dict[str, Decimal] = {}
        eligible: dict[str, Decimal] = {}
        for part in parts:
            subject, _, value = part.partition(_EQUALS)
            count = subject.removeprefix("n.")
            into, allowed = (targets, offer.measures) if count == subject else (eligible, offer.eligible)
            number = _allowed_number(count, value, allowed)
            if number is not None:
                into.setdefault(count, number)
            elif part != _GROW:
                self._ignore(name, part)
        return Draft(scenario_name(title), targets, eligible, _GROW in parts)

    def ignored(self) -> list[Ignored]:
        for name, values in self._left.items():
            self._ignore(name, ",".join(values))
        return self._ignored

    def _take(self, name: str) -> list[str]:
        return [value for value in self._left.pop(name, []) if value]

    def _ignore(self, name: str, value: str) -> None:
        self._ignored.append(Ignored(_shown(name), _shown(value)))


def _allowed_number(subject: str, value: str, allowed: Sequence[str]) -> Decimal | None:
    return Decimal(value) if subject in allowed and _NUMBER.fullmatch(value) else None


def _shown(text: str) -> str:
    """Safe to print in a line: no control characters, not endless."""
    plain = "".join(c if c.isprintable() else "·" for c in text)
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
