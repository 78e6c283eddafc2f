"""The pages' answers without a browser, and serve.

python -m kenpo values | compare | trend | what-if | landing | check | pack | rows | serve
"""

from __future__ import annotations

import argparse
import difflib
import errno
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from kenpo import (
    answers,
    catalog,
    checks,
    clock,
    compare,
    database,
    findings,
    judgement,
    landing,
    serve,
    trend,
    what_if,
)
from kenpo.catalog import NATIONAL, Catalog
from kenpo.coverage import Series, base_year, years_ahead
from kenpo.exports import csv_text, json_text
from kenpo.judgement import Cell
from kenpo.package import Package, UnsoundError, open_folder
from kenpo.text import LANGUAGES, texts
from kenpo.views import findings as told
from kenpo.views.problems import explain
from kenpo.views.words import Voice

Record = dict[str, object]

COLUMNS = (
    "branch",
    "fiscal_year",
    "measure",
    "unit",
    "state",
    "actual",
    "as_of",
    "status",
    "target",
    "target_rule",
    "target_status",
    "gap",
    "achievement_rate",
    "people",
    "people_basis",
    "months_left",
    "on_last_year",
    "on_last_year_reason",
    "to_national",
    "to_national_reason",
    "stated",
    "document",
    "line",
    "printed",
    "target_document",
    "target_line",
    "target_printed",
)
"""Columns of `values`, the same in every format; ids, never labels."""

_TABLE = (
    *("measure", "unit", "state", "actual", "as_of", "target", "gap"),
    *("people", "on_last_year", "to_national", "printed"),
)


_YEAR_DIGITS = 4


