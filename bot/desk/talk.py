"""Talk with the helpline in a terminal: what you type is played as a phone script, and printed as one at the end."""

from collections.abc import Callable, Iterable

from bot.desk.script import Player, ScriptError

HELP = (
    "You are the patient: type a text and press Enter. A line that begins with / is played as a script line: "
    "/ana answers, /ana presses 1, /ana texts: A {1}, /wait 60 s, /crash. End with Ctrl-D."
)
VOICE_HELP = (
    "You are the patient on a call. Digits are keys, anything else is spoken; /patient hangs up ends the call. "
    "/ana answers, /ana presses 1, /wait 8 s … End with Ctrl-D."
)


def talk(player: Player, lines: Iterable[str], show: Callable[[str], None], *, voice: bool = False) -> str:
    """Play what is typed, show what comes of it, and return the whole as a phone script."""
    show(VOICE_HELP if voice else HELP)
    played = ["# (the rule in one sentence)."]
    if voice:
        played += _play(player, "patient calls", show)
    for typed in lines:
        line = typed.rstrip("\n")
        if line.strip():
            played += _play(player, _as_script(line, voice), show)
    return "\n".join(played) + "\n"


def _as_script(line: str, voice: bool) -> str:
    if line.startswith("/"):
        return line[1:].strip()
    if not voice:
        return f"patient texts: {line}"
    return f"patient presses {line}" if line.strip().isdecimal() else f"patient says: {line}"


def _play(player: Player, line: str, show: Callable[[str], None]) -> list[str]:
    try:
        player.act(line)
    except (ScriptError, LookupError) as error:
        show(f"  ({error})")
        return []
    news = [f"    {one}" for one in player.news()]
    for one in news:
        show(one)
    return [line, *news]
