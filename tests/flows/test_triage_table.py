"""The sign table (reference C3): every row, at every level that it knows, in the words of patients."""

import pytest

from flows.screen.lexicon import Lexicon
from flows.screen.read import read
from flows.triage import Circumstances, triage
from flows.words import Level

E, U, S = Level.EMERGENCY, Level.URGENT, Level.SAME_DAY

# (row, what is written, days since the infusion, the level of the table)
CELLS: tuple[tuple[str, str, int | None, Level], ...] = (
    ("1 fever", "she has 101.5 and she is confused", 5, E),
    ("1 fever", "fever and a stiff neck", 5, E),
    ("1 fever", "temperature is 100.4", 300, U),
    ("1 fever", "burning up, no thermometer here", 5, U),
    ("1 fever", "temp 37.7 and chills", 5, U),
    ("1 fever", "temp is 37.6, feels fine", 5, S),
    ("2 chills", "shaking chills and can't breathe", 5, E),
    ("2 chills", "teeth chattering, temp is normal", 5, U),
    ("2 chills", "felt cold for a moment", 90, S),
    ("3 breath", "he can't finish a sentence", 5, E),
    ("3 breath", "lips are blue", 200, E),
    ("3 breath", "short of breath when she walks", 200, U),
    ("3 breath", "oxygen is 93", 5, U),
    ("3 breath", "mild cough, stuffy nose", 90, S),
    ("4 dizzy", "she passed out in the kitchen", 40, E),
    ("4 dizzy", "bp 84/50 and he feels awful", 5, E),
    ("4 dizzy", "lightheaded since breakfast", 5, U),
    ("4 dizzy", "bp is 96/60", 5, U),
    ("4 dizzy", "a bit dizzy when i stand up", 90, S),
    ("5 heart", "heart racing and chest pain", 5, E),
    ("5 heart", "pulse is 140", 5, E),
    ("5 heart", "pulse 118 lying down", 5, U),
    ("5 heart", "short flutter in my heart", 120, S),
    ("6 fatigue", "too weak to walk to the bathroom", 120, U),
    ("6 fatigue", "extremely tired", 12, U),
    ("6 fatigue", "tired but up and drinking", 120, S),
    ("7 headache", "worst headache of my life", 200, E),
    ("7 headache", "headache and her vision is blurry", 20, E),
    ("7 headache", "a new headache", 20, U),
    ("7 headache", "headache", 60, U),
    ("7 headache", "mild headache", 200, S),
    ("8 aches", "body aches with chills", 10, U),
    ("8 aches", "severe joint pain", 10, U),
    ("8 aches", "my knees ache", 120, S),
    ("9 vomiting", "vomiting blood", 200, E),
    ("9 vomiting", "threw up 7 times", 200, U),
    ("9 vomiting", "can't keep water down", 200, U),
    ("9 vomiting", "threw up twice, drinking a little", 120, S),
    ("10 diarrhea", "bloody diarrhea and dizzy", 100, E),
    ("10 diarrhea", "diarrhea 8 times today", 100, U),
    ("10 diarrhea", "blood in the diarrhea", 100, U),
    ("10 diarrhea", "diarrhea for 5 days", 100, U),
    ("10 diarrhea", "some diarrhea", 100, S),
    ("11 rash", "rash and her throat is swelling", 100, E),
    ("11 rash", "skin is peeling off", 100, E),
    ("11 rash", "new rash on his back", 10, U),
    ("11 rash", "painful blisters on one side", 200, U),
    ("11 rash", "small itchy patch", 120, S),
    ("12 agitation", "he is violent and hitting us", 100, E),
    ("12 agitation", "she is seeing things", 100, U),
    ("12 agitation", "a little irritable", 120, S),
    ("13 balance", "suddenly can't walk", 100, E),
    ("13 balance", "bumping into walls", 100, U),
    ("13 balance", "slowly more clumsy over months", 200, S),
    ("14 confusion", "he doesn't know his own name", 100, E),
    ("14 confusion", "foggy today", 400, U),
    ("14 confusion", "my usual chemo fog, brain fog unchanged for years", 200, S),
    ("15 speech", "she can't speak", 100, E),
    ("15 speech", "trouble finding words", 400, U),
    ("16 handwriting", "his handwriting is shaky", 400, U),
    ("16 handwriting", "handwriting slowly smaller over months", 200, S),
    ("17 drowsy", "can't wake him", 400, E),
    ("17 drowsy", "sleepier than usual, drifts off", 400, U),
    ("18 seizure", "she had a seizure this morning, it stopped", 400, E),
    ("19 tremor", "hands trembling and he is confused", 100, E),
    ("19 tremor", "new tremor in my hand", 400, U),
    ("19 tremor", "my usual tremor, unchanged", 200, S),
    ("20 bleeding", "nosebleed won't stop", 400, E),
    ("20 bleeding", "coughing up blood", 400, E),
    ("20 bleeding", "blood in my urine", 400, U),
    ("20 bleeding", "many red dots on her legs", 400, U),
    ("20 bleeding", "one small bruise", 120, S),
    ("21 infection", "infection and no pee since last night, confused", 100, E),
    ("21 infection", "pus at my port", 400, U),
    ("21 infection", "mild sore throat", 120, S),
    ("22 chest pain", "pressure in my chest", 400, E),
    ("22a weakness", "sudden weakness in her right arm", 400, E),
    ("22a weakness", "my leg is weak", 400, U),
    ("22a vision", "seeing double", 400, E),
    ("22a vision", "blurry vision", 400, U),
    ("23 stroke", "one side of his face is drooping", 400, E),
    ("24 late", "trouble swallowing and getting worse", 200, U),
    ("24 late", "walks slow and stiff like an old man", 200, S),
    ("25 allergy", "her tongue is swelling", 400, E),
    ("25 allergy", "hives all over", 400, U),
    ("25 allergy", "a few hives", 120, S),
    ("26 suicide", "i have a plan to kill myself", 400, E),
    ("26 suicide", "i wish i was dead", 400, U),
    ("27 dehydration", "his belly is hard as a board", 400, E),
    ("27 dehydration", "no pee for 12 hours", 400, U),
    ("27 dehydration", "not drinking much, stomach ache", 120, S),
    ("28 line", "the line is open and she can't breathe", 400, E),
    ("28 line", "my picc line fell out", 400, U),
    ("28 line", "line won't flush", 120, S),
    ("29 fall", "he fell and hit his head", 400, E),
    ("29 fall", "she fell in the bathroom", 12, U),
    ("29 fall", "i fell, i am fine", 120, S),
    ("30 new lump", "lump in my neck and trouble breathing", 400, E),
    ("30 new lump", "a lump in my armpit", 400, S),
    ("31 collection", "tingling lips on the machine and chest pain", -7, E),
    ("31 collection", "my lips are tingling after the collection", -7, U),
    ("32 medicine", "took tylenol for the chills", 12, U),
    ("32 medicine", "missed my keppra dose", 12, U),
    ("32 medicine", "forgot my vitamin pill", 120, S),
    ("33 alone", "i'm all alone and can't stop shaking", 12, E),
    ("33 alone", "home alone and nauseous", 12, U),
    ("34 driving", "i drove and passed out", 12, E),
    ("34 driving", "i drove home and felt weird", 12, U),
    ("36 vague", "i feel awful", 12, U),
    ("36 vague", "i don't feel well", 120, S),
    ("C2.7 worry", "something is off with mom", 50, U),
    ("C2.7 worry", "something is off with mom", 120, S),
)


