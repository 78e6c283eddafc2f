"""The rooms and the doors between them: who may import what, and where SQL, DuckDB and Japanese text may stand."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders

ROOT = Path(__file__).resolve().parent.parent
FILES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "kenpo").rglob("*.py"))]
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]
each_file = pytest.mark.parametrize("name", NAMES)

PAGE = {
    "streamlit",
    "kenpo.__main__",
    "kenpo.catalog",
    "kenpo.charts",
    "kenpo.checks",
    "kenpo.clock",
    "kenpo.compare",
    "kenpo.coverage",
    "kenpo.exports",
    "kenpo.formats",
    "kenpo.judgement",
    "kenpo.landing",
    "kenpo.selection",
    "kenpo.text",
    "kenpo.trend",
    "kenpo.ui",
    "kenpo.views",
    "kenpo.what_if",
}
# What each room may import, besides the standard library and itself. There are no exceptions.
ROOMS: dict[str, set[str]] = {
    # The first page is also where Streamlit finds what it shall serve through.
    "app": PAGE | {"kenpo.serve"},
    "pages": PAGE,
    "kenpo": set(),
    "kenpo.ui": {
        "streamlit",
        "pandas",
        "kenpo.catalog",
        # Data shows one of several parts: each is put together here, its chart included.
        "kenpo.charts",
        "kenpo.checks",
        # What day it is, is read once a run and handed on.
        "kenpo.clock",
        "kenpo.coverage",
        "kenpo.database",
        "kenpo.exports",
        # The findings are found once a process and kept beside the open package.
        # What changed under an open page is told by the files' contents.
        "kenpo.files",
        "kenpo.findings",
        "kenpo.formats",
        "kenpo.judgement",
        "kenpo.keeper",
        "kenpo.package",
        # Passages are read only when a reader opens them.
        "kenpo.passages",
        "kenpo.selection",
        "kenpo.text",
        "kenpo.views",
        # The desk holds the reader's scenario from one rerun to the next.
        "kenpo.what_if",
    },
    "kenpo.views": {
        "kenpo.catalog",
        "kenpo.checks",
        # As an argument: a view says that a year is over, it never asks what day it is.
        "kenpo.clock",
        "kenpo.compare",
        "kenpo.coverage",
        "kenpo.findings",
        "kenpo.formats",
        "kenpo.judgement",
        "kenpo.landing",
        "kenpo.selection",
        "kenpo.text",
        "kenpo.trend",
        "kenpo.what_if",
    },
    "kenpo.charts": {"altair", "pandas", "vl_convert", "kenpo.catalog", "kenpo.formats", "kenpo.text"},
    "kenpo.exports": {
        "pandas",
        "xlsxwriter",
        "kenpo.catalog",
        "kenpo.formats",
        "kenpo.judgement",
        "kenpo.text",
        "kenpo.what_if",
    },
    "kenpo.queries": {"kenpo.database"},
    "kenpo.database": {"duckdb", "pandas", "pyarrow", "kenpo.files"},
    "kenpo.checks": {
        "kenpo.catalog",
        "kenpo.database",
        "kenpo.files",
        "kenpo.judgement",
        "kenpo.printed",
        "kenpo.rules",
    },
    # What rows of text say of each other: pure, so that each rule is tested without a package on disk.
    "kenpo.rules": {"kenpo.catalog", "kenpo.printed"},
    "kenpo.printed": set(),
    "kenpo.package": {
        "kenpo.catalog",
        "kenpo.checks",
        "kenpo.clock",
        "kenpo.coverage",
        "kenpo.database",
        "kenpo.files",
        "kenpo.judgement",
        "kenpo.queries",
    },
    # Which package is shown while its files change.
    "kenpo.keeper": {"kenpo.clock", "kenpo.files", "kenpo.package"},
    # Bytes to rows and words, within limits; the standard library alone.
    "kenpo.files": set(),
    # Contradictions of the sources: pure, like judgement, whose verdicts it compares with those stated.
    "kenpo.findings": {"kenpo.catalog", "kenpo.composition", "kenpo.judgement"},
    "kenpo.compare": {"kenpo.catalog", "kenpo.judgement", "kenpo.selection"},
    "kenpo.trend": {"kenpo.catalog", "kenpo.judgement"},
    # What an engine found as records of ids and numbers: for the command line, so without words.
    "kenpo.answers": {"kenpo.compare", "kenpo.judgement", "kenpo.trend"},
    "kenpo.what_if": {"numpy", "pandas", "kenpo.catalog", "kenpo.judgement"},
    "kenpo.landing": {"numpy", "pandas", "kenpo.catalog", "kenpo.judgement"},
    # Engines on the official papers: figures in, frozen answers out.
    "kenpo.incentive": {"numpy", "kenpo.catalog", "kenpo.judgement"},
    "kenpo.premium": {"kenpo.catalog", "kenpo.judgement"},
    "kenpo.peers": {"numpy", "kenpo.catalog", "kenpo.judgement"},
    "kenpo.rank_change": {"kenpo.catalog", "kenpo.judgement"},
    "kenpo.reconcile": {"kenpo.catalog"},
    "kenpo.passages": set(),
    "kenpo.judgement": {"pandas", "kenpo.catalog"},
    # Parts of the catalog: what measures are made of.
    "kenpo.catalog": {"kenpo.composition"},
    "kenpo.composition": set(),
    "kenpo.clock": set(),
    # What is on record: pure, so that the package and the views speak of the same.
    "kenpo.coverage": {"kenpo.catalog"},
    "kenpo.text": {"kenpo.catalog"},
    "kenpo.formats": {"kenpo.catalog"},
    "kenpo.selection": {"kenpo.catalog", "kenpo.formats"},
    # Starts the server; beside ui the one room that sees Streamlit's settings.
    "kenpo.serve": {"starlette", "streamlit"},
    "kenpo.__main__": {
        "altair",
        "duckdb",
        "numpy",
        "pandas",
        "pyarrow",
        "vl_convert",
        "xlsxwriter",
        "kenpo.answers",
        "kenpo.catalog",
        "kenpo.charts",
        "kenpo.checks",
        "kenpo.clock",
        "kenpo.compare",
        "kenpo.coverage",
        "kenpo.database",
        "kenpo.exports",
        "kenpo.files",
        "kenpo.findings",
        "kenpo.formats",
        "kenpo.judgement",
        "kenpo.landing",
        "kenpo.package",
        "kenpo.passages",
        "kenpo.selection",
        "kenpo.serve",
        "kenpo.text",
        "kenpo.trend",
        "kenpo.ui",
        "kenpo.views",
        "kenpo.what_if",
    },
}

TOP_LEVEL = {
    ".ci",
    ".gitattributes",
    ".gitignore",
    ".streamlit",
    "CHANGELOG.md",
    "LICENSE",
    "README.ja.md",
    "README.md",
    "app.py",
    "bench",
    "data",
    "docs",
    "kenpo",
    "pages",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements-dev.txt",
    "requirements.lock",
    "requirements.txt",
    "tests",
}


def source(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def room_of(name: str) -> str:
    """kenpo/judgement/cells.py → kenpo.judgement; pages/compare.py → pages."""
    parts = name.removesuffix(".py").split("/")
    if parts[0] != "kenpo":
        return parts[0]
    return "kenpo" if parts[1] == "__init__" else f"kenpo.{parts[1]}"


def imported(text: str) -> set[str]:
    """What a source imports anywhere in it: third-party packages and rooms of kenpo. A relative import is named `.`."""
    return {room for node in ast.walk(ast.parse(text)) for room in _named(node)} - set(sys.stdlib_module_names)


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield _room(alias.name)
    elif isinstance(node, ast.ImportFrom):
        if node.level:
            yield "."
        elif node.module == "kenpo":
            yield from (f"kenpo.{alias.name}" for alias in node.names)
        else:
            yield _room(node.module or "")


def _room(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "kenpo" else parts[0]


# --- the reading itself ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rooms"),
    [
        ("import duckdb", {"duckdb"}),
        ("import altair.vegalite as alt", {"altair"}),
        ("from streamlit.components import v2", {"streamlit"}),
        ("from kenpo import checks, text", {"kenpo.checks", "kenpo.text"}),
        ("import kenpo.judgement.cells", {"kenpo.judgement"}),
        ("from kenpo.judgement.cells import Cell", {"kenpo.judgement"}),
        ("import kenpo", {"kenpo"}),
        ("import json, os.path\nfrom collections.abc import Mapping", set()),
        ("from __future__ import annotations", set()),
        ("from . import database", {"."}),
        ("from ..kenpo import database", {"."}),
        ("def f():\n    import duckdb", {"duckdb"}),
        ("if TYPE_CHECKING:\n    import pandas", {"pandas"}),
        ("try:\n    import orjson\nexcept ImportError:\n    pass", {"orjson"}),
    ],
)
def test_imports_are_found_wherever_they_stand(text: str, rooms: set[str]) -> None:
    assert imported(text) == rooms


@pytest.mark.parametrize(
    ("name", "room"),
    [
        ("app.py", "app"),
        ("pages/compare.py", "pages"),
        ("kenpo/__init__.py", "kenpo"),
        ("kenpo/__main__.py", "kenpo.__main__"),
        ("kenpo/checks.py", "kenpo.checks"),
        ("kenpo/ui/components/matrix.py", "kenpo.ui"),
    ],
)
def test_a_file_has_a_room(name: str, room: str) -> None:
    assert room_of(name) == room


# --- doors -----------------------------------------------------------------------------------------


@each_file
def test_a_room_imports_only_what_the_table_allows(name: str) -> None:
    room = room_of(name)
    assert room in ROOMS, "a new room needs a line in the table"
    assert imported(source(name)) - {room} <= ROOMS[room]


@each_file
def test_nothing_is_imported_by_a_name_made_at_run_time(name: str) -> None:
    called = {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(ast.parse(source(name)))
        if isinstance(node, ast.Name | ast.Attribute)
    }
    assert not called & {"__import__", "import_module", "exec_module", "exec", "eval"}


VIEWS = ROOT / "kenpo" / "views"
VIEW_FOLDERS = {path.parent.name for path in VIEWS.glob("*/__init__.py")}
"""The pages whose views are a folder."""
FLAT = {
    "data": {"data", "data_budget", "data_changes", "data_initiatives", "findings"},
    "landing": {"landing", "landing_over"},
    "overview": {"overview"},
    "what_if": {"grid", "scenarios", "what_if"},
}
"""Views that are no folder of their own yet, by page."""
SHARED_VIEWS = {"details", "labels", "marks", "problems", "words"}
"""Views of no page: every page may take from them, they take from none."""


def page_of(view: str) -> str | None:
    """The page a module or folder of views belongs to; None where it is shared."""
    if view in VIEW_FOLDERS:
        return view
    return next((page for page, views in FLAT.items() if view in views), None)


def modules(text: str) -> set[str]:
    """Every module of kenpo a source may mean: `from kenpo.views import grid` means kenpo.views.grid."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.startswith("kenpo.")}


