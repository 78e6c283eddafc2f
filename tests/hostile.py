"""A package whose every text tries to be more than text, and texts that are tried one by one."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from tests import builders

BEYOND = "http://beyond.example"
"""Where a text that is run would lead; nobody is there, and no browser test lets a request out."""

TRICKS = (
    f"![p]({BEYOND}/p)",
    f"[l]({BEYOND}/l)",
    "[j](javascript:alert)",
    f"{BEYOND}/bare_link",
    "HTTPS://beyond.example/upper",
    "www.beyond.example",
    "WWW.beyond.example",
    "me@beyond.example",
    f"<{BEYOND}/angle>",
    f'<img src="{BEYOND}/img" onerror="alert(1)">',
    "<script>alert(1)</script>",
    ":red[r]",
    ":blue-background[b]",
    ":green-badge[g]",
    ":small[s]",
    ":shimmer[s]",
    ":help[h]",
    ':color[c]{foreground="#E03131"}',
    ":color[]",
    "::leaf[l]",
    ":material/home:",
    ":material_home:",
    ":streamlit:",
    ":smile:smile:",
    "::tada:",
    ":+1:",
    "$x^2$",
    "$$y$$",
    "**b** __b__ *i* _i_ ~s~ ~~d~~ ``c`` `c`",
    "&amp; &lt;b&gt; &#65; &nbsp;x",
    r"\ \* \\ a\b",
    "-> <- <-> -- >= <= ~=",
    "[^n] [n]: x",
    "| a | b |",
    "{name} {0} %s {{x}}",
    "=HYPERLINK()",
    "'\"",
)
"""What Streamlit's Markdown, the page, a chart or a spreadsheet might act on, each harmless when it is text."""

BEGINNINGS = ("# ", "- ", "+ ", "* ", "1. ", "2) ", "> ", "```", "~~~", "---", "===", ":::x ", "|", "=", "@", "－")
"""What makes more of a text at its beginning only."""

MADE = ", ".join(
    (
        *("a[href]", "img", "video", "audio", "iframe", "script", ".katex", "em", "del", "code", "pre", "hr", "sup"),
        *("blockquote", "ol", "[role=img]", "[class^=stMarkdownColored]", ".stMarkdownBadge", ".stMarkdownShimmer"),
        *("[style*='font-size']", "[style*='color']", "input[type=checkbox]", "[data-testid=stTooltipIcon]"),
    )
)
"""What Streamlit makes of a text it runs; the app has none of these where it shows one."""

_SHORT = 7
"""Tricks in one name: all of them, over many names, and every name still fits on a page."""
_OPEN, _CLOSE = "⟦", "⟧"

_NAMES = {
    "branches.csv": ("name_ja", "name_en"),
    "measures.csv": ("name_ja", "name_en", "short_ja", "short_en", "note"),
    "documents.csv": ("title_ja", "title_en", "address", "note"),
    "observations.csv": ("note",),
    "exclusions.csv": ("note",),
    "benefit_kinds.csv": ("name_ja", "name_en", "note"),
    "budget_sections.csv": ("name_ja", "name_en"),
    "budgets.csv": ("initiative", "initiative_en", "note"),
    "policies.csv": ("name_ja", "name_en"),
    "initiatives.csv": ("item_no", "label_ja", "label_en"),
    "marks.csv": ("heading_ja", "heading_en", "printed"),
    "plan_changes.csv": ("label_ja", "label_en"),
}
"""Columns that hold free text, table by table."""
_PRINTED = {
    "observations.csv": ("printed",),
    "monthly.csv": ("printed",),
    "benefits.csv": ("printed", "covid_printed"),
    "budgets.csv": ("printed",),
    "incentive_ranks.csv": ("printed",),
    "plan_changes.csv": ("value_from", "value_to"),
}
"""Columns whose digits are checked: only tricks without digits and signs may stand in them."""
_WITHOUT_DIGITS = (
    *("![p](//beyond/p)", "[l](//beyond)", ":red[r]", ":smile:", "$x$", "**b**", "<b>", "&amp;", "`c`", r"\*"),
    *("http://beyond/bare", ":material/home:", "_i_", "~~d~~", "{x}", "@x"),
)


def pieces(text: str) -> Iterator[str]:
    """Every marked text in a longer one, from its opening to its closing sign."""
    for part in text.split(_OPEN)[1:]:
        yield _OPEN + part.partition(_CLOSE)[0] + _CLOSE


class Texts:
    """Every text the package was given, each once."""

    def __init__(self) -> None:
        self.all: set[str] = set()
        self._numbers = count()

    def full(self, kept: str) -> str:
        """A text with its share of the tricks behind a beginning; what stood there stays readable."""
        at = next(self._numbers)
        some = [TRICKS[(at * _SHORT + n) % len(TRICKS)] for n in range(_SHORT)]
        return f"{BEGINNINGS[at % len(BEGINNINGS)]}{self._held(f'{kept} {at} ' + ' '.join(some))}"

    def printed(self, kept: str) -> str:
        """A printed figure with tricks that hold no digit."""
        at = next(self._numbers)
        some = [_WITHOUT_DIGITS[(at + n) % len(_WITHOUT_DIGITS)] for n in range(3)]
        return f"{kept}{self._held(' '.join(some))}"

    def _held(self, text: str) -> str:
        held = f"{_OPEN}{text}{_CLOSE}"
        self.all.add(held)
        return held


def package(folder: Path) -> Texts:
    """The app's own package with tricks in every free text, sound all the same; returns the texts."""
    shutil.copytree(builders.DATA, folder, dirs_exist_ok=True)
    texts = Texts()
    for change, tables in ((texts.full, _NAMES), (texts.printed, _PRINTED)):
        for name, columns in tables.items():
            _rewrite(folder / name, columns, change)
    _longer(folder / "measures.toml", texts)
    return texts


def documents(folder: Path, texts: Texts) -> Path:
    """Texts of the documents whose every line tries the same: what passages are cut from."""
    folder.mkdir()
    for row in builders.rows(builders.DATA / "documents.csv"):
        if row["source_file"]:
            lines = [texts.full("") for _ in range(700)]
            (folder / row["source_file"]).write_text("\n".join(lines), encoding="utf-8")
    return folder


def _rewrite(path: Path, columns: tuple[str, ...], change: Callable[[str], str]) -> None:
    rows = builders.rows(path)
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    # The same text twice stays the same text: an initiative of two years is one.
    known: dict[str, str] = {}
    for row in rows:
        for column in columns:
            if row[column]:
                known.setdefault(row[column], change(row[column]))
                row[column] = known[row[column]]
    builders.write(path, header, rows)


def _longer(path: Path, texts: Texts) -> None:
    """The texts of the measures, over several lines."""
    lines = []
    for measure in builders.rows(builders.DATA / "measures.csv"):
        lines.append(f"[{measure['measure_id']}]")
        for key in ("definition_ja", "definition_en", "why_ja", "why_en"):
            said = texts.full(key).replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'{key} = "{said}\\n\\n    indented\\n\\n- item\\n===\\n"')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
