"""Today in Japan. The clock decides which years may be planned, whether a year has ended and how old a document is.

Never a figure: what the documents print is the same on every day.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

SETTING = "KENPO_TODAY"
"""Environment variable that sets the clock: YYYY-MM-DD."""

JAPAN = timezone(timedelta(hours=9))
"""Japan has no summer time; a named zone would need the tz database, which Windows does not bring along."""
_APRIL = 4
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Clock:
    """A day in Japan, and a setting that could not be read."""

    today: date
    ignored: str = ""
    """What KENPO_TODAY says where that is no date; the day is then the real one."""

    @property
    def fiscal_year(self) -> int:
        """The fiscal year that is running: it begins in April and has the number of the year it begins in."""
        return self.today.year - (self.today.month < _APRIL)

    @property
    def last_plan_year(self) -> int:
        """The last fiscal year that may be planned: the one after the running one."""
        return self.fiscal_year + 1

    def ended(self, fiscal_year: int) -> bool:
        """Is that fiscal year over?"""
        return fiscal_year < self.fiscal_year


def moment() -> datetime:
    """Now in Japan, to say when something happened to the app. The setting does not move it; no figure rests on it."""
    return datetime.now(JAPAN)


def read(environment: Mapping[str, str] = os.environ, now: datetime | None = None) -> Clock:
    """The day KENPO_TODAY sets, else today in Japan; what is no date from 2000 to 2100 is ignored and named."""
    said = environment.get(SETTING, "").strip()
    day = _date(said)
    if day is not None:
        return Clock(day)
    return Clock((now or datetime.now(UTC)).astimezone(JAPAN).date(), said)


def _date(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None