def other_pages(name: str, text: str) -> set[str]:
    """The pages, other than its own, whose views a view takes something from."""
    own = page_of(name.removesuffix(".py").split("/")[2])
    asked = {page_of(module.split(".")[2]) for module in modules(text) if module.startswith("kenpo.views.")}
    return {page for page in asked if page is not None and page != own}


@pytest.mark.parametrize(
    ("name", "text", "pages"),
    [
        ("kenpo/views/trend/words.py", "from kenpo.views.compare.words import headline", {"compare"}),
        ("kenpo/views/trend/words.py", "from kenpo.views import compare", {"compare"}),
        ("kenpo/views/trend/words.py", "from kenpo.views.compare import words", {"compare"}),
        ("kenpo/views/trend/words.py", "import kenpo.views.compare.words", {"compare"}),
        ("kenpo/views/trend/words.py", "from kenpo.views.grid import realism", {"what_if"}),
        ("kenpo/views/what_if.py", "from kenpo.views.overview import table", {"overview"}),
        ("kenpo/views/marks.py", "def f():\n    from kenpo.views import trend", {"trend"}),
        ("kenpo/views/trend/table.py", "from kenpo.views.trend.words import headline", set()),
        ("kenpo/views/trend/table.py", "from kenpo.views.marks import MARKS", set()),
        ("kenpo/views/trend/table.py", "from kenpo import compare", set()),
        ("kenpo/views/grid.py", "from kenpo.views.what_if import Shown", set()),
    ],
)
def test_what_a_view_takes_from_other_pages_is_found(name: str, text: str, pages: set[str]) -> None:
    assert other_pages(name, text) == pages


