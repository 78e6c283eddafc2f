"""Landing 着地見込み as data: where a year will end as seen from one month, in sentences, pictures and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from kenpo import formats, landing
from kenpo.catalog import NATIONAL, Catalog, Measure
from kenpo.coverage import Series
from kenpo.formats import Amount, Table, TableCell
from kenpo.judgement import Book, Cell, Difference, Observation, difference, judge
from kenpo.landing import MARCH, Outlook, Point
from kenpo.selection import Selection
from kenpo.views.labels import spread
from kenpo.views.words import Voice

_SHOWN_FALLS = 3
"""So many falls of a count are told; the page Data lists them all."""

Why = Literal["no_series", "not_cumulative", "closed", "no_figure"]
"""Why a measure without monthly figures has no forecast."""


# --- what is asked ---------------------------------------------------------------------------------


def branch_of(chosen: Selection, series: Series, held: Sequence[str]) -> tuple[str, str]:
    """The branch shown and the one shown when none is chosen: the first with monthly figures."""
    usual = next((b for b in held if any(b == branch for branch, _ in series)), next(iter(held), NATIONAL))
    if chosen.my and (chosen.my in chosen.branch or not chosen.branch):
        return chosen.my, usual
    return next(iter(chosen.branch), usual), usual


def measures_of(catalog: Catalog, held: Sequence[str]) -> list[str]:
    """The KPIs a landing can be asked for."""
    return [i for i in held if catalog.measures[i].role == "kpi" and catalog.measures[i].unit != "text"]


def default_measure(catalog: Catalog, offered: Sequence[str], series: Series, branch: str) -> str:
    """The first rate whose people the branch counts month by month, else the first that grows through the year.

    Of those one whose people are counted at all comes before the others.
    """
    counted = [i for i in offered if (branch, str(catalog.measures[i].numerator)) in series]
    growing = [i for i in offered if catalog.measures[i].accrual == "cumulative"]
    people = [i for i in growing if catalog.measures[i].numerator]
    return next(iter(counted or people or growing or offered), next(iter(catalog.measures)))


def years_of(book: Book, measure: Measure, branch: str, series: Series) -> list[int]:
    """The years with monthly figures or an actual of the branch, newest first."""
    printed = {
        o.fiscal_year
        for o in book.figures()
        if o.measure == measure.id and o.branch == branch and o.kind == "actual" and o.bound is None
    }
    return sorted(printed.union(series.get((branch, str(measure.numerator)), ())), reverse=True)


def default_year(book: Book, measure: Measure, branch: str, series: Series, years: Sequence[int]) -> int | None:
    """The latest year with monthly figures, else with a figure inside the year, else with any."""
    monthly = series.get((branch, str(measure.numerator)), ())
    inside = [y for y in years if any(o.as_of for o in book.of(branch, y, measure.id, "actual"))]
    return max(monthly or inside or years, default=None)


def months_of(points: Iterable[Point], fiscal_year: int) -> list[str]:
    """The months on record of a year, in the order of the calendar."""
    return sorted({point.month for point in points if point.fiscal_year == fiscal_year})


def replay(
    book: Book, measure: Measure, points: Sequence[Point], branch: str, fiscal_year: int, month: str
) -> list[Outlook]:
    """The year as seen from each month up to that one; the last is the one in view."""
    months = [m for m in months_of(points, fiscal_year) if m <= month]
    return [landing.outlook(book, measure, points, branch, fiscal_year, landing.month_index(m)) for m in months]


@dataclass(frozen=True, slots=True)
class Single:
    """A year without monthly figures: its figures inside the year beside those of the same month, and no forecast."""

    measure: Measure
    branch: str
    fiscal_year: int
    cell: Cell
    rows: Sequence[Beside]
    why: Why
    counted: Sequence[int]
    """Other years that have monthly figures."""
    final: Observation | None = None
    """The settled figure of the year, once there is one."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure inside the year and what it may be set against."""

    figure: Observation
    last_year: Difference
    nation: Difference