class RefusedError(Exception):
    """What was asked cannot be answered; the message says what would be right."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 done, 1 refused with a message on stderr or no longer read, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="")
    asked = _parser().parse_args(arguments)
    try:
        code = int(asked.run(asked))
        sys.stdout.flush()
    except RefusedError as refused:
        print(refused, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read along has seen enough (| head): what is left must not be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kenpo", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    values = commands.add_parser("values", help="the judged figures of a branch and fiscal year")
    values.add_argument("--branch", required=True, help="branch id, e.g. yamaguchi; several with commas; national")
    values.add_argument("--fy", required=True, help="Western year the fiscal year begins in, e.g. 2024")
    values.add_argument("--measure", action="append", default=[], help="measure id; may be given several times")
    values.add_argument("--format", choices=("table", "csv", "json"), default="table")
    values.add_argument("--folder", type=Path, default=None, help="data package; default KENPO_DATA or data/")
    values.set_defaults(run=_values)

    _offer_compare(commands)
    _offer_trend(commands)

    change = commands.add_parser("what-if", help="what if the target were set at …? people, totals and realism")
    change.add_argument("--branch", required=True, help="branch id, e.g. yamaguchi")
    change.add_argument(
        "--fy", default=None, help="Western year of the plan, e.g. 2024; default the last that can be planned"
    )
    change.add_argument("--set", action="append", default=[], metavar="MEASURE=VALUE", help="new target; several times")
    change.add_argument("--eligible", action="append", default=[], metavar="MEASURE=N", help="new eligible number")
    change.add_argument("--grow", action="store_true", help="let people eligible for guidance grow with checkups")
    change.add_argument("--format", choices=("table", "json"), default="table")
    change.add_argument("--folder", type=Path, default=None, help="data package; default KENPO_DATA or data/")
    change.set_defaults(run=_what_if)

    land = commands.add_parser("landing", help="where will a year end? forecast, range, track record, required pace")
    land.add_argument("--branch", required=True, help="branch id, e.g. yamaguchi")
    land.add_argument("--fy", required=True, help="Western year the fiscal year begins in, e.g. 2023")
    land.add_argument("--measure", required=True, help="a rate or the count behind it, e.g. guidance_insured_count")
    land.add_argument("--as-of", default=None, metavar="YYYY-MM", help="as known in that month; default the latest")
    land.add_argument("--format", choices=("table", "json"), default="table")
    land.add_argument("--folder", type=Path, default=None, help="data package; default KENPO_DATA or data/")
    land.set_defaults(run=_landing)

    check = commands.add_parser("check", help="is a data package sound, and where do its sources clash?")
    check.add_argument("folder", type=Path, nargs="?", default=None, help="default KENPO_DATA or data/")
    check.add_argument("--format", choices=("table", "json"), default="table")
    check.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the messages")
    check.set_defaults(run=_check)

    pack = commands.add_parser("pack", help="writes a sound data package as Parquet into another folder")
    pack.add_argument("folder", type=Path, help="data package to pack")
    pack.add_argument("out", type=Path, help="folder to write; new or empty")
    pack.set_defaults(run=_pack)

    rows = commands.add_parser("rows", help="records what the tables hold now as the least they must hold")
    rows.add_argument("folder", type=Path, help="data package whose datapackage.json is written")
    rows.set_defaults(run=_rows)

    serve.add_command(commands)
    return parser


def _offer_compare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    against = commands.add_parser("compare", help="one measure: who is ahead, by how much, and may they be compared")
    against.add_argument("--measure", required=True, help="measure id, e.g. lifestyle_checkup_rate")
    against.add_argument("--fy", default=None, help="Western year, e.g. 2024; default the latest with a final actual")
    against.add_argument("--show", choices=compare.SHOWS, default="actual", help="what is ranked")
    against.add_argument("--base", choices=compare.BASES, default="target", help="what each figure is set against")
    against.add_argument("--mode", choices=compare.MODES, default="year", help="one year, or the latest of each branch")
    _offer_rows(against)
    against.set_defaults(run=_compare)


def _offer_trend(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    years = commands.add_parser("trend", help="one measure over the years: what moved most, and was it chance")
    years.add_argument("--measure", required=True, help="measure id, e.g. lifestyle_checkup_rate")
    years.add_argument("--from", dest="start", default=None, metavar="YEAR", help="first year; default all on record")
    years.add_argument("--to", dest="end", default=None, metavar="YEAR", help="last year; default all on record")
    _offer_rows(years)
    years.set_defaults(run=_trend)


def _offer_rows(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--branch", default=None, help="only these rows and the nation's, with commas; ranks stay those among all"
    )
    command.add_argument("--format", choices=("table", "csv", "json"), default="table")
    command.add_argument("--folder", type=Path, default=None, help="data package; default KENPO_DATA or data/")


# --- check -----------------------------------------------------------------------------------------


def _check(asked: argparse.Namespace) -> int:
    """Errors refuse a package (exit 1); findings are what its sources say against each other (exit 0)."""
    folder = asked.folder or database.data_folder()
    package, problems = _sound(folder)
    found = _findings(package) if package else []
    if asked.format == "json":
        answer = {"errors": [p.as_dict() for p in problems], "findings": [f.as_dict() for f in found]}
        print(json_text(answer))
    elif package is None:
        print(_explained(problems, asked.lang))
    else:
        print(f"sound: {folder.name}")
        voice = Voice(texts(asked.lang), "wareki" if asked.lang == "ja" else "seireki", package.catalog)
        names = told.benefit_names(package.table("benefit_kinds"))
        print("\n".join([told.title(found, voice), *(told.lines(finding, voice, names) for finding in found)]))
    return 1 if problems else 0


def _sound(folder: Path) -> tuple[Package | None, tuple[checks.Problem, ...]]:
    """The package in a folder, or every reason why it is not sound."""
    try:
        return open_folder(folder), ()
    except UnsoundError as unsound:
        return None, unsound.problems


def _findings(package: Package) -> list[findings.Finding]:
    return findings.find(package.whole(), package.catalog, package.table("monthly"), package.table("benefits"))


def _explained(problems: Iterable[checks.Problem], lang: catalog.Lang) -> str:
    return "\n".join(explain(problem, texts(lang)) for problem in problems)


# --- pack ------------------------------------------------------------------------------------------


def _pack(asked: argparse.Namespace) -> int:
    problems = checks.check(asked.folder)
    if problems:
        raise RefusedError(_explained(problems, "en"))
    try:
        written = database.pack(asked.folder, asked.out)
    except (FileExistsError, NotADirectoryError) as error:
        raise RefusedError(f"{asked.out}: the folder to write must be new or empty") from error
    except OSError as error:
        raise RefusedError(f"{asked.out}: nothing was written, {_hindered(error)}") from error
    print(f"packed: {len(written)} tables in {asked.out}")
    return 0


_HINDERED = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "no more space is allowed there",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "no permission to write there",
    errno.EPERM: "no permission to write there",
    errno.ENAMETOOLONG: "the name is too long",
}


def _hindered(error: OSError) -> str:
    return _HINDERED.get(error.errno or 0, "the disk or network did not take it")


# --- rows ------------------------------------------------------------------------------------------


def _rows(asked: argparse.Namespace) -> int:
    """Takes a deliberate deletion for good; refused where anything else is wrong with the package."""
    problems = checks.check(asked.folder, recorded=False)
    if problems:
        raise RefusedError(_explained(problems, "en"))
    try:
        recorded = database.record_rows(asked.folder)
    except OSError as error:
        raise RefusedError(f"{asked.folder}: nothing was written, {_hindered(error)}") from error
    for name, (before, now) in recorded.items():
        print(f"{name}: {now}" if before in (now, None) else f"{name}: {now} (was {before})")
    return 0


# --- values ----------------------------------------------------------------------------------------


def _opened(asked: argparse.Namespace) -> Package:
    """The package asked for, opened; refused with every problem where it is not sound."""
    package, problems = _sound(asked.folder or database.data_folder())
    if package is None:
        raise RefusedError(_explained(problems, "en"))
    return package


def _values(asked: argparse.Namespace) -> int:
    package, fiscal_year = _opened(asked), _year(asked.fy)
    held = package.catalog
    asked_for = dict.fromkeys(asked.branch.split(","))
    branches = [_known(part, held.branches, "branch") for part in asked_for]
    measures = [_known(part, held.measures, "measure") for part in asked.measure]
    book = package.year(fiscal_year, [b for b in branches if b != NATIONAL])
    wanted = measures or [m.id for m in judgement.rows_of(book, held, branches, fiscal_year)]
    judged = [(held.measures[m], judgement.judge(book, held, b, fiscal_year, m)) for b in branches for m in wanted]
    records = [record(cell, measure.unit) for measure, cell in judged]
    if not records:
        years = ", ".join(str(year) for year in sorted(package.years))
        raise RefusedError(f"no figures for fiscal year {fiscal_year}; on record: {years}")
    print(_printed(records, asked.format), end="")
    return 0


def _year(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) != _YEAR_DIGITS:
        raise RefusedError(f"{text[:20]!r} is no fiscal year: four digits, e.g. 2024")
    return int(text)


def _known(part: str, known: Mapping[str, object], what: str) -> str:
    if part in known:
        return part
    near = difflib.get_close_matches(part, known, n=3, cutoff=0.4)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise RefusedError(f"unknown {what} {part!r}{hint}")


def record(cell: Cell, unit: str) -> Record:
    """One judged cell as a flat record of ids and numbers."""
    actual, target = cell.actual, cell.target
    return {
        "branch": cell.branch,
        "fiscal_year": cell.fiscal_year,
        "measure": cell.measure,
        "unit": unit,
        "state": cell.state,
        "actual": actual.value if actual else None,
        "as_of": actual.as_of if actual else None,
        "status": actual.status if actual else None,
        "target": cell.resolved.value if cell.resolved else None,
        "target_rule": target.rule if target else None,
        "target_status": target.status if target else None,
        "gap": cell.gap,
        "achievement_rate": cell.achievement,
        "people": cell.people.count if cell.people else None,
        "people_basis": cell.people.basis if cell.people else None,
        "months_left": cell.months_left,
        "on_last_year": cell.on_last_year.value,
        "on_last_year_reason": cell.on_last_year.reason,
        "to_national": cell.to_national.value,
        "to_national_reason": cell.to_national.reason,
        "stated": actual.stated if actual else None,
        "document": actual.document if actual else None,
        "line": actual.line if actual else None,
        "printed": actual.printed if actual else None,
        "target_document": target.document if target else None,
        "target_line": target.line if target else None,
        "target_printed": target.printed if target else None,
    }


# --- compare ---------------------------------------------------------------------------------------

_COMPARE_TABLE = (
    *("branch", "fiscal_year", "rank", "actual", "as_of", "target", "against", "against_reason", "people"),
    *("on_last_year", "to_national", "ambition", "state", "value_printed"),
)


def _compare(asked: argparse.Namespace) -> int:
    """The rows of the page Compare in its order."""
    package = _opened(asked)
    held = package.catalog
    measure, wanted = _measure(asked, held), _wanted(asked, held)
    book = package.measures(compare.measures_of(measure, held.other_definition(measure.id)))
    recorded = compare.recorded_years(book, measure)
    latest = compare.default_year(book, measure)
    if latest is None:
        raise RefusedError(f"no figures of {measure.id} are on record")
    fiscal_year = latest if asked.fy is None else _year(asked.fy)
    if fiscal_year not in recorded:
        raise RefusedError(f"no figures of {measure.id} for {fiscal_year}; years on record: {_listed(recorded)}")
    offered = compare.candidates(book, measure, fiscal_year, package.coverage, held.branches)
    _on_record(wanted, offered, f"{measure.id} in {fiscal_year}")
    question = compare.Question(measure, fiscal_year, asked.show, asked.base, asked.mode, wanted, None)
    found = compare.compare(book, held, question, offered)
    rows = [row for row in found.rows if not wanted or row.branch in (*wanted, NATIONAL)]
    records = [record(row.cell, measure.unit) | answers.compared(row, found) for row in rows]
    if asked.format == "json":
        print(json_text(answers.comparison(found, records)))
    elif asked.format == "csv":
        print(csv_text(records, COLUMNS + answers.COMPARED), end="")
    else:
        print("\n".join([_table(records, _COMPARE_TABLE).rstrip("\n"), *answers.comparison_remarks(found)]))
    return 0


def _measure(asked: argparse.Namespace, held: Catalog) -> catalog.Measure:
    return held.measures[_known(asked.measure, held.measures, "measure")]


def _wanted(asked: argparse.Namespace, held: Catalog) -> tuple[str, ...]:
    """The branches whose rows are asked for; none means all. The nation's row stands there anyway."""
    parts = dict.fromkeys(asked.branch.split(",")) if asked.branch is not None else ()
    return tuple(_known(part, held.branches, "branch") for part in parts)


