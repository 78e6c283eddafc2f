"""Takes the pictures of the READMEs from a running app: python -m tests.browser.take_pictures http://127.0.0.1:8501."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import QUIET, Visit, chromium

PAGES = {
    "overview": "",
    "compare": "compare",
    "trend": "trend",
    "what-if": "what_if",
    "landing": "landing",
    "data": "data",
}
SHOWN = {"what-if": "&branch=yamaguchi&fy=2024&t.lifestyle_checkup_rate=60.0", "data": "&part=findings"}
"""What is chosen for the picture, where the page as it opens says less."""
FOLDER = Path(__file__).resolve().parent / "pictures"


def main(address: str) -> None:
    """One picture a page and language, as on a laptop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium(), args=QUIET)
        for lang in ("ja", "en"):
            context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="ja-JP")
            reader = Visit(context, address)
            for name, path in PAGES.items():
                reader.open(f"{path}?lang={lang}{SHOWN.get(name, '')}")
                reader.page.wait_for_timeout(1500)
                reader.page.screenshot(path=FOLDER / f"{name}-{lang}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
