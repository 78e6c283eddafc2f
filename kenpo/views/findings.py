"""A contradiction of the documents in words: what it is about, what is printed, what the rest gives, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kenpo import formats
from kenpo.catalog import Lang
from kenpo.findings import RULES, Finding, Passage
from kenpo.formats import Amount, Table
from kenpo.views.words import Voice

Names = Mapping[str, Mapping[Lang, str]]
"""Names of benefits by id."""


def benefit_names(rows: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[Lang, str]]:
    """The names of the cash benefits, from the rows of benefit_kinds."""
    return {row["benefit_id"]: {"ja": row["name_ja"], "en": row["name_en"]} for row in rows}


@dataclass(frozen=True, slots=True)
class Side:
    """One line of a finding: what it prints, of what, and where it stands."""

    about: str
    printed: str
    place: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a page tells it: its kind, what it is about, the clash in one sentence, its lines."""

    rule: str
    heading: str
    sentence: str
    sides: Sequence[Side]


def tell(finding: Finding, voice: Voice, names: Names) -> Told:
    """One finding in the words of a page."""
    about = finding.about
    when = voice.month(about.as_of) if about.as_of else ""
    parts = [voice.branch(about.branch), voice.year(about.fiscal_year), when, subject(about, voice, names)]
    return Told(
        rule=finding.rule,
        heading=" ".join(part for part in parts if part),
        sentence=sentence(finding, voice),
        sides=[_side(passage, voice, names) for passage in finding.passages],
    )


def subject(passage: Passage, voice: Voice, names: Names) -> str:
    """The name of the measure or the benefit a passage is about."""
    if passage.kind == "benefit":
        return names[passage.about][voice.lang] if passage.about in names else passage.about
    return voice.measure(passage.about).name[voice.lang]


def sentence(finding: Finding, voice: Voice) -> str:
    """計 61,993人、内訳の合計 61,201人（差 +792人）."""
    printed, computed = _value(finding.printed, finding, voice), _value(finding.computed, finding, voice)
    if finding.rule == "verdict":
        verdict = voice.t("state.achieved" if finding.met else "state.not_achieved")
        return voice.t("finding.verdict", stated=finding.stated, printed=printed, computed=computed, verdict=verdict)
    return voice.t(
        f"finding.{finding.rule}", printed=printed, computed=computed, difference=_difference(finding, voice)
    )


def _value(value: Decimal | None, finding: Finding, voice: Voice) -> str:
    if value is None:
        return ""
    if finding.about.kind == "benefit":
        return formats.number(value, voice.lang) + formats.counted(value, _benefits(voice))
    return formats.value(value, voice.measure(finding.about.about), voice.lang)


def _difference(finding: Finding, voice: Voice) -> str:
    if finding.printed is None or finding.computed is None:
        return ""
    by = finding.printed - finding.computed
    if finding.about.kind == "benefit":
        return formats.signed(by, voice.lang) + formats.counted(by, _benefits(voice))
    return formats.difference(by, voice.measure(finding.about.about), voice.lang)


def _benefits(voice: Voice) -> str:
    """Cash benefits are counted in cases."""
    return formats.unit_named("cases", voice.lang)


def _side(passage: Passage, voice: Voice, names: Names) -> Side:
    kind = voice.t(f"finding.kind_{passage.kind}")
    document = voice.title(voice.catalog.documents[passage.document])
    place = voice.t("source.line_at", document=document, line=passage.line.replace(";", ", "))
    return Side(f"{subject(passage, voice, names)} ({kind})", passage.printed, place, passage)


def title(found: Sequence[Finding], voice: Voice) -> str:
    """文書の矛盾 16件、丸めの違い 1件."""
    rounding = sum(finding.rule == "rounding" for finding in found)
    return voice.t("finding.title", n=len(found) - rounding, rounding=rounding)


def counted(found: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each kind there are, in the order of the kinds."""
    rules = [finding.rule for finding in found]
    return {rule: rules.count(rule) for rule in RULES if rule in rules}


def table(found: Sequence[Finding], voice: Voice, names: Names) -> Table:
    """Every finding as a row, for downloads: values exact, every line named."""
    t = voice.t
    columns = [
        *(t("finding.kind"), t("source.owner"), t("source.year"), t("source.as_of"), t("finding.about")),
        *(t("finding.printed"), t("finding.computed"), t("finding.difference"), t("finding.told"), t("finding.places")),
    ]
    return Table(t("data.part_findings"), title(found, voice), "", columns, [_row(f, voice, names) for f in found])


def _row(finding: Finding, voice: Voice, names: Names) -> list[Amount | str | None]:
    about, told = finding.about, tell(finding, voice, names)
    return [
        voice.t(f"finding.short_{finding.rule}"),
        voice.branch(about.branch),
        voice.year_short(about.fiscal_year),
        voice.month(about.as_of) if about.as_of else None,
        subject(about, voice, names),
        _amount(finding.printed, finding, voice),
        _amount(finding.computed, finding, voice),
        _gap(finding, voice),
        told.sentence,
        "; ".join(f"{side.place}: {side.printed}" for side in told.sides),
    ]


def _amount(value: Decimal | None, finding: Finding, voice: Voice) -> Amount | None:
    if value is None or finding.about.kind == "benefit":
        return None if value is None else Amount(value, _benefits(voice))
    return formats.amount(value, voice.measure(finding.about.about), voice.lang)


def _gap(finding: Finding, voice: Voice) -> Amount | None:
    if finding.printed is None or finding.computed is None:
        return None
    by = finding.printed - finding.computed
    if finding.about.kind == "benefit":
        return Amount(by, _benefits(voice), signed=True)
    return formats.gap_amount(by, voice.measure(finding.about.about), voice.lang)


def short(whole: Table) -> Table:
    """The table as a page shows it: without the sentence and the places, which stand below it."""
    rows = [row[:-2] for row in whole.rows]
    return Table(whole.name, whole.title, whole.context, whole.columns[:-2], rows)


def lines(finding: Finding, voice: Voice, names: Names) -> str:
    """A finding as text of several lines, for the command line."""
    told = tell(finding, voice, names)
    kind = voice.t(f"finding.short_{finding.rule}")
    sides = [f"    {side.place}: {side.about} {side.printed}" for side in told.sides]
    return "\n".join([f"[{kind}] {told.heading}", f"  {told.sentence}", *sides])
