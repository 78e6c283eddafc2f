"""Rules for the whole suite."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# The same examples in every run, and none refused for the time it took: a busy machine is no defect.
settings.register_profile("kenpo", deadline=None, derandomize=True)
settings.load_profile("kenpo")

# What its checks find stands in the message of a failure.
pytest.register_assert_rewrite("tests.browser.tour")

os.environ["KENPO_TODAY"] = "2026-11-25"
"""The day all tests are run on, whatever the calendar says; servers and commands they start inherit it."""

NOT_AT_HAND = "is not at hand"
"""In the reason of tests that read the documents again: their texts are not part of the project."""


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With KENPO_NO_SKIP a skipped test is a failure: nothing may be left untried unnoticed.

    Only the texts of the documents may be missing: a new machine has none.
    """
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("KENPO_NO_SKIP") or reporter is None:
        return
    if [report for report in reporter.stats.get("skipped", []) if NOT_AT_HAND not in str(report.longrepr)]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