def single(book: Book, voice: Voice, measure: Measure, branch: str, fiscal_year: int, series: Series) -> Single:
    """Every figure inside the year, latest month first, each against the same month of last year and the nation."""
    figures = [o for o in book.of(branch, fiscal_year, measure.id, "actual") if o.as_of]
    before = book.of(branch, fiscal_year - 1, measure.id, "actual")
    nation = book.of(NATIONAL, fiscal_year, measure.id, "actual")
    rows = [Beside(o, difference([o], before, measure), difference([o], nation, measure)) for o in figures]
    cell = judge(book, voice.catalog, branch, fiscal_year, measure.id)
    counted = series.get((branch, str(measure.numerator)), ())
    final = book.final(branch, fiscal_year, measure.id)
    return Single(measure, branch, fiscal_year, cell, rows, _why(final, measure, rows), counted, final)


def _why(final: Observation | None, measure: Measure, rows: Sequence[Beside]) -> Why:
    if final:
        return "closed"
    if measure.accrual != "cumulative":
        return "not_cumulative"
    return "no_series" if rows else "no_figure"


# --- sentences -------------------------------------------------------------------------------------


def heads(count: Decimal | int | None, voice: Voice) -> str:
    """3,981人, 3,981 people; empty for none."""
    if count is None:
        return ""
    whole = landing.people(Decimal(count))
    return voice.t("overview.people_unit", n=formats.number(whole, voice.lang))


def percent(rate: Decimal | None, voice: Voice) -> str:
    """14.9%; empty for none."""
    return "" if rate is None else f"{formats.number(rate, voice.lang)}%"


def calendar(index: int, voice: Voice) -> str:
    """The month of an index: 10月, Oct for 7."""
    return formats.calendar_month((index + 2) % MARCH + 1, voice.lang)


def month(outlook: Outlook, voice: Voice) -> str:
    """R5.10, Oct 2023."""
    return voice.month(landing.month_of(outlook.fiscal_year, outlook.month))


def headline(found: Outlook, voice: Voice) -> str:
    """Where the year lands, and whether the target can still be met; or why nothing is forecast."""
    t, forecast = voice.t, found.forecast
    said = {"name": voice.branch(found.branch), "year": voice.year(found.fiscal_year), "month": month(found, voice)}
    reached = heads(found.reached, voice)
    rate = found.rate(found.reached)
    if found.complete:
        return t("landing.title_complete", **said, count=_with_rate(reached, rate, voice))
    if forecast is None:
        reason = t(f"landing.missing_{found.found}")
        return t("landing.title_missing", **said, count=reached, reason=reason)
    lands = _with_rate(heads(forecast.landing, voice), found.rate(forecast.landing), voice)
    return t("landing.lands", **said, count=lands) + _verdict(found, voice)


def _with_rate(count: str, rate: Decimal | None, voice: Voice) -> str:
    """3,981人（14.9%）."""
    return count if rate is None else voice.t("compare.bound", value=count, name=percent(rate, voice))


def _verdict(found: Outlook, voice: Voice) -> str:
    """What that means for the target."""
    forecast = found.forecast
    if found.target is None or found.wanted is None:
        return voice.t("landing.verdict_none")
    if found.verdict is None or forecast is None:
        return voice.t("landing.verdict_unjudged", target=voice.target(found.target))
    return voice.t(
        f"landing.verdict_{found.verdict}",
        target=voice.target(found.target),
        low=percent(found.rate(forecast.low), voice),
        high=percent(found.rate(forecast.high), voice),
    )


