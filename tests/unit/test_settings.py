"""The settings of .streamlit/config.toml that the app's speed rests on are still known to Streamlit."""

from __future__ import annotations

import pytest
from streamlit import config

from tests.browser.conftest import ROOT


def test_no_collection_of_garbage_after_every_rerun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    config.get_config_options(force_reparse=True)
    assert config.get_option("runner.postScriptGC") is False
