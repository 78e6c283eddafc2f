"""Small figures, measures and packages for tests: say only what the test is about."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from kenpo import catalog
from kenpo.catalog import Catalog, Document, Measure
from kenpo.composition import NOTHING, Composition, composition
from kenpo.judgement import Book, Observation, Reach

DATA = Path(__file__).resolve().parent.parent / "data"

OBSERVATION_COLUMNS = (
    "branch_id,fiscal_year,measure_id,kind,value,target_rule,as_of,status,stated,document_id,line,printed,note"
).split(",")
EXCLUSION_COLUMNS = "branch_id,fiscal_year,measure_id,as_of,reason,note".split(",")
RANGE_COLUMNS = "branch_id,fiscal_year,measure_id,document_id,bound".split(",")
MONTHLY_COLUMNS = "branch_id,fiscal_year,month,measure_id,value,document_id,line,printed".split(",")
BUDGET_COLUMNS = (
    "branch_id,fiscal_year,section,initiative,is_new,amount_thousand_yen,document_id,line,initiative_en,printed,note"
).split(",")
INITIATIVE_COLUMNS = (
    "branch_id,fiscal_year,pillar,policy,item_no,label_ja,label_en,measure_id,rating,document_id,line,states_kpi"
).split(",")
MARK_COLUMNS = (
    "branch_id,fiscal_year,pillar,heading_ja,heading_en,measure_ids,mark,level,document_id,line,printed"
).split(",")
CHANGE_COLUMNS = (
    "branch_id,fiscal_year,pillar,item_no,subject,measure_id,label_ja,label_en,change,value_from,value_to,"
    "document_id,line_new,line_old"
).split(",")
INCENTIVE_COLUMNS = "branch_id,fiscal_year,indicator,rank,branches,document_id,line,printed".split(",")


def measure(**said: Any) -> Measure:
    """A percent KPI, higher is better, final at year end, unless said otherwise."""
    usual: dict[str, Any] = {
        "id": "a_rate",
        "role": "kpi",
        "pillar": 2,
        "name": {"ja": "率", "en": "A rate"},
        "short": {"ja": "率", "en": "Rate"},
        "unit": "percent",
        "direction": "higher",
        "accrual": "period",
        "numerator": None,
        "denominator": None,
        "kpi_from": None,
        "kpi_to": None,
        "successor": None,
        "step": Decimal("0.5"),
        "bounds": (Decimal(0), Decimal(100)),
        "decimals": 1,
    }
    return Measure(**(usual | said))


def document(document_id: str = "a-result", **said: Any) -> Document:
    """A result document of Yamaguchi for FY2024, unless said otherwise."""
    usual: dict[str, Any] = {
        "id": document_id,
        "branch": "yamaguchi",
        "role": "result",
        "fiscal_year": 2024,
        "made_on": None,
        "source_file": None,
        "address": None,
        "title": {"ja": "結果", "en": "Results"},
        "draft": False,
    }
    return Document(**(usual | said))


def figure(value: str | None = "50.0", **said: Any) -> Observation:
    """A final actual of Yamaguchi for FY2024, unless said otherwise; a target when a rule is given."""
    usual: dict[str, Any] = {
        "branch": "yamaguchi",
        "fiscal_year": 2024,
        "measure": "a_rate",
        "kind": "target" if said.get("rule") else "actual",
        "value": None if value is None else Decimal(value),
        "rule": None,
        "as_of": None,
        "status": "provisional" if said.get("as_of") else "final",
        "stated": None,
        "document": "a-result",
        "line": "1",
        "printed": value or "前年度以上",
    }
    return Observation(**(usual | said))


def held(*measures: Measure, documents: Sequence[Document] = (), made_of: Composition = NOTHING) -> Catalog:
    """A catalog of these measures and documents; branches are those of the app's own data."""
    branches = {b: catalog.Branch(b, "00", {"ja": b, "en": b}, ("#000000", "#FFFFFF")) for b in branch_ids()}
    known = documents or (document(),)
    return Catalog({m.id: m for m in measures}, branches, {d.id: d for d in known}, made_of)


def own_composition() -> Composition:
    """What the measures of the app's own data are made of."""
    ids = {row["measure_id"] for row in rows(DATA / "measures.csv")}
    return composition(rows(DATA / "measure_parts.csv"), ids)


def book(
    *figures: Observation,
    documents: Sequence[Document] = (),
    last_years: Mapping[str, int] | None = None,
    reach: Reach | None = None,
) -> Book:
    """These figures by place."""
    return Book(figures, {d.id: d for d in (documents or (document(),))}, last_years, reach)


