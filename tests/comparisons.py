"""Comparisons that the tests of Compare share: on the figures of the documents, and on given ones."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import get_args

import pytest

from kenpo import compare
from kenpo.catalog import Lang, Measure
from kenpo.compare import Comparison, Question, Row
from kenpo.judgement import Book, Observation
from kenpo.selection import Base, Mode, Show
from kenpo.text import texts
from kenpo.views.words import Voice
from tests import builders
from tests.shipped import package

D = Decimal
LIFESTYLE = "lifestyle_checkup_rate"
GUIDANCE = "guidance_rate_insured"
OFFICES = "health_declaration_offices"
PREMIUM = "premium_rate"
BASES: tuple[Base, ...] = get_args(Base)


@cache
def book(measure: str) -> Book:
    held = package().catalog
    return package().measures(compare.measures_of(held.measures[measure], held.other_definition(measure)))


def voice(lang: Lang = "ja") -> Voice:
    return Voice(texts(lang), "wareki" if lang == "ja" else "seireki", package().catalog)


@cache
def found(
    measure: str,
    fiscal_year: int,
    show: Show = "actual",
    base: Base = "target",
    mode: Mode = "year",
    chosen: tuple[str, ...] = ("gunma", "saitama", "shizuoka", "okayama", "yamaguchi"),
    own: str | None = None,
) -> Comparison:
    held, coverage = package().catalog, package().coverage
    m = held.measures[measure]
    branches = compare.candidates(book(measure), m, fiscal_year, coverage, held.branches)
    return compare.compare(book(measure), held, Question(m, fiscal_year, show, base, mode, chosen, own), branches)


def row(comparison_: Comparison, branch: str) -> Row:
    of = comparison_.of(branch)
    assert of is not None
    return of


def against(comparison_: Comparison) -> dict[str, str | None]:
    """The difference of each row to the chosen base, or the reason there is none."""
    return {r.branch: r.against.reason if r.against.value is None else str(r.against.value) for r in comparison_.rows}


def own(
    measure: Measure, *figures: Observation, show: Show = "actual", base: Base = "target", mode: Mode = "year"
) -> Comparison:
    """A comparison of Yamaguchi, Gunma and the nation in FY2024."""
    question = Question(measure, 2024, show, base, mode, (), None)
    return compare.compare(builders.book(*figures), builders.held(measure), question, ["gunma", "yamaguchi"])


ASKED: list[tuple[str, int]] = [
    (LIFESTYLE, 2024),
    (LIFESTYLE, 2021),
    (GUIDANCE, 2023),
    (GUIDANCE, 2024),
    (OFFICES, 2024),
    ("single_bid_rate", 2024),
    ("generic_use_rate", 2023),
    ("debt_recovery_rate_post_loss", 2023),
    ("opinion_transmission", 2023),
    ("card_recovery_rate", 2022),
    ("systolic_bp_mean", 2029),
    (PREMIUM, 2019),
    (PREMIUM, 2024),
    (PREMIUM, 2025),
]
each_question = pytest.mark.parametrize(("measure", "fiscal_year"), ASKED, ids=[f"{m} {y}" for m, y in ASKED])
each_way = pytest.mark.parametrize("mode", get_args(Mode))
each_kind = pytest.mark.parametrize("show", get_args(Show))
