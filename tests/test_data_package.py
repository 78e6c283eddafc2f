"""The app's own data: sound, whole, in order, and every figure where its row says it is printed."""

from __future__ import annotations

import csv
import os
import re
import tomllib
import unicodedata
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from kenpo import checks
from tests import builders
from tests.builders import DATA

ROOT = DATA.parent
OBSERVATIONS = builders.rows(DATA / "observations.csv")
MEASURES = builders.rows(DATA / "measures.csv")
BRANCHES = builders.rows(DATA / "branches.csv")
DOCUMENTS = {row["document_id"]: row for row in builders.rows(DATA / "documents.csv")}
INCENTIVE = builders.rows(DATA / "incentive_ranks.csv")
MONTHLY = builders.rows(DATA / "monthly.csv")
BENEFITS = builders.rows(DATA / "benefits.csv")
BUDGETS = builders.rows(DATA / "budgets.csv")
INITIATIVES = builders.rows(DATA / "initiatives.csv")
MARKS = builders.rows(DATA / "marks.csv")
CHANGES = builders.rows(DATA / "plan_changes.csv")
SERIES = ("premium_rates.csv", "national_kpis.csv")
OF_REFERENCES = [row for row in OBSERVATIONS if DOCUMENTS[row["document_id"]]["role"] == "reference"]


def test_the_package_is_sound() -> None:
    assert checks.check(DATA) == []


@pytest.mark.parametrize(
    ("document", "figures"),
    [
        ("yamaguchi-2024-plan", 307),
        ("shizuoka-2024-result", 83),
        ("okayama-2021-plan", 123),
        ("saitama-2023-result", 43),
        ("gunma-2025-plan", 54),
    ],
)
def test_a_document_is_transcribed_whole(document: str, figures: int) -> None:
    # Counted in two transcriptions made apart from each other.
    assert Counter(row["document_id"] for row in OBSERVATIONS)[document] == figures


def test_every_document_has_figures() -> None:
    assert {row["document_id"] for row in (*OBSERVATIONS, *INCENTIVE)} == set(DOCUMENTS)


@pytest.mark.parametrize(
    ("file", "figures"),
    [
        # 47 branches and ten years, the nation eight years of them.
        ("premium_rates.csv", 478),
        # 55 lines, less the eight that repeat what the plan of Yamaguchi prints for FY2022.
        ("national_kpis.csv", 47),
    ],
)
def test_a_reference_series_is_transcribed_whole(file: str, figures: int) -> None:
    files = [DOCUMENTS[row["document_id"]]["source_file"] for row in OF_REFERENCES]
    assert (files.count(file), len(files)) == (figures, 525)


def test_the_header_of_the_figures() -> None:
    with (DATA / "observations.csv").open(encoding="utf-8", newline="") as file:
        header = file.readline().rstrip("\r\n")
    assert header == (
        "branch_id,fiscal_year,measure_id,kind,value,target_rule,as_of,status,stated,document_id,line,printed,note"
    )


# --- the figures in the documents ------------------------------------------------------------------


@cache
def text_of(file: str) -> str:
    """The text of a document; skips where it is not at hand."""
    named = os.environ.get("KENPO_DOCUMENTS")
    shared = ROOT.parent / "shared"
    folders = [Path(named)] if named else [shared / "seeds", shared / "reference"]
    path = next((folder / file for folder in folders if (folder / file).is_file()), None)
    if path is None:
        pytest.skip(f"the text of the document is not at hand: {file} (KENPO_DOCUMENTS names its folder)")
    return path.read_bytes().decode("utf-8-sig")