def _on_record(wanted: Iterable[str], offered: Sequence[str], what: str) -> None:
    missing = [branch for branch in wanted if branch not in (*offered, NATIONAL)]
    if missing:
        raise RefusedError(f"no figures of {what} for {_listed(missing)}; branches on record: {_listed(offered)}")


def _listed(known: Iterable[object]) -> str:
    return ", ".join(map(str, known)) or "none"


# --- trend -----------------------------------------------------------------------------------------

_TREND_TABLE = (
    *("branch", "measure", "fiscal_year", "actual", "as_of", "target", "gap"),
    *("on_last_year", "to_national", "rank", "state", "printed"),
)
_INDEXED_TABLE = tuple("index" if column == "rank" else column for column in _TREND_TABLE)


def _trend(asked: argparse.Namespace) -> int:
    """The rows of the page Trend in its order: the branches asked for or the usual ones, then the nation."""
    package = _opened(asked)
    held = package.catalog
    measure, wanted = _measure(asked, held), _wanted(asked, held)
    book = package.measures(trend.read(held, [measure.id]))
    both = trend.both(held, [measure.id])
    years, offered = trend.years_of(book, both), trend.candidates(book, both, held.branches)
    window = _window(asked, years, measure)
    _on_record(wanted, offered, measure.id)
    usual = trend.usual_branches(offered, package.coverage)
    chosen = tuple(b for b in wanted if b != NATIONAL) if wanted else trend.lines_of(None, (), usual)[0]
    found = trend.trend(book, held, trend.Question(measure, chosen, None, window), offered)
    points = [point for point in trend.shown(found) if not wanted or point.branch in (*wanted, NATIONAL)]
    records = [record(point.cell, point.measure.unit) | answers.pointed(point, found) for point in points]
    if asked.format == "json":
        print(json_text(answers.trend(found, records)))
    elif asked.format == "csv":
        print(csv_text(records, COLUMNS + answers.POINTED), end="")
    else:
        columns = _INDEXED_TABLE if found.indexed else _TREND_TABLE
        print("\n".join([_table(records, columns).rstrip("\n"), *answers.trend_remarks(found)]))
    return 0


