"""Own components: Python gives plain data, JavaScript draws it and sends back what was chosen."""

from __future__ import annotations

from importlib import resources


def asset(name: str) -> str:
    """The text of a file beside this one."""
    return resources.files("kenpo.ui.components").joinpath(name).read_text(encoding="utf-8")


def script(name: str) -> str:
    """A component's JavaScript with what all of them share in front."""
    return asset("common.js") + asset(name)