@cache
def lines(document: str) -> list[str]:
    """The lines of a document, half-width and without tags."""
    # Only a line feed ends a line here: that is how the line numbers were counted.
    text = text_of(DOCUMENTS[document]["source_file"])
    return [re.sub(r"</?[A-Za-z][^<>]*>", " ", unicodedata.normalize("NFKC", line)) for line in text.split("\n")]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def numbers(line: str) -> list[str]:
    """The numbers of a line without thousands separators: 1,380事業所 → 1380."""
    return [found.replace(",", "") for found in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", line)]


def printed_on(document: str, place: int) -> str:
    """What a line prints; value and unit are neighbouring cells of a reference table: 58.4,% is 58.4%."""
    line = squeezed(lines(document)[place - 1])
    return line.replace(",", "") if DOCUMENTS[document]["role"] == "reference" else line


def places(row: dict[str, str]) -> list[int]:
    return [int(line) for line in row["line"].split(";")]


def origin(row: dict[str, str]) -> str:
    return f"{row['document_id']} line {row['line']}: {row['printed']}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_line_exists(document: str) -> None:
    last = len(lines(document))
    figures = (*OBSERVATIONS, *INCENTIVE, *MONTHLY, *BENEFITS, *BUDGETS, *MARKS)
    assert [origin(row) for row in figures if row["document_id"] == document and max(places(row)) > last] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_figure_is_printed_on_its_first_line(document: str) -> None:
    missing = [
        origin(row)
        for row in OBSERVATIONS
        if row["document_id"] == document and squeezed(row["printed"]) not in printed_on(document, places(row)[0])
    ]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_value_stands_on_its_first_line_with_its_decimals(document: str) -> None:
    # 8.0 does not stand on a line that prints 58.0 or 8.00.
    missing = [
        origin(row)
        for row in OBSERVATIONS
        if row["document_id"] == document
        and row["value"]
        and row["value"] not in numbers(lines(document)[places(row)[0] - 1])
    ]
    assert missing == []


def test_every_value_stands_on_its_further_lines() -> None:
    # A further line may print fewer decimals: 15.0% and 15%.
    further = [(row, place) for row in OBSERVATIONS if row["value"] for place in places(row)[1:]]
    assert len(further) > 100
    missing = [
        f"{origin(row)}, not on line {place}"
        for row, place in further
        if Decimal(row["value"]) not in map(Decimal, numbers(lines(row["document_id"])[place - 1]))
    ]
    assert missing == []


def test_a_target_without_a_number_is_said_on_its_further_lines() -> None:
    further = [(row, place) for row in OBSERVATIONS if not row["value"] for place in places(row)[1:]]
    assert further
    missing = [
        f"{origin(row)}, not on line {place}"
        for row, place in further
        if "前年度以上" not in squeezed(lines(row["document_id"])[place - 1])
    ]
    assert missing == []


# --- the reference series --------------------------------------------------------------------------

MEASURE_OF = {
    "都道府県単位保険料率": "premium_rate",
    "都道府県単位保険料率（全国平均）": "premium_rate",
    "サービススタンダードの達成状況": "service_standard_rate",
    "現金給付等の申請に係る郵送化率": "mail_application_rate",
    "マイナ保険証の利用率": "my_number_card_usage_rate",
    "レセプト点検の査定率": "claim_assessment_rate",
    "再審査レセプト1件当たりの査定額": "reexam_amount_per_claim",
    "返納金債権回収率": "debt_recovery_rate",
    "返納金債権回収率（資格喪失後受診に係るもの）": "debt_recovery_rate_post_loss",
    "資格喪失後1か月以内の保険証回収率": "card_recovery_rate",
    "生活習慣病予防健診実施率": "lifestyle_checkup_rate",
    "事業者健診データ取得率": "employer_checkup_data_rate",
    "被扶養者の特定健診実施率": "dependant_checkup_rate",
    "被保険者の特定保健指導実施率": "guidance_rate_insured",
    "被扶養者の特定保健指導実施率": "guidance_rate_dependant",
    "特定健康診査の実施率（第4期実施計画の目標）": "checkup_total_rate",
    "特定保健指導の実施率（第4期実施計画の目標）": "guidance_rate_total",
    "健康宣言事業所数": "health_declaration_offices",
    "ジェネリック医薬品使用割合": "generic_use_rate",
    "ジェネリック医薬品使用割合のKPIを満たす支部数": "generic_kpi_branches",
}
INDICATOR_OF = {
    "インセンティブ制度 総合順位": "overall",
    "インセンティブ制度 指標別順位：特定健診等の実施率": "checkup_rate",
    "インセンティブ制度 指標別順位：特定保健指導の実施率": "guidance_rate",
    "インセンティブ制度 指標別順位：特定保健指導対象者の減少率": "guidance_eligible_decrease",
    "インセンティブ制度 指標別順位：要治療者の医療機関受診率": "visit_rate",
    "インセンティブ制度 指標別順位：後発医薬品の使用割合": "generic_use",
}
MONTHS = {
    ("my_number_card_usage_rate", "target"): "2024-11",
    ("card_recovery_rate", "actual"): "2024-11",
    ("generic_use_rate", "actual"): "2025-03",
}
NAMES = {row["branch_id"]: row["name_ja"] for row in BRANCHES}


def cells(row: dict[str, str]) -> dict[str, str]:
    """The cells of the line a reference figure stands on."""
    header, *rest = text_of(DOCUMENTS[row["document_id"]]["source_file"]).splitlines()
    (found,) = csv.DictReader([header, rest[int(row["line"]) - 2]])
    return found


def unlike(row: dict[str, str]) -> list[str]:
    """The columns of a reference figure that do not say what its line says."""
    there = cells(row)
    name, target = there["measure"].removesuffix("（実績）").removesuffix("（目標）"), "目標）" in there["measure"]
    marked = any(mark in there[column] for mark in ("(案)", "(予定)") for column in ("source_title", "note"))
    month = MONTHS.get((row["measure_id"], row["kind"]), "") if row["fiscal_year"] == "2024" else ""
    settled = "provisional" if month and not target else "final"
    right = {
        "branch_id": NAMES[row["branch_id"]] == there["branch"],
        "fiscal_year": row["fiscal_year"] == there["fiscal_year"],
        "measure_id": row["measure_id"] == MEASURE_OF[name],
        "kind": row["kind"] == ("target" if target else "actual"),
        "target_rule": row["target_rule"] == ("at_least" if target else ""),
        "value": row["value"] == there["value"],
        "as_of": row["as_of"] == month,
        "status": row["status"] == ("draft" if marked else settled),
        "printed": row["printed"] == there["value"] + there["unit"],
        "address": DOCUMENTS[row["document_id"]]["address"] == there["source_url"],
    }
    return [column for column, alike in right.items() if not alike]


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if DOCUMENTS[d]["source_file"] in SERIES])
def test_a_reference_figure_says_what_every_cell_of_its_line_says(document: str) -> None:
    figures = [row for row in OF_REFERENCES if row["document_id"] == document]
    assert {f"{origin(row)}: {column}" for row in figures for column in unlike(row)} == set()