def _window(asked: argparse.Namespace, years: Sequence[int], measure: catalog.Measure) -> tuple[int, ...]:
    """The years asked for; refused where the record does not hold an end or they are turned round."""
    start, end = (None if text is None else _year(text) for text in (asked.start, asked.end))
    if not years:
        raise RefusedError(f"no figures of {measure.id} are on record")
    unknown = [str(year) for year in (start, end) if year is not None and year not in years]
    if unknown:
        raise RefusedError(f"no figures of {measure.id} for {', '.join(unknown)}; years on record: {_listed(years)}")
    window, turned = trend.window(years, start, end)
    if turned:
        raise RefusedError(f"--from {start} comes after --to {end}; years on record: {_listed(years)}")
    return window


# --- what-if ---------------------------------------------------------------------------------------

_CHANGED = (
    *("measure", "unit", "current", "new", "change", "people", "more_than_plan", "more_than_last", "a_month"),
    *("met_before", "met_after", "asked_a_year", "realism", "changes_on_record"),
)


def _what_if(asked: argparse.Namespace) -> int:
    package = _opened(asked)
    branch = _known(asked.branch, package.catalog.branches, "branch")
    fiscal_year = None if asked.fy is None else _year(asked.fy)
    years = package.plan_years(branch)
    last = _last_plan_year()
    found = base_year(years, last, fiscal_year)
    if found is None or fiscal_year not in (found[0], None):
        planned = ", ".join(str(year) for year in sorted(years)) or "none"
        ahead = ", ".join(str(year) for year in sorted(years_ahead(years, last))) or "none"
        asked_for = "any year" if fiscal_year is None else fiscal_year
        raise RefusedError(
            f"{branch} has no target on record for {asked_for}; planned years: {planned}; "
            f"years that can start from the latest plan: {ahead}"
        )
    plan = what_if.plan_of(package.plan(branch), package.catalog, branch, *found)
    scenario = what_if.Scenario(_assigned(asked.set), _assigned(asked.eligible), asked.grow)
    try:
        records = [_changed(row) for row in what_if.rows(plan, scenario)]
        totals = {name: _total(total) for name, total in what_if.totals(plan, scenario).items()}
    except what_if.OutOfRangeError as error:
        raise RefusedError(str(error)) from error
    if asked.format == "json":
        place = {"branch": branch, "fiscal_year": plan.fiscal_year, "base_year": plan.base_year}
        answer = {**place, "ended": [_over(ended) for ended in plan.ended], "rows": records, "totals": totals}
        print(json_text(answer))
        return 0
    print(_table(records, _CHANGED), end="")
    for name, total in totals.items():
        rate, plan_rate = (_percent(total[key]) for key in ("rate", "rate_at_start"))
        print(f"{name}: {total['people']} of {total['eligible']} = {rate} (plan {plan_rate})")
    if plan.ahead:
        print(f"{plan.fiscal_year} has no plan on record: its targets start from the plan of {plan.base_year}")
    for ended in plan.ended:
        successor = f"{ended.successor.id} takes its place" if ended.successor else "no successor on record"
        print(f"not offered: {ended.measure.id}, a KPI up to {ended.measure.kpi_to}; {successor}")
    return 0


