"""The bench's own sums: ratios and bars, the table, JSON, quantiles, whose turn it is, what is measured."""

from __future__ import annotations

import json

import pytest

from bench import load
from bench.__main__ import SUBJECTS, main
from bench.query import by_turns
from bench.result import Bar, Result, as_json, quantile, table


@pytest.mark.parametrize(
    ("bar", "inside", "outside", "said"),
    [
        (Bar(1.5), 1.5, 1.51, "≤ 1.5"),
        (Bar(0.6, "at least"), 0.6, 0.59, "≥ 0.6"),
        (Bar(1, "below"), 0.99, 1.0, "< 1"),
        (Bar(100), 100.0, 100.1, "≤ 100"),
    ],
)
def test_a_bar_says_how_far_a_figure_may_go(bar: Bar, inside: float, outside: float, said: str) -> None:
    assert bar.holds(inside)
    assert not bar.holds(outside)
    assert str(bar) == said


def test_a_ratio_is_judged_as_it_is_shown() -> None:
    assert Result("a", 150.4, "ms", 100, Bar(1.5)).ratio == 1.5
    assert Result("a", 150.4, "ms", 100, Bar(1.5)).met is True
    assert Result("a", 150.6, "ms", 100, Bar(1.5)).ratio == 1.51
    assert Result("a", 150.6, "ms", 100, Bar(1.5)).met is False


def test_without_a_floor_the_figure_itself_is_judged() -> None:
    assert Result("a", 4.9, "ms", None, Bar(5)).ratio is None
    assert Result("a", 4.9, "ms", None, Bar(5)).met is True
    assert Result("a", 5.1, "ms", None, Bar(5)).met is False
    assert Result("a", 4.9, "/s", None, Bar(5, "at least")).met is False


def test_without_a_bar_nothing_is_judged() -> None:
    assert Result("a", 3, "ms", 2).met is None
    assert Result("a", 3, "ms", 2).ratio == 1.5


def test_a_floor_of_nothing_has_no_ratio() -> None:
    assert Result("a", 3, "ms", 0.0).ratio is None


def test_the_table_has_a_line_a_result_with_figures_to_the_right() -> None:
    results = [
        Result("what-if / floor", 35.44, "ms", 27.1, Bar(1.5)),
        Result("Overview / floor", 79.9, "ms", 27.1, Bar(1.8)),
        Result("bytes", 72062, "B"),
        Result("collector", 0.125, "ms", None, Bar(5)),
    ]
    assert table(results).splitlines() == [
        "                     taken    floor  ratio    bar  met",
        "----------------  --------  -------  -----  -----  ---",
        "what-if / floor    35.4 ms  27.1 ms   1.31  ≤ 1.5  yes",
        "Overview / floor   79.9 ms  27.1 ms   2.95  ≤ 1.8   no",
        "bytes             72,062 B        –      –      –    –",
        "collector          0.12 ms        –      –    ≤ 5  yes",
    ]


def test_japanese_takes_two_columns_of_the_table() -> None:
    lines = table([Result("概況", 1, "ms"), Result("abcd", 1, "ms")]).splitlines()
    assert lines[2].replace("概況", "abcd") == lines[3]


def test_json_says_everything_the_table_says() -> None:
    results = [Result("概況 / floor", 79.94, "ms", 27.1, Bar(1.8)), Result("bytes", 72062, "B")]
    assert json.loads(as_json(results)) == [
        {
            "name": "概況 / floor",
            "taken": 79.94,
            "floor": 27.1,
            "ratio": 2.95,
            "bar": "≤ 1.8",
            "unit": "ms",
            "met": False,
        },
        {"name": "bytes", "taken": 72062, "floor": None, "ratio": None, "bar": None, "unit": "B", "met": None},
    ]
    assert "概況" in as_json(results)


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        ([5, 1, 4, 2, 3], 0.5, 3),
        ([5, 1, 4, 2, 3], 1.0, 5),
        ([5, 1, 4, 2, 3], 0.01, 1),
        (list(range(1, 101)), 0.95, 95),
        (list(range(1, 21)), 0.95, 19),
        ([7], 0.95, 7),
    ],
)
def test_a_quantile_is_the_nearest_rank(values: list[float], share: float, found: float) -> None:
    assert quantile(values, share) == found


def test_tasks_take_turns_after_a_round_that_is_not_counted() -> None:
    calls: list[str] = []
    medians = by_turns(lambda: calls.append("a"), lambda: calls.append("b"), rounds=2)
    assert calls == ["a", "b"] * 3
    assert len(medians) == 2
    assert all(0 <= ms < 1000 for ms in medians)


# --- the command -----------------------------------------------------------------------------------


def test_a_subject_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["memory"])
    assert "no subject: memory; there are query, interaction, load, start" in capsys.readouterr().err


@pytest.mark.parametrize(("form", "shown"), [([], "load: one  1.0 ms"), (["--format", "json"], '"name": "load: one"')])
def test_one_subject_is_measured_and_printed(
    form: list[str], shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(load, "measure", lambda: [Result("load: one", 1.0, "ms", 2.0, Bar(0.1))])
    assert main(["load", *form]) == 0
    said = capsys.readouterr()
    assert shown in said.out
    assert said.err == "measuring: load\n"


def test_without_a_subject_all_are_measured_in_their_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for subject in SUBJECTS:
        monkeypatch.setattr(f"bench.{subject}.measure", lambda name=subject: [Result(name, 1, "ms")])
    assert main(["--format", "json"]) == 0
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == list(SUBJECTS)