@pytest.mark.parametrize(
    ("file", "expected"),
    [("premium_rates.csv", [*range(2, 480)]), ("national_kpis.csv", [*range(2, 31), *range(39, 57)])],
)
def test_every_line_of_a_reference_series_is_one_figure(file: str, expected: list[int]) -> None:
    # Lines 31 to 38 repeat FY2022 as the plan of Yamaguchi prints it.
    found = [int(row["line"]) for row in OF_REFERENCES if DOCUMENTS[row["document_id"]]["source_file"] == file]
    assert sorted(found) == expected
    assert len(text_of(file).splitlines()) == expected[-1]


@pytest.mark.parametrize("place", range(31, 39))
def test_a_reference_line_left_out_is_printed_in_the_plan_of_yamaguchi(place: int) -> None:
    header, *rest = text_of("national_kpis.csv").splitlines()
    (there,) = csv.DictReader([header, rest[place - 2]])
    (row,) = [
        row
        for row in OBSERVATIONS
        if row["branch_id"] == "national"
        and row["fiscal_year"] == there["fiscal_year"]
        and row["measure_id"] == MEASURE_OF[there["measure"].removesuffix("（実績）")]
        and row["kind"] == "actual"
    ]
    assert (row["value"], row["status"], row["document_id"]) == (there["value"], "final", "yamaguchi-2024-plan")


def test_every_branch_has_a_premium_rate_for_every_year_and_the_nation_for_eight() -> None:
    rates = Counter(
        (row["branch_id"], row["fiscal_year"]) for row in OBSERVATIONS if row["measure_id"] == "premium_rate"
    )
    years = [str(year) for year in range(2017, 2027)]
    # No page prints the nation's rate of FY2023 and FY2024: missing is missing.
    expected = {(b, y) for b in NAMES for y in years} - {("national", "2023"), ("national", "2024")}
    assert rates == dict.fromkeys(expected, 1)


@pytest.mark.parametrize(
    ("branch", "fiscal_year", "measure", "kind", "value"),
    [
        # Read from the pages by eye.
        ("national", "2024", "lifestyle_checkup_rate", "actual", "58.4"),
        ("national", "2024", "lifestyle_checkup_rate", "target", "61.7"),
        ("national", "2024", "dependant_checkup_rate", "actual", "29.4"),
        ("national", "2024", "guidance_rate_insured", "actual", "20.3"),
        ("national", "2024", "claim_assessment_rate", "actual", "0.131"),
        ("national", "2023", "claim_assessment_rate", "actual", "0.156"),
        ("national", "2024", "debt_recovery_rate", "actual", "66.20"),
        ("national", "2024", "health_declaration_offices", "actual", "105343"),
        ("national", "2029", "checkup_total_rate", "target", "70.0"),
        ("yamaguchi", "2025", "premium_rate", "actual", "10.36"),
        ("okinawa", "2025", "premium_rate", "actual", "9.44"),
        ("saga", "2019", "premium_rate", "actual", "10.75"),
        ("niigata", "2024", "premium_rate", "actual", "9.35"),
        ("national", "2026", "premium_rate", "actual", "9.90"),
    ],
)
def test_a_reference_figure_is_as_read(branch: str, fiscal_year: str, measure: str, kind: str, value: str) -> None:
    key = (branch, fiscal_year, measure, kind)
    columns = ("branch_id", "fiscal_year", "measure_id", "kind")
    assert value in [row["value"] for row in OF_REFERENCES if tuple(row[c] for c in columns) == key]


def test_only_a_reference_document_has_an_address_and_every_one_has() -> None:
    assert {row["role"] for row in DOCUMENTS.values() if row["address"]} == {"reference"}
    references = [row for row in DOCUMENTS.values() if row["role"] == "reference"]
    assert len(references) == 30
    assert [row["address"] for row in references if not row["address"].startswith(("http://", "https://"))] == []


def test_the_range_of_the_47_branches_is_that_of_the_annual_report() -> None:
    key = ("branch_id", "fiscal_year", "measure_id", "document_id")
    found = [
        (row["measure_id"], bound["bound"], row["branch_id"], row["fiscal_year"], row["kind"], row["value"])
        for bound in builders.rows(DATA / "ranges.csv")
        for row in OBSERVATIONS
        if all(row[name] == bound[name] for name in key)
    ]
    assert sorted(found) == [
        ("guidance_rate_dependant", "highest", "shimane", "2024", "actual", "37.1"),
        ("guidance_rate_dependant", "lowest", "ibaraki", "2024", "actual", "4.6"),
        ("guidance_rate_insured", "highest", "kumamoto", "2024", "actual", "37.9"),
        ("guidance_rate_insured", "lowest", "saitama", "2024", "actual", "9.8"),
        ("lifestyle_checkup_rate", "highest", "yamagata", "2024", "actual", "80.5"),
        ("lifestyle_checkup_rate", "lowest", "kagoshima", "2024", "actual", "47.4"),
    ]


