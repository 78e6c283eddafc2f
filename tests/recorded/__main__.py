"""Writes the record of the links anew."""

from __future__ import annotations

import json

from tests.recorded import LINKS, RECORD, seen

found = {name: seen(page, link) for name, (page, link) in LINKS.items()}
RECORD.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