@pytest.mark.parametrize(("row", "text", "day", "level"), CELLS, ids=[f"{c[0]}: {c[1]} (day {c[2]})" for c in CELLS])
def test_every_cell_of_the_table(row: str, text: str, day: int | None, level: Level, lexicon: Lexicon) -> None:
    """Each cell of the sign table is reached by words that patients use, at the day that it speaks of."""
    reading = read(text, lexicon)
    said = triage(reading.evidence, Circumstances(day=day), reading)
    assert said.level == level, (row, said, reading.evidence)


EDGES: tuple[tuple[str, Circumstances, Level], ...] = (
    ("no fever but she can't find her words", Circumstances(), U),
    ("temp 100", Circumstances(), S),
    ("temp 100, took tylenol", Circumstances(), U),
    ("he finally stopped shaking, sleeping now, can't get him up", Circumstances(), E),
    ("can't stop shaking", Circumstances(), U),
    ("had fever 102 last night, 98.7 now after tylenol", Circumstances(), U),
    ("diarrhea for 2 weeks, carvykti in march", Circumstances(day=200, product="carvykti"), U),
    ("face is drooping since my nap, day 91", Circumstances(day=91), E),
    ("what is CRS? my dad is shivering 103", Circumstances(), U),
    ("she won't look at me and is limp", Circumstances(child=True), E),
    ("I can't do this anymore. I want it over", Circumstances(), U),
)


@pytest.mark.parametrize(("text", "about", "level"), EDGES, ids=[edge[0] for edge in EDGES])
def test_worked_edge_cases(text: str, about: Circumstances, level: Level, lexicon: Lexicon) -> None:
    """Every worked edge case of reference C5 gets its level, and none of them is an opt-out."""
    reading = read(text, lexicon)
    said = triage(reading.evidence, about, reading)
    assert said.level == level, (said, reading.evidence)
    assert not reading.opt_out
