"""Is this data package sound? Every problem at once, with file, row, column, value and what would be right.

A package with a problem is refused whole: the app never starts half-loaded.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from kenpo import database, files, rules
from kenpo.catalog import TEXT_KEYS
from kenpo.files import DESCRIPTOR, TEXTS, Problem, RefusedError, Table
from kenpo.files import short as _short
from kenpo.judgement import RELATIVE
from kenpo.printed import read

__all__ = ["DESCRIPTOR", "MOST_PROBLEMS", "TEXTS", "Problem", "check", "digits", "is_number"]

MOST_PROBLEMS = 500
"""So many problems are listed; whoever has mended them checks again."""
_KEEPS_DIGITS = re.compile(r"VARCHAR|ENUM.*|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|BOOLEAN|DATE|\"NULL\"", re.ASCII)
"""Types of a Parquet column whose text is what was printed; a DOUBLE keeps neither 58.0 nor 0.310."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_INTEGER = re.compile(r"-?[0-9]{1,9}", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_YEARMONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])", re.ASCII)
_LIST = re.compile(r"[a-z0-9_]+(;[a-z0-9_]+)*", re.ASCII)
_MOST = Decimal(10) ** 12
_LONGEST = 40

Cells = dict[str, str]


@dataclass(slots=True)
class _Table:
    file: str
    fields: list[Mapping[str, Any]]
    schema: Mapping[str, Any]
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    whole: bool = True
    """False where rows or columns were lost: then no id can be called unknown."""


class _EnoughError(Exception):
    """So many problems have been found that looking further helps nobody."""


class _Problems(list[Problem]):
    """The problems found so far; the one that is too many ends the check."""

    def append(self, problem: Problem) -> None:
        if len(self) == MOST_PROBLEMS:
            super().append(Problem("stopped", problem.file, expected=str(MOST_PROBLEMS)))
            raise _EnoughError
        super().append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.append(problem)

    def __iadd__(self, problems: Iterable[Problem]) -> _Problems:  # type: ignore[override, misc]
        self.extend(problems)
        return self


def check(folder: Path, *, recorded: bool = True) -> list[Problem]:
    """Every problem of a data package; an empty list means it is sound.

    Structure first (files, columns), then each value, then keys between tables, then what a row says of itself
    (the value is the one printed, a target has a rule, an as-of lies in its year), then what the tables say of
    each other. Of a cell the first problem alone is told. After MOST_PROBLEMS it stops, and the last problem says so.
    Without `recorded`, what the descriptor states of its files (rows, bytes, hash) is not held against them: it is
    about to be stated anew.
    """
    problems = _Problems()
    with suppress(_EnoughError):
        _check(folder, problems, recorded=recorded)
    return list(problems)


def _check(folder: Path, problems: _Problems, *, recorded: bool) -> None:
    tables: dict[str, _Table] = {}
    for described, schema in _resources(folder, problems):
        try:
            table = _Table(described.path, schema["fields"], schema)
            before = len(problems)
            table.rows = list(_read(described if recorded else _unrecorded(described), schema["fields"], problems))
            table.whole = len(problems) == before
            tables[described.name] = table
        except RefusedError as refused:
            problems.append(refused.problem)
    for table in tables.values():
        problems += _values(table)
        problems += _keys(table)
    for name, table in tables.items():
        problems += _foreign_keys(name, table, tables)
    told = {(problem.file, problem.row, problem.column) for problem in problems}
    for problem in _meaning(tables):
        if (problem.file, problem.row, problem.column) not in told:
            told.add((problem.file, problem.row, problem.column))
            problems.append(problem)
    problems += _texts(folder, tables.get("measures"))


# --- structure -------------------------------------------------------------------------------------


def _resources(folder: Path, problems: _Problems) -> Iterator[tuple[Table, Mapping[str, Any]]]:
    """Every table the app needs as the package describes it, with the app's own schema."""
    own = database.own_tables()
    try:
        descriptor = files.read_descriptor(folder)
        found, unfit = files.tables(folder, descriptor, database.expected(descriptor, own))
    except RefusedError as refused:
        problems.append(refused.problem)
        return
    problems += unfit
    for name, resource in own.items():
        if name not in found:
            continue
        if not _fits(found[name].schema, resource["schema"]):
            problems.append(Problem("other_schema", DESCRIPTOR, column=name, expected=_names(resource["schema"])))
            continue
        yield found[name], resource["schema"]


