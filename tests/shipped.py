"""The app's own package, opened once for all tests that only read it."""

from __future__ import annotations

from functools import cache

from kenpo.package import Package, open_folder
from tests import builders


@cache
def package() -> Package:
    """data/, checked and opened."""
    return open_folder(builders.DATA)
