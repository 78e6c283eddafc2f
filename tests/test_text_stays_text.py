"""Whatever reaches an element that reads Markdown is a word of the app or was made plain: read in the sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "kenpo" / "ui").rglob("*.py"))]

BODIES = {
    "title",
    "header",
    "subheader",
    "markdown",
    "write",
    "caption",
    "info",
    "warning",
    "error",
    "success",
    "toast",
}
LABELS = {
    *("button", "download_button", "link_button", "page_link", "popover", "expander", "dialog", "toggle", "checkbox"),
    *("selectbox", "multiselect", "pills", "segmented_control", "select_slider", "slider", "radio", "tabs", "metric"),
    *("text_input", "text_area", "number_input", "date_input", "file_uploader", "spinner", "status", "badge"),
}
OPTIONS = {"pills", "segmented_control", "select_slider", "radio"}
"""Of these the options are read as Markdown too; those of a select box are not."""
SAFE = {"plain", "strong", "sentence", "_line"}
"""What makes a text plain; `_line` is a line of a passage, which is plain within its marks."""


class Reader(ast.NodeVisitor):
    """Finds every text of a file that an element would run."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._known: list[dict[str, list[ast.expr]]] = [{}]
        self._own: set[str] = set()

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if (node.module or "").startswith("kenpo"):
            self._own |= {alias.asname or alias.name for alias in node.names}

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._known.append({arg.arg: [ast.Name("a parameter")] for arg in _parameters(node)})
        self.generic_visit(node)
        self._known.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._known[-1].setdefault(target.id, []).append(node.value)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute) and node.func.attr in BODIES | LABELS and not self._ours(node.func):
            self._check(node, node.func.attr)
        self.generic_visit(node)

    def _ours(self, function: ast.Attribute) -> bool:
        """A function of the app under the same name is read where it stands."""
        return isinstance(function.value, ast.Name) and function.value.id in self._own

    def _check(self, node: ast.Call, name: str) -> None:
        texts = node.args[: {"metric": 3, "page_link": 0}.get(name, 1)]
        named = {keyword.arg: keyword.value for keyword in node.keywords}
        texts = [*texts, *(named[key] for key in ("label", "body", "help") if key in named)]
        if name in OPTIONS and (shown := named.get("format_func")):
            texts.append(shown.body if isinstance(shown, ast.Lambda) else shown)
        self.found += [f"{node.lineno}: {name}({ast.unparse(text)})" for text in texts if not self._safe(text)]

    def _safe(self, text: ast.expr) -> bool:
        match text:
            case ast.Constant():
                return True
            case ast.JoinedStr():
                return all(self._safe(part.value) for part in text.values if isinstance(part, ast.FormattedValue))
            case ast.IfExp():
                return self._safe(text.body) and self._safe(text.orelse)
            case ast.Starred():
                return self._safe(text.value)
            case ast.Tuple():
                return all(map(self._safe, text.elts))
            case ast.Subscript():
                # One of the app's own words by its id.
                return isinstance(text.value, ast.Name) and text.value.id == "names"
            case ast.Name():
                held = next((known[text.id] for known in reversed(self._known) if text.id in known), [])
                return bool(held) and all(map(self._safe, held))
            case ast.Call(func=ast.Attribute(attr="join"), args=[ast.GeneratorExp(elt=each)]):
                return self._safe(each)
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
                return name in SAFE or (name == "t" and all(_counts(keyword.value) for keyword in text.keywords))
        return False


def _parameters(node: ast.FunctionDef) -> Iterator[ast.arg]:
    yield from (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)


def _counts(value: ast.expr) -> bool:
    """Is it how many there are?"""
    match value:
        case ast.Call(func=ast.Name(id="len" | "amount")):
            return True
        case ast.BinOp():
            return _counts(value.left) and _counts(value.right)
    return isinstance(value, ast.Name) and value.id.isupper()


def unsafe(source: str) -> list[str]:
    reader = Reader()
    reader.visit(ast.parse(source))
    return reader.found


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(ROOT).as_posix() for path in FILES])
def test_no_element_runs_a_text_from_outside(path: Path) -> None:
    assert unsafe(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "st.title(voice.branch(b))",
        "st.caption(voice.t('x', name=name))",
        "st.caption(voice.t('x', n=len(found), name=name))",
        "st.markdown(f'**{name}**')",
        "st.metric('a', value)",
        "st.pills('a', options, format_func=voice.branch)",
        "st.button('a', help=name)",
        "column.error(str(problem))",
        "text = voice.branch(b)\nst.info(text)",
        "def show(text):\n    st.info(text)",
    ],
)
def test_a_text_from_outside_is_found(line: str) -> None:
    assert len(unsafe(line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "st.title(plain(voice.branch(b)))",
        "st.caption(t('x'))",
        "st.caption(t('x', n=len(found) - _SHOWN))",
        "st.markdown(f'**{t(\"x\")}** {words.plain(name)}')",
        "st.pills('a', options, format_func=lambda b: plain(voice.branch(b)))",
        "st.selectbox('a', options, format_func=voice.branch)",
        "text = plain(name)\nst.info(text)",
        "st.caption('  '.join(plain(line) for line in lines))",
    ],
)
def test_a_plain_text_is_none(line: str) -> None:
    assert unsafe(line) == []
