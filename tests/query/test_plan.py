"""sql/plan.sql: what a what-if rests on."""

from __future__ import annotations

from pathlib import Path

from kenpo import database, queries
from tests.builders import observation, package


def test_every_figure_of_the_branch_and_the_nation_and_final_actuals_of_the_others(tmp_path: Path) -> None:
    given = [
        observation("58.0", kind="target", target_rule="at_least", printed="58.0%以上"),
        observation("55.5", fiscal_year=2021, line="2"),
        observation("31.4", fiscal_year=2023, as_of="2023-09", line="3"),
        observation("174266", measure_id="checkup_eligible_insured", kind="plan", printed="174,266", line="4"),
        observation("71.6", measure_id="checkup_insured_total_rate", kind="plan", line="5"),
        observation(
            "124", measure_id="systolic_bp_mean", kind="target", target_rule="at_most", printed="124mmHg", line="6"
        ),
        observation("10.36", measure_id="premium_rate", line="7"),
        observation("61.7", branch_id="national", kind="target", target_rule="at_least", line="8"),
        observation("64.7", branch_id="shizuoka", line="9"),
        observation("67.5", branch_id="shizuoka", kind="target", target_rule="at_least", line="10"),
        observation("40.0", branch_id="shizuoka", fiscal_year=2023, as_of="2023-09", line="11"),
        observation("438120", branch_id="shizuoka", measure_id="checkup_eligible_insured", kind="plan", line="12"),
    ]
    connection = database.open_package(package(tmp_path / "package", given))
    found = {
        (r["branch_id"], r["fiscal_year"], r["measure_id"], r["kind"], str(r["value"]))
        for r in queries.plan(connection, "yamaguchi")
    }
    assert found == {
        ("yamaguchi", 2024, "lifestyle_checkup_rate", "target", "58.000000"),
        ("yamaguchi", 2021, "lifestyle_checkup_rate", "actual", "55.500000"),
        ("yamaguchi", 2023, "lifestyle_checkup_rate", "actual", "31.400000"),
        ("yamaguchi", 2024, "checkup_eligible_insured", "plan", "174266.000000"),
        ("yamaguchi", 2024, "checkup_insured_total_rate", "plan", "71.600000"),
        ("yamaguchi", 2024, "systolic_bp_mean", "target", "124.000000"),
        ("national", 2024, "lifestyle_checkup_rate", "target", "61.700000"),
        ("shizuoka", 2024, "lifestyle_checkup_rate", "actual", "64.700000"),
    }


def test_exclusions_and_bounds_come_along(tmp_path: Path) -> None:
    given = [
        observation(
            "24.9", branch_id="national", fiscal_year=2023, measure_id="guidance_rate_insured", as_of="2023-09"
        ),
        observation(
            "80.5",
            branch_id="yamagata",
            document_id="annual-report-2024-p120",
            measure_id="lifestyle_checkup_rate",
            line="2",
        ),
    ]
    connection = database.open_package(package(tmp_path / "package", given))
    found = {r["branch_id"]: (r["exclusion"], r["bound"]) for r in queries.plan(connection, "yamaguchi")}
    assert found == {"national": ("other_denominator", None), "yamagata": (None, "highest")}