def test_a_line_of_the_nations_figures_says_who_is_the_highest_and_who_the_lowest() -> None:
    bounds = {row["branch_id"]: row["bound"] for row in builders.rows(DATA / "ranges.csv")}
    said = {
        row["branch_id"]: cells(row)["note"]
        for row in OF_REFERENCES
        if row["document_id"] in ("annual-report-2024-p120", "annual-report-2024-p129") and row["branch_id"] in bounds
    }
    words = {"highest": "47支部の最大", "lowest": "47支部の最小"}
    assert said == {branch: words[bound] for branch, bound in bounds.items()}


def test_ranks_of_the_incentive_scheme_are_those_the_branch_printed() -> None:
    assert [
        (row["branch_id"], row["fiscal_year"], row["indicator"], row["rank"], row["branches"]) for row in INCENTIVE
    ] == [
        ("saitama", "2023", "overall", "46", "47"),
        ("saitama", "2023", "checkup_rate", "46", "47"),
        ("saitama", "2023", "guidance_rate", "45", "47"),
        ("saitama", "2023", "guidance_eligible_decrease", "36", "47"),
        ("saitama", "2023", "visit_rate", "35", "47"),
        ("saitama", "2023", "generic_use", "17", "47"),
    ]


@pytest.mark.parametrize("row", INCENTIVE, ids=lambda row: row["indicator"])
def test_a_rank_stands_on_its_line(row: dict[str, str]) -> None:
    there = cells(row)
    assert (NAMES[row["branch_id"]], row["fiscal_year"]) == (there["branch"], there["fiscal_year"])
    assert row["indicator"] == INDICATOR_OF[there["measure"]]
    assert f"{row['rank']}位（{row['branches']}支部中）" == there["value"] + there["unit"]
    assert row["printed"] == f"{row['rank']}位"
    assert DOCUMENTS[row["document_id"]]["address"] == there["source_url"]


# --- the counts of each month ----------------------------------------------------------------------


def test_the_months_are_transcribed_whole() -> None:
    # Two years of twelve months and seven months of FY2023, of the insured and of the dependants.
    found = Counter((row["measure_id"], row["fiscal_year"]) for row in MONTHLY)
    assert found == {
        (measure, year): months
        for measure in ("guidance_insured_count", "guidance_dependant_count")
        for year, months in (("2021", 12), ("2022", 12), ("2023", 7))
    }
    assert len(MONTHLY) == 62


def test_the_header_of_the_months_begins_with_the_columns_agreed() -> None:
    assert list(MONTHLY[0]) == "branch_id,fiscal_year,month,measure_id,value,document_id,line,printed".split(",")


@pytest.mark.parametrize("place", sorted({(row["document_id"], row["line"]) for row in MONTHLY}))
def test_the_months_of_a_year_stand_on_their_line_in_the_order_of_the_calendar(place: tuple[str, str]) -> None:
    document, line = place
    text = lines(document)[int(line) - 1].split("\t")
    series = [row for row in MONTHLY if (row["document_id"], row["line"]) == place]
    assert [row["printed"] for row in series] == [cell for cell in text[1:] if cell.strip()]
    year = int(series[0]["fiscal_year"])
    months = [f"{year}-{month:02}" for month in range(4, 13)] + [f"{year + 1}-{month:02}" for month in (1, 2, 3)]
    assert [row["month"] for row in series] == months[: len(series)]
    assert text[0].split()[0] == f"令和{year - 2018}年度"


# --- benefits, budgets, initiatives, marks and changes of plans ------------------------------------


def header(file: str) -> str:
    with (DATA / file).open(encoding="utf-8", newline="") as opened:
        return opened.readline().rstrip("\r\n")


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("benefits.csv", "branch_id,fiscal_year,benefit_id,count,covid_related,as_of,document_id,line"),
        ("budgets.csv", "branch_id,fiscal_year,section,initiative,is_new,amount_thousand_yen,document_id,line"),
        (
            "initiatives.csv",
            "branch_id,fiscal_year,pillar,policy,item_no,label_ja,label_en,measure_id,rating,document_id,line",
        ),
    ],
)
def test_a_header_begins_with_the_columns_agreed(file: str, columns: str) -> None:
    assert header(file).startswith(columns)


def test_the_benefits_are_transcribed_whole() -> None:
    found = Counter((row["fiscal_year"], row["as_of"]) for row in BENEFITS)
    assert found == {("2020", ""): 8, ("2021", ""): 8, ("2022", ""): 8, ("2023", "2023-09"): 8}
    kinds = [row["benefit_id"] for row in builders.rows(DATA / "benefit_kinds.csv")]
    assert [row["benefit_id"] for row in BENEFITS if row["fiscal_year"] == "2020"] == kinds
    corona = {row["fiscal_year"]: row["covid_related"] for row in BENEFITS if row["covid_related"]}
    assert corona == {"2020": "59", "2021": "389", "2022": "5604", "2023": "685"}


@pytest.mark.parametrize("kind", sorted({row["benefit_id"] for row in BENEFITS}))
def test_a_benefit_stands_on_its_line_year_by_year(kind: str) -> None:
    series = [row for row in BENEFITS if row["benefit_id"] == kind]
    (place,) = {row["line"] for row in series}
    there = [cell.strip() for cell in lines("yamaguchi-2024-plan")[int(place) - 1].split("\t")][1:]
    assert [squeezed(row["printed"]) for row in series] == [squeezed(cell.split("(")[0]) for cell in there]
    assert all(squeezed(row["covid_printed"]) in squeezed(cell) for row, cell in zip(series, there, strict=True))


