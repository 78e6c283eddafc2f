"""Is this data package sound? Every problem at once, with file, row, column, value and what would be right.

A package with a problem is refused whole: the app never starts half-loaded.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from kenpo import database
from kenpo.judgement import RELATIVE

DESCRIPTOR = "datapackage.json"
TEXTS = "measures.toml"
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_INTEGER = re.compile(r"-?[0-9]{1,9}", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_YEARMONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])", re.ASCII)
_LIST = re.compile(r"[a-z0-9_]+(;[a-z0-9_]+)*", re.ASCII)
_MOST = Decimal(10) ** 12
_LONGEST = 40
_MINUS = ("-", "−", "▲", "△")
_SHOWN = 120

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a package is refused, and where. `rule` is the id of the text that explains it."""

    rule: str
    file: str
    row: int | None = None
    """Line of the file; the header is line 1."""
    column: str | None = None
    value: str | None = None
    expected: str = ""

    def as_dict(self) -> dict[str, object]:
        """The problem as one flat record."""
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "rule": self.rule,
            "expected": self.expected,
        }


@dataclass(slots=True)
class _Table:
    file: str
    fields: list[Mapping[str, Any]]
    schema: Mapping[str, Any]
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    whole: bool = True
    """False where rows or columns were lost: then no id can be called unknown."""


class _UnreadableError(Exception):
    """A file that cannot be read as a table; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def check(folder: Path) -> list[Problem]:
    """Every problem of a data package; an empty list means it is sound.

    Structure first (files, columns), then each value, then keys between tables, then the rules of a
    figure: digits of the value are those printed, a target has a rule, an as-of lies in its year.
    """
    resources, problems = _resources(folder)
    tables: dict[str, _Table] = {}
    for name, path, schema in resources:
        try:
            table = _Table(path.name, schema["fields"], schema)
            before = len(problems)
            table.rows = list(_read(path, schema["fields"], problems))
            table.whole = len(problems) == before
            tables[name] = table
        except _UnreadableError as unreadable:
            problems.append(unreadable.problem)
    for table in tables.values():
        problems += _values(table)
        problems += _keys(table)
    for name, table in tables.items():
        problems += _foreign_keys(name, table, tables)
    for name, rules in _RULES.items():
        if name in tables:
            problems += _broken(tables[name], rules)
    problems += _without_value(tables)
    problems += _years(tables)
    problems += _pillars(tables)
    problems += _texts(folder, tables.get("measures"))
    return problems


# --- structure -------------------------------------------------------------------------------------


def _resources(folder: Path) -> tuple[list[tuple[str, Path, Mapping[str, Any]]], list[Problem]]:
    """Name, path and schema of every table the app needs."""
    own = {r["name"]: r for r in database.read_descriptor(database.SCHEMA_FOLDER)["resources"]}
    try:
        named = database.read_descriptor(folder)["resources"]
        theirs = {r["name"]: r for r in named if isinstance(r["path"], str)}
    except FileNotFoundError:
        return [], [Problem("missing_file", DESCRIPTOR)]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        return [], [Problem("bad_descriptor", DESCRIPTOR, value=_short(str(error)))]
    found, problems = [], []
    for name, resource in own.items():
        if name not in theirs:
            problems.append(Problem("missing_resource", DESCRIPTOR, column="resources", value=name))
            continue
        if _shape(theirs[name].get("schema")) != _shape(resource["schema"]):
            problems.append(Problem("other_schema", DESCRIPTOR, column=name, expected=_names(resource["schema"])))
            continue
        path = folder / theirs[name]["path"]
        if not _within(path, folder):
            problems.append(Problem("outside", DESCRIPTOR, column=name, value=_short(theirs[name]["path"])))
            continue
        found.append((name, path, resource["schema"]))
    return found, problems


def _within(path: Path, folder: Path) -> bool:
    try:
        return folder.resolve() in path.resolve().parents
    except (OSError, ValueError):
        return False


def _shape(schema: Any) -> dict[str, str] | None:
    """Names and types of a schema; None where it is not one."""
    try:
        return {described["name"]: described["type"] for described in schema["fields"]}
    except (TypeError, KeyError):
        return None


def _names(schema: Mapping[str, Any]) -> str:
    return ",".join(f["name"] for f in schema["fields"])


def _read(path: Path, fields: Sequence[Mapping[str, Any]], problems: list[Problem]) -> Iterator[tuple[int, Cells]]:
    if not path.is_file():
        raise _UnreadableError(Problem("missing_file", path.name))
    lines = _parquet_lines(path) if path.suffix == ".parquet" else _csv_lines(path)
    _, header = next(lines, (1, []))
    names = [f["name"] for f in fields]
    missing = [name for name in names if name not in header]
    unknown = [name for name in header if name not in names]
    if missing or unknown or len(set(header)) != len(header):
        problems += [Problem("missing_column", path.name, 1, name, expected=",".join(names)) for name in missing]
        problems += [Problem("unknown_column", path.name, 1, name, expected=",".join(names)) for name in unknown]
        twice = {name for name in header if header.count(name) > 1}
        problems += [Problem("column_twice", path.name, 1, name) for name in sorted(twice)]
        return
    for row, cells in lines:
        if len(cells) != len(header):
            problems.append(Problem("cell_count", path.name, row, value=str(len(cells)), expected=str(len(header))))
        else:
            yield row, dict(zip(header, cells, strict=True))


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    data = path.read_bytes()
    if not data.strip():
        raise _UnreadableError(Problem("empty_file", path.name))
    if b"\0" in data:
        raise _UnreadableError(Problem("nul_byte", path.name, data.count(b"\n", 0, data.index(b"\0")) + 1))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(
            Problem("encoding", path.name, row, value=data[error.start : error.end].hex())
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            if cells:
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise _UnreadableError(Problem("bad_csv", path.name, start, value=_short(str(error)))) from error


def _parquet_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        names, rows = database.raw_parquet(path)
    except database.UnreadableError as error:
        raise _UnreadableError(Problem("bad_parquet", path.name, value=_short(str(error)))) from error
    yield 1, names
    for row, values in enumerate(rows, 2):
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
    """The digits and decimal point of a printed figure, half-width: 7,140事業所（※）以上 → 7140."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if c.isascii() and (c.isdigit() or c == ".")).strip(".")