def context(found: Outlook, voice: Voice) -> str:
    """How the forecast is made, how sure it is, what came, and on which basis last year is counted."""
    t, forecast = voice.t, found.forecast
    name = found.measure.name[voice.lang]
    said = [t("landing.about", measure=name, year=voice.year(found.fiscal_year), month=month(found, voice))]
    if forecast and not found.complete:
        years = t.join([voice.year_letter(y) for y in forecast.years])
        ratio = percent(landing.rate_of(forecast.ratio, Decimal(1)), voice)
        said.append(
            t(f"landing.method_{forecast.method}", years=years, ratio=ratio, prior=heads(forecast.prior, voice))
        )
        said.append(_sure(forecast, voice))
        if found.came is not None:
            said.append(t("landing.came", count=heads(found.came, voice), miss=_miss(found, voice)))
    if note := basis(found, voice):
        said.append(note)
    if found.reached is not None and found.eligible_number is None:
        said.append(t("landing.no_rate"))
    return ("" if voice.lang == "ja" else " ").join(part for part in said if part)


def _sure(forecast: landing.Forecast, voice: Voice) -> str:
    if forecast.error is None:
        return voice.t(f"landing.no_range_{forecast.no_range}")
    key = "range_early" if forecast.early else "range"
    return voice.t(f"landing.{key}", miss=percent(landing.rate_of(forecast.error, Decimal(1)), voice))


def falls(found: Outlook, voice: Voice) -> list[str]:
    """A running count that falls, with both figures and where they stand: printed so, used so, and said."""
    pairs = [printed(found, pair) for pair in found.falls]
    return _fallen([(after, before) for after, before in pairs], voice)


def _fallen(pairs: Sequence[tuple[Observation, Observation]], voice: Voice) -> list[str]:
    if not pairs:
        return []
    said = [_fall(after, before, voice) for after, before in pairs[:_SHOWN_FALLS]]
    if len(pairs) > _SHOWN_FALLS:
        said.append(voice.t("landing.falls_more", n=len(pairs) - _SHOWN_FALLS))
    return [*said, voice.t("landing.falls_used")]


def _fall(after: Observation, before: Observation, voice: Voice) -> str:
    months = [voice.month(figure.as_of) if figure.as_of else voice.t("landing.fall_year") for figure in (after, before)]
    places = ("、" if voice.lang == "ja" else "; ").join(dict.fromkeys(voice.place(f) for f in (after, before)))
    return voice.t(
        "landing.fall",
        month=months[0],
        count=voice.value(after),
        before_month=months[1],
        before=voice.value(before),
        place=places,
    )


def _miss(found: Outlook, voice: Voice) -> str:
    """How far the replayed forecast is from what came: +0.7%."""
    if found.forecast is None or not found.came:
        return ""
    error = landing.rate_of(found.forecast.landing / found.came - 1, Decimal(1))
    return formats.signed(error, voice.lang) + "%"


def basis(found: Outlook, voice: Voice) -> str:
    """The rate of last year, or of the complete year shown, where the yearly table prints another than its counts."""
    year = found.fiscal_year if found.complete else found.fiscal_year - 1
    rate, printed, total = found.counted_rate(year), found.printed.get(year), found.counts.get(year, {}).get(MARCH)
    if rate is None or printed is None or total is None or printed.value == rate:
        return ""
    return voice.t(
        "landing.basis",
        year=voice.year_short(year),
        count=formats.number(total, voice.lang),
        eligible=formats.number(found.eligible[year].number, voice.lang),
        rate=percent(rate, voice),
        printed=voice.value(printed),
    )