def test_the_budget_is_transcribed_whole() -> None:
    # Counted in two transcriptions made apart from each other; no sum is printed.
    assert Counter(row["fiscal_year"] for row in BUDGETS) == {"2024": 29, "2025": 34}
    assert Counter(row["fiscal_year"] for row in BUDGETS if row["is_new"] == "true") == {"2025": 11}
    sums = {
        year: sum(int(r["amount_thousand_yen"]) for r in BUDGETS if r["fiscal_year"] == year)
        for year in ("2024", "2025")
    }
    assert sums == {"2024": 73492, "2025": 85853}


def test_every_amount_of_the_budget_stands_on_its_first_line_once_a_row() -> None:
    # Equal amounts of a line are as many as the rows that name it; an amount of the other year may be one of them.
    rows_of = Counter((row["line"].split(";")[0], row["printed"]) for row in BUDGETS)
    wrong = [
        f"line {place}: {printed}"
        for (place, printed), times in rows_of.items()
        if len(re.findall(rf"(?<![0-9,]){printed}", squeezed(lines("gunma-2025-plan")[int(place) - 1]))) != times
    ]
    assert wrong == []


def test_every_amount_the_document_prints_is_in_the_budget() -> None:
    printed = Counter(
        (str(at), found)
        for at, line in enumerate(lines("gunma-2025-plan"), 1)
        for found in re.findall(r"[0-9][0-9,]*千円", squeezed(line))
    )
    assert printed == Counter((row["line"].split(";")[0], row["printed"]) for row in BUDGETS)


def test_the_initiatives_are_transcribed_whole() -> None:
    assert Counter(row["pillar"] for row in INITIATIVES) == {"1": 26, "2": 60, "3": 17}
    assert Counter(row["rating"] for row in INITIATIVES) == {"◎": 5, "○": 87, "△": 8, "×": 1, "—": 2}
    assert sum(row["states_kpi"] == "true" for row in INITIATIVES) == 19
    policies = [row["policy"] for row in builders.rows(DATA / "policies.csv")]
    assert list(dict.fromkeys(row["policy"] for row in INITIATIVES)) == policies


def test_a_rating_is_the_last_cell_of_its_line_and_every_such_line_is_a_row() -> None:
    ends = [line.rstrip(" |").rsplit("|", 1)[-1].strip() for line in lines("saitama-2023-result")]
    header_rule = re.compile("-{2,}")
    rated = {str(at): mark for at, mark in enumerate(ends, 1) if mark in tuple("◎○△×—") and not header_rule.match(mark)}
    assert {row["line"]: row["rating"] for row in INITIATIVES} == rated


def test_a_circled_number_stands_before_its_text() -> None:
    circled = [row for row in INITIATIVES if not row["item_no"].isascii()]
    assert len(circled) == 86
    raw = text_of(DOCUMENTS["saitama-2023-result"]["source_file"]).split("\n")
    missing = [row["line"] for row in circled if f"| {row['item_no']}" not in raw[int(row["line"]) - 1]]
    assert missing == []


def test_the_rating_of_a_kpi_row_is_the_verdict_on_its_actual() -> None:
    stated = {(row["measure_id"], row["line"]): row["stated"] for row in OBSERVATIONS if row["stated"]}
    of_rows = {
        (row["measure_id"], row["line"]): row["rating"]
        for row in INITIATIVES
        if row["states_kpi"] == "true" and (row["measure_id"], row["line"]) in stated
    }
    assert len(of_rows) == 18
    assert of_rows.items() <= stated.items()


def test_the_marks_are_transcribed_whole() -> None:
    assert Counter((row["fiscal_year"], row["mark"]) for row in MARKS) == {
        ("2024", "importance"): 11,
        ("2024", "difficulty"): 13,
        ("2025", "importance"): 11,
        ("2025", "difficulty"): 12,
    }


def test_every_mark_the_document_prints_is_a_row() -> None:
    printed = Counter(
        (str(at), found)
        for at, line in enumerate(lines("gunma-2025-plan"), 1)
        for found in re.findall("【((?:重要度|困難度):高)】", squeezed(line))
    )
    assert Counter((row["line"], squeezed(row["printed"])) for row in MARKS) == printed


def test_the_changes_of_the_plans_are_counted() -> None:
    assert Counter((row["branch_id"], row["subject"], row["change"]) for row in CHANGES) == {
        ("okayama", "kpi", "new"): 2,
        ("okayama", "kpi", "dropped"): 8,
        ("okayama", "kpi", "raised"): 10,
        ("okayama", "kpi", "rule"): 1,
        ("okayama", "kpi", "wording"): 1,
        ("okayama", "kpi", "unchanged"): 9,
        ("okayama", "heading", "new"): 9,
        ("okayama", "heading", "dropped"): 15,
        ("okayama", "heading", "moved"): 2,
        ("okayama", "eligible_people", "raised"): 4,
        ("okayama", "planned_people", "raised"): 6,
        ("okayama", "group_rate", "raised"): 3,
        ("okayama", "heading", "wording"): 22,
        ("gunma", "kpi", "new"): 4,
        ("gunma", "kpi", "dropped"): 2,
        ("gunma", "kpi", "raised"): 6,
        ("gunma", "kpi", "wording"): 2,
        ("gunma", "kpi", "unchanged"): 7,
        ("gunma", "heading", "new"): 12,
        ("gunma", "heading", "dropped"): 10,
        ("gunma", "heading", "moved"): 4,
        ("gunma", "eligible_people", "raised"): 1,
        ("gunma", "eligible_people", "lowered"): 3,
        ("gunma", "planned_people", "raised"): 4,
        ("gunma", "planned_people", "lowered"): 1,
        ("gunma", "heading", "wording"): 59,
    }


