"""Measures, branches and documents, loaded and looked up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kenpo.catalog import Catalog, Measure, few, load
from tests.builders import held, measure

Row = dict[str, Any]


def measure_row(**said: Any) -> Row:
    usual: Row = {
        "measure_id": "single_bid_rate",
        "role": "kpi",
        "pillar": 3,
        "name_ja": "一者応札案件の割合",
        "name_en": "Share of tenders with a single bidder",
        "short_ja": "一者応札",
        "short_en": "Single-bid tenders",
        "unit": "percent",
        "direction": "lower",
        "accrual": "period",
        "numerator_id": "single_bid_count",
        "denominator_id": "competitive_bid_count",
        "kpi_from": 2021,
        "kpi_to": 2024,
        "successor_id": None,
        "step": Decimal("0.500000"),
        "slider_min": Decimal(0),
        "slider_max": Decimal(100),
        "decimals": 1,
        "note": "not kept",
    }
    return usual | said


def branch_row(branch_id: str, light: str | None = None, dark: str | None = None) -> Row:
    return {
        "branch_id": branch_id,
        "code": "35",
        "name_ja": "山口",
        "name_en": "Yamaguchi",
        "color_light": light,
        "color_dark": dark,
        "region": None,
    }


def document_row(**said: Any) -> Row:
    usual: Row = {
        "document_id": "yamaguchi-2024-plan",
        "branch_id": "yamaguchi",
        "role": "plan",
        "fiscal_year": 2024,
        "made_on": date(2024, 3, 18),
        "source_file": "a.txt",
        "address": None,
        "title_ja": "令和6年度 山口支部事業計画",
        "title_en": "Yamaguchi branch plan FY2024",
        "draft": False,
        "note": "not kept",
        "replaces_id": None,
    }
    return usual | said


def loaded(
    tmp_path: Path,
    measures: list[Row] | None = None,
    branches: list[Row] | None = None,
    documents: list[Row] | None = None,
    texts: str | None = None,
) -> Catalog:
    tables = {"measures": measures or [], "branches": branches or [], "documents": documents or []}
    tables["measure_parts"] = []
    path = tmp_path / "measures.toml"
    if texts is not None:
        path.write_text(texts, encoding="utf-8")
    table: Callable[[str], list[Row]] = tables.__getitem__
    return load(table, path)


# --- loading ---------------------------------------------------------------------------------------


def test_a_measure_says_all_its_row_says(tmp_path: Path) -> None:
    texts = '[single_bid_rate]\ndefinition_ja = "定義"\ndefinition_en = "Definition"\nwhy_ja = "理由"\nwhy_en = "Why"\n'
    assert loaded(tmp_path, measures=[measure_row()], texts=texts).measures["single_bid_rate"] == Measure(
        id="single_bid_rate",
        role="kpi",
        pillar=3,
        name={"ja": "一者応札案件の割合", "en": "Share of tenders with a single bidder"},
        short={"ja": "一者応札", "en": "Single-bid tenders"},
        unit="percent",
        direction="lower",
        accrual="period",
        numerator="single_bid_count",
        denominator="competitive_bid_count",
        kpi_from=2021,
        kpi_to=2024,
        successor=None,
        step=Decimal("0.5"),
        bounds=(Decimal(0), Decimal(100)),
        decimals=1,
        definition={"ja": "定義", "en": "Definition"},
        why={"ja": "理由", "en": "Why"},
    )


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(None, id="no file"),
        pytest.param("", id="empty file"),
        pytest.param('[another_measure]\nwhy_ja = "理由"\n', id="only another measure"),
        pytest.param("\ufeff", id="nothing but a byte order mark"),
    ],
)
def test_a_measure_without_longer_texts_has_empty_ones(tmp_path: Path, texts: str | None) -> None:
    found = loaded(tmp_path, measures=[measure_row()], texts=texts).measures["single_bid_rate"]
    assert (found.definition, found.why) == ({"ja": "", "en": ""}, {"ja": "", "en": ""})


def test_a_byte_order_mark_before_the_texts_does_no_harm(tmp_path: Path) -> None:
    texts = '\ufeff[single_bid_rate]\nwhy_en = "Why"\n'
    found = loaded(tmp_path, measures=[measure_row()], texts=texts).measures["single_bid_rate"]
    assert found.why == {"ja": "", "en": "Why"}


@pytest.mark.parametrize(
    ("low", "high", "bounds"),
    [
        pytest.param(Decimal(0), Decimal(100), (Decimal(0), Decimal(100)), id="both, the lower one zero"),
        pytest.param(None, Decimal(100), None, id="no lower"),
        pytest.param(Decimal(0), None, None, id="no upper"),
        pytest.param(None, None, None, id="none"),
    ],
)
def test_bounds_need_both_ends(
    tmp_path: Path, low: Decimal | None, high: Decimal | None, bounds: tuple[Decimal, Decimal] | None
) -> None:
    row = measure_row(slider_min=low, slider_max=high)
    assert loaded(tmp_path, measures=[row]).measures["single_bid_rate"].bounds == bounds


def test_computed_values_have_no_decimals_unless_the_row_says_so(tmp_path: Path) -> None:
    assert loaded(tmp_path, measures=[measure_row(decimals=None)]).measures["single_bid_rate"].decimals == 0


def test_everything_keeps_the_order_of_the_package(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        measures=[measure_row(measure_id=i) for i in ("z", "a", "m")],
        branches=[branch_row(i) for i in ("tokyo", "aomori")],
        documents=[document_row(document_id=i) for i in ("b", "a")],
    )
    assert (list(found.measures), list(found.branches), list(found.documents)) == (
        ["z", "a", "m"],
        ["tokyo", "aomori"],
        ["b", "a"],
    )


def test_a_branch_has_its_own_colours(tmp_path: Path) -> None:
    row = branch_row("yamaguchi", "#3B55D6", "#8F9DE6")
    found = loaded(tmp_path, branches=[row]).branches["yamaguchi"]
    assert (found.code, found.name, found.color) == (
        "35",
        {"ja": "山口", "en": "Yamaguchi"},
        ("#3B55D6", "#8F9DE6"),
    )


@pytest.mark.parametrize(("light", "dark"), [(None, None), ("#3B55D6", None), (None, "#3B55D6")])
def test_half_a_colour_is_none(tmp_path: Path, light: str | None, dark: str | None) -> None:
    assert loaded(tmp_path, branches=[branch_row("a", light, dark)]).branches["a"].color is None


def colored(tmp_path: Path) -> Catalog:
    own = [branch_row(name, f"#00000{at}", f"#00001{at}") for at, name in enumerate(("national", "x", "y"))]
    return loaded(tmp_path, branches=[*own, *(branch_row(name) for name in "abcdef")])


def test_a_colour_of_its_own_stays_whatever_stands_beside_it(tmp_path: Path) -> None:
    found = colored(tmp_path)
    for shown in ("x", "ax", "xab", "abcdex"):
        assert found.colors(shown)["x"] == ("#000001", "#000011")
        assert found.colors(shown)["national"] == ("#000000", "#000010")


def test_six_branches_never_share_a_colour(tmp_path: Path) -> None:
    for shown in ("abcdef", "xabcde", "xyabcd", "fedcba"):
        pairs = colored(tmp_path).colors(shown).values()
        assert len({light for light, _ in pairs}) == len({dark for _, dark in pairs}) == 7


def test_a_free_colour_of_the_package_is_taken_before_those_that_are_less_apart(tmp_path: Path) -> None:
    found = colored(tmp_path).colors("abc")
    assert [found[name][0] for name in "abc"] == ["#DD548B", "#000001", "#000002"]
    assert colored(tmp_path).colors("xab")["b"] == ("#000002", "#000012")


@pytest.mark.parametrize(
    ("branches", "own", "expected"),
    [
        ("abcdef", None, "abcdef"),
        ("abcdef", "z", "abcdef"),
        ("abcdefg", "c", "c"),
        ("abcdefg", None, ""),
        ("", "a", ""),
    ],
)
def test_of_many_only_the_own_one_stands_out(branches: str, own: str | None, expected: str) -> None:
    assert few(branches, own) == tuple(expected)


def test_branches_stand_by_region_in_the_order_of_the_package(tmp_path: Path) -> None:
    rows = [branch_row(name) | {"region": region} for name, region in zip("cabd", ("n", "s", "n", None), strict=True)]
    assert loaded(tmp_path, branches=rows).by_region("abcdz") == {"n": ["c", "b"], "s": ["a"]}
    assert loaded(tmp_path, branches=rows).by_region("a") == {"s": ["a"]}


def test_a_document_says_all_its_row_says(tmp_path: Path) -> None:
    found = loaded(tmp_path, documents=[document_row(draft=True, made_on=None)]).documents["yamaguchi-2024-plan"]
    assert (found.branch, found.role, found.fiscal_year, found.made_on, found.source_file, found.draft) == (
        "yamaguchi",
        "plan",
        2024,
        None,
        "a.txt",
        True,
    )
    assert found.title == {"ja": "令和6年度 山口支部事業計画", "en": "Yamaguchi branch plan FY2024"}
    assert found.address is None


def test_a_document_knows_what_it_replaces_and_what_replaces_it(tmp_path: Path) -> None:
    rows = [document_row(document_id="a"), document_row(document_id="b", replaces_id="a")]
    found = loaded(tmp_path, documents=rows).documents
    assert [(d.replaces, d.replaced_by) for d in found.values()] == [(None, "b"), ("a", None)]


@pytest.mark.parametrize(
    ("said", "shared"),
    [({}, True), ({"title_ja": "別の計画"}, True), ({"title_ja": "別の計画", "title_en": "Another"}, False)],
)
def test_a_document_knows_whether_its_title_is_its_own(said: Row, shared: bool, tmp_path: Path) -> None:
    rows = [document_row(document_id="a"), document_row(document_id="b") | said]
    found = loaded(tmp_path, documents=rows).documents
    assert [d.shared_title for d in found.values()] == [shared, shared]


@pytest.mark.parametrize(
    ("said", "dated"),
    [
        ({}, date(2024, 3, 18)),
        ({"made_on": None}, date(2024, 4, 1)),
        ({"made_on": None, "role": "reference"}, date(2024, 4, 1)),
        ({"made_on": None, "role": "result"}, date(2025, 4, 1)),
    ],
)
def test_a_document_without_a_date_is_as_late_as_its_year(said: Row, dated: date, tmp_path: Path) -> None:
    (found,) = loaded(tmp_path, documents=[document_row(**said)]).documents.values()
    assert found.dated == dated


def test_a_reference_document_says_where_it_was_published(tmp_path: Path) -> None:
    row = document_row(document_id="rates-2026", role="reference", address="https://example.org/?p=1")
    found = loaded(tmp_path, documents=[row]).documents["rates-2026"]
    assert (found.role, found.address) == ("reference", "https://example.org/?p=1")


# --- what a measure knows --------------------------------------------------------------------------


@pytest.mark.parametrize(("direction", "sign"), [("higher", 1), ("lower", -1), ("neutral", 1)])
def test_only_lower_is_better_turns_the_sign(direction: str, sign: int) -> None:
    assert measure(direction=direction).sign == sign


@pytest.mark.parametrize(
    ("unit", "across"),
    [
        ("percent", True),
        ("days", True),
        ("yen", True),
        ("count", False),
        ("persons", False),
        ("mmHg", False),
        ("rank", False),
        ("text", False),
    ],
)
def test_what_grows_with_the_size_of_a_branch_is_not_compared_across_branches(unit: str, *, across: bool) -> None:
    assert measure(unit=unit).across_branches is across


@pytest.mark.parametrize(
    ("first", "last", "year", "in_force"),
    [
        pytest.param(None, None, 2024, True, id="always"),
        pytest.param(2024, None, 2023, False, id="the year before it began"),
        pytest.param(2024, None, 2024, True, id="its first year"),
        pytest.param(2024, None, 2030, True, id="long after"),
        pytest.param(None, 2023, 2023, True, id="its last year"),
        pytest.param(None, 2023, 2024, False, id="the year after it ended"),
        pytest.param(None, 2023, 2000, True, id="long before"),
        pytest.param(2021, 2023, 2022, True, id="between"),
        pytest.param(2021, 2021, 2021, True, id="one year only"),
        pytest.param(2021, 2021, 2022, False, id="after the one year"),
    ],
)
def test_a_kpi_knows_its_years(first: int | None, last: int | None, year: int, *, in_force: bool) -> None:
    assert measure(kpi_from=first, kpi_to=last).in_force(year) is in_force


@pytest.mark.parametrize("role", ["goal", "rate", "count", "reference"])
def test_what_is_no_kpi_is_never_in_force(role: str) -> None:
    assert not measure(role=role).in_force(2024)


def test_a_definition_break_is_known_from_both_sides() -> None:
    old, new, apart = measure(id="old", successor="new"), measure(id="new"), measure(id="apart")
    catalog = held(apart, old, new)
    assert catalog.other_definition("old") == new
    assert catalog.other_definition("new") == old
    assert catalog.other_definition("apart") is None
