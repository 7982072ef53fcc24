"""The commands: what is wrong outside of them is said in one line, and who only looks makes nothing."""

import json
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.console.commands import opening_lines
from main import cli, make_world, read_settings


def ran(folder: Path, *words: str, **env: str) -> Result:
    """The command as run with these settings and no others."""
    clear = dict.fromkeys(("HELPLINE_MODE", "HELPLINE_DATABASE_URL", "HELPLINE_CONFIG", "PORT", "TWILIO_AUTH_TOKEN"))
    return CliRunner().invoke(cli, words, env={**clear, "HELPLINE_DATA_DIR": str(folder), **env})


@pytest.mark.parametrize("words", ["cases", "figures", "unanswered", "roster", "console audit", "preflight"])
def test_who_only_looks_makes_no_database(tmp_path: Path, words: str) -> None:
    """Where there is no database yet, a command that looks says so and leaves none behind."""
    found = ran(tmp_path / "none", *words.split())

    assert found.exit_code == 1
    assert "there is no database" in f"{found.stdout}{found.exception}"
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("words", "env", "said"),
    [
        ("cases", {"HELPLINE_MODE": "prod"}, "HELPLINE_MODE: Input should be 'desk' or 'live'"),
        ("cases", {"PORT": "banana"}, "PORT: Input should be a valid integer"),
        ("serve", {"PORT": "70000"}, "PORT: Input should be less than"),
        ("rules diff /nope", {}, "no such file: /nope"),
        ("content --sign nope.toml", {}, "nope.toml: no such content file"),
        ("roster frobnicate", {}, "is not one of 'show', 'import'"),
    ],
)
def test_one_clear_line(tmp_path: Path, words: str, env: dict[str, str], said: str) -> None:
    """What is wrong is named in words of ours, never by a traceback."""
    found = ran(tmp_path, *words.split(), **env)

    assert found.exit_code in (1, 2)
    assert said in " ".join(f"{found.output}{found.exception}".replace("│", " ").split())
    assert "errors.pydantic.dev" not in str(found.exception)


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    """A data folder that cannot be one is named."""
    (tmp_path / "file").write_text("")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    found = ran(tmp_path / "file", "serve", PORT=str(port))

    assert "HELPLINE_DATA_DIR" in str(found.exception)


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """A port that another program has is said before anything is begun or claimed."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        found = ran(tmp_path / "new", "serve", PORT=str(taken.getsockname()[1]))

    assert "cannot be listened on" in str(found.exception)
    assert "The helpline is at" not in found.output
    assert not (tmp_path / "new").exists()


def test_no_phones_are_promised_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a Twilio at another address, the start text does not claim phones of ours."""
    monkeypatch.setenv("HELPLINE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HELPLINE_TWILIO_API_URL", "http://127.0.0.1:4010")

    first = opening_lines(make_world(read_settings()))[0]

    assert "/desk" not in first
    assert "http://127.0.0.1:4010" in first


def test_screen_takes_lines() -> None:
    """`screen` reads JSON lines and writes one for each."""
    found = CliRunner().invoke(cli, ["screen"], input='{"id": "1", "text": "she has a fever of 102.5"}\n')

    assert json.loads(found.stdout)["level"] == "urgent"