def test_the_values_of_a_change_stand_on_their_lines() -> None:
    sides = [
        (row, row[value], row[place])
        for row in CHANGES
        for value, place in (("value_from", "line_old"), ("value_to", "line_new"))
    ]
    printed = [(row, value, place) for row, value, place in sides if value]
    assert len(printed) > 80
    missing = [
        f"{row['branch_id']} {row['item_no']}: {value}, not on line {place}"
        for row, value, place in printed
        for number in re.findall(r"[0-9][0-9,.]*", value) or [value]
        if not any(number in squeezed(lines(row["document_id"])[int(at) - 1]) for at in place.split(";"))
    ]
    assert missing == []


def test_a_changed_target_is_the_target_on_record() -> None:
    targets = {
        (row["branch_id"], row["fiscal_year"], row["measure_id"]): row["value"]
        for row in OBSERVATIONS
        if row["kind"] == "target"
    }
    kpis = [row for row in CHANGES if row["subject"] == "kpi"]
    sides = [
        ((row["branch_id"], str(int(row["fiscal_year"]) - back), row["measure_id"]), row[column])
        for row in kpis
        for back, column, without in ((0, "value_to", "dropped"), (1, "value_from", "new"))
        if row["change"] != without
    ]
    assert len(sides) == 2 * len(kpis) - 16
    assert [place for place, _ in sides if place not in targets] == []
    assert [(place, said) for place, said in sides if checks.digits(said) != targets[place]] == []


NUMBERS = ("eligible_people", "planned_people", "group_rate")


@pytest.mark.parametrize(("branch", "year", "figures"), [("okayama", 2021, 13), ("gunma", 2025, 9)])
def test_every_number_a_plan_changes_is_a_change_with_both_sides_as_printed(
    branch: str, year: int, figures: int
) -> None:
    planned = {
        (row["measure_id"], row["fiscal_year"]): row["printed"]
        for row in OBSERVATIONS
        if row["kind"] == "plan" and row["branch_id"] == branch and row["document_id"] == f"{branch}-{year}-plan"
    }
    # Gunma plans at the rate of its KPIs and of them alone.
    own = {measure for measure, _ in planned}
    pairs = {m: (planned[m, str(year - 1)], planned[m, str(year)]) for m in own}
    changed = {measure: sides for measure, sides in pairs.items() if sides[0] != sides[1]}
    targets = {row["measure_id"] for row in CHANGES if row["branch_id"] == branch and row["subject"] == "kpi"}
    said = {
        row["measure_id"]: (row["value_from"], row["value_to"])
        for row in CHANGES
        if row["branch_id"] == branch and row["subject"] in NUMBERS
    }
    assert len(said) == figures
    assert said == {measure: sides for measure, sides in changed.items() if measure not in targets}


def test_a_plan_that_asks_for_last_year_instead_of_a_figure_is_neither_raised_nor_lowered() -> None:
    found = [
        (r["branch_id"], r["measure_id"], r["value_from"], r["value_to"]) for r in CHANGES if r["change"] == "rule"
    ]
    assert found == [("okayama", "card_recovery_rate", "95.5%以上", "対前年度以上")]
    fixed = [
        (row["branch_id"], row["item_no"])
        for row in CHANGES
        if row["value_from"] and row["value_to"] and row["change"] != "rule"
        if bool(checks.digits(row["value_from"])) != bool(checks.digits(row["value_to"]))
    ]
    assert fixed == []


def test_gunmas_policy_input_moved_up_where_a_heading_before_it_was_dropped() -> None:
    gunma = [row for row in CHANGES if row["branch_id"] == "gunma"]
    moved = {row["label_ja"]: (row["line_new"], row["line_old"]) for row in gunma if row["change"] == "moved"}
    assert moved["意見発信の項：(4)から(2)へ繰上げ（内容同じ）"] == ("85", "85")
    assert not any("インセンティブ" in label for label in moved)
    there = {at: squeezed(lines("gunma-2025-plan")[at - 1]) for at in (85, 90)}
    heading = "地域の医療提供体制等へのデータを活用した意見発信"
    assert all(f"({number}){heading}" in there[85] for number in (2, 4))
    # The incentive scheme keeps its number 3.
    assert "(3)インセンティブ制度の周知・広報" in there[85]
    assert "(3)インセンティブ制度の実施及び検証" in there[90]


@pytest.mark.parametrize("branch", ["okayama", "gunma"])
def test_the_changes_of_a_plan_are_numbered_in_order(branch: str) -> None:
    numbers_ = [int(row["item_no"]) for row in CHANGES if row["branch_id"] == branch]
    assert numbers_ == list(range(1, len(numbers_) + 1))


