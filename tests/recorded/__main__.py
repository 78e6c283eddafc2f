"""Writes the record of the links anew."""

from __future__ import annotations

import json

from tests import conftest
from tests.recorded import LINKS, RECORD, seen

# The day of the tests stands for this run too.
assert conftest

found = {name: seen(page, link) for name, (page, link) in LINKS.items()}
RECORD.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
