"""Opens DuckDB on a data package: typed tables, loaded once, then locked.

The only room that knows DuckDB. The schema is read from the package's datapackage.json; printed
figures become exact decimals, never binary floats.
"""

from __future__ import annotations

import errno
import io
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import pandas
from duckdb import (
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    Expression,
    FunctionExpression,
)

from kenpo import files
from kenpo.files import Problem, RefusedError, Table

Connection = duckdb.DuckDBPyConnection
Row = dict[str, Any]

DECIMAL_DIGITS = 6
"""Decimals kept of a number; the check of a package refuses more."""

_TYPES = {
    "string": "VARCHAR",
    "integer": "INTEGER",
    "year": "INTEGER",
    "number": f"DECIMAL(18,{DECIMAL_DIGITS})",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "yearmonth": "VARCHAR",
    "list": "VARCHAR",
}

# A scan of one measure and year touches few row groups when they stand together.
_SORTED_BY = {"observations": "measure_id, fiscal_year"}


SCHEMA_FOLDER = Path(__file__).resolve().parent.parent / "data"
"""The app's own package: its descriptor is the schema every package must have."""


ROWS = 300_000
"""Most rows of a table; 47 branches, 40 measures and 20 years of targets and actuals are a fourth of it."""

_ESCAPED = {ord(sign): f"[{sign}]" for sign in "*?["}


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it stands in a Parquet file."""

    types: Mapping[str, str]
    """The type of each column, by its name."""
    rows: list[tuple[str | None, ...]]
    """Every value as text."""


def data_folder() -> Path:
    """The data package in use: KENPO_DATA names another folder than the app's own data/."""
    named = os.environ.get("KENPO_DATA")
    if not named:
        return SCHEMA_FOLDER
    try:
        return Path(named).expanduser()
    except RuntimeError:
        # ~nobody/data: there is no such home, and the check says that there is no such folder.
        return Path(named)


read_descriptor = files.read_descriptor


def own_tables() -> dict[str, Row]:
    """The description of every table the app needs, by name."""
    return {resource["name"]: resource for resource in read_descriptor(SCHEMA_FOLDER)["resources"]}


def newer(fields: Iterable[Mapping[str, Any]]) -> list[str]:
    """Columns that packages of older versions lack (`since` names the version): there they are empty."""
    return [field["name"] for field in fields if "since" in field]


def expected(descriptor: Mapping[str, Any], own: Mapping[str, Row]) -> list[str]:
    """The tables a package must have: the app's own, but for those new since its version that it does not name.

    For such a one the app's own table stands: what it says was in the code before.
    """
    resources = descriptor.get("resources")
    named = [r.get("name") for r in resources if isinstance(r, dict)] if isinstance(resources, list) else []
    return [name for name, resource in own.items() if "since" not in resource or name in named]


