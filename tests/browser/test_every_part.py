"""Every part of the page Data in both languages, on three screens, light and dark: whole, drawn and readable."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.tour import EVERY, PARTS, Look, check_whole, seen_as


@seen_as(EVERY)
@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_whole(reader: Visit, look: Look, name: str) -> None:
    check_whole(reader, look, PARTS[name])
