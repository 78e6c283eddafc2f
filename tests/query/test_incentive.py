"""Given ranks of the incentive scheme, the rows of incentive.sql."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo import database, queries
from kenpo.database import Connection
from tests import builders


def opened(folder: Path, *ranks: dict[str, object]) -> Connection:
    builders.package(folder)
    builders.write(folder / "incentive_ranks.csv", builders.INCENTIVE_COLUMNS, ranks)
    return database.open_package(folder)


def printed(indicator: str = "overall", rank: int = 46, **said: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "branch_id": "saitama",
        "fiscal_year": 2023,
        "indicator": indicator,
        "rank": rank,
        "branches": 47,
        "document_id": "saitama-incentive-2023",
        "line": "2",
        "printed": f"{rank}位",
    }
    return usual | said


def test_a_row_is_a_rank_as_the_branch_printed_it(tmp_path: Path) -> None:
    assert queries.incentive(opened(tmp_path, printed()), 2023, ["saitama"]) == [
        {
            "branch_id": "saitama",
            "fiscal_year": 2023,
            "indicator": "overall",
            "rank": 46,
            "branches": 47,
            "document_id": "saitama-incentive-2023",
        }
    ]


@pytest.mark.parametrize(
    ("fiscal_year", "branches", "found"),
    [
        (2023, ["saitama"], ["saitama"]),
        (2023, ["saitama", "gunma"], ["gunma", "saitama"]),
        (2023, ["yamaguchi"], []),
        (2022, ["saitama"], []),
        (2024, ["saitama"], []),
        (2023, [], []),
        (2023, ["saitama' or '1'='1"], []),
    ],
    ids=["one", "two", "without ranks", "the year before", "the year after", "none", "hostile"],
)
def test_only_the_year_and_the_chosen_branches(
    fiscal_year: int, branches: list[str], found: list[str], tmp_path: Path
) -> None:
    connection = opened(tmp_path, printed(), printed(branch_id="gunma", rank=1))
    assert [row["branch_id"] for row in queries.incentive(connection, fiscal_year, branches)] == found


def test_the_overall_rank_stands_first_then_the_better_rank(tmp_path: Path) -> None:
    ranks = {"generic_use": 17, "visit_rate": 35, "checkup_rate": 46, "overall": 46, "guidance_rate": 45}
    connection = opened(tmp_path, *(printed(indicator, rank) for indicator, rank in ranks.items()))
    rows = queries.incentive(connection, 2023, ["saitama"])
    assert [(row["indicator"], row["rank"]) for row in rows] == [
        ("overall", 46),
        ("generic_use", 17),
        ("visit_rate", 35),
        ("guidance_rate", 45),
        ("checkup_rate", 46),
    ]


def test_two_indicators_of_one_rank_stand_by_name(tmp_path: Path) -> None:
    connection = opened(tmp_path, *(printed(i, 30) for i in ("visit_rate", "checkup_rate", "generic_use")))
    rows = queries.incentive(connection, 2023, ["saitama"])
    assert [row["indicator"] for row in rows] == ["checkup_rate", "generic_use", "visit_rate"]


def test_the_own_data_holds_the_six_ranks_of_saitama() -> None:
    connection = database.open_package(builders.DATA)
    assert len(queries.incentive(connection, 2023, ["saitama"])) == 6
    assert queries.incentive(connection, 2023, ["shizuoka", "yamaguchi"]) == []