def _last_plan_year() -> int:
    """The last year that may be planned; refused where KENPO_TODAY is no date."""
    day = clock.read()
    if day.ignored:
        raise RefusedError(f"{clock.SETTING}={day.ignored[:20]!r} is no date: YYYY-MM-DD from 2000 to 2100 is needed")
    return day.last_plan_year


def _over(ended: what_if.Ended) -> Record:
    return {
        "measure": ended.measure.id,
        "kpi_to": ended.measure.kpi_to,
        "successor": ended.successor.id if ended.successor else None,
    }


def _percent(rate: object) -> str:
    return "no rate" if rate is None else f"{rate} %"


def _assigned(parts: Iterable[str]) -> dict[str, Decimal]:
    """measure=60.0 as numbers; refused where the value is none."""
    found = {}
    for part in parts:
        name, _, text = part.partition("=")
        if not checks.is_number(text):
            raise RefusedError(f"{part[:60]!r}: MEASURE=NUMBER is needed, e.g. lifestyle_checkup_rate=60.0")
        found[name] = Decimal(text)
    return found


def _changed(row: what_if.Row) -> Record:
    return {
        "measure": row.start.measure.id,
        "unit": row.start.measure.unit,
        "current": row.start.current,
        "new": row.target,
        "change": row.change,
        "people": row.people,
        "more_than_plan": row.more_than_plan,
        "more_than_last": row.more_than_last,
        "a_month": row.a_month,
        "met_before": row.met_before,
        "met_after": row.met_after,
        "asked_a_year": row.asked,
        "realism": row.realism,
        "changes_on_record": len(row.start.changes),
        "no_people": row.no_people,
        "eligible": row.eligible,
        "eligible_year": row.start.eligible.fiscal_year if row.start.eligible else None,
        "current_from": _current_from(row.start),
        "current_year": _current_year(row.start),
        "last_final": row.start.last.value if row.start.last else None,
        "last_final_year": row.start.last.fiscal_year if row.start.last else None,
        "step_people": row.step_people,
    }


