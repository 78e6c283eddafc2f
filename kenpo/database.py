"""Opens DuckDB on a data package: typed tables, loaded once, then locked.

The only room that knows DuckDB. The schema is read from the package's datapackage.json; printed
figures become exact decimals, never binary floats.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
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


class UnreadableError(Exception):
    """A file that DuckDB cannot read."""


def data_folder() -> Path:
    """The data package in use: KENPO_DATA names another folder than the app's own data/."""
    named = os.environ.get("KENPO_DATA")
    return Path(named).expanduser() if named else SCHEMA_FOLDER


def stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every file of the folder: alike only while nothing has changed."""
    try:
        files = [(entry.name, entry.stat()) for entry in os.scandir(folder) if entry.is_file()]
    except OSError:
        return ()
    return tuple(sorted((name, found.st_mtime_ns, found.st_size) for name, found in files))


def read_descriptor(folder: Path) -> dict[str, Any]:
    """The package's datapackage.json as a dictionary (Data Package v2)."""
    text = (folder / "datapackage.json").read_text(encoding="utf-8-sig")
    descriptor: dict[str, Any] = json.loads(text)
    return descriptor


def resource_paths(descriptor: Row) -> dict[str, str]:
    """Where each table of a package lies, by name, relative to its folder."""
    return {resource["name"]: resource["path"] for resource in descriptor["resources"]}


def newer(fields: Iterable[Mapping[str, Any]]) -> list[str]:
    """Columns that packages of older versions lack (`since` names the version): there they are empty."""
    return [field["name"] for field in fields if "since" in field]


def open_package(folder: Path) -> Connection:
    """Loads every table of a checked data package into memory, with the view `figures`, and locks the connection.

    Each `number` field x is followed by x_decimals, the number of decimals it was printed with.
    Raises duckdb.Error where a file does not hold what its schema says: run checks first.
    """
    paths = resource_paths(read_descriptor(folder))
    connection = duckdb.connect(":memory:")
    for resource in read_descriptor(SCHEMA_FOLDER)["resources"]:
        _load(connection, folder / paths[resource["name"]], resource)
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


def raw_parquet(path: Path) -> tuple[list[str], list[tuple[str | None, ...]]]:
    """Column names and rows of a Parquet file, every value as text.

    Raises UnreadableError where the file is cut or is no Parquet.
    """
    try:
        with duckdb.connect(":memory:") as connection:
            relation = connection.read_parquet(str(path))
            texts = [ColumnExpression(name).cast("VARCHAR") for name in relation.columns]
            return list(relation.columns), relation.select(*texts).fetchall()
    except duckdb.Error as error:
        raise UnreadableError(str(error)) from error


def pack(folder: Path, out: Path) -> list[Path]:
    """Writes a checked package as Parquet: every table as text, so that what was printed comes back to the digit.

    The descriptor and the longer texts go with it. Returns the tables written. Raises FileExistsError
    where `out` holds anything, OSError where it cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise FileExistsError(out)
    descriptor = read_descriptor(folder)
    own = {resource["name"] for resource in read_descriptor(SCHEMA_FOLDER)["resources"]}
    written = []
    with duckdb.connect(":memory:") as connection:
        for resource in descriptor["resources"]:
            if resource["name"] not in own:
                continue
            path = out / f"{resource['name']}.parquet"
            _texts_of(connection, folder / resource["path"]).write_parquet(str(path))
            resource |= {"path": path.name, "format": "parquet", "mediatype": "application/vnd.apache.parquet"}
            resource.pop("encoding", None)
            written.append(path)
    descriptor["resources"] = [resource for resource in descriptor["resources"] if resource["name"] in own]
    (out / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", "utf-8")
    texts = folder / "measures.toml"
    if texts.is_file():
        (out / texts.name).write_bytes(texts.read_bytes())
    return written


def _load(connection: Connection, path: Path, resource: Row) -> None:
    fields, texts = resource["schema"]["fields"], _texts_of(connection, path)
    held = set(texts.columns)
    missing = [name for name in newer(fields) if name not in held]
    columns = [column for field in fields for column in _typed(field, missing=field["name"] in missing)]
    typed = texts.select(*columns)
    order = _SORTED_BY.get(resource["name"])
    (typed.order(order) if order else typed).create(resource["name"])


def _texts_of(connection: Connection, path: Path) -> duckdb.DuckDBPyRelation:
    """The columns of a file as they stand in it."""
    if path.suffix == ".parquet":
        return connection.read_parquet(str(path))
    # Read by pandas: DuckDB's reader guesses comments, line ends and partitions from what it sees.
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    return connection.from_df(frame)


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
