"""sql/plan.sql: what a what-if rests on."""

from __future__ import annotations

from pathlib import Path

from kenpo import database, queries
from tests.builders import observation, package


def test_every_kind_of_figure_of_every_branch_and_year_but_no_reference(tmp_path: Path) -> None:
    given = [
        observation("58.0", kind="target", target_rule="at_least", printed="58.0%以上"),
        observation("55.5", fiscal_year=2021, line="2"),
        observation("64.7", branch_id="shizuoka", line="3"),
        observation("174266", measure_id="checkup_eligible_insured", kind="plan", printed="174,266", line="4"),
        observation("71.6", measure_id="checkup_insured_total_rate", kind="plan", line="5"),
        observation(
            "124", measure_id="systolic_bp_mean", kind="target", target_rule="at_most", printed="124mmHg", line="6"
        ),
        observation("10.36", measure_id="premium_rate", line="7"),
    ]
    connection = database.open_package(package(tmp_path / "package", given))
    found = {
        (r["branch_id"], r["fiscal_year"], r["measure_id"], r["kind"], str(r["value"]))
        for r in queries.plan(connection)
    }
    assert found == {
        ("yamaguchi", 2024, "lifestyle_checkup_rate", "target", "58.000000"),
        ("yamaguchi", 2021, "lifestyle_checkup_rate", "actual", "55.500000"),
        ("shizuoka", 2024, "lifestyle_checkup_rate", "actual", "64.700000"),
        ("yamaguchi", 2024, "checkup_eligible_insured", "plan", "174266.000000"),
        ("yamaguchi", 2024, "checkup_insured_total_rate", "plan", "71.600000"),
        ("yamaguchi", 2024, "systolic_bp_mean", "target", "124.000000"),
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
    found = {r["branch_id"]: (r["exclusion"], r["bound"]) for r in queries.plan(connection)}
    assert found == {"national": ("other_denominator", None), "yamagata": (None, "highest")}
