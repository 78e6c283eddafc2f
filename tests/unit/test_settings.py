"""The settings of .streamlit/config.toml that the app's speed and safety rest on are still known to Streamlit."""

from __future__ import annotations

import pytest
from streamlit import config

from tests.browser.conftest import ROOT


def test_no_collection_of_garbage_after_every_rerun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    config.get_config_options(force_reparse=True)
    assert config.get_option("runner.postScriptGC") is False


def test_the_server_is_this_machines_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    config.get_config_options(force_reparse=True)
    assert config.get_option("server.address") == "127.0.0.1"
    assert config.get_option("server.allowedHosts") == ["localhost", "127.0.0.1", "::1"]
    assert config.get_option("server.enableCORS") is True
    assert config.get_option("server.enableXsrfProtection") is True
    assert config.get_option("server.enableAgentApi") is False


def test_nothing_is_asked_or_counted_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    config.get_config_options(force_reparse=True)
    assert config.get_option("server.showEmailPrompt") is False
    assert config.get_option("browser.gatherUsageStats") is False
    # Without a name the start looks its addresses up.
    assert config.is_manually_set("browser.serverAddress")