def cards(found: Outlook, voice: Voice) -> list[tuple[str, str, str]]:
    """Forecast, rate, same month, progress and pace: label, figure, and always a second line, so that nothing jumps."""
    t, forecast = voice.t, found.forecast
    seen = None if found.complete else forecast
    ends = t("landing.no_range") if seen and seen.no_range else _ends(found, voice)
    last = percent(found.last_rate, voice)
    pace_now, needed = (_pace(n, voice) for n in (found.pace_so_far, found.pace_needed))
    change = "" if found.on_last_year is None else formats.signed(found.on_last_year, voice.lang) + "%"
    same = [heads(n, voice) for n in (found.same_month, found.reached)]
    drawn = [
        (t("landing.card_landing"), heads(seen.landing, voice) if seen else "", ends),
        (
            t("landing.card_rate"),
            percent(found.rate(seen.landing), voice) if seen else "",
            t("landing.last_rate", rate=last) if last else "",
        ),
        (t("landing.card_same_month"), change, " → ".join(same) if change else ""),
        (
            t("landing.card_progress"),
            percent(found.progress, voice),
            f"{heads(found.reached, voice)} / {heads(found.needed_in_all, voice)}" if found.needed_in_all else "",
        ),
        (t("landing.card_pace"), needed, t("landing.so_far", pace=pace_now) if pace_now else ""),
    ]
    return [(label, value or "—", below or "—") for label, value, below in drawn]


def _pace(count: int | None, voice: Voice) -> str:
    """1,572人/月, 1,572 a month; empty for none."""
    return "" if count is None else voice.t("landing.pace", n=formats.number(count, voice.lang))


def _ends(found: Outlook, voice: Voice) -> str:
    forecast = found.forecast
    if forecast is None or forecast.low is None or found.complete:
        return ""
    low = formats.number(landing.people(forecast.low), voice.lang)
    if forecast.high is None:
        return voice.t("landing.at_least", low=low)
    return voice.t("landing.ends", low=low, high=formats.number(landing.people(forecast.high), voice.lang))


# --- single figures --------------------------------------------------------------------------------


def headline_single(found: Single, voice: Voice) -> str:
    """The latest figure inside the year beside the nation's of the same month, or that there is none."""
    name, measure = voice.branch(found.branch), found.measure
    latest = next(iter(found.rows), None)
    if latest is None:
        final = found.cell.actual
        if final is not None and final.status == "final":
            return voice.t(
                "landing.title_closed", name=name, year=voice.year(found.fiscal_year), value=voice.value(final)
            )
        return voice.t("landing.title_nothing", name=name, measure=measure.short[voice.lang])
    said = voice.t(
        "landing.title_single",
        name=name,
        month=voice.month(latest.figure.as_of or ""),
        value=voice.value(latest.figure),
    )
    key, against = ("last_year", latest.last_year) if latest.last_year.value is not None else ("nation", latest.nation)
    if against.value is None or against.base is None or not measure.across_branches:
        return said + voice.t("landing.single_alone")
    points = formats.difference(abs(against.value), measure, voice.lang, long=True).lstrip("+±")
    way = "even" if against.value == 0 else ("above" if (against.value > 0) == (measure.sign > 0) else "below")
    return said + voice.t(f"landing.single_{key}_{way}", value=voice.value(against.base), gap=points)


def context_single(found: Single, voice: Voice) -> str:
    """Measure, year, and why nothing is forecast."""
    name, year = found.measure.name[voice.lang], voice.year(found.fiscal_year)
    reason = voice.t(f"landing.why_{found.why}")
    said = [voice.t("landing.single_about", measure=name, year=year, reason=reason)]
    if found.counted:
        years = voice.t.join([voice.year_letter(y) for y in found.counted])
        said.append(voice.t("landing.counted_years", years=years))
    return ("" if voice.lang == "ja" else " ").join(said)


def table_single(found: Single, voice: Voice) -> Table:
    """Each figure inside the year with the same month of last year and of the nation."""
    t, measure, lang = voice.t, found.measure, voice.lang
    names = ["source.as_of", "detail.actual", "landing.same_month", "detail.on_last_year"]
    names += ["landing.nation_month", "detail.to_national", "detail.target"]
    wanted = voice.target(found.cell.target) if found.cell.target else None
    rows: list[list[TableCell]] = []
    for row in found.rows:
        last, nation = row.last_year, row.nation
        rows.append(
            [
                voice.month(row.figure.as_of or ""),
                formats.amount(row.figure.value, measure, lang),
                formats.amount(last.base.value if last.base else None, measure, lang) or _reason(last, voice),
                formats.gap_amount(last.value, measure, lang),
                formats.amount(nation.base.value if nation.base else None, measure, lang) or _reason(nation, voice),
                formats.gap_amount(nation.value, measure, lang) if measure.across_branches else None,
                wanted,
            ]
        )
    title, about = headline_single(found, voice), context_single(found, voice)
    return Table(t("menu.landing"), title, about, [t(name) for name in names], rows)


