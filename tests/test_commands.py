"""The commands: what is wrong outside of them is said in one line, and who only looks makes nothing."""

import json
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.address import as_served, leave_address
from bot.console.commands import opening_lines
from bot.preflight import preflight
from bot.server import listen
from bot.settings import Settings
from flows.library import Library
from main import cli, main, make_world, read_settings, serve_at


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
        ("serve --port 99999", {}, "less than or equal to 65535"),
        ("serve --port -5", {}, "greater than or equal to 0"),
        ("cases", {"HELPLINE_DATABASE_URL": "mysql://x"}, "HELPLINE_DATABASE_URL: use sqlite:///PATH or postgres"),
        ("preflight", {"HELPLINE_DATABASE_URL": "mysql://x"}, "not mysql"),
        ("cases", {"HELPLINE_DATABASE_URL": "foo"}, "HELPLINE_DATABASE_URL: use sqlite:///PATH or postgres"),
        ("cases", {"HELPLINE_DATABASE_URL": "postgresql://u:secret@h:port/x"}, "this is no URL of a database"),
        ("rules diff /nope", {}, "no such file: /nope"),
        ("content --sign nope.toml --by N", {}, "nope.toml: no such content file"),
        ("roster frobnicate", {}, "is not one of 'show', 'import'"),
    ],
)
def test_one_clear_line(tmp_path: Path, words: str, env: dict[str, str], said: str) -> None:
    """What is wrong is named in words of ours, never by a traceback."""
    found = ran(tmp_path, *words.split(), **env)

    assert found.exit_code in (1, 2)
    assert said in " ".join(f"{found.output}{found.exception}".replace("│", " ").split())
    assert "errors.pydantic.dev" not in str(found.exception)
    assert "secret@" not in f"{found.output}{found.exception}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "cannot be read (No such file or directory): see HELPLINE_CONFIG"),
        ("[center", "is not right:\nthe centre's file is not TOML"),
        ('[center]\ntimezone = "Mars"', "timezone 'Mars' is not known"),
        ('[center]\ntimezone = "America"', "timezone 'America' is not known"),
        ('[center]\nteam_phone = "12"', "team_phone '12' is not a number"),
        ('[[specialist]]\nname = "A"\nphone = "+15555550111"\n' * 2, "two specialists have the number"),
        ('[specialist]\nname = "A"', "is not shaped like helpline.example.toml"),
    ],
)
def test_a_centre_file_that_is_wrong_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: Library, text: str | None, said: str
) -> None:
    """A centre's file that is missing or has mistakes ends the program with its own name and what is wrong."""
    file = tmp_path / "our_center.toml"
    if text is not None:
        file.write_text(text, "utf-8")
    monkeypatch.setattr("sys.argv", ["main.py", "preflight"])
    monkeypatch.setenv("HELPLINE_CONFIG", str(file))
    monkeypatch.setenv("HELPLINE_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("main.make_library", lambda _documents: library)

    with pytest.raises(SystemExit) as ended:
        main()

    assert str(ended.value.code).startswith(f"The centre's file {file}")
    assert said in str(ended.value.code)


def test_live_without_anybody_to_page_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: Library
) -> None:
    """In live, `serve` refuses a centre's file without a specialist; on the desk preflight notes it."""
    (tmp_path / "center.toml").write_text('[center]\nname = "Nobody"\n', "utf-8")
    settings = Settings(config=tmp_path / "center.toml", data_dir=tmp_path, mode="live")
    monkeypatch.setattr("main.make_library", lambda _documents: library)
    with listen("127.0.0.1", 0) as at, pytest.raises(SystemExit) as ended:
        serve_at(at, settings, migrate=False)

    noted = [one for one in preflight(make_world(settings.model_copy(update={"mode": "desk"}))) if "[[spec" in one.text]

    assert "center.toml has no [[specialist]]: nobody can be paged" in str(ended.value.code)
    assert [one.fatal for one in noted] == [False]


def test_links_lead_to_the_helpline_that_was_started(tmp_path: Path) -> None:
    """A command beside a running helpline builds its links from that one's address, unless a setting says another."""
    leave_address(Settings(data_dir=tmp_path, port=8123))

    assert as_served(Settings(data_dir=tmp_path)).base_url == "http://127.0.0.1:8123"
    assert as_served(Settings(data_dir=tmp_path, public_url="https://a.example")).base_url == "https://a.example"
    assert as_served(Settings(data_dir=tmp_path / "other")).base_url == "http://127.0.0.1:8000"


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