@pytest.mark.parametrize("name", [name for name in NAMES if room_of(name) == "kenpo.views"])
def test_no_view_takes_from_the_views_of_another_page(name: str) -> None:
    assert other_pages(name, source(name)) == set()


def test_every_view_belongs_to_one_page_or_to_all() -> None:
    flat = {view for views in FLAT.values() for view in views}
    assert flat | SHARED_VIEWS == {path.stem for path in VIEWS.glob("*.py")} - {"__init__"}
    assert not flat & SHARED_VIEWS
    assert {"compare", "trend"} <= VIEW_FOLDERS
    assert not VIEW_FOLDERS & (flat | SHARED_VIEWS)


def test_altair_is_imported_by_charts_alone() -> None:
    # Streamlit loads it when it likes; the app itself must not pay for it on a page without a chart.
    users = {room_of(name) for name in NAMES if "altair" in imported(source(name))}
    assert users <= {"kenpo.charts"}


def test_the_pure_rooms_load_without_streamlit_altair_or_duckdb() -> None:
    pure = (
        *("judgement", "compare", "landing", "trend", "catalog", "clock", "coverage", "selection", "formats", "text"),
        *("files", "printed", "rules"),
        *("incentive", "peers", "premium", "rank_change", "reconcile"),
    )
    program = f"import sys, {', '.join(f'kenpo.{room}' for room in pure)}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=120
    ).stdout.split()
    assert "kenpo.judgement" in loaded
    assert not {"streamlit", "altair", "duckdb"} & set(loaded)


