"""Small data packages by property: every column of the schema with odd but legal values, rows that agree with it.

A package holds a few branches, measures and documents of its own, taken from the app's or made up, and whatever the
rules of kenpo/checks.py let stand beside them: nothing at all, one year, targets alone, words for figures.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kenpo.catalog import TEXT_KEYS
from tests import builders
from tests.hostile import BEGINNINGS, TRICKS

Row = dict[str, str]
Draw = Callable[[st.SearchStrategy[Any]], Any]

_SCHEMA = json.loads((builders.DATA / "datapackage.json").read_text(encoding="utf-8"))
_MEASURES = {row["measure_id"]: row for row in builders.rows(builders.DATA / "measures.csv")}
_BRANCHES = {row["branch_id"]: row for row in builders.rows(builders.DATA / "branches.csv")}
_UNITS = {"percent": "%", "persons": "人", "count": "件", "yen": "円", "days": "日", "mmHg": "mmHg", "rank": "位"}
_RULES = {"at_least": "以上", "at_most": "以下", "equal": "とする"}
_SIGNS = {"higher": ("at_least", "equal"), "lower": ("at_most", "equal"), "neutral": ("at_least", "at_most", "equal")}
_RELATIVE = {"higher": "at_least_previous_year", "lower": "at_most_previous_year", "neutral": "at_least_previous_year"}
YEARS = (2022, 2023, 2024)


@dataclass(slots=True)
class Package:
    """The rows of a package, table by table; a table that is not named is empty."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    texts: str = ""

    def write(self, folder: Path) -> Path:
        """Writes the package into a folder that must not hold one."""
        folder.mkdir(parents=True)
        shutil.copy(builders.DATA / "datapackage.json", folder)
        builders.unrecorded(folder)
        for resource in _SCHEMA["resources"]:
            columns = [described["name"] for described in resource["schema"]["fields"]]
            builders.write(folder / resource["path"], columns, self.tables.get(resource["name"], []))
        if self.texts:
            (folder / "measures.toml").write_text(self.texts, encoding="utf-8")
        return folder


# --- texts and numbers -----------------------------------------------------------------------------

_LETTERS = st.text(st.characters(exclude_categories=["C", "Z"], include_characters="\u3000 "), min_size=1, max_size=40)
NAMES = st.one_of(
    _LETTERS.map(str.strip).filter(bool),
    st.sampled_from(["山", "山口" * 60, "🏯" * 20, "עברית", "e\u0301" * 30, "_index", "None", "nan", "index", "0"]),
    st.builds("{}{}".format, st.sampled_from(BEGINNINGS), st.sampled_from(TRICKS)).map(str.strip),
)
"""Names as somebody might write them; most of them nobody would."""


def _named(draw: Draw, row: Row, *columns: str, taken: set[str]) -> Row:
    """The row under other names now and then; a name stands once in its column."""
    named = dict(row)
    for column in columns:
        wanted = draw(st.one_of(st.just(row[column]), NAMES))
        named[column] = wanted if f"{column}:{wanted}" not in taken else f"{wanted} {len(taken)}"
        taken.add(f"{column}:{named[column]}")
    return named


def _number(draw: Draw, measure: Row) -> str:
    """A value the measure may have, in its decimals."""
    if measure["unit"] == "percent":
        decimals = draw(st.integers(0, 3))
        return str(draw(st.decimals(0, 100, places=decimals)))
    most = draw(st.sampled_from([1, 60, 5_000, 900_000, 40_000_000]))
    return str(draw(st.integers(0, most)))


def _printed(value: str, measure: Row) -> str:
    whole, _, decimals = value.partition(".")
    return f"{int(whole):,}{'.' if decimals else ''}{decimals}{_UNITS.get(measure['unit'], '')}"


# --- tables ----------------------------------------------------------------------------------------


def _measures(draw: Draw) -> list[Row]:
    """Some measures of the app with those they rest on, their optional columns emptied now and then."""
    wanted = draw(st.lists(st.sampled_from(sorted(_MEASURES)), min_size=1, max_size=5, unique=True))
    whole = dict.fromkeys(wanted)
    for measure_id in wanted:
        row = _MEASURES[measure_id]
        whole |= dict.fromkeys(i for i in (row["numerator_id"], row["denominator_id"], row["successor_id"]) if i)
    taken: set[str] = set()
    return [_measure(draw, dict(_MEASURES[i]), taken) for i in _MEASURES if i in whole]