def _reason(found: Difference, voice: Voice) -> str | None:
    return voice.t(f"reason.{found.reason}") if found.reason else None


def figures_single(found: Single) -> list[Observation]:
    """Every figure shown, once."""
    shown: list[Observation | None] = [found.cell.actual, found.cell.target]
    for row in found.rows:
        shown += [row.figure, row.last_year.base, row.nation.base]
    return list(dict.fromkeys(o for o in shown if o))


def origins_single(found: Single, voice: Voice) -> list[str]:
    """Where each figure stands."""
    return [f"{row.figure.printed} — {voice.place(row.figure)}" for row in found.rows]


def falls_single(found: Single, voice: Voice) -> list[str]:
    """The same of the figures inside a year without monthly figures, the final one of the year last."""
    if found.measure.accrual != "cumulative" or found.measure.direction != "higher":
        return []
    latest = [row.figure for row in reversed(found.rows) if row.figure.value is not None]
    by_month = {figure.as_of: figure for figure in latest if figure.status == "provisional"}
    figures = [*by_month.values(), *([found.final] if found.final else [])]
    pairs = [(after, before) for before, after in pairwise(figures) if after.number < before.number]
    return _fallen(pairs, voice)


# --- table -----------------------------------------------------------------------------------------


def table(seen: Sequence[Outlook], voice: Voice) -> Table:
    """A row a month: every year's count, the change, the forecast as it stood then, and the track record."""
    t, found = voice.t, seen[-1]
    years = sorted(found.counts)
    names = [t("landing.month"), *(voice.year_short(y) for y in years)]
    names += [t(f"landing.{key}") for key in ("change", "ratio", "then", "low", "high", "then_rate", "path")]
    names += [t("landing.missed", year=voice.year_letter(y)) for y in sorted({m.fiscal_year for m in found.misses})]
    then = {outlook.month: outlook for outlook in seen}
    path = dict(found.path())
    rows = [_cells(found, years, index, then.get(index), path.get(index), voice) for index in range(1, MARCH + 1)]
    return Table(t("menu.landing"), headline(found, voice), context(found, voice), names, rows)


def _cells(
    found: Outlook, years: Sequence[int], index: int, then: Outlook | None, path: Decimal | None, voice: Voice
) -> list[TableCell]:
    forecast = then.forecast if then and not then.complete else None
    people = "" if voice.lang == "en" else "人"

    def counted(value: Decimal | None) -> Amount | None:
        return None if value is None else Amount(Decimal(landing.people(value)), people)

    def share(value: Decimal | None, *, signed: bool = False) -> Amount | None:
        return None if value is None else Amount(value, "%", signed)

    known = {y: found.counts[y].get(index) for y in years}
    misses = {m.fiscal_year: m for m in found.misses if m.month == index}
    return [
        calendar(index, voice),
        *(counted(known[y]) for y in years),
        share(then.on_last_year if then else None, signed=True),
        share(landing.rate_of(forecast.ratio, Decimal(1)) if forecast else None),
        counted(forecast.landing if forecast else None),
        counted(forecast.low if forecast else None),
        counted(forecast.high if forecast else None),
        share(then.rate(forecast.landing) if then and forecast else None),
        counted(path),
        *(
            share(landing.rate_of(misses[y].error, Decimal(1)) if y in misses else None, signed=True)
            for y in sorted({m.fiscal_year for m in found.misses})
        ),
    ]