def _shape(schema: Any) -> dict[str, str] | None:
    """Names and types of a schema; None where it is not one."""
    try:
        return {described["name"]: described["type"] for described in schema["fields"]}
    except (TypeError, KeyError):
        return None


def _fits(theirs: Any, schema: Mapping[str, Any]) -> bool:
    """The same columns of the same types; those that are new in this version may be missing."""
    shape, own = _shape(theirs), _shape(schema)
    newer = database.newer(schema["fields"])
    return shape is not None and {name: kind for name, kind in (own or {}).items() if name in newer} | shape == own


def _names(schema: Mapping[str, Any]) -> str:
    return ",".join(f["name"] for f in schema["fields"])


def _unrecorded(described: Table) -> Table:
    return replace(described, rows=None, size=None, digest=None)


def _read(described: Table, fields: Sequence[Mapping[str, Any]], problems: _Problems) -> Iterator[tuple[int, Cells]]:
    """The rows of a table, each with its line. Raises RefusedError where the file as a whole is not to be had."""
    file = described.path
    data = files.read(described.file, files.TABLE_BYTES, file)
    _as_recorded(described, data)
    lines = _parquet_lines(described, fields, problems) if described.parquet else files.csv_rows(data, file)
    _, header = next(lines, (1, []))
    names = [f["name"] for f in fields]
    newer = database.newer(fields)
    missing = [name for name in names if name not in header and name not in newer]
    unknown = [name for name in header if name not in names]
    if missing or unknown or len(set(header)) != len(header):
        problems += [Problem("missing_column", file, 1, name, expected=",".join(names)) for name in missing]
        problems += (Problem("unknown_column", file, 1, _short(name), expected=",".join(names)) for name in unknown)
        twice = (name for name, times in sorted(Counter(header).items()) if times > 1)
        problems += (Problem("column_twice", file, 1, _short(name)) for name in twice)
        return
    before, held = len(problems), 0
    for held, (row, cells) in enumerate(lines, 1):
        if held > database.ROWS:
            raise RefusedError(database.too_many_rows(file))
        if len(cells) != len(header):
            problems.append(Problem("cell_count", file, row, value=str(len(cells)), expected=str(len(header))))
        else:
            yield row, dict.fromkeys(newer, "") | dict(zip(header, cells, strict=True))
    if described.rows is not None and held < described.rows and len(problems) == before:
        problems.append(Problem("fewer_rows", file, value=str(held), expected=str(described.rows)))


def _as_recorded(described: Table, data: bytes) -> None:
    """Refuses a file that is not the one its descriptor was written for: cut, or replaced alone."""
    if described.size not in (None, len(data)):
        value, expected = f"{len(data):,} bytes", f"{described.size:,} bytes"
        raise RefusedError(Problem("other_bytes", described.path, value=value, expected=expected))
    if described.digest and described.digest != hashlib.sha256(data).hexdigest():
        raise RefusedError(Problem("other_hash", described.path))


def _parquet_lines(
    described: Table, fields: Sequence[Mapping[str, Any]], problems: _Problems
) -> Iterator[tuple[int, list[str]]]:
    raw = database.raw_parquet(described.file, described.path)
    named = {f["name"] for f in fields}
    other = {name: said for name, said in raw.types.items() if name in named and not _KEEPS_DIGITS.fullmatch(said)}
    for name, said in other.items():
        problems.append(Problem("not_text", described.path, column=name, value=said))
    yield 1, list(raw.types)
    if other:
        # What such a column was printed like is lost: nothing can be said of its rows.
        return
    for row, values in enumerate(raw.rows, 2):
        yield row, ["" if value is None else value for value in values]


# --- values ----------------------------------------------------------------------------------------


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_number(text: str) -> bool:
    """Is this a plain decimal number the package may hold? ASCII digits, at most six decimals, below 10^12."""
    if not _NUMBER.fullmatch(text):
        return False
    _, _, decimals = text.partition(".")
    return len(decimals) <= database.DECIMAL_DIGITS and len(text) <= _LONGEST and abs(Decimal(text)) < _MOST