def test_labels_are_our_own_few_words() -> None:
    labels = [
        *((row["document_id"], row["label_ja"], row["line"]) for row in INITIATIVES),
        *((row["document_id"], row["label_ja"], row["line_new"] or row["line_old"]) for row in CHANGES),
    ]
    assert [label for _, label, _ in labels if "。" in label] == []
    copied = [
        label
        for document, label, place in labels
        if len(squeezed(label)) > 20 and squeezed(label) in squeezed(lines(document)[int(place.split(";")[0]) - 1])
    ]
    assert copied == []


# --- what the columns say of each other ------------------------------------------------------------


def test_only_a_draft_document_holds_drafts() -> None:
    drafts = {row["document_id"] for row in OBSERVATIONS if row["status"] == "draft"}
    assert drafts == {"okayama-2021-plan", "gunma-2025-plan", "rates-2019-committee", "rates-2024-committee"}
    assert drafts == {name for name, row in DOCUMENTS.items() if row["draft"] == "true"}


def test_only_the_document_made_inside_its_year_holds_undated_figures() -> None:
    undated = [row for row in OBSERVATIONS if row["status"] == "undated"]
    assert {(row["document_id"], row["kind"], row["fiscal_year"]) for row in undated} == {
        ("saitama-2023-result", "actual", "2023")
    }


def test_every_exclusion_is_of_a_printed_figure() -> None:
    # Of these data: a part of a package may keep exclusions of figures it does not have.
    key = ("branch_id", "fiscal_year", "measure_id", "as_of")
    printed = {tuple(row[name] for name in key) for row in OBSERVATIONS if row["kind"] == "actual"}
    exclusions = builders.rows(DATA / "exclusions.csv")
    assert exclusions
    assert [row for row in exclusions if tuple(row[name] for name in key) not in printed] == []


def figures(branch: str, measure: str, kind: str) -> list[tuple[str, str, str]]:
    """Year, printed form and line of the figures of a measure."""
    return [
        (row["fiscal_year"], row["printed"], row["line"])
        for row in OBSERVATIONS
        if (row["branch_id"], row["measure_id"], row["kind"]) == (branch, measure, kind)
    ]


def test_a_target_of_every_branch_is_none_of_the_average() -> None:
    assert figures("national", "generic_use_rate_every_branch", "target") == [
        ("2023", "80%以上", "143"),
        ("2021", "年度末の目標値を支部ごとに設定する", "143"),
    ]
    assert [year for year, _, _ in figures("national", "generic_use_rate", "target")] == ["2024"]
    found = [row["measure_id"] for row in OBSERVATIONS if row["kind"] == "actual"]
    assert "generic_use_rate_every_branch" not in found


def test_a_result_in_words_is_an_actual_without_a_value() -> None:
    units = {row["measure_id"]: row["unit"] for row in MEASURES}
    words = [row for row in OBSERVATIONS if units[row["measure_id"]] == "text" and row["kind"] != "target"]
    (row,) = words
    assert (row["branch_id"], row["fiscal_year"], row["measure_id"], row["line"]) == (
        *("saitama", "2023", "opinion_transmission", "235"),
    )
    assert (row["value"], row["stated"], row["status"]) == ("", "○", "undated")
    assert row["printed"] == "病床機能報告定量基準分析結果に対して意見発信"


def test_standardised_declarations_are_counted_from_fy2024_and_no_figure_before() -> None:
    new, old = "health_declaration_offices", "health_declaration_offices_to_2023"
    years = {i: {row["fiscal_year"] for row in OBSERVATIONS if row["measure_id"] == i} for i in (new, old)}
    assert years == {new: {"2024", "2025"}, old: {"2020", "2021", "2022", "2023"}}
    assert figures("shizuoka", new, "actual") == [("2024", "7,183事業所", "326;533")]
    # The results of FY2024 print the value of FY2023 without a word on how it was counted.
    assert figures("shizuoka", old, "actual") == [("2023", "6,766事業所", "326;533")]
    assert figures("gunma", new, "target") == [
        ("2025", "1,630事業所(※)以上", "75"),
        ("2024", "1,580事業所以上", "75"),
    ]
    assert figures("saitama", old, "actual") == [("2023", "893事業所", "158")]


def test_the_documents_say_from_fy2024_on_what_they_count() -> None:
    said = {
        ("yamaguchi-2024-plan", 113): 1,
        ("shizuoka-2024-result", 323): 1,
        ("shizuoka-2024-result", 533): 1,
        ("gunma-2025-plan", 75): 2,
    }
    note = "標準化された健康宣言の事業所数及び今後標準化された健康宣言への更新が見込まれる事業所数"
    assert {place: squeezed(lines(place[0])[place[1] - 1]).count(note) for place in said} == said
    for document in ("okayama-2021-plan", "saitama-2023-result"):
        assert not any("標準化された健康宣言" in squeezed(line) for line in lines(document))


@pytest.mark.parametrize(
    ("unit", "measures"),
    [
        (
            "workplaces",
            {
                *("health_declaration_offices", "health_declaration_offices_to_2023", "committee_offices"),
                *("declared_office_guidance_not_accepting", "card_recovery_request_letter_offices"),
                "card_recovery_visit_offices",
            },
        ),
        ("cases", {"single_bid_count", "competitive_bid_count"}),
        ("branches", {"generic_kpi_branches"}),
        ("count", set()),
    ],
)
def test_what_is_counted_is_said_by_the_unit(unit: str, measures: set[str]) -> None:
    assert {row["measure_id"] for row in MEASURES if row["unit"] == unit} == measures