# --- the clock -------------------------------------------------------------------------------------

ASKS_THE_CLOCK = {"today", "now", "utcnow", "fromtimestamp", "utcfromtimestamp", "localtime", "gmtime", "time", "ctime"}
"""Calls that say what day it is. `time.monotonic` and `time.perf_counter` do not: they only measure."""


def asks_the_clock(text: str) -> set[str]:
    """Calls of these names on `date`, `datetime`, `time` or anything else, and what is imported from `time`."""
    tree = ast.parse(text)
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKS_THE_CLOCK
    }
    taken = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        for alias in node.names
        if alias.name in ASKS_THE_CLOCK
    }
    return called | taken


@pytest.mark.parametrize(
    "text",
    [
        "date.today()",
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "time.time()",
        "from time import time",
        "pd.Timestamp.now()",
    ],
)
def test_a_question_for_the_day_is_found(text: str) -> None:
    assert asks_the_clock(text)


@each_file
def test_only_the_clock_knows_what_day_it_is(name: str) -> None:
    # A figure that depends on the day it is looked at could not be trusted.
    if name != "kenpo/clock.py":
        assert asks_the_clock(source(name)) == set()


SQL_ASKS = re.compile(r"\bcurrent_|\b(now|today)\s*\(", re.IGNORECASE)
SCRIPT_ASKS = re.compile(r"\bnew\s+Date\b|\bDate\s*[.(]")