def _current_from(start: what_if.Start) -> str | None:
    """Where the current target is from: a plan, or the final actual of the year before that a relative one means."""
    return None if start.target is None else "last_actual" if start.base else "plan"


def _current_year(start: what_if.Start) -> int | None:
    figure = start.base or start.target
    return figure.fiscal_year if figure else None


def _total(total: what_if.Total) -> Record:
    return {
        "people": total.people,
        "eligible": total.eligible,
        "rate": total.rate,
        "people_at_start": total.start,
        "rate_at_start": total.rate_at_start,
        "printed_otherwise": total.printed.printed if total.printed else None,
    }


# --- landing ---------------------------------------------------------------------------------------


def _landing(asked: argparse.Namespace) -> int:
    package = _opened(asked)
    held = package.catalog
    branch, fiscal_year = _known(asked.branch, held.branches, "branch"), _year(asked.fy)
    measure = _counted(held, _known(asked.measure, held.measures, "measure"))
    points = landing.points(package.monthly(branch, [str(measure.numerator)]))
    month = _as_of(landing.counts_of(points), package.series, branch, measure, fiscal_year, asked.as_of)
    ids = [i for i in (measure.id, measure.numerator, measure.denominator) if i]
    found = landing.outlook(package.measures(ids), measure, points, branch, fiscal_year, month)
    answer = landed(found)
    if asked.format == "json":
        print(json_text(answer))
        return 0
    said = {name: value for name, value in answer.items() if not isinstance(value, list)}
    print(_table([{"what": name, "value": value} for name, value in said.items()], ("what", "value")), end="")
    print(_table(_misses(found), ("fiscal_year", "as_of", "forecast", "actual", "error_percent")), end="")
    for remark in _remarks(found):
        print(remark)
    return 0


def _counted(held: Catalog, measure_id: str) -> catalog.Measure:
    """The rate of an id, or the KPI a count stands behind; refused where nobody is counted."""
    if held.measures[measure_id].numerator:
        return held.measures[measure_id]
    rates = [m for m in held.measures.values() if m.numerator == measure_id]
    if not rates:
        usable = ", ".join(m.id for m in held.measures.values() if m.numerator and m.role == "kpi")
        raise RefusedError(f"{measure_id} has no people behind it; one of {usable}")
    return next((m for m in rates if m.role == "kpi"), rates[0])


def _as_of(
    counts: landing.Counts,
    series: Series,
    branch: str,
    measure: catalog.Measure,
    fiscal_year: int,
    asked: str | None,
) -> int:
    """The month index asked for, or the latest; refused with what is on record."""
    if fiscal_year not in counts:
        own = [(counted, year) for (of, counted), years in series.items() if of == branch for year in years]
        known = ", ".join(f"{counted} {year}" for counted, year in own) or "nothing"
        raise RefusedError(
            f"no monthly figures of {measure.numerator} for {branch} {fiscal_year}: no forecast; on record: {known}"
        )
    months = {landing.month_of(fiscal_year, index): index for index in sorted(counts[fiscal_year])}
    if asked is None:
        return max(months.values())
    if asked not in months:
        raise RefusedError(f"{asked[:20]!r} is no month on record for {fiscal_year}: {', '.join(months)}")
    return months[asked]


