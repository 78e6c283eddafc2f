"""A real LibreOffice, to open and recalculate what the app hands out."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.browser.conftest import refuse


def recalculated(book: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it again. Without LibreOffice the test says so and skips."""
    office = os.environ.get("KENPO_OFFICE") or shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        refuse("no LibreOffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = folder / "saved"
    command = [str(office), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(target), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return target / book.name