def printed(found: Outlook, points: Iterable[Point]) -> list[Observation]:
    """Monthly figures as figures with an origin: the whole year's is final, the others stand inside it."""
    return [
        Observation(
            branch=found.branch,
            fiscal_year=point.fiscal_year,
            measure=point.measure,
            kind="actual",
            value=point.value,
            rule=None,
            as_of=point.month,
            status="final" if landing.month_index(point.month) == MARCH else "provisional",
            stated=None,
            document=point.document,
            line=point.line,
            printed=f"{point.value:,}",
        )
        for point in points
    ]


def shown_points(found: Outlook) -> list[Point]:
    """The monthly figures a picture shows: this year's and those of the years before."""
    return [point for point in found.series if point.fiscal_year <= found.fiscal_year]


def figures(found: Outlook) -> list[Observation]:
    """Every printed figure the page shows or calculates from, each once."""
    others = [found.target, found.planned, *found.printed.values(), *found.eligible.values()]
    return [*printed(found, shown_points(found)), *dict.fromkeys(o for o in others if o)]


def origins(found: Outlook, voice: Voice) -> list[str]:
    """Where the figures of each month stand."""
    places: dict[int, list[str]] = {}
    for figure in printed(found, found.series):
        places.setdefault(landing.month_index(figure.as_of or ""), []).append(f"{figure.printed} {voice.place(figure)}")
    return [" — ".join(dict.fromkeys(places.get(index, []))) for index in range(1, MARCH + 1)]


# --- pictures --------------------------------------------------------------------------------------

_LABEL_GAP = 0.075
"""Labels at the right stand at least this share of the picture apart."""


def picture(found: Outlook, palette: Mapping[str, str], voice: Voice, *, dark: bool) -> list[dict[str, object]]:
    """The rows of the chart `curve`."""
    color = voice.catalog.colors([found.branch])[found.branch][dark]
    years = [y for y in sorted(found.counts) if y < found.fiscal_year]
    rows: list[dict[str, object]] = [
        {"month": index, "month_label": calendar(index, voice), "color": color} for index in range(1, MARCH + 1)
    ]
    for year in years:
        tone = palette["muted" if year == years[-1] else "rest"]
        rows += [
            {
                "month": index,
                "series": str(year),
                "past": float(count),
                "past_color": tone,
                "about": f"{voice.month(landing.month_of(year, index))} {heads(count, voice)}",
            }
            for index, count in sorted(found.counts[year].items())
        ]
    rows += _this_year(found, color, voice)
    return rows + _labels(found, years, voice)


def _this_year(found: Outlook, color: str, voice: Voice) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for index, count in sorted(found.counts.get(found.fiscal_year, {}).items()):
        row: dict[str, object] = {"month": index, "color": color}
        row["now" if index <= found.month else "later"] = float(count)
        row["about"] = f"{voice.month(landing.month_of(found.fiscal_year, index))} {heads(count, voice)}"
        if index == found.month and not found.complete:
            row["point_label"] = heads(count, voice)
        rows.append(row)
    forecast = found.forecast
    if forecast is None or found.complete or found.reached is None:
        return rows
    start = (found.month, found.reached)
    rows += [{"month": index, "path": float(count), "color": color} for index, count in (start, *found.path())]
    rows.append(
        {
            "month": MARCH,
            "landing": float(forecast.landing),
            "low": None if forecast.low is None else float(forecast.low),
            "high": None if forecast.high is None else float(forecast.high),
            "color": color,
            "about": _landing_label(found, voice),
        }
    )
    if found.needed_in_all is not None and found.still_needed:
        ends = (start, (MARCH, Decimal(found.needed_in_all)))
        rows += [{"month": index, "need": float(count), "color": color} for index, count in ends]
    return rows


def _landing_label(found: Outlook, voice: Voice) -> str:
    forecast = found.forecast
    count, ends = heads(forecast.landing if forecast else None, voice), _ends(found, voice)
    said = voice.t("landing.label", count=count)
    return voice.t("compare.bound", value=said, name=ends) if ends else said


