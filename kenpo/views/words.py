"""Words for judged figures that several views share: targets, people, dates, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from kenpo import formats
from kenpo.catalog import NATIONAL, Catalog, Document, Lang, Measure
from kenpo.formats import Amount, Era
from kenpo.judgement import MONTHS, RELATIVE, Cell, Difference, Observation, People
from kenpo.text import Text


@dataclass(frozen=True, slots=True)
class Voice:
    """How a page speaks: its texts, its calendar and the names it looks up."""

    t: Text
    era: Era
    catalog: Catalog

    @property
    def lang(self) -> Lang:
        """Language of the texts."""
        return self.t.lang

    def measure(self, measure_id: str) -> Measure:
        """The measure of an id."""
        return self.catalog.measures[measure_id]

    def branch(self, branch_id: str) -> str:
        """The name of a branch; the nation has one too where the package does not list it."""
        if branch_id == NATIONAL and NATIONAL not in self.catalog.branches:
            return self.t("base.national")
        return self.catalog.branches[branch_id].name[self.lang]

    def branch_in_region(self, branch_id: str) -> str:
        """青森（東北）: found by either."""
        region = self.catalog.branches[branch_id].region
        name = self.branch(branch_id)
        return self.t("control.in_region", name=name, region=self.t(f"region.{region}")) if region else name

    def some(self, names: Sequence[str], most: int) -> str:
        """A list of names, of a long one the first and how many more."""
        if len(names) <= most:
            return self.t.join(list(names))
        return self.t("link.more", names=self.t.join(list(names[:most])), n=len(names) - most)

    def year(self, fiscal_year: int) -> str:
        """令和6年度（2024）."""
        return formats.fiscal_year(fiscal_year, self.lang, self.era)

    def year_short(self, fiscal_year: int) -> str:
        """令和6年度."""
        return formats.fiscal_year_short(fiscal_year, self.lang, self.era)

    def year_letter(self, fiscal_year: int) -> str:
        """R6, or 2024: for lists of years."""
        return formats.fiscal_year_letter(fiscal_year, self.era)

    def month(self, as_of: str) -> str:
        """R6.11."""
        return formats.month(as_of, self.lang, self.era)

    def value(self, figure: Observation) -> str:
        """The figure with its unit; empty for none."""
        return formats.value(figure.value, self.measure(figure.measure), self.lang)

    def stated(self, figure: Observation | None) -> str:
        """文書 ○: the document's own verdict; empty where it states none."""
        return self.t("overview.stated", mark=figure.stated) if figure and figure.stated else ""

    def in_words(self, figure: Observation | None) -> str | None:
        """A result in words as printed, with the document's own verdict; None where there is none or a number."""
        if figure is None or figure.value is not None:
            return None
        verdict = self.stated(figure)
        return self.t("compare.bound", value=figure.printed, name=verdict) if verdict else figure.printed

    def target(self, figure: Observation) -> str:
        """A target with its comparator: 67.5%以上, 前年度（98.7%）以上, 前年度以上."""
        rule = figure.rule or "equal"
        number = self.value(figure)
        key = f"rule.{rule}_value" if rule in RELATIVE and number else f"rule.{rule}"
        text = self.t(key, value=number)
        return self.draft(text) if figure.status == "draft" else text

    def draft(self, text: str) -> str:
        """58.0%以上（案）, at least 58.0% (draft)."""
        return self.t("rule.marked_draft", text=text, draft=self.t("rule.draft"))

    def difference(
        self,
        found: Difference,
        measure: Measure,
        shown: Observation | None = None,
        *,
        long: bool = False,
        beside: bool = False,
    ) -> str:
        """+6.3pt, or the reason there is none; with the month where it is not that of the figure shown."""
        if found.value is None:
            return self.t(f"reason.{found.reason}") if found.reason else ""
        said = formats.difference(found.value, measure, self.lang, long=long, beside=beside)
        if found.own and shown and found.own is not shown and found.own.as_of:
            said = self.t("overview.at_month", gap=said, month=self.month(found.own.as_of))
        return f"≈ {said}" if found.noise else said

    def heads(self, count: int, people: People) -> str:
        """12,167人; 2件 where cases are counted; 約12,167人 where derived from a rate."""
        unit = self.measure((people.performed or people.eligible).measure).unit
        key = "overview.people_unit" if unit == "persons" else "overview.cases_unit"
        text = self.t(key, n=formats.number(count, self.lang))
        return self.t("overview.about", n=text) if people.approximate else text

    def pace(self, cell: Cell) -> str:
        """People a month still needed; empty for a closed year, and inside one where those so far are not known."""
        if cell.people is None or not cell.months_left or not cell.people.count:
            return ""
        if cell.people.basis == "plan" and cell.months_left < MONTHS:
            return ""
        monthly = (Decimal(cell.people.count) / cell.months_left).to_integral_value(ROUND_CEILING)
        return self.t("detail.pace_value", n=self.heads(int(monthly), cell.people), months=cell.months_left)

    def place(self, figure: Observation) -> str:
        """Document and line of a figure; a reference figure's document and address."""
        document = self.catalog.documents[figure.document]
        title = self.title(document)
        if document.address:
            return f"{title} {document.address}"
        return self.t("source.line_at", document=title, line=figure.line.replace(";", ", "))

    def document(self, document: Document) -> str:
        """Title of a document with the date printed on it."""
        return self._replaced(self._dated(document), document)

    def title(self, document: Document) -> str:
        """Title of a document: with its date where another has the same, and with what has replaced it."""
        return self._replaced(self._dated(document) if document.shared_title else document.title[self.lang], document)

    def _dated(self, document: Document) -> str:
        title = document.title[self.lang]
        if document.made_on is None:
            return title
        return self.t("source.document_made", title=title, made=document.made_on.isoformat())

    def _replaced(self, said: str, document: Document) -> str:
        """The name of a document that another corrects says so."""
        if document.replaced_by is None:
            return said
        return self.t("source.replaced", title=said, by=self._dated(self.catalog.documents[document.replaced_by]))

    def documents(self, figures: Iterable[Observation]) -> list[str]:
        """The documents behind some figures, in the catalog's order, with their dates."""
        used = {figure.document for figure in figures}
        return [self.document(d) for d in self.catalog.documents.values() if d.id in used]

    def state(self, cell: Cell) -> str:
        """The state of a cell in full words, with the month where one matters."""
        month = self.month(cell.actual.as_of) if cell.actual and cell.actual.as_of else ""
        if cell.met is not None and month:
            return self.t("state_long.judged_at", verdict=self.t(f"state_long.{cell.state}"), month=month)
        return self.t(f"state_long.{cell.state}", month=month)


def difference_amount(taken: Difference, measure: Measure, voice: Voice) -> Amount | None:
    """A difference as a number of a table, ≈ where it lies within the noise; None where none was taken."""
    shown = formats.gap_amount(taken.value, measure, voice.lang)
    return replace(shown, approximate=True) if shown and taken.noise else shown