def signed_digits(text: str) -> str:
    """The digits of a printed figure with a minus where one is printed: ▲2.8 → -2.8."""
    plain = unicodedata.normalize("NFKC", text)
    return ("-" if any(sign in plain for sign in _MINUS) else "") + digits(text)


Broken = Iterable[tuple[str, str, str]]
"""Rules a row breaks: rule, column, what would be right."""


def _broken(table: _Table, rules: Callable[[Cells], Broken]) -> Iterator[Problem]:
    for row, cells in table.rows:
        for rule, column, expected in rules(cells):
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
    """The digits of a value are those printed."""
    if _NUMBER.fullmatch(cells[column]) and signed_digits(cells[printed]) != cells[column]:
        yield "digits", column, signed_digits(cells[printed])


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
    yield from _digits(cells, "amount_thousand_yen", "printed")


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
    "benefits": _benefit,
    "budgets": _budget,
    "initiatives": _initiative,
    "plan_changes": _change,
}
"""What the columns of a row say of each other, table by table."""


def _without_value(tables: Mapping[str, _Table]) -> Iterator[Problem]:
    """Every figure has a value, but a target without a number and a result in words; a text measure has none."""
    figures, measures = tables.get("observations"), tables.get("measures")
    if figures is None or measures is None or not measures.whole:
        return
    texts = {cells["measure_id"] for _, cells in measures.rows if cells["unit"] == "text"}
    for row, cells in figures.rows:
        in_words, kind = cells["measure_id"] in texts, cells["kind"]
        wanted = kind == "target" and cells["target_rule"] in (*RELATIVE, "qualitative")
        if in_words and cells["value"]:
            yield Problem("value_of_text", figures.file, row, "value", _short(cells["value"]))
        elif not cells["value"] and not wanted and not (in_words and kind == "actual"):
            yield Problem("no_value", figures.file, row, "value", "", digits(cells["printed"]))


def _years(tables: Mapping[str, _Table]) -> Iterator[Problem]:
    """No document prints what was reached in a year after its own."""
    if not {"observations", "documents"} <= set(tables):
        return
    made = {cells["document_id"]: cells["fiscal_year"] for _, cells in tables["documents"].rows}
    for row, cells in tables["observations"].rows:
        last, year = made.get(cells["document_id"], ""), cells["fiscal_year"]
        if cells["kind"] == "actual" and _YEAR.fullmatch(last) and _YEAR.fullmatch(year) and year > last:
            yield Problem("after_document", tables["observations"].file, row, "fiscal_year", year, f"–{last}")


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
    """The longer texts of the measures: readable, and of measures that exist."""
    path = folder / TEXTS
    if not path.exists():
        return
    try:
        texts = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        yield Problem("bad_texts", TEXTS, value=_short(str(error)))
        return
    known = {cells["measure_id"] for _, cells in measures.rows} if measures and measures.whole else set(texts)
    for name, said in texts.items():
        if name not in known:
            yield Problem("unknown_id", TEXTS, column="measure_id", value=_short(name), expected="measures.csv")
        if not isinstance(said, dict) or not all(isinstance(text, str) for text in said.values()):
            yield Problem("not_texts", TEXTS, column=_short(name), value=_short(str(said)))


def _short(text: str) -> str:
    plain = "".join(c if c.isprintable() else "·" for c in text)
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"
