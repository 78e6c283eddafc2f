"""Every check with one command: python -m tests. Stops at nothing, fails at the end if anything failed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "data": ["kenpo", "check"],
    # A file stays on one worker, so that each starts the app and the browser once.
    "tests": ["pytest", "-q", "-n", "auto", "--dist", "loadfile"],
}


def main() -> int:
    """Runs the checks one after the other; 0 when all pass."""
    failed = []
    for name, module in CHECKS.items():
        print(f"--- {name}", flush=True)
        if subprocess.run([sys.executable, "-m", *module], cwd=ROOT, check=False).returncode:
            failed.append(name)
    print("failed: " + ", ".join(failed) if failed else "all checks passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
