"""A synthetic data package of any size: python -m bench.make_package FOLDER [--branches 47] [--years 6] [--seed 1].

Invented figures around those of the app's own package, for benchmarks and for looking at every page with 47
branches; its descriptor says so. It passes the app's own check and is opened with KENPO_DATA=FOLDER.

Without --measures it looks like the real thing: the KPIs in force each year, a target once, finals up to the year
before the last, counts and months behind the rates, some results missing. With --measures so many stand in every
year and are printed, target and actual, at so many dates as --months says: only good for measuring.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from statistics import median

from kenpo import checks, database
from kenpo.catalog import NATIONAL, Catalog, Measure
from kenpo.database import Row
from kenpo.package import open_folder

LAST_YEAR = 2025
"""The fiscal year that has plans and a part of its actuals."""
SHAPE = (3, 8, 15, 24, 34, 44, 54, 63, 72, 81, 90, 100)
"""Percent of a year's count done by the end of April … March."""
_SEEN = 7
"""Months of the last year that are counted: up to October."""
_NEAR_ALL = 90
"""Percent from which a rate spreads downwards only."""
_GAP = 9
"""Every so many branches one has no result of the last final year."""
MARK = "SYNTHETIC: invented figures for benchmarks. None of them was ever published."


@dataclass(frozen=True, slots=True)
class Size:
    """How large: branches (1–47), fiscal years, measures (None: the KPIs in force), dates of a year (1–12)."""

    branches: int = 47
    years: int = 6
    measures: int | None = None
    months: int = 1

    def __post_init__(self) -> None:
        """Raises ValueError where a number is out of range."""
        most = {"branches": 47, "years": 60, "measures": 70, "months": 12}
        for name, top in most.items():
            number = getattr(self, name)
            if number is not None and not 1 <= number <= top:
                raise ValueError(f"{name}: {number} is not within 1–{top}")


@dataclass(frozen=True)
class _World:
    """The app's own catalog and the level of each of its measures."""

    size: Size
    seed: int
    known: Catalog
    levels: Mapping[str, Decimal]

    def dice(self, *about: object) -> random.Random:
        """Chance of its own for a thing: the same figure wherever it is asked for."""
        return random.Random(f"{self.seed} {about}")  # noqa: S311  no secret, only figures

    @cached_property
    def branches(self) -> list[str]:
        """Those with figures of their own first, so that a small package holds the colours too."""
        own = [b for b in self.known.branches.values() if b.id != NATIONAL]
        own.sort(key=lambda b: b.id not in {d.branch for d in self.known.documents.values()})
        return [b.id for b in own[: self.size.branches]]

    @cached_property
    def years(self) -> range:
        return range(LAST_YEAR - self.size.years + 1, LAST_YEAR + 1)

    def measures(self, year: int) -> list[Measure]:
        """Those that stand in a fiscal year."""
        every = [m for m in self.known.measures.values() if m.unit != "text"]
        if self.size.measures is not None:
            return every[: self.size.measures]
        # A combined rate follows from its parts.
        combined = {split.whole for split in self.known.composition.combined}
        return [m for m in every if m.in_force(year) and m.id not in combined]

    @cached_property
    def sizes(self) -> dict[str, Decimal]:
        """Size of each branch against the median one; the nation is their sum."""
        drawn = {b: Decimal(f"{self.dice(b).lognormvariate(0, 0.5):.2f}") for b in self.branches}
        return drawn | {NATIONAL: sum(drawn.values(), Decimal(0))}

    def eligible(self, measure_id: str, branch: str, year: int) -> int:
        """People behind a rate: the level of the measure, by the size of the branch, slowly growing."""
        level = self.levels.get(measure_id, Decimal(20000))
        return int(level * self.sizes[branch] * (1 + Decimal(year - LAST_YEAR) / 100))

    def lacks_results(self, branch: str, year: int) -> bool:
        """Is nothing on record of what was reached?"""
        at = self.branches.index(branch) if branch in self.branches else 0
        return self.size.measures is None and year == LAST_YEAR - 1 and at % _GAP == _GAP - 1