def landed(found: landing.Outlook) -> Record:
    """One outlook as a flat record of ids and numbers, with the back-test as a list."""
    forecast = None if found.complete else found.forecast
    return {
        "branch": found.branch,
        "fiscal_year": found.fiscal_year,
        "measure": found.measure.numerator,
        "rate": found.measure.id,
        "as_of": landing.month_of(found.fiscal_year, found.month),
        "reached": found.reached,
        "same_month_last_year": found.same_month,
        "change_percent": found.on_last_year,
        "eligible": found.eligible_number,
        "target": found.wanted,
        "people_for_target": found.needed_in_all,
        "progress_percent": found.progress,
        "people_still_needed": found.still_needed,
        "months_left": found.months_left,
        "pace_needed": found.pace_needed,
        "pace_so_far": found.pace_so_far,
        "no_forecast": "complete" if found.complete else (found.found if isinstance(found.found, str) else None),
        "method": forecast.method if forecast else None,
        "from_years": " ".join(map(str, forecast.years)) if forecast else None,
        "completion_percent": landing.rate_of(forecast.ratio, Decimal(1)) if forecast else None,
        "forecast": landing.people(forecast.landing) if forecast else None,
        "low": landing.people(forecast.low) if forecast and forecast.low is not None else None,
        "high": landing.people(forecast.high) if forecast and forecast.high is not None else None,
        "no_range": forecast.no_range if forecast else None,
        "largest_miss_percent": landing.rate_of(forecast.error, Decimal(1))
        if forecast and forecast.error is not None
        else None,
        "forecast_rate": found.rate(forecast.landing) if forecast else None,
        "low_rate": found.rate(forecast.low) if forecast else None,
        "high_rate": found.rate(forecast.high) if forecast else None,
        "verdict": found.verdict,
        "last_year_total": found.last_total,
        "last_year_rate": found.last_rate,
        "last_year_rate_printed": last.value if (last := found.printed.get(found.fiscal_year - 1)) else None,
        "came_to": found.came,
        "falls": [_fall(*pair) for pair in found.falls],
        "back_test": _misses(found),
    }


def _fall(after: landing.Point, before: landing.Point) -> Record:
    """A month that counts fewer since April than the month before it, both with their place."""
    sides = (("", after), ("before_", before))
    return {
        f"{side}{name}": value
        for side, point in sides
        for name, value in (
            *(("as_of", point.month), ("count", point.value)),
            *(("document", point.document), ("line", point.line)),
        )
    }


_NO_RANGE = {
    "single_year": "no range can be given: a single earlier year shows none",
    "untested": "no range can be given: the earlier years cannot be forecast from each other",
}


def _remarks(found: landing.Outlook) -> list[str]:
    """What the table of an outlook cannot say: why there is no range, and where a running count falls."""
    forecast = found.forecast
    said = [_NO_RANGE[forecast.no_range]] if forecast and forecast.no_range else []
    if found.reached is not None and found.eligible_number is None:
        said.append("no rate can be given: no eligible number is on record")
    return said + [
        f"a running count that falls: {after.value} in {after.month} ({after.document} line {after.line}) "
        f"is below {before.value} in {before.month} ({before.document} line {before.line})"
        for after, before in found.falls
    ]


def _misses(found: landing.Outlook) -> list[Record]:
    return [
        {
            "fiscal_year": miss.fiscal_year,
            "as_of": landing.month_of(miss.fiscal_year, miss.month),
            "forecast": landing.people(miss.forecast),
            "actual": miss.actual,
            "error_percent": landing.rate_of(miss.error, Decimal(1)),
        }
        for miss in found.misses
    ]


# --- printing --------------------------------------------------------------------------------------


def _printed(records: Sequence[Record], form: str) -> str:
    if form == "csv":
        return csv_text(records, COLUMNS)
    if form == "json":
        return json_text(records) + "\n"
    several = len({r["branch"] for r in records}) > 1
    return _table(records, ("branch", *_TABLE) if several else _TABLE)


def _table(records: Sequence[Record], columns: Sequence[str]) -> str:
    lines = [list(columns), *(["" if r[c] is None else str(r[c]) for c in columns] for r in records)]
    widths = [max(_width(line[at]) for line in lines) for at in range(len(columns))]
    return "".join(
        "  ".join(_pad(text, w) for text, w in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


if __name__ == "__main__":
    sys.exit(main())
