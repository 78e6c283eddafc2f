"""Every chart is compiled with rows inside, in both languages and themes, and taken away as a picture."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any, get_args

import pytest
import vl_convert

from kenpo.catalog import Lang
from kenpo.charts import comparison, curve, lines, many, misses, panel, people, pictures, ranks
from kenpo.charts.theme import PALETTE, chart_colors

Rows = list[dict[str, object]]

RANKED: Rows = [
    {
        "row": 0,
        "name": "静岡",
        "status": "✕ 未達成",
        "status_color": "#C62A10",
        "figure": 64.7,
        "figure_label": "64.7%",
        "color": "#B58900",
        "opacity": 1,
        "target": 67.5,
        "target_above": "目標 67.5%",
        "last": 69.6,
        "last_label": "R5",
        "bar_from": 64.7,
        "bar_to": 67.5,
        "bar_color": "#C62A10",
        "gap": "▲2.8pt",
        "gap_color": "#C62A10",
    },
    {
        "row": 1,
        "name": "全国",
        "status": "✕ 未達成",
        "status_color": "#C62A10",
        "figure": 58.4,
        "figure_label": "58.4%",
        "color": "#5B6470",
        "opacity": 1,
        "target": 61.7,
        "target_below": "目標 61.7%",
        "gap": "▲3.3pt",
        "gap_color": "#C62A10",
        "nation": 58.4,
    },
    {
        "row": 2,
        "name": "岡山",
        "status": "資料なし",
        "status_color": "#5B6470",
        "figure": None,
        "color": "#45107A",
        "opacity": 1,
        "reason": "収録資料なし",
    },
    {
        "row": 3,
        "name": "47支部",
        "low": 47.4,
        "high": 80.5,
        "low_label": "47.4%（鹿児島）",
        "high_label": "80.5%（山形）",
        "color": "#5B6470",
        "opacity": 1,
    },
]
COLUMNED: Rows = [
    {
        "row": at,
        "label": label,
        "name": name,
        "figure": figure,
        "figure_label": f"{figure}%",
        "height": at % 2,
        "lead": name == "山口",
        "last": last,
        "color": "#3B55D6",
        "chosen": name == "山口",
        "about": f"{name} {figure}%",
    }
    for at, (label, name, figure, last) in enumerate(
        [("沖|縄", "沖縄", 9.44, 9.52), ("静|岡", "静岡", 9.8, 9.85), ("山|口", "山口", 10.36, None)]
    )
]
COLUMNED[0] |= {"nation": 10.0, "nation_label": "全国 10.0%"}

CURVED: Rows = [
    {"month": 1, "month_label": "4月", "color": "#3B55D6"},
    {"month": 1, "series": "2022", "past": 434, "past_color": "#5B6470", "about": "R4.4 434人"},
    {"month": 12, "series": "2022", "past": 4317, "past_color": "#5B6470", "about": "R5.3 4,317人"},
    {"month": 7, "now": 2398, "color": "#3B55D6", "point_label": "2,398人", "about": "R5.10 2,398人"},
    {"month": 8, "later": 2700, "color": "#3B55D6"},
    *({"month": month, "path": count, "color": "#3B55D6"} for month, count in ((7, 2398), (12, 3981))),
    *({"month": month, "need": count, "color": "#3B55D6"} for month, count in ((7, 2398), (12, 10254))),
    {"month": 12, "landing": 3981, "low": 3952, "high": 4011, "color": "#3B55D6", "about": "見込み 3,981人"},
    {"target": 10254},
    {"label": "見込み 3,981人", "label_y": 3600, "strong": True},
    {"label": "R4 4,317人", "label_y": 4400, "strong": False},
]
MISSED: Rows = [
    {"zero": 0.0},
    {"month": 7, "here": True},
    {"month": 1, "month_label": "4月"},
    {"month": 1, "series": "2021", "miss": 30.3, "color": "#5B6470", "about": "R3.4"},
    {"month": 7, "series": "2021", "miss": -0.7, "color": "#5B6470", "about": "R3.10"},
    {"month": 1, "label": "R3 +30.3%", "label_y": 36.0},
]
LINED: Rows = [
    {"year": 2023, "year_label": "R5", "color": "#5B6470", "opacity": 1},
    {"year": 2024, "low": 47.4, "high": 80.5},
    {"broken": 2023.5, "before": "旧", "after": "新"},
    *(
        {
            "year": year,
            "y": y,
            "filled": y,
            "segment": "静岡 2023",
            "color": "#B58900",
            "width": 2.6,
            "size": 90,
            "opacity": 1,
            "about": f"静岡 {y}%",
        }
        for year, y in ((2023, 69.6), (2024, 64.7))
    ),
    {"year": 2023, "hollow": 31.4, "color": "#3B55D6", "size": 90, "opacity": 1, "about": "山口 31.4%"},
    {"year": 2023, "other": 40.0, "color": "#3B55D6", "size": 90, "opacity": 1, "about": "山口 40.0%"},
    {"target": 67.5, "target_from": 2023.6, "target_to": 2024.4, "color": "#B58900", "about": "目標"},
    {"year": 2023, "label": "69.6%", "label_y": 69.6},
    {"year": 2024, "name": "静岡 64.7%", "name_y": 64.7, "strong": True},
    {"year": 2024, "name": "全国 58.4%", "name_y": 58.4, "strong": False},
]

BARS: Rows = [
    {"name": "健診", "share": 0.4, "change_label": "+3,486人", "step": 872, "step_label": "+0.5pt → 872人"},
    {"name": "保健指導", "share": -0.05, "change_label": "▲436人", "step": 125, "step_label": "+0.5pt → 125人"},
]

CHARTS: list[tuple[ModuleType, Rows]] = [
    (comparison, RANKED),
    (many, COLUMNED),
    (people, people.changes(BARS)),
    (curve, CURVED),
    (misses, MISSED),
    (lines, LINED),
    (ranks, LINED),
    (panel, LINED),
]
each_chart = pytest.mark.parametrize(
    ("chart", "rows"), CHARTS, ids=[chart.__name__.rpartition(".")[2] for chart, _ in CHARTS]
)
each_language = pytest.mark.parametrize("lang", get_args(Lang))
each_theme = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


def inside(spec: dict[str, Any], rows: Rows) -> dict[str, Any]:
    return {**spec, "width": 900, "data": {"values": rows}}


def parts(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of a spec."""
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from parts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from parts(value)