@pytest.mark.parametrize(
    ("asked", "suffix", "least"), [(SQL_ASKS, "sql", 15), (SCRIPT_ASKS, "js", 3)], ids=["sql", "scripts"]
)
def test_neither_sql_nor_scripts_ask_for_the_day(asked: re.Pattern[str], suffix: str, least: int) -> None:
    examples = {"sql": ("current_date", "select today()", "NOW ()"), "js": ("new Date()", "Date.now()", "Date()")}
    assert all(asked.search(text) for text in examples[suffix])
    files = list((ROOT / "kenpo").rglob(f"*.{suffix}"))
    assert len(files) > least
    assert [path.name for path in files if asked.search(path.read_text(encoding="utf-8"))] == []


def test_the_clock_is_read_where_a_page_opens_and_where_a_command_runs() -> None:
    asks = re.compile(r"\bclock\.read\(|from kenpo\.clock import .*\bread\b")
    readers = {name for name in NAMES if asks.search(source(name))}
    assert readers == {"kenpo/__main__.py", "kenpo/ui/page.py"}


# --- DuckDB and SQL --------------------------------------------------------------------------------


@each_file
def test_only_the_database_room_knows_duckdb(name: str) -> None:
    if name != "kenpo/database.py":
        assert "duckdb" not in source(name)


