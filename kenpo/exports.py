"""Tables as files for people: CSV and XLSX. What leaves the app is safe to open: no cell can act as a formula.

The only room with the XLSX writer.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from kenpo.catalog import Lang
from kenpo.formats import Amount, Formula, Sentence, Table, TableCell, cell_amount, cell_text
from kenpo.text import texts

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_SHEET_UNSAFE = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME, _LONGEST_SHEET = 200, 31
_WIDEST, _NARROWEST = 60, 8
_HEADER_ROW = 3
_LEAST_RUNS = 3
"""A rich text has at least so many formats and texts: of fewer the writer would leave out the whole cell."""
_MOST_SIGNS, _MOST_DIGITS = 32_767, 15
"""What a cell of Excel can hold: a text of so many UTF-16 units, a number of so many digits."""
_GOES_ON = "…"
_REFERENCE = re.compile(r"\[(?:(?P<table>[^\]!]+)!)?(?P<column>[a-z_0-9]+)(?:@(?P<row>[^\]]+))?\]")


def neutral(cell: object) -> object:
    """A text a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers."""
    if isinstance(cell, str) and cell.lstrip(" \ufeff").startswith(_FORMULA):
        return f"'{cell}"
    return cell


def csv_text(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Rows as CSV with a header, every text cell neutralised; None becomes an empty cell."""
    return _csv(columns, ([row[column] for column in columns] for row in rows))


def json_text(value: object, margin: str = "") -> str:
    """JSON in which a decimal keeps the digits it is printed with: 0.310 stays 0.310.

    `json` would write it as the nearest floating-point number. Raises TypeError for what JSON has no form for.
    """
    inner = f"{margin}  "
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping) and value:
        lines = (f"{inner}{json.dumps(str(k), ensure_ascii=False)}: {json_text(v, inner)}" for k, v in value.items())
        return "{\n" + ",\n".join(lines) + f"\n{margin}}}"
    if isinstance(value, list | tuple) and value:
        return "[\n" + ",\n".join(f"{inner}{json_text(item, inner)}" for item in value) + f"\n{margin}]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def csv_bytes(table: Table) -> bytes:
    """A table as UTF-8 CSV with a byte-order mark, so that Excel reads Japanese.

    Numbers stand without their unit; a column of one unit names it in its header: 実績 (%).
    """
    cells = ([_plain(cell) for cell in row] for row in table.rows)
    columns = [_with_unit(name, [row[at] for row in table.rows]) for at, name in enumerate(table.columns)]
    return _csv(columns, cells).encode("utf-8-sig")


def _plain(cell: TableCell) -> object:
    number = cell_amount(cell)
    if number is not None:
        return number.value
    return cell.text if isinstance(cell, Sentence) else cell


def _with_unit(name: str, cells: Sequence[TableCell]) -> str:
    units = {number.unit for cell in cells if (number := cell_amount(cell))}
    unit = units.pop().strip() if len(units) == 1 else ""
    return f"{name} ({unit})" if unit else name