def make(folder: Path, size: Size, seed: int) -> Path:
    """Writes a synthetic package of CSV files; the same size and seed write the same bytes.

    Raises FileExistsError where the folder holds anything, OSError where it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)
    own = open_folder(database.SCHEMA_FOLDER)
    world = _World(size, seed, own.catalog, _levels(own.table("observations")))
    descriptor = _descriptor(folder)
    columns = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in descriptor["resources"]}
    figures = sorted(_figures(world), key=lambda row: (row["measure_id"], row["fiscal_year"]))
    made = {
        "documents": _documents(world),
        "observations": (row | {"line": at} for at, row in enumerate(figures, 1)),
        "monthly": _monthly(world),
        "incentive_ranks": _ranks(world),
        **dict.fromkeys(("exclusions", "ranges", "benefits", "budgets", "initiatives", "marks", "plan_changes"), ()),
    }
    for name, rows in made.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns[name], restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _descriptor(folder: Path) -> Row:
    """Copies what is no figure; what is said of the package says what it is."""
    own = database.SCHEMA_FOLDER
    descriptor = database.read_descriptor(own)
    descriptor |= {"name": "kenpo-synthetic", "title": MARK, "description": MARK, "sources": []}
    for resource in descriptor["resources"]:
        # The least number of rows is said of the app's own figures.
        resource.pop("rows", None)
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", "utf-8")
    for table in ("measures", "measure_parts", "branches", "benefit_kinds", "budget_sections", "policies"):
        name = f"{table}.csv"
        (folder / name).write_bytes((own / name).read_bytes())
    (folder / checks.TEXTS).write_bytes((own / checks.TEXTS).read_bytes())
    return descriptor


def _levels(rows: list[Row]) -> dict[str, Decimal]:
    """The median of what the branches reached, or planned, measure by measure."""
    found: dict[str, list[Decimal]] = {}
    for row in rows:
        if row["value"] is not None and row["branch_id"] != NATIONAL:
            found.setdefault(row["measure_id"], []).append(row["value"])
    return {name: median(values) for name, values in found.items()}


def _documents(world: _World) -> Iterator[Row]:
    for branch in (NATIONAL, *world.branches):
        name = world.known.branches[branch].name
        for year in world.years:
            for role, title in (("plan", "事業計画（架空）"), ("result", "実施結果（架空）")):
                yield {
                    "document_id": f"{branch}-{year}-{role}",
                    "branch_id": branch,
                    "role": role,
                    "fiscal_year": year,
                    "source_file": f"{branch}-{year}-{role}.txt",
                    "title_ja": f"{name['ja']} {year}年度 {title}",
                    "title_en": f"{name['en']} FY{year} {role} (synthetic)",
                    "draft": "false",
                    "note": MARK,
                }


def _figures(world: _World) -> Iterator[Row]:
    for year in world.years:
        measures = world.measures(year)
        for branch in (NATIONAL, *world.branches):
            for measure in measures:
                if world.size.measures is None:
                    yield from _natural(world, measure, branch, year)
                else:
                    yield from _repeated(world, measure, branch, year)
        if world.size.measures is None:
            yield from _eligible(world, measures, year)


def _natural(world: _World, measure: Measure, branch: str, year: int) -> Iterator[Row]:
    """A target, and what was reached: final, or up to October in the last year."""
    target, actual = _values(world, measure, branch, year)
    yield _target(measure, branch, year, target)
    if measure.numerator and measure.denominator:
        count = round(target * world.eligible(measure.denominator, branch, year) / 100)
        yield _row(branch, year, measure.numerator, "plan", count)
    if world.lacks_results(branch, year):
        return
    if year < LAST_YEAR:
        yield _row(branch, year, measure.id, "actual", actual)
        if measure.numerator and measure.denominator:
            yield _row(branch, year, measure.numerator, "actual", _counts(world, measure, branch, year, actual)[-1])
    elif measure.accrual != "cumulative":
        yield _row(branch, year, measure.id, "actual", actual) | {"as_of": f"{year}-10", "status": "provisional"}


def _eligible(world: _World, measures: list[Measure], year: int) -> Iterator[Row]:
    for name in dict.fromkeys(m.denominator for m in measures if m.denominator):
        for branch in (NATIONAL, *world.branches):
            yield _row(branch, year, name, "plan", world.eligible(name, branch, year))
            if year < LAST_YEAR and not world.lacks_results(branch, year):
                yield _row(branch, year, name, "actual", world.eligible(name, branch, year))


def _repeated(world: _World, measure: Measure, branch: str, year: int) -> Iterator[Row]:
    """Target and actual at every date of the year, the last of them final."""
    target, actual = _values(world, measure, branch, year)
    for at in range(world.size.months):
        date = "" if at == world.size.months - 1 else _month(year, at)
        yield _target(measure, branch, year, target) | {"as_of": date}
        status = "provisional" if date else "final"
        yield _row(branch, year, measure.id, "actual", actual) | {"as_of": date, "status": status}


def _values(world: _World, measure: Measure, branch: str, year: int) -> tuple[Decimal, Decimal]:
    """A target and an actual near the level of the measure, both within its bounds."""
    level = world.levels.get(measure.id, Decimal(50))
    step = measure.step or max(Decimal(1), level / 100)
    drift = step * (year - LAST_YEAR) / 2 * measure.sign
    seat = Decimal(f"{world.dice(measure.id, branch).gauss(0, 1):.3f}")
    middle = level + drift + seat * level * Decimal("0.06")
    if measure.unit == "percent" and level > _NEAR_ALL:
        middle = level - abs(seat) + drift / 4
    actual = middle + step * Decimal(f"{world.dice(measure.id, branch, year).gauss(0, 1):.3f}")
    return _bounded(measure, middle), _bounded(measure, actual)


def _month(year: int, at: int) -> str:
    """The month at a place of a fiscal year, April first: 2024-04 … 2025-03."""
    later, month = divmod(at + 3, 12)
    return f"{year + later}-{month + 1:02d}"


def _bounded(measure: Measure, value: Decimal) -> Decimal:
    low, high = measure.bounds or (Decimal(0), Decimal(10) ** 9)
    return min(max(value, low), high).quantize(Decimal(1).scaleb(-measure.decimals))


def _counts(world: _World, measure: Measure, branch: str, year: int, actual: Decimal) -> list[int]:
    """People reached by the end of April … March."""
    whole = actual * world.eligible(measure.denominator or "", branch, year) / 100
    lean = world.dice(measure.id, branch, year).uniform(-0.08, 0.08)
    return [round(whole * Decimal(str(round((done / 100) ** (1 + lean), 4)))) for done in SHAPE]


def _monthly(world: _World) -> Iterator[Row]:
    """The counts behind the rates, month by month; the last year up to October."""
    for year in world.years if world.size.measures is None else ():
        for measure in world.measures(year):
            if not measure.numerator or measure.accrual != "cumulative":
                continue
            for branch in world.branches:
                if world.lacks_results(branch, year):
                    continue
                _, actual = _values(world, measure, branch, year)
                counts = _counts(world, measure, branch, year, actual)
                for at, count in enumerate(counts if year < LAST_YEAR else counts[:_SEEN]):
                    yield {
                        "branch_id": branch,
                        "fiscal_year": year,
                        "month": _month(year, at),
                        "measure_id": measure.numerator,
                        "value": count,
                        "document_id": f"{branch}-{year}-result",
                        "line": at + 1,
                        "printed": count,
                    }


def _ranks(world: _World) -> Iterator[Row]:
    indicators = ("overall", "checkup_rate", "guidance_rate", "guidance_eligible_decrease", "visit_rate", "generic_use")
    for year in world.years:
        for indicator in indicators:
            order = world.dice(indicator, year).sample(world.branches, len(world.branches))
            for rank, branch in enumerate(order, 1):
                yield {
                    "branch_id": branch,
                    "fiscal_year": year,
                    "indicator": indicator,
                    "rank": rank,
                    "branches": len(order),
                    "document_id": f"{branch}-{year}-result",
                    "line": rank,
                    "printed": f"{rank}位",
                }


def _target(measure: Measure, branch: str, year: int, value: Decimal) -> Row:
    rule = "at_most" if measure.direction == "lower" else "at_least"
    return _row(branch, year, measure.id, "target", value) | {"target_rule": rule}


def _row(branch: str, year: int, measure_id: str, kind: str, value: Decimal | int) -> Row:
    role = "result" if kind == "actual" else "plan"
    return {
        "branch_id": branch,
        "fiscal_year": year,
        "measure_id": measure_id,
        "kind": kind,
        "value": value,
        "status": "final",
        "document_id": f"{branch}-{year}-{role}",
        "printed": value,
    }


def main(arguments: list[str] | None = None) -> int:
    """Writes a package and says where; exit 1 where it cannot be."""
    parser = argparse.ArgumentParser(description="Writes a synthetic data package.")
    parser.add_argument("folder", type=Path)
    for name, usual in (("branches", 47), ("years", 6), ("measures", None), ("months", 1), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--parquet", action="store_true", help="as Parquet, which opens faster")
    asked = parser.parse_args(arguments)
    try:
        size = Size(asked.branches, asked.years, asked.measures, asked.months)
        if asked.parquet:
            with tempfile.TemporaryDirectory() as between:
                database.pack(make(Path(between) / "csv", size, asked.seed), asked.folder)
        else:
            make(asked.folder, size, asked.seed)
    except FileExistsError:
        print(f"{asked.folder} is not empty", file=sys.stderr)
        return 1
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(asked.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