def _labels(found: Outlook, years: Sequence[int], voice: Voice) -> list[dict[str, object]]:
    """Direct labels at the right: earlier years, the landing, the target."""
    named: dict[str, tuple[float, bool]] = {}
    for year in years:
        if (last := found.counts[year].get(MARCH)) is not None:
            named[f"{voice.year_letter(year)} {heads(last, voice)}"] = (float(last), False)
    forecast = found.forecast
    if forecast:
        said = heads(forecast.landing, voice) if found.complete else _landing_label(found, voice)
        said = f"{voice.year_letter(found.fiscal_year)} {said}" if found.complete else said
        named[said] = (float(forecast.landing), True)
    rows: list[dict[str, object]] = []
    if found.needed_in_all is not None and found.target:
        wanted = float(found.needed_in_all)
        named[voice.t("compare.target_label", value=heads(found.needed_in_all, voice))] = (wanted, False)
        rows.append({"target": wanted})
    highest = max((place for place, _ in named.values()), default=0.0)
    places = spread({label: place for label, (place, _) in named.items()}, highest * _LABEL_GAP)
    return rows + [{"label": label, "label_y": places[label], "strong": strong} for label, (_, strong) in named.items()]


def track_record(found: Outlook, palette: Mapping[str, str], voice: Voice) -> list[dict[str, object]]:
    """The rows of the chart `misses`; none without a back-test."""
    if not found.misses:
        return []
    years = sorted({miss.fiscal_year for miss in found.misses})
    rows: list[dict[str, object]] = [{"zero": 0.0}]
    if not found.complete:
        rows.append({"month": found.month, "here": True})
    rows += [{"month": index, "month_label": calendar(index, voice)} for index in (1, 4, 7, 10)]
    for miss in found.misses:
        error = landing.rate_of(miss.error, Decimal(1))
        rows.append(
            {
                "month": miss.month,
                "series": str(miss.fiscal_year),
                "miss": float(error),
                "color": palette["muted" if miss.fiscal_year == years[-1] else "rest"],
                "about": _told(miss, error, voice),
            }
        )
    return rows + _extremes(found, voice)


def _told(miss: landing.Miss, error: Decimal, voice: Voice) -> str:
    return voice.t(
        "landing.told",
        month=voice.month(landing.month_of(miss.fiscal_year, miss.month)),
        count=heads(miss.forecast, voice),
        actual=heads(miss.actual, voice),
        miss=f"{formats.signed(error, voice.lang)}%",
    )


def _extremes(found: Outlook, voice: Voice) -> list[dict[str, object]]:
    """Each year is named with its largest miss, away from the zero line."""
    rows: list[dict[str, object]] = []
    span = max(abs(float(miss.error)) for miss in found.misses) * 100
    for year in sorted({miss.fiscal_year for miss in found.misses}):
        worst = max((m for m in found.misses if m.fiscal_year == year), key=lambda m: abs(m.error))
        error = landing.rate_of(worst.error, Decimal(1))
        away = span * (0.22 if error >= 0 else -0.22)
        label = f"{voice.year_letter(year)} {formats.signed(error, voice.lang)}%"
        rows.append({"month": worst.month, "label": label, "label_y": float(error) + away})
    return rows


# --- the page --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands under the picture: the table with the page's sentences, its figures, where each row stands."""

    table: Table
    figures: Sequence[Observation]
    origins: Sequence[str]


def sheet(seen: Sequence[Outlook], voice: Voice) -> Sheet:
    """Of a year with monthly figures, as seen from the last of some months."""
    return Sheet(table(seen, voice), figures(seen[-1]), origins(seen[-1], voice))


def sheet_single(found: Single, voice: Voice) -> Sheet:
    """Of a year without monthly figures."""
    return Sheet(table_single(found, voice), figures_single(found), origins_single(found, voice))