_FITS: dict[str, Callable[[str], bool]] = {
    # A full-width space is printed inside a figure now and then; at an end it is a slip.
    "string": lambda text: text == text.strip() and all(c.isprintable() or c == "\u3000" for c in text),
    "integer": lambda text: bool(_INTEGER.fullmatch(text)),
    "year": lambda text: bool(_YEAR.fullmatch(text)),
    "number": is_number,
    "boolean": lambda text: text in ("true", "false"),
    "date": _is_date,
    "yearmonth": lambda text: bool(_YEARMONTH.fullmatch(text)),
    "list": lambda text: bool(_LIST.fullmatch(text)) and len(set(text.split(";"))) == text.count(";") + 1,
}


def _values(table: _Table) -> Iterator[Problem]:
    for row, cells in table.rows:
        for described in table.fields:
            name = described["name"]
            found = _value(described, cells[name])
            if found:
                yield Problem(found[0], table.file, row, name, _short(cells[name]), found[1])


def _value(described: Mapping[str, Any], text: str) -> tuple[str, str] | None:
    """The rule a value breaks and what would be right, or None."""
    limits: Mapping[str, Any] = described.get("constraints", {})
    if text == "":
        return ("required", "") if limits.get("required") else None
    kind = described["type"]
    if not _FITS[kind](text):
        return f"type_{kind}", ""
    allowed = [str(option) for option in limits.get("enum", ())]
    if allowed and text not in allowed:
        return "enum", ", ".join(allowed)
    if "pattern" in limits and not re.search(limits["pattern"], text, re.ASCII):
        return "pattern", limits["pattern"]
    if kind in ("integer", "year", "number"):
        low, high = limits.get("minimum"), limits.get("maximum")
        if (low is not None and Decimal(text) < low) or (high is not None and Decimal(text) > high):
            return "range", f"{'' if low is None else low}–{'' if high is None else high}"
    return None


# --- keys ------------------------------------------------------------------------------------------


def _keys(table: _Table) -> Iterator[Problem]:
    numbers = {f["name"] for f in table.fields if f["type"] == "number"}
    single = [[f["name"]] for f in table.fields if f.get("constraints", {}).get("unique")]
    primary = table.schema.get("primaryKey", [])
    for key in [
        *([primary] if primary not in single and primary else []),
        *single,
        *table.schema.get("uniqueKeys", []),
    ]:
        seen: dict[tuple[object, ...], int] = {}
        for row, cells in table.rows:
            # 15 and 15.0 are the same figure: numbers are compared as numbers.
            place = tuple(_as_number(cells[n]) if n in numbers else cells[n] for n in key)
            if place in seen:
                said = " / ".join(cells[n] for n in key)
                yield Problem("duplicate", table.file, row, "+".join(key), _short(said), str(seen[place]))
            else:
                seen[place] = row


def _as_number(text: str) -> object:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _foreign_keys(name: str, table: _Table, tables: Mapping[str, _Table]) -> Iterator[Problem]:
    for key in table.schema.get("foreignKeys", []):
        (column,), target = key["fields"], key["reference"]["resource"] or name
        if target not in tables or not tables[target].whole:
            continue
        (other,) = key["reference"]["fields"]
        known = {cells[other] for _, cells in tables[target].rows}
        several = any(f["name"] == column and f["type"] == "list" for f in table.fields)
        for row, cells in table.rows:
            if several and not _FITS["list"](cells[column]):
                continue
            for named in cells[column].split(";") if several else [cells[column]]:
                if named and named not in known:
                    expected = f"{tables[target].file}: {other}"
                    yield Problem("unknown_id", table.file, row, column, _short(named), expected)


# --- figures ---------------------------------------------------------------------------------------


def digits(text: str) -> str:
    """What a printed form stands for, as the value column writes it: ▲2.8 → -2.8, 7,140事業所（※）以上 → 7140."""
    return read(text).digits


Broken = Iterable[tuple[str, str, str]]
"""Rules a row breaks: rule, column, what would be right."""


def _broken(table: _Table, broken: Callable[[Cells], Broken]) -> Iterator[Problem]:
    for row, cells in table.rows:
        for rule, column, expected in broken(cells):
            yield Problem(rule, table.file, row, column, _short(cells[column]), expected)


