"""Colours of the status words and grounds, [on light, on dark]; tested for contrast and for colour-vision deficiency.

Branch colours stand in the catalog: the same colour for the same branch everywhere.
"""

from __future__ import annotations

from typing import Final

PALETTE: Final = {
    "achieved": ["#00696B", "#4FC3B5"],
    "not_achieved": ["#C62A10", "#FF8A70"],
    "muted": ["#5B6470", "#A9B2BE"],
    "ground": ["#F4F6F8", "#1C242E"],
}
