"""The charts of Data, compiled with the rows the page sends: the heat strip of a document and the budget."""

from __future__ import annotations

import json
import re
from types import ModuleType
from typing import Any, get_args

import pytest
import vl_convert

from kenpo.catalog import Lang
from kenpo.charts import budget, coverage

Rows = list[dict[str, object]]

STRIP: Rows = [
    {
        "order": at,
        "measure": name,
        "year_order": year,
        "year": label,
        "letters": letters,
        "strength": 0.34,
        "about": f"{name} {label}",
    }
    for at, name, year, label, letters in (
        (0, "健診実施率", 2022, "R4", "目 実"),
        (0, "健診実施率", 2029, "R11", "目"),
        (1, "保健指導", 2021, "R3", "実"),
    )
]
HEADINGS: Rows = [
    {"order": 0, "section": "健診", "before": 26108, "after": 37725, "change": "+11,617", "about": "x"},
    {"order": 2, "section": "医療費", "before": None, "after": 290, "change": "—", "about": "z"},
    {"order": 1, "section": "重症化予防", "before": 13431, "after": 8545, "change": "▲4,886", "about": "y"},
]
CHARTS = [(coverage, STRIP), (budget, HEADINGS)]
each_chart = pytest.mark.parametrize(("chart", "rows"), CHARTS, ids=["coverage", "budget"])
each_language = pytest.mark.parametrize("lang", get_args(Lang))


def inside(spec: dict[str, Any], rows: Rows) -> dict[str, Any]:
    return {**spec, "width": 900, "data": {"values": rows}}


def drawn(chart: ModuleType, rows: Rows, *, dark: bool = False) -> list[str]:
    """Every word of the chart in the order it is drawn."""
    svg = vl_convert.vegalite_to_svg(inside(chart.spec("ja", dark=dark), rows))
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@each_chart
@each_language
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("filled", [True, False], ids=["rows", "no rows"])
def test_a_chart_compiles(chart: ModuleType, rows: Rows, lang: Lang, dark: bool, filled: bool) -> None:
    assert vl_convert.vegalite_to_vega(inside(chart.spec(lang, dark=dark), rows if filled else []))["marks"]


@each_chart
def test_a_chart_is_sent_the_columns_it_names_and_holds_no_words(chart: ModuleType, rows: Rows) -> None:
    assert all(list(row) == chart.COLUMNS for row in rows)
    spec = json.dumps(chart.spec("ja", dark=False), ensure_ascii=False)
    assert '"data"' not in spec
    bare = re.sub(r'"font": "[^"]*"', "", spec)
    assert not re.search("[\u3040-\u30ff\u4e00-\u9fff]", bare)


def test_the_strip_draws_years_in_order_and_every_letter() -> None:
    words = drawn(coverage, STRIP)
    assert [word for word in words if re.fullmatch(r"R[0-9]+", word)] == ["R3", "R4", "R11"]
    assert [word for word in words if word in ("健診実施率", "保健指導")] == ["健診実施率", "保健指導"]
    assert {"目 実", "目", "実"} <= set(words)


def test_the_budget_draws_every_heading_with_its_change() -> None:
    words = drawn(budget, HEADINGS)
    assert [word for word in words if word in ("健診", "重症化予防", "医療費")] == ["健診", "重症化予防", "医療費"]
    assert {"+11,617", "▲4,886"} <= set(words)
