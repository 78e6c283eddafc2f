"""Landing of a year that is over by the clock while its results are not held: said first, wherever the sheet goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kenpo.catalog import Measure
from kenpo.clock import Clock
from kenpo.judgement import Book
from kenpo.landing import Outlook, month_of
from kenpo.views.landing import Sheet
from kenpo.views.words import Voice


def told(
    sheet: Sheet,
    place: tuple[Book, Measure, str, int],
    seen: Sequence[Outlook],
    clock: Clock,
    voice: Voice,
) -> Sheet:
    """The sheet of a measure, branch and year; with the remark in front of its context where the year is over.

    The clock adds a sentence and changes no figure. A year whose total or final rate is held needs none.
    """
    book, measure, branch, fiscal_year = place
    final = any(figure.status == "final" for figure in book.of(branch, fiscal_year, measure.id, "actual"))
    known = final or any(view.came is not None for view in seen[-1:])
    if known or not clock.ended(fiscal_year):
        return sheet
    said = voice.t("landing.year_over", year=voice.year_short(fiscal_year))
    if seen:
        month = voice.month(month_of(fiscal_year, seen[-1].month))
        said = voice.t("landing.year_over_seen", year=voice.year_short(fiscal_year), month=month)
    context = ("" if voice.lang == "ja" else " ").join(part for part in (said, sheet.table.context) if part)
    return replace(sheet, table=replace(sheet.table, context=context))
