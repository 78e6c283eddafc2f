"""What measures are made of: the table, what the check refuses of it, and packages without it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenpo import checks, database, findings, rules, what_if
from kenpo.catalog import Lang
from kenpo.composition import Composition, Split, composition
from kenpo.files import Problem
from kenpo.package import open_folder
from kenpo.text import LANGUAGES, texts
from kenpo.views import what_if as views
from kenpo.views.problems import explain
from kenpo.views.words import Voice
from kenpo.what_if import NOTHING, Plan
from tests import builders
from tests.plans import plan

COLUMNS = "whole_id,relation,split,part_id".split(",")
Row = dict[str, str]


def part(whole: str, part_id: str, relation: str = "sum", split: str = "a") -> Row:
    return dict(zip(COLUMNS, (whole, relation, split, part_id), strict=True))


# --- the table -------------------------------------------------------------------------------------


def test_the_combined_rates_and_what_grows_are_those_of_before() -> None:
    own = builders.own_composition()
    insured = ("lifestyle_checkup_rate", "employer_checkup_data_rate")
    assert own.combined == (
        Split("checkup_total_rate", "checkup", (*insured, "dependant_checkup_rate")),
        Split("guidance_rate_total", "guidance", ("guidance_rate_insured", "guidance_rate_dependant")),
    )
    assert {split.whole: split.parts for split in own.growing} == {
        "guidance_eligible_insured": insured,
        "guidance_eligible_dependant": ("dependant_checkup_rate",),
    }
    assert plan().pools == (insured,)


def test_a_total_with_two_ways_to_split_it_is_two_sums() -> None:
    own = builders.own_composition()
    assert [split.parts for split in own.sums if split.whole == "guidance_insured_count"] == [
        (
            "guidance_internal_insured_count",
            "guidance_contracted_institution_insured_count",
            "guidance_contracted_specialist_insured_count",
        ),
        ("guidance_internal_insured_count", "guidance_contracted_insured_count"),
    ]
    assert len(own.sums) == 8


def test_every_row_of_the_table_is_part_of_a_split() -> None:
    own = builders.own_composition()
    parts = sum(len(split.parts) for split in (*own.sums, *own.combined, *own.growing))
    assert parts == len(builders.rows(builders.DATA / "measure_parts.csv"))


def test_a_split_with_a_measure_nobody_knows_is_left_out_whole() -> None:
    rows = [part("t", "x"), part("t", "y"), part("t", "x", split="b"), part("u", "x")]
    assert composition(rows, {"t", "x"}) == Composition(sums=(Split("t", "b", ("x",)),))


# --- what cannot be --------------------------------------------------------------------------------

MEASURE = {**dict.fromkeys(builders.rows(builders.DATA / "measures.csv")[0], ""), "role": "count", "unit": "persons"}
MEASURES = [
    *(MEASURE | {"measure_id": i} for i in ("t", "x", "y")),
    MEASURE | {"measure_id": "offices", "unit": "workplaces"},
    MEASURE | {"measure_id": "goal", "role": "goal"},
    MEASURE | {"measure_id": "bare", "role": "rate", "unit": "percent"},
    *(
        MEASURE | {"measure_id": i, "role": "rate", "unit": "percent", "denominator_id": n}
        for i, n in (("rate_t", "t"), ("rate_x", "x"), ("rate_y", "y"))
    ),
]


def told(*rows: Row) -> list[tuple[int, str, str, str]]:
    held = {"measures": list(enumerate(MEASURES, 2)), "measure_parts": list(enumerate(rows, 2))}
    found = [fault for fault in rules.faults(held) if fault.table == "measure_parts"]
    return [(fault.row, fault.column, fault.rule, fault.expected) for fault in found]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param([part("t", "x"), part("t", "y")], [], id="a sum"),
        pytest.param([part("t", "x"), part("t", "x", split="b")], [], id="a part of two ways"),
        pytest.param([part("t", "t")], [(2, "part_id", "itself", "")], id="itself"),
        pytest.param([part("t", "offices")], [(2, "part_id", "other_unit", "persons")], id="another unit"),
        pytest.param([part("rate_t", "rate_x")], [(2, "relation", "rates_added", "combine")], id="rates added"),
        pytest.param(
            [part("t", "x"), part("x", "y"), part("y", "t")],
            [(4, "part_id", "circle", "y → t → x → y")],
            id="a circle, told once",
        ),
        pytest.param(
            [part("t", "x"), part("x", "t", split="b"), part("t", "y")],
            [(3, "part_id", "circle", "x → t → x")],
            id="a circle of two",
        ),
        pytest.param(
            [part("rate_t", "rate_x", "combine"), part("rate_t", "rate_y", "combine")], [], id="a combined rate"
        ),
        pytest.param(
            [part("rate_t", "x", "combine")],
            [(2, "part_id", "no_rate", "unit = percent, denominator_id")],
            id="a count in a combined rate",
        ),
        pytest.param(
            [part("rate_t", "bare", "combine")],
            [(2, "part_id", "no_rate", "unit = percent, denominator_id")],
            id="a rate of nobody",
        ),
        pytest.param(
            [part("t", "rate_x", "combine")],
            [(2, "whole_id", "no_rate", "unit = percent, denominator_id")],
            id="rates combined into a count",
        ),
        pytest.param(
            [part("rate_t", "rate_x", "combine"), part("rate_t", "rate_y", "combine", "b")],
            [(3, "split", "one_split", "a")],
            id="a rate combined in two ways",
        ),
        pytest.param(
            [part("rate_t", "rate_x", "combine"), part("rate_y", "rate_x", "combine")],
            [(3, "split", "same_name", "2")],
            id="two combined rates of one name",
        ),
        pytest.param([part("t", "rate_x", "grow"), part("t", "rate_y", "grow")], [], id="a number that grows"),
        pytest.param([part("t", "rate_x", "grow"), part("y", "rate_x", "grow")], [], id="two that grow with one"),
        pytest.param(
            [part("t", "x", "grow")], [(2, "part_id", "no_rate", "unit = percent, denominator_id")], id="no rate"
        ),
        pytest.param(
            [part("goal", "rate_x", "grow")], [(2, "whole_id", "not_counted", "role = count")], id="a goal grows"
        ),
        pytest.param(
            [part("t", "rate_t", "grow")],
            [(2, "part_id", "circle", "t → rate_t → t")],
            id="it grows with a rate of itself",
        ),
        pytest.param(
            [part("t", "rate_x", "grow"), part("x", "rate_t", "grow")],
            [(3, "part_id", "circle", "x → rate_t → t → rate_x → x")],
            id="two grow with each other",
        ),
        pytest.param(
            [part("t", "rate_x", "grow"), part("t", "rate_y", "grow", "b")],
            [(3, "split", "one_split", "a")],
            id="a number that grows in two ways",
        ),
        pytest.param([part("t", "nobody"), part("nobody", "x")], [], id="unknown ids are told by their keys"),
    ],
)
def test_what_a_measure_can_be_made_of(rows: list[Row], said: list[tuple[int, str, str, str]]) -> None:
    assert told(*rows) == said


LETTERS = st.sampled_from("txy")


@given(st.lists(st.tuples(LETTERS, LETTERS), max_size=8, unique=True))
def test_what_is_left_without_the_rows_told_leads_nowhere_back(pairs: list[tuple[str, str]]) -> None:
    rows = [part(whole, one, split=f"s{at}") for at, (whole, one) in enumerate(pairs)]
    out = {row for row, _, rule, _ in told(*rows) if rule in ("itself", "circle")}
    left = [pair for at, pair in enumerate(pairs, 2) if at not in out]
    for start in "txy":
        reached = {start}
        for _ in left:
            reached |= {one for whole, one in left if whole in reached}
        back = {whole for whole, one in left if one == start} & reached
        assert not back
    # A row is told only for what it closes: alone each of them is right, but for one that names itself.
    assert all(told(rows[at - 2]) == [] for at in out if len(set(pairs[at - 2])) == 2)


def test_a_part_nobody_knows_and_a_relation_nobody_knows_are_refused(tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    path = folder / "measure_parts.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}nobody,sum,a,lifestyle_checkup_count\nguidance_total_count,adds,B,nothing\n", "utf-8")
    assert checks.check(folder) == [
        Problem("enum", "measure_parts.csv", 28, "relation", "adds", "sum, combine, grow"),
        Problem("pattern", "measure_parts.csv", 28, "split", "B", "^[a-z][a-z0-9_]*$"),
        Problem("unknown_id", "measure_parts.csv", 27, "whole_id", "nobody", "measures.csv: measure_id"),
        Problem("unknown_id", "measure_parts.csv", 28, "part_id", "nothing", "measures.csv: measure_id"),
    ]


def test_a_part_that_is_printed_in_another_unit_is_told_in_words(tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    path = folder / "measure_parts.csv"
    text = path.read_text(encoding="utf-8").replace(",lifestyle_checkup_count", ",committee_offices", 1)
    path.write_text(text, "utf-8", newline="\n")
    (problem,) = checks.check(folder)
    said = {lang: explain(problem, texts(lang)) for lang in LANGUAGES}
    assert "全体の単位は persons です。部分も同じ単位の指標にしてください" in said["ja"]
    assert "The whole is in persons. Use a part of the same unit" in said["en"]


# --- packages of older versions --------------------------------------------------------------------


def older(folder: Path) -> Path:
    """A package as version 0.4.0 wrote it: it knows nothing of the table."""
    builders.package(folder)
    (folder / "measure_parts.csv").unlink()
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] != "measure_parts"]
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
    return folder


def planned(folder: Path) -> tuple[Plan, Voice]:
    package = open_folder(folder)
    plan = what_if.plan_of(package.plan("yamaguchi"), package.catalog, "yamaguchi", 2024)
    return plan, Voice(texts("ja"), "wareki", package.catalog)


def test_a_package_without_the_table_goes_by_the_apps_own(tmp_path: Path) -> None:
    folder = older(tmp_path)
    assert open_folder(folder).catalog.composition == builders.own_composition()
    found, said = planned(folder)
    totals = what_if.totals(found, NOTHING)
    assert {name: total.rate for name, total in totals.items()} == {
        "checkup": Decimal("63.6"),
        "guidance": Decimal("20.4"),
    }
    assert views.headline(views.shown(found, NOTHING), said) == (
        "山口の令和6年度の計画は健診 63.6%・保健指導 20.4%。動かすとどう変わるか"
    )


def test_a_package_without_the_table_has_the_same_findings(tmp_path: Path) -> None:
    def sums(folder: Path) -> list[tuple[str, ...]]:
        package = open_folder(folder)
        found = findings.find(package.whole(), package.catalog, [], [])
        return [tuple(p.about for p in f.passages) for f in found if f.rule == "parts_and_total"]

    old = sums(older(tmp_path / "old"))
    assert old == sums(builders.package(tmp_path / "new"))
    assert ("checkup_total_count", "checkup_insured_total_count", "dependant_checkup_count") in old


def test_a_package_without_the_table_packs_and_records_its_rows(tmp_path: Path) -> None:
    folder = older(tmp_path / "old")
    assert "measure_parts" not in database.record_rows(folder)
    database.pack(folder, tmp_path / "packed")
    assert not list((tmp_path / "packed").glob("measure_parts*"))
    assert open_folder(tmp_path / "packed").catalog.composition == builders.own_composition()


def test_a_measure_an_older_package_does_not_have_takes_its_combined_rate_with_it(tmp_path: Path) -> None:
    folder = older(tmp_path)
    for path in (*folder.glob("*.csv"), folder / "measures.toml"):
        raw = path.read_bytes().replace(b"employer_checkup_data_rate", b"employer_records_rate")
        path.write_bytes(raw)
    found, said = planned(folder)
    assert list(found.combined) == ["guidance"]
    assert views.headline(views.shown(found, NOTHING), said) == (
        "山口の令和6年度の計画は保健指導 20.4%。動かすとどう変わるか"
    )


def test_a_table_that_a_package_names_is_not_replaced(tmp_path: Path) -> None:
    folder = builders.package(tmp_path)
    (folder / "measure_parts.csv").unlink()
    assert checks.check(folder) == [Problem("missing_file", "measure_parts.csv")]


# --- tables of other packages ----------------------------------------------------------------------


def with_parts(folder: Path, rows: list[Row]) -> Path:
    builders.package(folder)
    builders.write(folder / "measure_parts.csv", COLUMNS, rows)
    return folder


def test_a_table_without_a_row_leaves_a_what_if_without_combined_rates(tmp_path: Path) -> None:
    found, said = planned(with_parts(tmp_path, []))
    shown = views.shown(found, NOTHING)
    assert (shown.totals, found.pools, found.grows) == ({}, (), {})
    assert views.headline(shown, said) == "山口の令和6年度の計画は17指標に目標。動かすとどう変わるか"
    assert [card.label for card in views.cards(shown, said)] == ["前回実績で届く目標"]
    with pytest.raises(what_if.OutOfRangeError, match="not all counted"):
        what_if.seek(found, "checkup", Decimal(70))


INSURED = [
    part("checkup_insured_total_rate", f"{name}_rate", "combine", "insured")
    for name in ("lifestyle_checkup", "employer_checkup_data")
]


@pytest.mark.parametrize(
    ("lang", "headline", "labels", "sought"),
    [
        (
            "ja",
            "山口の令和6年度の計画は健診実施率（被保険者計） 71.6%。動かすとどう変わるか",
            ["健診実施率（被保険者計）", "健診実施率（被保険者計）の人数"],
            "健診実施率（被保険者計）",
        ),
        (
            "en",
            "Yamaguchi plans Checkup rate (insured total) 71.6% for FY2024. What if it moved?",
            ["Checkup rate (insured total)", "Checkup rate (insured total): people"],
            "Checkup rate (insured total)",
        ),
    ],
)
def test_a_combined_rate_without_words_goes_by_the_name_of_its_measure(
    lang: Lang, headline: str, labels: list[str], sought: str, tmp_path: Path
) -> None:
    found, told = planned(with_parts(tmp_path, INSURED))
    said = Voice(texts(lang), "wareki" if lang == "ja" else "seireki", told.catalog)
    shown = views.shown(found, NOTHING)
    assert views.headline(shown, said) == headline
    assert [card.label for card in views.cards(shown, said)[:2]] == labels
    assert views.combined_name("insured", said) == sought