def docstrings(tree: ast.AST) -> set[int]:
    """The strings that stand for themselves, by identity: docstrings, also those below an assignment."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def literals(text: str) -> list[str]:
    """Every string that is no docstring, those inside f-strings included."""
    tree = ast.parse(text)
    told = docstrings(tree)
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]


SQL = re.compile(
    r"\bselect\s|\binsert\s+into\b|\bdelete\s+from\b|\bupdate\s+\w+\s+set\b|\b(create|drop|alter)\s+(table|view)\b|\bwhere\s+\w+\s*(=|in\b)",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "text",
    [
        'q("select * from observations")',
        'q(f"SELECT {column} from observations")',
        'q("select\\n  *")',
        'q("insert into t values (1)")',
        'q("drop table t")',
        'x = base + " where branch_id = " + b',
    ],
)
def test_sql_in_a_string_is_found(text: str) -> None:
    assert any(SQL.search(found) for found in literals(text))


@each_file
def test_sql_stands_in_sql_files(name: str) -> None:
    assert [found for found in literals(source(name)) if SQL.search(found)] == []


def calls(name: str, methods: set[str]) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(source(name)))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Attribute) and node.func.attr in methods)
            or (isinstance(node.func, ast.Name) and node.func.id in methods)
        )
    ]


@each_file
def test_a_statement_is_never_put_together(name: str) -> None:
    # Either a constant, or the name of a parameter that is handed on whole.
    statements = [call.args[0] for call in calls(name, {"execute", "executemany", "sql"}) if call.args]
    assert [ast.unparse(s) for s in statements if not isinstance(s, ast.Constant | ast.Name)] == []


def test_every_question_is_a_file_of_the_same_name() -> None:
    tree = ast.parse(source("kenpo/queries.py"))
    asked = {
        function.name: [
            ast.unparse(call.args[1])
            for call in ast.walk(function)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "query"
        ]
        for function in tree.body
        if isinstance(function, ast.FunctionDef) and function.name != "statement"
    }
    files = {path.stem for path in (ROOT / "kenpo" / "sql").glob("*.sql")}
    assert asked == {name: [f"statement('{name}')"] for name in files}


@pytest.mark.parametrize("path", sorted((ROOT / "kenpo" / "sql").glob("*.sql")), ids=lambda path: path.name)
def test_a_sql_file_says_its_grain_first_and_has_a_test(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("-- Grain: one row ")
    assert (ROOT / "tests" / "query" / f"test_{path.stem}.py").exists()


# --- the opened package ----------------------------------------------------------------------------

ASKS_QUERIES = (
    "kenpo/package.py",
    "bench/query.py",
    "tests/query/",
    "tests/unit/test_bench_query.py",
    "tests/unit/test_package.py",
)
"""The one room that asks, and whoever measures or tests the statements themselves."""


def test_everybody_else_asks_the_package() -> None:
    written = [
        *NAMES,
        *(path.relative_to(ROOT).as_posix() for top in ("bench", "tests") for path in (ROOT / top).rglob("*.py")),
    ]
    users = {name for name in written if "kenpo.queries" in imported(source(name))}
    assert "kenpo/package.py" in users
    assert [name for name in sorted(users) if not name.startswith(ASKS_QUERIES)] == []


@each_file
def test_the_connection_is_the_packages_own(name: str) -> None:
    # With it in hand, a page could ask past the package without importing anything.
    reached = {node.attr for node in ast.walk(ast.parse(source(name))) if isinstance(node, ast.Attribute)}
    assert name == "kenpo/package.py" or "connection" not in reached


# --- pages -----------------------------------------------------------------------------------------

PAGES = [name for name in NAMES if room_of(name) in ("app", "pages")]
JAPANESE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def test_japanese_is_found_in_strings_and_names_but_not_in_docstrings_and_comments() -> None:
    text = '"""概況"""\n# 概況\nx = f"{a}概況"\ndef f():\n    """概況"""\n'
    assert [found for found in literals(text) if JAPANESE.search(found)] == ["概況"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_no_japanese_text(name: str) -> None:
    assert [found for found in literals(source(name)) if JAPANESE.search(found)] == []


def test_the_first_page_is_a_short_list_of_steps() -> None:
    assert len(source("app.py").splitlines()) < 60


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_itself_with_one_call(name: str) -> None:
    assert len(calls(name, {"open_page"})) == 1


@each_file
def test_no_html_is_let_through(name: str) -> None:
    assert "unsafe_allow_html" not in source(name)


# --- top level -------------------------------------------------------------------------------------


# --- what a figure is of ---------------------------------------------------------------------------

MEASURES = [row["measure_id"] for row in builders.rows(ROOT / "data" / "measures.csv")]
TYPED_MEASURES = {
    # Said as examples, to whoever types a command.
    ("kenpo/__main__.py", "guidance_insured_count"),
    ("kenpo/__main__.py", "lifestyle_checkup_rate"),
    # The one measure whose actual is fixed before its year begins; no column of data/measures.csv says so.
    ("kenpo/rules/dates.py", "premium_rate"),
}
"""Where the code names a measure, and why it may."""


def typed_measures(text: str) -> set[str]:
    """The ids of data/measures.csv that stand in a text as words of their own."""
    return set(re.findall(r"[a-z][a-z0-9_]*", text)) & set(MEASURES)


def test_a_measure_typed_in_code_is_found() -> None:
    assert typed_measures('PARTS = ("guidance_rate_total", f"{name}_total_count")') == {"guidance_rate_total"}
    assert typed_measures("checkup_rate = 'premium_rates'") == set()


def test_the_code_names_no_measure() -> None:
    # Units, directions, parts and pools are read from the package: another one may hold other measures.
    inside = (path for room in ("kenpo", "pages") for path in sorted((ROOT / room).rglob("*")))
    texts = [ROOT / "app.py", *(p for p in inside if p.suffix in (".py", ".sql", ".js", ".css", ".html", ".toml"))]
    assert len(texts) > len(NAMES)
    found = {
        (path.relative_to(ROOT).as_posix(), measure)
        for path in texts
        for measure in typed_measures(path.read_text(encoding="utf-8"))
    }
    assert found == TYPED_MEASURES


def test_the_top_level_holds_only_what_it_must() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("no git checkout: which files belong to the project is not known")
    listed = subprocess.run(
        [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=60
    ).stdout
    top = {name.split("/")[0] for name in listed.split("\0") if name}
    assert "app.py" in top
    assert top <= TOP_LEVEL