def branch_ids() -> list[str]:
    """The ids of data/branches.csv."""
    return [row["branch_id"] for row in rows(DATA / "branches.csv")]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, columns: Sequence[str], table: Sequence[Mapping[str, object]]) -> None:
    """Writes rows as CSV; a column a row does not name is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def package(
    folder: Path, observations: Sequence[Mapping[str, object]] | None = None, *, recorded: bool = False
) -> Path:
    """A copy of the app's own data package; with these observations instead of its own, if given.

    Only `recorded` it says how many rows each table has at least: a test may leave rows out.
    """
    shutil.copytree(DATA, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("next"))
    if not recorded:
        unrecorded(folder)
    if observations is not None:
        write(folder / "observations.csv", OBSERVATION_COLUMNS, observations)
        undated(folder)
    return folder


def unrecorded(folder: Path) -> None:
    """Takes out of a descriptor what it states of its files."""
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        for stated in ("rows", "bytes", "hash"):
            resource.pop(stated, None)
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")


def undated(folder: Path) -> None:
    """Takes the printed date off Yamaguchi's plan: invented figures may then close the year it is about."""
    path = folder / "documents.csv"
    path.write_bytes(path.read_bytes().replace(b",plan,2024,2024-03-18,", b",plan,2024,,", 1))


def observation(value: str = "50.0", **said: object) -> dict[str, object]:
    """One sound row of observations.csv: a final actual of Yamaguchi FY2024, unless said otherwise."""
    usual: dict[str, object] = {
        "branch_id": "yamaguchi",
        "fiscal_year": 2024,
        "measure_id": "lifestyle_checkup_rate",
        "kind": "actual",
        "value": value,
        "status": "provisional" if said.get("as_of") else "final",
        "document_id": "yamaguchi-2024-plan",
        "line": "1",
        "printed": f"{value}%" if value else "前年度以上",
    }
    return usual | said


def month(value: int = 453, **said: object) -> dict[str, object]:
    """One sound row of monthly.csv: insured guidance of Yamaguchi up to April 2023, unless said otherwise."""
    usual: dict[str, object] = {
        "branch_id": "yamaguchi",
        "fiscal_year": 2023,
        "month": "2023-04",
        "measure_id": "guidance_insured_count",
        "value": value,
        "document_id": "yamaguchi-2024-plan",
        "line": "1",
        "printed": f"{value:,}",
    }
    return usual | said


def budget_line(amount: int = 100, **said: object) -> dict[str, object]:
    """One sound row of budgets.csv: Gunma FY2025, unless said otherwise."""
    usual: dict[str, object] = {
        "branch_id": "gunma",
        "fiscal_year": 2025,
        "section": "health_checkup",
        "initiative": "健診",
        "is_new": "false",
        "amount_thousand_yen": amount,
        "document_id": "gunma-2025-plan",
        "line": "52",
        "initiative_en": "Checkups",
        "printed": f"{amount:,}千円",
    }
    return usual | said


def initiative(rating: str = "○", **said: object) -> dict[str, object]:
    """One sound row of initiatives.csv: Saitama FY2023, unless said otherwise."""
    usual: dict[str, object] = {
        "branch_id": "saitama",
        "fiscal_year": 2023,
        "pillar": 2,
        "policy": "collaborative_health",
        "item_no": "①",
        "label_ja": "取組",
        "label_en": "Initiative",
        "rating": rating,
        "document_id": "saitama-2023-result",
        "line": "153",
        "states_kpi": "false",
    }
    return usual | said


def mark(kind: str = "importance", **said: object) -> dict[str, object]:
    """One sound row of marks.csv: Gunma FY2025, unless said otherwise."""
    usual: dict[str, object] = {
        "branch_id": "gunma",
        "fiscal_year": 2025,
        "pillar": 2,
        "heading_ja": "健診",
        "heading_en": "Checkups",
        "mark": kind,
        "level": "high",
        "document_id": "gunma-2025-plan",
        "line": "57",
        "printed": "重要度：高",
    }
    return usual | said


def change(kind: str = "wording", **said: object) -> dict[str, object]:
    """One sound row of plan_changes.csv: a heading of Gunma FY2025, unless said otherwise."""
    usual: dict[str, object] = {
        "branch_id": "gunma",
        "fiscal_year": 2025,
        "pillar": 2,
        "item_no": 1,
        "subject": "heading",
        "label_ja": "見出し",
        "label_en": "Heading",
        "change": kind,
        "document_id": "gunma-2025-plan",
        "line_new": "57",
        "line_old": "52",
    }
    return usual | said