def _figure(cells: Cells) -> Broken:
    """A printed figure: target, actual or plan."""
    target = cells["kind"] == "target"
    if target and not cells["target_rule"]:
        yield "target_without_rule", "target_rule", ""
    if not target and cells["target_rule"]:
        yield "rule_without_target", "target_rule", ""
    yield from _digits(cells, "value", "printed")
    if cells["stated"] and cells["kind"] != "actual":
        yield "stated_without_actual", "stated", ""
    yield from _inside(cells, "as_of")
    if not target and (cells["as_of"] != "") != (cells["status"] == "provisional"):
        yield "as_of_and_status", "status", "as_of = provisional"


def _digits(cells: Cells, column: str, printed: str) -> Broken:
    """A value is the one figure that is printed, with its sign, multiplier and decimals."""
    if is_number(cells[column]) and digits(cells[printed]) != cells[column]:
        yield "digits", column, digits(cells[printed])


def _inside(cells: Cells, column: str) -> Broken:
    """A month lies in its fiscal year."""
    if not _YEARMONTH.fullmatch(cells[column]) or not _INTEGER.fullmatch(cells["fiscal_year"]):
        return
    year, month = (int(part) for part in cells[column].split("-"))
    start = int(cells["fiscal_year"])
    if not (start, 4) <= (year, month) <= (start + 1, 3):
        yield "as_of_outside", column, f"{start}-04–{start + 1}-03"


def _month(cells: Cells) -> Broken:
    yield from _digits(cells, "value", "printed")
    yield from _inside(cells, "month")


def _benefit(cells: Cells) -> Broken:
    yield from _digits(cells, "count", "printed")
    yield from _digits(cells, "covid_related", "covid_printed")
    yield from _inside(cells, "as_of")
    if _whole(cells["count"]) and _whole(cells["covid_related"]) and int(cells["covid_related"]) > int(cells["count"]):
        yield "part_above_whole", "covid_related", cells["count"]
    if cells["covid_printed"] and not cells["covid_related"]:
        yield "no_value", "covid_related", digits(cells["covid_printed"])


def _whole(text: str) -> bool:
    return bool(_INTEGER.fullmatch(text))


def _budget(cells: Cells) -> Broken:
    """An amount in thousands of yen is the one printed, in whatever unit of yen."""
    amount, figure = cells["amount_thousand_yen"], read(cells["printed"]).figure
    right = f"{figure.thousands:f}" if figure else digits(cells["printed"])
    if _whole(amount) and right != amount:
        yield "digits", "amount_thousand_yen", right


def _rank(cells: Cells) -> Broken:
    yield from _digits(cells, "rank", "printed")


def _initiative(cells: Cells) -> Broken:
    if cells["states_kpi"] == "true" and not cells["measure_id"]:
        yield "kpi_without_measure", "measure_id", ""


_SIDES = {"new": "line_new", "dropped": "line_old"}


def _change(cells: Cells) -> Broken:
    """A change of a plan: its sides are named, and raised is more than before."""
    change = cells["change"]
    for column in ("line_new", "line_old"):
        if not cells[column] and _SIDES.get(change, column) == column:
            yield "side_missing", column, ""
    for other, column in (("new", "value_from"), ("dropped", "value_to")):
        if change == other and cells[column]:
            yield "side_too_many", column, ""
    if change in ("raised", "lowered"):
        before, after = (digits(cells[column]) for column in ("value_from", "value_to"))
        if not is_number(before) or not is_number(after) or (Decimal(after) > Decimal(before)) != (change == "raised"):
            yield "not_so_changed", "change", f"{cells['value_from']} → {cells['value_to']}"


_RULES: dict[str, Callable[[Cells], Broken]] = {
    "observations": _figure,
    "monthly": _month,
    "incentive_ranks": _rank,
    "benefits": _benefit,
    "budgets": _budget,
    "initiatives": _initiative,
    "plan_changes": _change,
}
"""What the columns of a row say of each other, table by table."""


def _meaning(tables: Mapping[str, _Table]) -> Iterator[Problem]:
    """What the cells of a row say of each other, then what the tables do."""
    for name, broken in _RULES.items():
        if name in tables:
            yield from _broken(tables[name], broken)
    yield from _without_value(tables)
    yield from _pillars(tables)
    yield from _faults(tables)