def _measure(draw: Draw, row: Row, taken: set[str]) -> Row:
    row = _named(draw, row, "name_ja", "name_en", "short_ja", "short_en", taken=taken)
    emptied = draw(st.sets(st.sampled_from(["kpi_from", "kpi_to", "step", "slider", "decimals", "note", "pair"])))
    for column in emptied & {"kpi_from", "kpi_to", "step", "decimals", "note"}:
        row[column] = ""
    if "slider" in emptied:
        row["slider_min"] = row["slider_max"] = ""
    if "pair" in emptied:
        row["numerator_id"] = row["denominator_id"] = ""
    if draw(st.booleans()):
        row["numerator_id"] = ""
    if row["role"] != "kpi" and draw(st.booleans()):
        row["pillar"] = ""
    return row


def _parts(draw: Draw, measures: Sequence[Row]) -> list[Row]:
    """Rates that combine into one and a number that grows with one, under names the app has words for or none."""
    rates = [m["measure_id"] for m in measures if m["unit"] == "percent" and m["denominator_id"]]
    if not rates or draw(st.booleans()):
        return []
    whole, name = draw(st.sampled_from(rates)), draw(st.sampled_from(["checkup", "guidance", "visits"]))
    rows = [
        {"whole_id": whole, "relation": "combine", "split": name, "part_id": part} for part in rates if part != whole
    ]
    of = {m["measure_id"]: m["denominator_id"] for m in measures}
    counts = [m["measure_id"] for m in measures if m["role"] == "count" and m["measure_id"] != of[whole]]
    grown = [{"whole_id": i, "relation": "grow", "split": "rates", "part_id": whole} for i in counts[:1]]
    return [*rows, *(grown if draw(st.booleans()) else [])]


def _texts(draw: Draw, measures: Sequence[Row]) -> str:
    """The four texts of every measure, one of them as somebody might write it."""
    said = dict.fromkeys(TEXT_KEYS, "理由") | {"why_ja": draw(NAMES)}
    lines = [f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in said.items()]
    return "\n".join(line for m in measures for line in (f"[{m['measure_id']}]", *lines)) + "\n"


def _branches(draw: Draw) -> list[Row]:
    """A few branches, with the nation or without, in any order, with and without a colour and a region."""
    wanted = draw(st.lists(st.sampled_from([b for b in _BRANCHES if b != "national"]), max_size=3, unique=True))
    if draw(st.booleans()) or not wanted:
        wanted.insert(0, "national")
    taken: set[str] = set()
    rows = [_named(draw, _BRANCHES[b], "name_ja", "name_en", taken=taken) for b in wanted]
    for row in rows:
        for column in draw(st.sets(st.sampled_from(["color_light", "color_dark", "region"]))):
            row[column] = ""
    return rows


def _documents(draw: Draw, branches: Sequence[Row]) -> list[Row]:
    rows, taken = [], set[str]()
    for at in range(draw(st.integers(1, 3))):
        role = draw(st.sampled_from(["plan", "result", "reference"]))
        titles = {"title_ja": f"文書{at}", "title_en": f"Document {at}"}
        row = {
            "document_id": f"d{at}",
            "branch_id": draw(st.sampled_from(branches))["branch_id"],
            "role": role,
            "fiscal_year": str(YEARS[-1]),
            "draft": draw(st.sampled_from(["true", "false"])) if role == "plan" else "false",
            "source_file": draw(st.sampled_from(["", "d.txt", "../d.txt", "/etc/passwd"])),
            "address": draw(st.sampled_from(["", "https://example.org/a", "javascript:alert(1)"])),
            "note": draw(st.just("") | NAMES),
        }
        rows.append(_named(draw, row | titles, "title_ja", "title_en", taken=taken))
    return rows


def _observation(draw: Draw, found: Mapping[str, Sequence[Row]]) -> Row:
    """A figure that agrees with its measure, its printed form and its document."""
    measure = draw(st.sampled_from(found["measures"]))
    kinds = ["target"] if measure["unit"] == "text" else ["target", "actual", "plan"]
    kind, year = draw(st.sampled_from(kinds)), draw(st.sampled_from(YEARS))
    document = draw(st.sampled_from(found["documents"]))
    row = {
        "branch_id": draw(st.sampled_from(found["branches"]))["branch_id"],
        "fiscal_year": str(year),
        "measure_id": measure["measure_id"],
        "kind": kind,
        "document_id": document["document_id"],
        "line": draw(st.sampled_from(["1", "999999999", "3;5;8"])),
        "note": draw(st.just("") | NAMES),
        "status": _status(draw, document, kind, year),
    }
    if kind == "target":
        return row | _target(draw, measure)
    value = _number(draw, measure)
    if kind == "actual" and draw(st.booleans()):
        month = draw(st.integers(4, 12))
        row |= {"status": "provisional", "as_of": f"{year}-{month:02}"}
    if kind == "actual":
        row["stated"] = draw(st.sampled_from(["", "", "達成", "未達成", "◎", "○", "△", "×"]))
    return row | {"value": value, "printed": _printed(value, measure)}


