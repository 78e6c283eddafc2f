"""python -m kenpo serve: what it sets, what it refuses, and that nobody else pays for it."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit import config
from streamlit.web.server.app_discovery import discover_asgi_app

from kenpo import serve
from kenpo.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
EVERYWHERE = "0.0.0.0"  # noqa: S104  only parsed
HERE = ["127.0.0.1", "localhost", "::1"]


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    serve.add_command(parser.add_subparsers())
    return parser.parse_args(["serve", *arguments])


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        ([], {}),
        (["--port", "0"], {"server.port": 0}),
        (["--port", "9000", "--no-browser"], {"server.port": 9000, "server.headless": True}),
        (["--base-path", "/kpi/"], {"server.baseUrlPath": "kpi"}),
        (
            ["--address", "127.0.0.2"],
            {
                "server.address": "127.0.0.2",
                "server.allowedHosts": ["127.0.0.2", *HERE],
                "browser.serverAddress": "127.0.0.2",
            },
        ),
        (
            ["--address", "[::1]"],
            {
                "server.address": "::1",
                "server.allowedHosts": ["::1", "127.0.0.1", "localhost"],
                "browser.serverAddress": "[::1]",
            },
        ),
        (
            ["--address", "10.1.2.3"],
            {
                "server.address": "10.1.2.3",
                "server.allowedHosts": ["10.1.2.3", *HERE],
                "browser.serverAddress": "10.1.2.3",
            },
        ),
        (
            ["--address", EVERYWHERE, "--name", "KPI.example", "--name", "10.1.2.3"],
            {
                "server.address": EVERYWHERE,
                "server.allowedHosts": ["kpi.example", "10.1.2.3", *HERE],
                "browser.serverAddress": "kpi.example",
            },
        ),
        # Behind a proxy on this machine.
        (
            ["--name", "kpi.example"],
            {"server.allowedHosts": ["kpi.example", *HERE], "browser.serverAddress": "kpi.example"},
        ),
        # … that does not pass Host on.
        (
            ["--origin", "https://[2001:db8::1]:8443"],
            {
                "server.corsAllowedOrigins": ["https://[2001:db8::1]:8443"],
                "server.allowedHosts": ["2001:db8::1", *HERE],
                "browser.serverAddress": "[2001:db8::1]",
            },
        ),
        (
            ["--origin", "https://KPI.example:8443/"],
            {
                "server.corsAllowedOrigins": ["https://kpi.example:8443"],
                "server.allowedHosts": ["kpi.example", *HERE],
                "browser.serverAddress": "kpi.example",
            },
        ),
    ],
)
def test_settings_of_the_options(arguments: list[str], given: dict[str, object]) -> None:
    found = serve.settings(parsed(*arguments))
    assert found == given
    # A setting Streamlit does not know would be refused at the start only.
    assert set(found) <= set(config.get_config_options())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--address", EVERYWHERE], "opens the app to the network: --name the host readers type"),
        (["--address", "::"], "opens the app to the network: --name the host readers type"),
        (["--address", "kpi.example"], "'kpi.example' is no address; 10.1.2.3, 0.0.0.0 or ::1 are"),
        (["--name", "https://kpi.example"], "is no host; kpi.example is, without https:// and without a port"),
        (["--name", "kpi.example:8501"], "is no host"),
        (["--name", ""], "is no host"),
        (["--name", "*"], "is no host"),
        (["--name", "*.example"], "is no host"),
        (["--origin", "kpi.example"], "is no origin; https://kpi.example is, without a path"),
        (["--origin", "https://kpi.example/app"], "is no origin"),
        (["--origin", "https://"], "is no origin"),
        (["--origin", "https://[::1"], "is no origin"),
        (["--origin", "https://*"], "is no origin"),
        (["--origin", "https://kpi.example@example.net"], "is no origin"),
        (["--origin", "null"], "is no origin"),
        (["--port", "many"], "invalid int value"),
    ],
)
def test_what_would_not_be_safe_or_not_work_is_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "_run", lambda given: pytest.fail(f"served with {given}"))
    with pytest.raises(SystemExit) as ended:
        main(["serve", *arguments])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert said in " ".join(told.split())
    assert "Traceback" not in told


def test_the_command_serves_with_what_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[serve.Settings] = []
    monkeypatch.setattr(serve, "_run", seen.append)
    assert main(["serve", "--port", "9000", "--no-browser"]) == 0
    assert seen == [{"server.port": 9000, "server.headless": True}]


def test_streamlit_run_finds_the_door_in_the_first_page() -> None:
    # Else it would serve the page without it, and nobody would see a difference.
    found = discover_asgi_app(serve.APP)
    assert (found.is_asgi_app, found.import_string) == (True, "app:app")
    assert ROOT / "app.py" == serve.APP


def test_the_launcher_alone_loads_no_streamlit() -> None:
    program = "import sys, kenpo.serve; print(sorted({'streamlit', 'starlette'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    assert done.stdout == "[]\n"