def test_the_unit_of_a_count_is_the_one_printed() -> None:
    # Yamaguchi and Okayama write 社 for workplaces.
    words = {"workplaces": ("事業所", "社"), "cases": ("件",), "branches": ("支部",)}
    units = {row["measure_id"]: row["unit"] for row in MEASURES}
    counted = [row for row in OBSERVATIONS if units[row["measure_id"]] in words and row["value"]]
    assert len(counted) > 30
    assert [
        origin(row) for row in counted if not any(w in row["printed"] for w in words[units[row["measure_id"]]])
    ] == []


# --- branches and measures -------------------------------------------------------------------------


def test_the_nation_and_47_branches_in_the_order_of_their_codes() -> None:
    assert [row["code"] for row in BRANCHES] == [f"{code:02}" for code in range(48)]
    assert BRANCHES[0]["branch_id"] == "national"


@pytest.mark.parametrize(
    ("branch", "code", "name"),
    [
        ("hokkaido", "01", "北海道"),
        ("gunma", "10", "群馬"),
        ("saitama", "11", "埼玉"),
        ("shizuoka", "22", "静岡"),
        ("okayama", "33", "岡山"),
        ("yamaguchi", "35", "山口"),
        ("okinawa", "47", "沖縄"),
    ],
)
def test_a_branch_has_the_code_of_its_prefecture(branch: str, code: str, name: str) -> None:
    (row,) = (row for row in BRANCHES if row["branch_id"] == branch)
    assert (row["code"], row["name_ja"]) == (code, name)


def test_definitions_that_broke_name_their_successor() -> None:
    assert {row["measure_id"]: row["successor_id"] for row in MEASURES if row["successor_id"]} == {
        "claim_assessment_rate_joint": "claim_assessment_rate",
        "debt_recovery_rate_post_loss": "debt_recovery_rate",
        "visit_rate_3m": "visit_rate_10m",
        "health_declaration_offices_to_2023": "health_declaration_offices",
        "mail_application_rate": "counter_reception_rate",
    }


@pytest.mark.parametrize(
    ("measure", "direction", "accrual"),
    [
        ("single_bid_rate", "lower", "period"),
        ("counter_reception_rate", "lower", "period"),
        ("service_standard_days", "lower", "period"),
        ("premium_rate", "lower", "point"),
        ("lifestyle_checkup_rate", "higher", "cumulative"),
        ("guidance_rate_insured", "higher", "cumulative"),
        ("debt_recovery_rate", "higher", "cumulative"),
        ("dependant_recheck_submission_rate", "higher", "cumulative"),
        ("declared_office_checkup_rate", "higher", "cumulative"),
        ("declared_office_guidance_rate", "higher", "cumulative"),
        ("visit_rate_3m", "higher", "cumulative"),
        ("visit_rate_10m", "higher", "cumulative"),
        ("declared_office_committee_rate", "higher", "point"),
        ("claim_assessment_rate", "higher", "period"),
        ("mail_application_rate", "higher", "period"),
        ("card_recovery_rate", "higher", "period"),
        ("generic_use_rate", "higher", "point"),
        ("health_declaration_offices", "higher", "point"),
        ("committee_coverage_rate", "higher", "point"),
    ],
)
def test_direction_and_accrual_of_a_measure(measure: str, direction: str, accrual: str) -> None:
    (row,) = (row for row in MEASURES if row["measure_id"] == measure)
    assert (row["direction"], row["accrual"]) == (direction, accrual)


def test_the_catalog_puts_kpis_first_pillar_by_pillar() -> None:
    roles = [row["role"] for row in MEASURES]
    first = roles.count("kpi")
    assert set(roles[:first]) == {"kpi"}
    pillars = [row["pillar"] for row in MEASURES[:first]]
    assert pillars == sorted(pillars)
    assert set(pillars) == {"1", "2", "3"}


def test_the_catalog_keeps_the_order_of_the_plans() -> None:
    # The order in which every plan of FY2024 lists its KPIs.
    listed = [
        "service_standard_rate",
        "mail_application_rate",
        "claim_assessment_rate",
        "reexam_amount_per_claim",
        "debt_recovery_rate",
        "card_recovery_rate",
        "lifestyle_checkup_rate",
        "employer_checkup_data_rate",
        "dependant_checkup_rate",
        "guidance_rate_insured",
        "guidance_rate_dependant",
        "visit_rate_10m",
        "health_declaration_offices",
        "generic_use_rate",
        "committee_coverage_rate",
        "committee_offices",
        "single_bid_rate",
    ]
    assert [row["measure_id"] for row in MEASURES if row["measure_id"] in listed] == listed


# --- longer texts ----------------------------------------------------------------------------------

TEXTS = tomllib.loads((DATA / "measures.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("measure", TEXTS)
def test_the_longer_texts_stand_in_both_languages(measure: str) -> None:
    said = TEXTS[measure]
    assert set(said) == {"definition_ja", "definition_en", "why_ja", "why_en"}
    japanese = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
    assert all(japanese.search(said[key]) for key in ("definition_ja", "why_ja"))
    # An English text may quote a Japanese term.
    assert all(re.match("[A-Z0-9]", said[key]) for key in ("definition_en", "why_en"))
    assert all(text == text.strip() and text for text in said.values())