def _status(draw: Draw, document: Row, kind: str, year: int) -> str:
    """Drafts stand in drafts alone, and there what is set for its own year is one."""
    if document["draft"] == "false":
        return str(draw(st.sampled_from(["final", "undated"])))
    own = kind in ("target", "plan") and str(year) == document["fiscal_year"]
    return "draft" if own else str(draw(st.sampled_from(["final", "undated", "draft"])))


def _target(draw: Draw, measure: Row) -> Row:
    direction = measure["direction"]
    if measure["unit"] == "text" or draw(st.integers(0, 9)) == 0:
        return {"target_rule": "qualitative", "printed": "着実に実施する"}
    value = _number(draw, measure)
    if draw(st.integers(0, 4)) == 0:
        rule = _RELATIVE[direction]
        ending = _RULES[rule.removesuffix("_previous_year")]
        if draw(st.booleans()):
            return {"target_rule": rule, "value": value, "printed": f"前年度（{_printed(value, measure)}）{ending}"}
        return {"target_rule": rule, "printed": f"前年度{ending}"}
    rule = draw(st.sampled_from(_SIGNS[direction]))
    return {"target_rule": rule, "value": value, "printed": f"{_printed(value, measure)}{_RULES[rule]}"}


def _once(rows: Sequence[Row], *columns: str) -> list[Row]:
    """The rows of each key, the first of them."""
    kept: dict[tuple[str, ...], Row] = {}
    for row in rows:
        kept.setdefault(tuple(row.get(column, "") for column in columns), row)
    return list(kept.values())


def _monthly(draw: Draw, found: Mapping[str, Sequence[Row]]) -> list[Row]:
    """What was counted month by month of some branch, up to some month of some years."""
    counted = [m for m in found["measures"] if m["role"] == "count"]
    if not counted or draw(st.booleans()):
        return []
    measure, branch = draw(st.sampled_from(counted)), draw(st.sampled_from(found["branches"]))
    rows = []
    for year in draw(st.lists(st.sampled_from(YEARS), unique=True, max_size=3)):
        first, last = sorted((draw(st.integers(0, 11)), draw(st.integers(0, 11))))
        total = 0
        for month in range(first, last + 1):
            total += draw(st.integers(0, 500))
            rows.append(
                {
                    "branch_id": branch["branch_id"],
                    "fiscal_year": str(year),
                    "month": f"{year + (month + 3) // 12}-{(month + 3) % 12 + 1:02}",
                    "measure_id": measure["measure_id"],
                    "value": str(total),
                    "document_id": found["documents"][0]["document_id"],
                    "line": str(month + 1),
                    "printed": f"{total:,}",
                }
            )
    return rows


