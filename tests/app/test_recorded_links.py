"""Links of before open the same page: texts, chart specs, rows and downloads, to the letter."""

from __future__ import annotations

import pytest

from tests.recorded import LINKS, recorded, seen

RECORDED = recorded()


@pytest.mark.parametrize("name", LINKS)
def test_a_link_of_before_shows_the_same(name: str) -> None:
    now, before = seen(*LINKS[name]), RECORDED[name]
    assert sorted(now) == sorted(before)
    for kind, said in before.items():
        assert now[kind] == said, kind
