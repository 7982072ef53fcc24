"""English grammar of what pages nobody: doers without a body, denials, old tales, lessons; and the live neighbour."""

import pytest

from flows.screen.evidence import Scope
from flows.screen.lexicon import Lexicon
from flows.screen.read import read
from tests.evaluation.screen_card import PAGED, level_of

# What pages nobody, and the same words said of a patient now.
FIGURES = (
    ("our goalie choked again", "my husband is choking again"),
    ("the lemonade is weak", "his legs are weak"),
    ("the sermon had a shaky start", "his voice is shaky since this morning"),
    ("we knocked out the ironing before supper", "he was knocked out after the fall"),
    ("they collapsed the tent and drove home", "he collapsed in the tent"),
    ("a blackout on our block, the power is back", "a blackout, I came to on the floor"),
    ("confusing directions to the lake", "she is confused about where we are"),
    ("my neighbor's rooster has fits", "my son has fits"),
    ("a movie about a man with amnesia", "after the movie she had no idea who I was"),
    ("traffic gives me a headache", "traffic noise hurts, worst headache of my life"),
    ("hail and pouring rain so we could barely see the road", "I can barely see out of my left eye"),
    ("we lost power at the cabin last night", "he lost power in his left arm last night"),
    ("the printer only prints gibberish", "he only talks gibberish"),
    ("his ego was bruised at chess", "his arms are bruised all over"),
    ("nosebleed section for the playoffs", "a nosebleed that will not stop"),
    ("beekeeping club lost a hive", "hives all over and my lips swell"),
    ("heart of palm in the salad", "my heart is racing"),
    ("keeps his cards close to the chest", "pressure on the chest"),
    ("new balance sneakers", "no balance, he keeps falling"),
    ("the coffee maker died and the toast burned", "coffee ground vomit"),
)
DENIALS = (
    ("fever-free since sunday", "fever since sunday"),
    ("no memory problems at all", "memory problems since last night"),
    ("neither of us has a fever", "both of us have a fever"),
    ("neither arm is weak or numb", "neither leg will hold him up"),
    ("grip is strong on both sides, nothing numb", "grip is strong, but he cannot speak"),
    ("I haven't noticed his hands shaking", "I noticed his hands shaking"),
    ("asked about tremors and told her no, none", "asked about tremors and they got worse"),
    ("chills are not happening", "chills are happening"),
    ("no dizzier than usual", "much dizzier than usual"),
    ("wouldn't dream of hurting myself", "I dream of hurting myself"),
    ("he wakes right up when I call", "he will not wake up when I call"),
    ("wife talks normally and remembers every name", "my wife cannot remember any name"),
    ("tongue and lips not swollen", "tongue and lips swollen"),
    ("nobody was hurt or dizzy", "nobody can wake him"),
)
TOLD = (
    ("fainted once in ninth grade", "fainted once this morning"),
    ("he had seizures when reagan was president", "he had a seizure when he came home"),
    ("that weak knee was 1965", "that weak knee gave way today"),
    ("choked on a bone as a kid", "he is choking on a bone"),
    ("numb legs in 1991, walked again by summer", "legs went numb and he cannot walk"),
)
TAUGHT = (
    ("Seizures are a rare but serious side effect.", "he had a seizure as a side effect"),
    ("why would chest pain be an emergency", "why does my chest hurt so much"),
    ("our class covered choking", "he is choking in our class"),
    ("quiz: name three signs of neurotoxicity", "three seizures today"),
    ("the team warned us that he could get confused", "the team warned us he could get confused and he is"),
    ("if he were to have a seizure, what should I do first", "he had another seizure, what should I do first"),
    ("I want to understand tremor versus seizure", "I want to understand why he is shaking"),
    ("can you define lethargy", "can you help, he is lethargic"),
    ("is it because of seizures that patients wait", "he had seizures so we wait"),
)
PAIRS = FIGURES + DENIALS + TOLD + TAUGHT


@pytest.mark.parametrize("text", [quiet for quiet, _ in PAIRS])
def test_what_pages_nobody(lexicon: Lexicon, text: str) -> None:
    """A figure of speech, a denial, an old tale and a lesson page nobody."""
    assert level_of(text, lexicon) not in PAGED


@pytest.mark.parametrize("text", [live for _, live in PAIRS])
def test_its_live_neighbour(lexicon: Lexicon, text: str) -> None:
    """The same words said of a patient now page."""
    assert level_of(text, lexicon) in PAGED


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("the dodgers choked in the ninth", Scope.hypothetical),
        ("my neighbor says his face droops", Scope.present),
        ("fever-free all week", Scope.negated),
        ("seizures are a rare but serious side effect", Scope.hypothetical),
    ],
)
def test_how_it_is_mentioned(lexicon: Lexicon, text: str, scope: Scope) -> None:
    """A thing's doing and a lesson are talk, a denial is none of it, and a stranger may report the patient."""
    assert {one.scope for one in read(text, lexicon).evidence} == {scope}
