"""The documentation is kept true: its commands run, its pictures exist, CI runs what it says."""

from __future__ import annotations

import os
import re
import shlex
import stat
from pathlib import Path

import pytest

from kenpo import serve
from kenpo.__main__ import main
from kenpo.serve import door
from kenpo.text import texts
from tests.builders import OBSERVATION_COLUMNS

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = ROOT / "docs" / "operations.md"
READMES = {"ja": ROOT / "README.ja.md", "en": ROOT / "README.md"}
BUILT = ["app.py", *sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))]


def blocks(path: Path, language: str) -> list[str]:
    """The code blocks of a language, as typed."""
    found = re.findall(rf"```{language}\n(.*?)```", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [block.strip() for block in found]


def commands(path: Path) -> list[list[str]]:
    """The arguments of every `python -m kenpo` line that answers; a server is started by other tests."""
    lines = "\n".join(blocks(path, "sh")).splitlines()
    return [shlex.split(line)[3:] for line in lines if line.startswith(".venv/bin/python -m kenpo ")]


def serving(path: Path) -> list[list[str]]:
    """The arguments of every `python -m kenpo serve` in a text, wherever it stands."""
    found = re.findall(r"python -m kenpo (serve[^`\n\"]*)", path.read_text(encoding="utf-8"))
    return [shlex.split(line) for line in found]


def test_both_readmes_give_the_same_commands() -> None:
    one, other = (blocks(path, "sh")[:2] + blocks(path, "powershell") for path in READMES.values())
    assert one == other
    assert len(one) == 3


def test_ci_runs_the_readmes_check_command_with_skipping_forbidden() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.rstrip().endswith(blocks(READMES["en"], "sh")[1])
    assert "export KENPO_NO_SKIP=1" in script


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode of a file")
def test_ci_can_be_run() -> None:
    assert (ROOT / ".ci" / "run").stat().st_mode & stat.S_IXUSR


@pytest.mark.parametrize("lang", READMES)
def test_every_command_line_example_works(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = commands(READMES[lang])
    assert {arguments[0] for arguments in found} >= {"values", "check"}
    for arguments in found:
        assert main(arguments) == 0
        assert capsys.readouterr().out


@pytest.mark.parametrize("path", [*READMES.values(), OPERATIONS], ids=lambda path: path.name)
def test_every_way_to_serve_that_is_named_is_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[serve.Settings] = []
    monkeypatch.setattr(serve, "_run", served.append)
    found = serving(path)
    for arguments in found:
        assert main(arguments) == 0
    assert len(served) == len(found) >= 2
    # That one of them opens the app on purpose.
    assert any("--address" in arguments and "--name" in arguments for arguments in found)


def test_the_operators_page_names_the_headers_that_are_sent() -> None:
    text = OPERATIONS.read_text(encoding="utf-8")
    for name, value in door.HEADERS.items():
        assert f"`{name}`" in text
        for part in value.split("; "):
            assert f"`{part}`" in text


@pytest.mark.parametrize("lang", READMES)
def test_pictures_and_links_lead_somewhere(lang: str) -> None:
    text = READMES[lang].read_text(encoding="utf-8")
    targets = [t for t in re.findall(r"\]\(([^)]+)\)", text) if not t.startswith("https://")]
    assert [t for t in targets if not (ROOT / t).exists()] == []
    assert [t for t in targets if t.endswith(".png")]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_page_is_described_under_its_name(lang: str) -> None:
    text = READMES[lang].read_text(encoding="utf-8")
    for page in BUILT:
        name = "overview" if page == "app.py" else Path(page).stem
        assert texts("ja")(f"menu.{name}") in text
        assert texts("ja" if lang == "ja" else "en")(f"menu.{name}") in text


def test_environment_variables_named_are_those_read() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("kenpo/**/*.py"))
    read = set(re.findall(r"\bKENPO_[A-Z]+\b", code))
    for path in READMES.values():
        assert read <= set(re.findall(r"\bKENPO_[A-Z]+\b", path.read_text(encoding="utf-8")))


def test_requirements_are_exact() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").split()
        pinned = [line for line in lines if line not in ("-r", "requirements.txt")]
        assert [line for line in pinned if not re.fullmatch(r"[a-z0-9-]+==[0-9.]+(post[0-9]+)?", line)] == []
    runtime = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert {line.split("==")[0] for line in runtime.split()} >= {"streamlit", "pandas", "altair", "duckdb"}


def test_the_columns_of_a_figure_are_described() -> None:
    described = (ROOT / "data" / "datapackage.json").read_text(encoding="utf-8")
    assert all(f'"name": "{column}"' in described for column in OBSERVATION_COLUMNS)


def test_the_newest_change_has_the_version_of_the_data_package() -> None:
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert f'"version": "{versions[0]}"' in (ROOT / "data" / "datapackage.json").read_text(encoding="utf-8")