def texts_of(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


# --- specs -----------------------------------------------------------------------------------------


@each_chart
@each_language
@each_theme
def test_a_chart_compiles_with_rows_inside(chart: ModuleType, rows: Rows, lang: Lang, dark: bool) -> None:
    vega = vl_convert.vegalite_to_vega(inside(chart.spec(lang, dark=dark), rows))
    assert vega["$schema"].startswith("https://vega.github.io/schema/vega/")
    assert len(list(parts(vega["marks"]))) > 10
    assert json.loads(json.dumps(vega)) == vega


@each_chart
@each_language
@each_theme
def test_a_chart_compiles_without_rows(chart: ModuleType, rows: Rows, lang: Lang, dark: bool) -> None:
    assert vl_convert.vegalite_to_vega(inside(chart.spec(lang, dark=dark), []))["marks"]


@each_chart
@each_language
def test_a_chart_asks_only_for_the_columns_it_names(chart: ModuleType, rows: Rows, lang: Lang) -> None:
    spec = chart.spec(lang, dark=False)
    fields = {part["field"] for part in parts(spec) if isinstance(part.get("field"), str)}
    tested = set(re.findall(r"datum\.(\w+)", json.dumps(spec)))
    assert fields | tested == set(chart.COLUMNS) - UNDRAWN.get(chart, set())
    assert {name for row in rows for name in row} <= set(chart.COLUMNS)


# The name of a column stands in its tooltip and its label already.
UNDRAWN: dict[ModuleType, set[str]] = {many: {"name"}}


@each_chart
@each_language
def test_a_spec_holds_no_rows_and_no_words(chart: ModuleType, rows: Rows, lang: Lang) -> None:
    # Only rows are sent with each run, and every word is the page's.
    spec = chart.spec(lang, dark=False)
    assert not [part for part in parts(spec) if "data" in part or "datasets" in part]
    fonts = {part["font"] for part in parts(spec) if "font" in part}
    plain = json.dumps(spec, ensure_ascii=False)
    for font in fonts:
        plain = plain.replace(font, "")
    assert not re.search("[\u3040-\u30ff\u4e00-\u9fff]", plain)


@each_chart
@each_language
def test_every_layer_names_its_axes_as_none(chart: ModuleType, rows: Rows, lang: Lang) -> None:
    # A layer without an axis of its own would bring one back.
    placed = [
        (channel, definition)
        for part in parts(chart.spec(lang, dark=False))
        for channel, definition in part.get("encoding", {}).items()
        if channel in ("x", "y") and "field" in definition
    ]
    assert placed
    assert [(channel, d["field"]) for channel, d in placed if "axis" not in d or d["axis"] is not None] == []


@each_chart
@each_language
def test_a_theme_changes_colours_and_nothing_else(chart: ModuleType, rows: Rows, lang: Lang) -> None:
    light, dark = (json.dumps(chart.spec(lang, dark=dark)) for dark in (False, True))
    assert light != dark
    assert re.sub("#[0-9A-F]{6}", "#", light) == re.sub("#[0-9A-F]{6}", "#", dark)


@each_chart
@each_theme
def test_the_colours_are_those_of_the_palette(chart: ModuleType, rows: Rows, dark: bool) -> None:
    used = set(re.findall("#[0-9A-F]{6}", json.dumps(chart.spec("ja", dark=dark))))
    assert used
    assert used <= {pair[dark] for pair in PALETTE.values()}


@each_chart
def test_a_spec_is_made_once_for_a_language_and_theme(chart: ModuleType, rows: Rows) -> None:
    assert chart.spec("ja", dark=False) is chart.spec("ja", dark=False)
    assert chart.spec("ja", dark=False) is not chart.spec("ja", dark=True)


def test_a_theme_has_every_colour_of_the_palette() -> None:
    assert chart_colors(dark=False) == {name: pair[0] for name, pair in PALETTE.items()}
    assert chart_colors(dark=True) == {name: pair[1] for name, pair in PALETTE.items()}


# --- pictures --------------------------------------------------------------------------------------

TITLE = "静岡 64.7% は全国を6.3ポイント上回る"
CONTEXT = "生活習慣病予防健診実施率・令和6年度（2024）。"


@each_chart
@each_language
def test_an_svg_holds_title_context_and_the_labels_of_its_rows(chart: ModuleType, rows: Rows, lang: Lang) -> None:
    drawing = pictures.svg(chart.spec(lang, dark=False), rows, TITLE, CONTEXT)
    assert drawing.startswith(b"<svg ")
    said = texts_of(drawing.decode("utf-8"))
    assert {TITLE, CONTEXT} <= set(said)
    labels = {
        comparison: {"静岡", "64.7%", "収録資料なし", "80.5%（山形）"},
        many: {"全国 10.0%", "10.36%"},
        people: {"健診", "+3,486人", "▲436人"},
        curve: {"2,398人", "見込み 3,981人", "R4 4,317人", "4月"},
        misses: {"R3 +30.3%", "4月"},
        lines: {"静岡 64.7%", "69.6%", "R5", "旧", "新"},
        ranks: {"静岡 64.7%", "69.6%", "R5"},
        panel: {"静岡 64.7%", "69.6%", "R5"},
    }
    assert labels[chart] <= set(said)


@each_chart
def test_an_svg_stands_on_white_as_wide_as_a_slide(chart: ModuleType, rows: Rows) -> None:
    drawing = pictures.svg(chart.spec("ja", dark=False), rows, TITLE, CONTEXT).decode("utf-8")
    found = re.match(r'<svg [^>]*width="([0-9.]+)"', drawing)
    assert found is not None
    assert float(found[1]) >= pictures.WIDTH
    assert 'fill="#FFFFFF"' in drawing


def test_a_mark_without_a_value_is_not_drawn() -> None:
    drawing = pictures.svg(comparison.spec("ja", dark=False), RANKED, TITLE, CONTEXT).decode("utf-8")
    assert "NaN" not in drawing
    assert "undefined" not in drawing
    assert "null" not in texts_of(drawing)


@each_chart
def test_a_png_is_a_png_twice_as_sharp(chart: ModuleType, rows: Rows) -> None:
    picture = pictures.png(chart.spec("ja", dark=False), rows, TITLE, CONTEXT)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    # The width stands in the header, right after its name.
    width = int.from_bytes(picture[16:20], "big")
    assert width >= 2 * pictures.WIDTH


@pytest.mark.parametrize("title", ["<b>&amp;</b>", '"; drop', "a\nb"])
def test_a_title_is_text_and_never_markup(title: str) -> None:
    drawing = pictures.svg(many.spec("en", dark=False), COLUMNED, title, "").decode("utf-8")
    assert "<b>" not in drawing


def test_a_picture_leaves_the_spec_as_it_is() -> None:
    spec = comparison.spec("ja", dark=False)
    before = json.dumps(spec)
    pictures.svg(spec, RANKED, TITLE, CONTEXT)
    assert json.dumps(spec) == before


def test_several_charts_stand_in_one_picture_each_with_its_own_rows() -> None:
    other: Rows = [{"year": 2020, "name": "群馬 12.0%", "name_y": 12.0, "strong": True}]
    each = [
        pictures.Part(name, panel.spec("ja", dark=False), rows) for name, rows in (("健診", LINED), ("指導", other))
    ]
    drawing = pictures.svg(pictures.together(each, columns=2), [], TITLE, CONTEXT)
    said = texts_of(drawing.decode("utf-8"))
    assert {TITLE, "健診", "指導", "静岡 64.7%", "群馬 12.0%"} <= set(said)
    assert said.count("静岡 64.7%") == 1
    assert 'fill="#FFFFFF"' in drawing.decode("utf-8")
    assert pictures.png(pictures.together(each, columns=1), [], TITLE, CONTEXT).startswith(b"\x89PNG")


# --- bars of people --------------------------------------------------------------------------------


def test_changes_go_to_their_side() -> None:
    drawn = people.changes(BARS)
    # To the right half of the width for the longest, to the left the quarter that is there.
    assert [(row["zero"], row["to"], row["label"]) for row in drawn] == [
        (0.25, 0.25 + 0.5 * 0.4, "+3,486人"),
        (0.25, 0.25 - 0.25 * 0.05, "▲436人"),
    ]
    # The label of a bar to the left stands at the middle, not on the bar.
    assert [row["label_at"] for row in drawn] == [drawn[0]["to"], 0.25]


def test_steps_are_drawn_against_the_largest() -> None:
    assert [(row["zero"], row["to"]) for row in people.steps(BARS)] == [(0.0, 0.5), (0.0, 0.5 * 125 / 872)]
    assert people.steps([]) == people.changes([]) == []