def xlsx_bytes(tables: Sequence[Table], lang: Lang) -> bytes:
    """Tables as a workbook, a sheet each: typed numbers shown with their unit, the header frozen, ready to print.

    Formulas stand with the value they have now, so that a reader that computes nothing shows them too. What a cell
    of Excel cannot hold is said under the title: longer texts end in …, longer numbers stand as text.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        formats = _Formats(book, lang)
        names = sheet_names([table.name for table in tables])
        places = {table.id: (name, table) for table, name in zip(tables, names, strict=True)}
        for table, name in zip(tables, names, strict=True):
            _sheet(book.add_worksheet(name), table, formats, places)
    return buffer.getvalue()


def file_name(parts: Iterable[str], ending: str) -> str:
    """A file name that says what is inside and that every system accepts: 支部比較_…_2024.xlsx."""
    stem = "_".join(_UNSAFE.sub("-", part).strip(" .") for part in parts if part)
    # Systems count bytes, and a Japanese character has three.
    return f"{stem.encode()[:_LONGEST_NAME].decode(errors='ignore')}.{ending}"


def sheet_name(name: str) -> str:
    """A sheet name a spreadsheet accepts: at most 31 UTF-16 units, none of the signs Excel forbids."""
    written = "".join(sign if sign.isprintable() else "-" for sign in _SHEET_UNSAFE.sub("-", name))
    return _within(written, _LONGEST_SHEET) or "-"


def sheet_names(names: Sequence[str]) -> list[str]:
    """Sheet names, each once: a spreadsheet takes upper and lower case for the same and keeps "History" for itself."""
    found: list[str] = []
    for name in names:
        wanted, count = sheet_name(name), 1
        while wanted.casefold() in {"history", *(other.casefold() for other in found)}:
            count += 1
            ending = f" ({count})"
            wanted = _within(sheet_name(name), _LONGEST_SHEET - len(ending)) + ending
        found.append(wanted)
    return found


def _within(text: str, most: int) -> str:
    """The beginning of a text in at most so many UTF-16 units, as Excel counts; no character is cut in two."""
    return text.encode("utf-16-le", "replace")[: 2 * most].decode("utf-16-le", "ignore")


def _too_long(text: str) -> bool:
    return len(text.encode("utf-16-le", "replace")) > 2 * _MOST_SIGNS


def _held(text: object) -> str:
    """A text as a cell of a workbook holds it: no formula, and where it is too long its beginning."""
    said = str(neutral(text))
    return _within(said, _MOST_SIGNS - len(_GOES_ON)) + _GOES_ON if _too_long(said) else said


def _too_fine(cell: TableCell) -> bool:
    """Has a number more digits than Excel keeps?"""
    return isinstance(cell, Amount) and len(str(cell.value).replace(".", "").strip("-0")) > _MOST_DIGITS


def _notes(table: Table, lang: Lang) -> str:
    """What stands under the title: the context, and what of the table a workbook cannot hold."""
    cells = [cell for row in table.rows for cell in row]
    said = [table.title, table.context, *table.columns, *(cell_text(c, lang) for c in cells if cell_amount(c) is None)]
    found = {"cut": any(map(_too_long, said)), "digits": any(map(_too_fine, cells))}
    told = [texts(lang)(f"download.{note}") for note, there in found.items() if there]
    # A context that fills its cell leaves no room to say anything behind it.
    first, last = ([], told) if not _too_long(table.context) else (told, [])
    return " ".join(part for part in (*first, table.context, *last) if part)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO()
    # With this line end a carriage return inside a cell is quoted and cannot begin a row of its own.
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([neutral(column) for column in columns])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return buffer.getvalue()


class _Formats:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: Any, lang: Lang) -> None:
        self._book, self.lang = book, lang
        self._numbers: dict[str, Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.context = book.add_format({"font_color": "#5B6470"})
        self.header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self.text = book.add_format({"valign": "top"})
        self.wrapped = book.add_format({"valign": "top", "text_wrap": True})
        self.marked = book.add_format({"underline": 1})
        self.digits = book.add_format({"align": "right", "valign": "top"})

    def number(self, amount: Amount) -> Any:
        code = amount.spreadsheet(self.lang)
        if code not in self._numbers:
            self._numbers[code] = self._book.add_format({"num_format": code, "align": "right", "valign": "top"})
        return self._numbers[code]


_Places = Mapping[str, tuple[str, Table]]
"""Sheet name and table by the table's id."""


def _sheet(sheet: Any, table: Table, formats: _Formats, places: _Places) -> None:
    sheet.write_string(0, 0, _held(table.title), formats.title)
    sheet.write_string(1, 0, _held(_notes(table, formats.lang)), formats.context)
    for column, name in enumerate(table.columns):
        sheet.write_string(_HEADER_ROW, column, _held(name), formats.header)
        longest = max([_width(name), *(_width(row[column]) for row in table.rows)])
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, longest + 2)))
    for at, row in enumerate(table.rows, _HEADER_ROW + 1):
        for column, cell in enumerate(row):
            _write(sheet, (at, column), cell, formats, _resolved(cell, table, at, places))
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)


def _write(sheet: Any, place: tuple[int, int], cell: TableCell, formats: _Formats, formula: str) -> None:
    if isinstance(cell, Formula):
        sheet.write_formula(*place, formula, formats.number(cell.result), float(cell.result.value))
    elif _too_fine(cell):
        sheet.write_string(*place, cell_text(cell, formats.lang), formats.digits)
    elif isinstance(cell, Amount):
        sheet.write_number(*place, float(cell.value), formats.number(cell))
    elif isinstance(cell, Sentence):
        _sentence(sheet, place, cell, formats)
    elif cell:
        sheet.write_string(*place, _held(cell), formats.text)


def _sentence(sheet: Any, place: tuple[int, int], cell: Sentence, formats: _Formats) -> None:
    parts = [part for part in cell.parts if part[0]]
    runs = [run for text, marked in parts for run in ((formats.marked, text) if marked else (text,))]
    if _held(cell.text) != cell.text or len(runs) < _LEAST_RUNS:
        sheet.write_string(*place, _held(cell.text), formats.wrapped)
        return
    sheet.write_rich_string(*place, *runs, formats.wrapped)


def _resolved(cell: TableCell, table: Table, row: int, places: _Places) -> str:
    """The formula of a cell with every name replaced by its address; empty where there is none."""
    if not isinstance(cell, Formula):
        return ""

    def address(named: re.Match[str]) -> str:
        sheet, key, at = named["table"], named["column"], named["row"]
        name, other = places[sheet] if sheet else ("", table)
        line = row if at is None else _HEADER_ROW + 1 + list(other.ids).index(at)
        cell_ = xl_rowcol_to_cell(line, list(other.keys).index(key), row_abs=at is not None, col_abs=True)
        return f"'{name}'!{cell_}" if sheet else cell_

    return "=" + _REFERENCE.sub(address, cell.template)


def _width(cell: TableCell) -> int:
    amount = cell_amount(cell)
    text = f"{amount.value:,}{amount.unit}" if amount else cell_text(cell, "ja")
    return sum(1 if c.isascii() else 2 for c in text)