def open_package(folder: Path) -> Connection:
    """Loads every table of a checked data package into memory, with the view `figures`, and locks the connection.

    Of a table new since its version, which a package may lack, the app's own is loaded.

    Each `number` field x is followed by x_decimals, the number of decimals it was printed with.
    Raises RefusedError where a file is not to be had, duckdb.Error where it does not hold what its schema says:
    run checks first.
    """
    own = own_tables()
    lying = _lying(folder, read_descriptor(folder), own)
    if set(lying) != set(own):
        lying = _lying(SCHEMA_FOLDER, read_descriptor(SCHEMA_FOLDER), own) | lying
    connection = duckdb.connect(":memory:")
    for name, resource in own.items():
        _load(connection, lying[name], resource)
    view = resources.files("kenpo").joinpath("sql", "views", "figures.sql").read_text(encoding="utf-8")
    connection.execute(view)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def query(connection: Connection, sql: str, parameters: Row | None = None) -> list[Row]:
    """The rows a statement returns, on a cursor of its own so that sessions never share one."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or {})
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def table(connection: Connection, name: str) -> list[Row]:
    """Every row of one table of the package."""
    with connection.cursor() as cursor:
        relation = cursor.table(name)
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def raw_parquet(path: Path, name: str) -> RawTable:
    """A Parquet file as text; `name` is what a message calls it.

    Its rows are counted by its footer before any is read. Raises RefusedError where the file is cut or no Parquet,
    has too many rows, or unpacks to more text than a table may have.
    """
    try:
        with duckdb.connect(":memory:", config={"memory_limit": "2GB"}) as connection:
            relation = _parquet(connection, path)
            _count_first(connection, path, name)
            types = dict(zip(relation.columns, map(str, relation.types), strict=True))
            texts = [ColumnExpression(column).cast("VARCHAR").alias(column) for column in relation.columns]
            # One row more than allowed, should the footer not tell the truth.
            whole = relation.select(*texts).limit(ROWS + 1)
            lengths = [FunctionExpression("sum", FunctionExpression("length", ColumnExpression(c))) for c in types]
            (measured,) = whole.aggregate(lengths).fetchall()
            if sum(length or 0 for length in measured) > files.TABLE_BYTES:
                raise RefusedError(Problem("long_text", name, expected=f"{files.TABLE_BYTES:,}"))
            rows = whole.fetchall()
    except duckdb.Error as error:
        raise RefusedError(Problem("bad_parquet", name)) from error
    _fits(len(rows), name)
    return RawTable(types, rows)


def too_many_rows(name: str, rows: int | None = None) -> Problem:
    """The one problem of a table with more rows than the app takes."""
    value = None if rows is None else f"{rows:,}"
    return Problem("many_rows", name, value=value, expected=f"{ROWS:,}")


def _count_first(connection: Connection, path: Path, name: str) -> None:
    footer = connection.table_function("parquet_file_metadata", [str(path).translate(_ESCAPED)])
    ((rows,),) = footer.select("num_rows").fetchall()
    _fits(rows, name)


def _fits(rows: int, name: str) -> None:
    if rows > ROWS:
        raise RefusedError(too_many_rows(name, rows))


def counts(folder: Path) -> dict[str, int]:
    """How many rows each table of a package holds now. Raises RefusedError and duckdb.Error like `open_package`."""
    lying = _lying(folder, read_descriptor(folder), own_tables())
    with duckdb.connect(":memory:") as connection:
        return {name: _count(_texts_of(connection, table)) for name, table in lying.items()}


def record_rows(folder: Path) -> dict[str, tuple[int | None, int]]:
    """Makes what the tables of a sound package hold now the least they must hold; returns before and after, by name.

    Where the descriptor states size and hash of a file, they are stated anew. Raises OSError where the descriptor
    cannot be written; then it is as it was.
    """
    descriptor = read_descriptor(folder)
    held, lying = counts(folder), _lying(folder, descriptor, own_tables())
    before: dict[str, int | None] = {}
    for resource in descriptor["resources"]:
        name = resource.get("name")
        if name not in held:
            continue
        before[name] = resource.get("rows")
        _state(resource, held[name], lying[name].file if {"bytes", "hash"} & set(resource) else None)
    files.replace(folder / files.DESCRIPTOR, _json(descriptor))
    return {name: (before[name], rows) for name, rows in held.items()}


def pack(folder: Path, out: Path) -> list[Path]:
    """Writes a checked package as Parquet: every table as text, so that what was printed comes back to the digit.

    The descriptor, which states rows, size and hash of each table, and the longer texts go with it. Returns the
    tables written. Raises FileExistsError where `out` holds anything, OSError where it cannot be written; then
    nothing is left of it.
    """
    descriptor = read_descriptor(folder)
    lying = _lying(folder, descriptor, own_tables())
    kept = [resource for resource in descriptor["resources"] if resource.get("name") in lying]
    texts = folder / files.TEXTS
    with files.new_folder(out) as part:
        try:
            with duckdb.connect(":memory:") as connection:
                for resource in kept:
                    _pack_table(connection, lying[resource["name"]], resource, part)
        except duckdb.Error as error:
            raise _as_os_error(error) from error
        (part / files.DESCRIPTOR).write_text(_json(descriptor | {"resources": kept}), "utf-8", newline="\n")
        if texts.exists():
            (part / texts.name).write_bytes(files.read(texts, files.TEXTS_BYTES))
    return [out / resource["path"] for resource in kept]


def _pack_table(connection: Connection, table: Table, resource: Row, part: Path) -> None:
    file = part / f"{table.name}.parquet"
    rows = _texts_of(connection, table)
    rows.write_parquet(str(file))
    resource |= {"path": file.name, "format": "parquet", "mediatype": "application/vnd.apache.parquet"}
    resource.pop("encoding", None)
    _state(resource, _count(rows), file)


def _state(resource: Row, rows: int, file: Path | None) -> None:
    """Writes into a resource how many rows it has and, of a file, its size and hash; behind its path."""
    said: Row = {"rows": rows}
    if file:
        said |= {"bytes": file.stat().st_size, "hash": f"sha256:{files.digest(file)}"}
    others = {key: value for key, value in resource.items() if key not in ("rows", "bytes", "hash")}
    resource.clear()
    for key, value in others.items():
        resource[key] = value
        if key == "path":
            resource |= said


def _json(descriptor: Row) -> str:
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def _as_os_error(error: duckdb.Error) -> OSError:
    """DuckDB tells of a full disk in words of its own, those of the system among them."""
    known = (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS)
    code = next((code for code in known if os.strerror(code) in str(error)), errno.EIO)
    return OSError(code, os.strerror(code))


def _lying(folder: Path, descriptor: Row, own: Mapping[str, Row]) -> dict[str, Table]:
    """Where each table of a package lies. Raises RefusedError where the descriptor does not say."""
    found, problems = files.tables(folder, descriptor, expected(descriptor, own))
    for problem in problems:
        raise RefusedError(problem)
    return found


def _count(relation: duckdb.DuckDBPyRelation) -> int:
    ((rows,),) = relation.count("*").fetchall()
    return int(rows)


def _load(connection: Connection, table: Table, resource: Row) -> None:
    fields, texts = resource["schema"]["fields"], _texts_of(connection, table)
    held = set(texts.columns)
    missing = [name for name in newer(fields) if name not in held]
    columns = [column for field in fields for column in _typed(field, missing=field["name"] in missing)]
    typed = texts.select(*columns)
    order = _SORTED_BY.get(resource["name"])
    (typed.order(order) if order else typed).create(resource["name"])


def _texts_of(connection: Connection, table: Table) -> duckdb.DuckDBPyRelation:
    """The columns of a file as they stand in it."""
    if table.parquet:
        return _parquet(connection, table.file)
    # Read by pandas: DuckDB's reader guesses comments, line ends and partitions from what it sees. Pandas in turn
    # would unpack, or look on the internet, by what a file is called: it is handed the content alone.
    content = io.BytesIO(files.read(table.file, files.TABLE_BYTES, table.path))
    frame = pandas.read_csv(content, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    return connection.from_df(frame)


def _parquet(connection: Connection, path: Path) -> duckdb.DuckDBPyRelation:
    """A Parquet file; neither the signs *?[ in its name nor folders called key=value mean anything."""
    return connection.read_parquet(str(path).translate(_ESCAPED), hive_partitioning=False)


def _typed(field: Row, *, missing: bool = False) -> list[Expression]:
    name, kind = field["name"], field["type"]
    held = ConstantExpression("") if missing else ColumnExpression(name)
    column = FunctionExpression("nullif", held.cast("VARCHAR"), ConstantExpression(""))
    typed = [column.cast(_TYPES[kind]).alias(name)]
    if kind == "number":
        decimals = FunctionExpression("split_part", column, ConstantExpression("."), ConstantExpression(2))
        length = FunctionExpression("length", CoalesceOperator(decimals, ConstantExpression("")))
        typed.append(length.cast("TINYINT").alias(f"{name}_decimals"))
    return typed