def _lists(draw: Draw, found: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """Budgets, initiatives, marks, changes, benefits and ranks, each there or not."""
    measures = [m["measure_id"] for m in found["measures"]]

    def place(at: int, **said: str) -> Row:
        return {
            "branch_id": draw(st.sampled_from(found["branches"]))["branch_id"],
            "fiscal_year": str(draw(st.sampled_from(YEARS))),
            "document_id": draw(st.sampled_from(found["documents"]))["document_id"],
            "line": str(at + 1),
            **said,
        }

    def some(most: int) -> range:
        return range(draw(st.sampled_from([0, 0, 1, most])))

    pillar = draw(st.sampled_from("123"))
    amount = st.sampled_from([0, 1, 85_853, 999_999_999])
    sections = [{"section": "one", "name_ja": draw(NAMES), "name_en": draw(NAMES)}]
    policies = [{"policy": "one", "pillar": pillar, "name_ja": draw(NAMES), "name_en": draw(NAMES)}]
    kinds = [{"benefit_id": "one", "name_ja": draw(NAMES), "name_en": draw(NAMES)}]
    tables: dict[str, list[Row]] = {"budget_sections": sections, "policies": policies, "benefit_kinds": kinds}
    tables["budgets"] = [
        place(at, section="one", initiative=f"{draw(NAMES)} {at}", initiative_en=draw(NAMES), is_new="true")
        | {"amount_thousand_yen": str(much), "printed": f"{much:,}千円"}
        for at in some(3)
        for much in (draw(amount),)
    ]
    tables["initiatives"] = [
        place(at, policy="one", pillar=pillar, item_no=draw(NAMES), label_ja=draw(NAMES), label_en=draw(NAMES))
        | {"measure_id": draw(st.sampled_from(["", *measures])), "rating": draw(st.sampled_from("◎○△×—"))}
        | {"states_kpi": "false"}
        for at in some(4)
    ]
    tables["marks"] = [
        place(at, pillar=pillar, heading_ja=f"{draw(NAMES)} {at}", heading_en=draw(NAMES), level="high")
        | {"mark": draw(st.sampled_from(["importance", "difficulty"])), "printed": draw(NAMES)}
        | {"measure_ids": draw(st.sampled_from(["", measures[0], ";".join(dict.fromkeys(measures))]))}
        for at in some(3)
    ]
    tables["plan_changes"] = [
        place(at, pillar=pillar, item_no=str(at + 1), label_ja=draw(NAMES), label_en=draw(NAMES))
        | draw(st.sampled_from(_CHANGES))
        | {"measure_id": draw(st.sampled_from(["", *measures]))}
        for at in some(4)
    ]
    for row in tables["plan_changes"]:
        row.pop("line")
    tables["benefits"] = _once(
        [
            place(at, benefit_id="one", count=str(much), printed=f"{much:,}")
            for at in some(2)
            for much in (draw(st.integers(0, 99_999)),)
        ],
        *("branch_id", "fiscal_year", "document_id"),
    )
    tables["incentive_ranks"] = _once(
        [
            place(
                at, indicator=draw(st.sampled_from(["overall", "visit_rate"])), rank="1", branches="47", printed="1位"
            )
            for at in some(2)
        ],
        *("branch_id", "fiscal_year", "indicator"),
    )
    return tables


_BOTH = {"line_new": "1", "line_old": "2"}
_CHANGES: tuple[Row, ...] = (
    {"subject": "kpi", "change": "new", "line_new": "1", "value_to": "60.0%以上"},
    {"subject": "kpi", "change": "dropped", "line_old": "1", "value_from": "60.0%以上"},
    {"subject": "kpi", "change": "raised", "value_from": "58.0%", "value_to": "60.0%", **_BOTH},
    {"subject": "kpi", "change": "lowered", "value_from": "58.0%", "value_to": "0%", **_BOTH},
    {"subject": "heading", "change": "wording", **_BOTH},
    {"subject": "heading", "change": "moved", **_BOTH},
    {"subject": "kpi", "change": "unchanged", "value_from": "前年度以上", "value_to": "前年度以上", **_BOTH},
)


@st.composite
def packages(draw: Draw) -> Package:
    """A small package that agrees with the schema and is meant to be sound."""
    found = {"measures": _measures(draw), "branches": _branches(draw)}
    found["documents"] = _documents(draw, found["branches"])
    figures = [_observation(draw, found) for _ in range(draw(st.integers(0, 16)))]
    only = draw(st.sampled_from(["", "", "", "target", "actual", "undated"]))
    figures = [row for row in figures if only in ("", row["kind"], row["status"])]
    key = ("branch_id", "fiscal_year", "measure_id", "kind", "as_of", "document_id")
    rated = [m["measure_id"] for m in found["measures"] if m["unit"] == "percent"]
    ranged = draw(st.sampled_from(["", *rated]))
    tables: dict[str, list[Row]] = {
        **{name: list(rows) for name, rows in found.items()},
        "observations": _once(figures, *key),
        "monthly": _monthly(draw, found),
        "ranges": [
            {"branch_id": row["branch_id"], "fiscal_year": row["fiscal_year"], "measure_id": ranged}
            | {"document_id": row["document_id"], "bound": draw(st.sampled_from(["highest", "lowest"]))}
            for row in figures[:1]
            if ranged and row["measure_id"] == ranged and row.get("value")
        ],
        **_lists(draw, found),
    }
    # A changed target is the one on record: what is made up here would differ from it.
    set_in = {(row["document_id"], row["measure_id"]) for row in figures if row["kind"] == "target"}
    changes = [row for row in tables["plan_changes"] if (row["document_id"], row["measure_id"]) not in set_in]
    tables |= {"plan_changes": changes, "measure_parts": _parts(draw, found["measures"])}
    return Package(tables, _texts(draw, found["measures"]))