def _faults(tables: Mapping[str, _Table]) -> Iterator[Problem]:
    """What the tables say of each other."""
    # A table new in this version may be missing, and what is in it is nothing others could lack.
    own = {name for name, resource in database.own_tables().items() if "since" not in resource}
    whole = own <= set(tables) and all(table.whole for table in tables.values())
    cells: dict[str, dict[int, Cells]] = {}
    for fault in rules.faults({name: table.rows for name, table in tables.items()}, whole=whole):
        table = tables[fault.table]
        if fault.table not in cells:
            cells[fault.table] = dict(table.rows)
        value = cells[fault.table][fault.row][fault.column]
        yield Problem(fault.rule, table.file, fault.row, fault.column, _short(value), fault.expected)


def _without_value(tables: Mapping[str, _Table]) -> Iterator[Problem]:
    """Every figure has a value, but a target without a number and a result in words; a text measure has none."""
    figures, measures = tables.get("observations"), tables.get("measures")
    if figures is None or measures is None or not measures.whole:
        return
    texts = {cells["measure_id"] for _, cells in measures.rows if cells["unit"] == "text"}
    for row, cells in figures.rows:
        in_words = cells["measure_id"] in texts
        if in_words and cells["value"]:
            yield Problem("value_of_text", figures.file, row, "value", _short(cells["value"]))
        elif not cells["value"] and not _without(cells) and not (in_words and cells["kind"] == "actual"):
            yield Problem("no_value", figures.file, row, "value", "", read(cells["printed"]).digits)


def _without(cells: Cells) -> bool:
    """A target in words, or a relative one in which no number is printed: one that is printed is its value."""
    if cells["kind"] != "target":
        return False
    rule = cells["target_rule"]
    return rule == "qualitative" or (rule in RELATIVE and not read(cells["printed"]).figures)


def _pillars(tables: Mapping[str, _Table]) -> Iterator[Problem]:
    """An initiative belongs to the pillar of its policy."""
    if not {"initiatives", "policies"} <= set(tables):
        return
    pillars = {cells["policy"]: cells["pillar"] for _, cells in tables["policies"].rows}
    for row, cells in tables["initiatives"].rows:
        right = pillars.get(cells["policy"], cells["pillar"])
        if right != cells["pillar"]:
            yield Problem("other_pillar", tables["initiatives"].file, row, "pillar", _short(cells["pillar"]), right)


def _texts(folder: Path, measures: _Table | None) -> Iterator[Problem]:
    """The longer texts of the measures: readable, of measures that exist, and whole for each."""
    try:
        texts = files.toml_of(files.read_own(folder, TEXTS, files.TEXTS_BYTES), TEXTS)
    except RefusedError as refused:
        # Where there are no measures the folder may be none, which is told already.
        if measures or refused.problem.rule != "missing_file":
            yield refused.problem
        return
    odd = list(_odd_texts(texts, measures))
    yield from odd
    if not odd and measures and measures.whole:
        yield from _missing_texts(texts, measures)


def _odd_texts(texts: Mapping[str, Any], measures: _Table | None) -> Iterator[Problem]:
    known = {cells["measure_id"] for _, cells in measures.rows} if measures and measures.whole else set(texts)
    for name, said in texts.items():
        if name not in known:
            yield Problem("unknown_id", TEXTS, column="measure_id", value=_short(name), expected="measures.csv")
        if not isinstance(said, dict) or not all(isinstance(text, str) for text in said.values()):
            yield Problem("not_texts", TEXTS, column=_short(name), value=_short(str(said)))
            continue
        for key in said:
            if key not in TEXT_KEYS:
                yield Problem(
                    "unknown_key", TEXTS, column=_short(name), value=_short(key), expected=", ".join(TEXT_KEYS)
                )


def _missing_texts(texts: Mapping[str, Any], measures: _Table) -> Iterator[Problem]:
    """What a measure is and why it matters, in both languages: the details of a page say it."""
    for _, cells in measures.rows:
        said = texts.get(cells["measure_id"], {})
        missing = [key for key in TEXT_KEYS if not said.get(key, "").strip()]
        if missing:
            name = _short(cells["measure_id"])
            yield Problem("no_text", TEXTS, column=name, expected=", ".join(missing))
