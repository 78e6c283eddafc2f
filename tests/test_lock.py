"""Everything that is installed is pinned with its hash, and the locks say the same as the short lists people read."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_docs import READMES, blocks

ROOT = Path(__file__).resolve().parent.parent
LISTS = {"requirements.txt": "requirements.lock", "requirements-dev.txt": "requirements-dev.lock"}
SYSTEMS = ("linux", "darwin", "win32")
PYTHONS = ("3.11.0", "3.12.0", "3.13.0", "3.14.0")


def entries(lock: str) -> list[tuple[Requirement, list[str]]]:
    """Every package of a lock with its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    split = [line.split("--hash=") for line in lines]
    return [(Requirement(head.strip()), [part.strip() for part in hashes]) for head, *hashes in split]


def named(name: str) -> dict[str, str]:
    """Package → version of a short list, the one it includes included."""
    found: dict[str, str] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found |= named(line.removeprefix("-r "))
        else:
            package, version = line.split("==")
            found[canonicalize_name(package)] = version
    return found


def installed(lock: str, system: str, python: str) -> dict[str, list[str]]:
    """Package → versions a lock installs there; one each, or pip would refuse."""
    there = {
        "sys_platform": system,
        "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[system],
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    found: dict[str, list[str]] = defaultdict(list)
    for requirement, _ in entries(lock):
        if (requirement.marker or Marker("python_version > '3'")).evaluate(there):
            found[canonicalize_name(requirement.name)].append(str(requirement.specifier).removeprefix("=="))
    return dict(found)


@pytest.mark.parametrize("lock", LISTS.values())
def test_every_package_is_pinned_with_its_hashes(lock: str) -> None:
    for requirement, hashes in entries(lock):
        assert re.fullmatch(r"==[0-9][0-9a-z.]*", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert [one for one in hashes if not re.fullmatch(r"sha256:[0-9a-f]{64}", one)] == []


@pytest.mark.parametrize("lock", LISTS.values())
def test_a_lock_names_no_place_to_get_it_from(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--?(?!hash)\w", text, flags=re.MULTILINE)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("short", LISTS)
def test_a_lock_installs_what_the_short_list_says(short: str, system: str, python: str) -> None:
    there = installed(LISTS[short], system, python)
    assert {name: versions for name, versions in there.items() if len(versions) != 1} == {}
    assert {name: there.get(name) for name in named(short)} == {name: [v] for name, v in named(short).items()}


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_checks_run_on_what_is_served(system: str, python: str) -> None:
    served, checked = (installed(lock, system, python) for lock in LISTS.values())
    assert {name: checked.get(name) for name in served} == served


def test_windows_gets_what_only_windows_needs() -> None:
    # That the markers are read at all.
    assert "colorama" in installed("requirements-dev.lock", "win32", "3.11.0")
    assert "colorama" not in installed("requirements-dev.lock", "linux", "3.11.0")


@pytest.mark.parametrize("lang", READMES)
def test_both_commands_install_by_the_locks(lang: str) -> None:
    start, check = blocks(READMES[lang], "sh")[:2]
    assert " pip install ".strip() in start
    assert "-r requirements.lock " in start
    assert "-r requirements-dev.lock " in check
    for command in (start, check, *blocks(READMES[lang], "powershell")):
        assert "--require-hashes" in command
