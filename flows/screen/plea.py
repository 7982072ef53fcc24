"""Pleas and opt-outs: messages that are nothing but a cry for help, for a person, or the wish for no more texts."""

from collections.abc import Sequence

from flows.screen.pattern import Ground
from flows.screen.tokens import Token

PLEAS = ("emergency", "now", "status", "person", "help")
SIGNALS = ("🆘", "🚑")
POLITE = frozenset({"please", "pls", "plz", "por", "favor", "porfavor", "ok", "now", "ya", "the", "a", "me", "gracias"})


def plea_of(words: Sequence[Token], ground: Ground, text: str) -> str | None:
    """The plea that the whole message is, as an id, or None."""
    if (any(sign in text for sign in SIGNALS) and len(words) <= 2) or [word.text for word in words] == ["911"]:
        return "emergency"
    for plea in PLEAS:
        if _whole(words, ground, f"plea_{plea}"):
            return plea
    if ground.spans.get("plea_person") or _whole(words, ground, "person_word"):
        return "person"
    return None


def opt_out_of(words: Sequence[Token], ground: Ground) -> str | None:
    """The words by which the whole message asks for no more texts, or None."""
    if _whole(words, ground, "stop_word") or _whole(words, ground, "stop_request") or _plain(words, ground):
        return " ".join(word.text for word in words)
    return None


def _plain(words: Sequence[Token], ground: Ground) -> bool:
    """A wish for no more texts in words of its own: a word for stopping, a word for texts, and no word beside them."""
    vocabulary = {at for start, end in ground.spans.get("opt_out_words", ()) for at in range(start, end)}
    named = bool(ground.spans.get("opt_out_stop")) and bool(ground.spans.get("opt_out_texts"))
    return named and len(vocabulary) == len(words)


def _whole(words: Sequence[Token], ground: Ground, concept: str) -> bool:
    """Whether nothing but polite words stands beside a phrase of that concept."""
    for start, end in ground.spans.get(concept, ()):
        rest = [*words[:start], *words[end:]]
        if all(word.text in POLITE for word in rest):
            return True
    return False
