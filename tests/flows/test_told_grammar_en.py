"""Tests of English grammar: answers that deny, dates told afterwards, tales; and the same words when they are meant."""

import pytest

from flows.screen.evidence import Scope
from flows.screen.lexicon import Lexicon
from flows.screen.read import read


def present(text: str, lexicon: Lexicon) -> set[str]:
    """The signs that a text says are there now."""
    return {one.sign for one in read(text, lexicon).evidence if one.scope == Scope.present}


# What is quiet, the same words when they are meant, and the sign that they then are.
QUIET_AND_LIVE = {
    # A question, a search or a list that ends in a no names nothing that is there; asked whether it is gone, it does.
    "answer": [
        ("Blackouts, fits, staring? No, nothing like that", "Blackouts? I don't know", "dizzy_bp"),
        ("Any bleeding? None.", "Did the bleeding ever start to bother him? Yes", "bleed"),
        ("Confused? Me? Never.", "Why is he so confused? No fever", "confusion"),
        ("seizures, tremors, confusion: none of those", "seizures, tremors, none of the pills help", "seizure"),
        ("shakes, chills, headache - no to all of them", "shakes, chills, headache, no to more pills", "chills"),
        ("swelling of lips, tongue or throat: no", "swelling of lips and tongue. Fever: no", "swelling"),
        ("I looked for bruises. There are none", "I looked for bruises. There are more every day", "bleed"),
        ("keep asking if my chest hurts because it doesn't", "keep asking because my chest hurts", "chest_pain"),
        ("fever: no 2. chills: no 3. cough: no", "fever 102. chills: no 3. cough: no", "fever"),
        ("rash no, breathing fine", "rash no, breathing hard", "breath"),
        ("chills x0, vomiting x0", "chills x 2 hours", "chills"),
        ("She wants to know if he has tremors. He doesn't.", "She asked if he has tremors. He does.", "tremor"),
        ("chills: N confused: N rash: N", "chills: N confused: Y rash: N", "confusion"),
        ("As for dizziness, nothing to speak of", "As for dizziness, it is terrible", "dizzy_bp"),
    ],
    # Verbs that deny, whoever is their subject; what was never so before is so now.
    "denial": [
        ("can't say I've noticed any tremor", "can't say what it is, a tremor", "tremor"),
        ("nobody has noticed any confusion", "nobody noticed his confusion until today", "confusion"),
        ("my wife hasn't noticed me being confused", "my wife has noticed me being confused", "confusion"),
        ("nor has she had any seizures", "and she has had two seizures", "seizure"),
        ("at no point was she confused", "at one point she was confused", "confusion"),
        ("by no means is he confused", "he is confused by all means", "confusion"),
        ("nowhere near a fever", "near a fever of 103", "fever"),
        ("he's been spared the seizures", "he had three seizures", "seizure"),
        ("we managed to avoid any confusion", "we could not manage his confusion", "confusion"),
        ("has yet to have a seizure", "has had a seizure", "seizure"),
        ("discharged w/o chills", "discharged with chills", "chills"),
        ("not dizzy, confused or weak", "not well, dizzy or about to faint", "dizzy_bp"),
        ("the tremors never showed up", "the tremors showed up", "tremor"),
        ("seizures have not been a problem", "seizures have been a problem since noon", "seizure"),
        ("I've never had a seizure", "I've never seen her so confused", "confusion"),
        ("never had chest pain", "never had chest pain this bad", "chest_pain"),
        ("I wouldn't call it confusion", "I would call it confusion", "confusion"),
    ],
    # A time long ago in the next sentence dates the one before; a time of today or a present tense does not.
    "dates": [
        ("I had a seizure once. That was in 1994.", "I had a seizure today. It was like the one in 1994.", "seizure"),
        ("He fainted in church. It was 1988.", "He fainted in church. It was 3 minutes.", "dizzy_bp"),
        ("I coughed up blood. I was only eight.", "I coughed up blood. I was only 5 minutes in bed.", "bleed"),
        ("Broke out in hives. 1975 or so.", "Broke out in hives. Two years ago he had CAR T", "allergy"),
        ("She had seizures. She died in 2003.", "She had seizures. Her mom died in 2003.", "seizure"),
        ("my nose bled all night. Ten years ago now.", "my nose is bleeding. Ten years ago now I had chemo.", "bleed"),
        ("My one and only seizure was the summer I turned twelve", "My one seizure was this morning", "seizure"),
        ("It has been ten years since I fainted", "It has been ten years since chemo and I fainted", "dizzy_bp"),
        ("under the old regimen my nose bled", "under the new regimen my nose bleeds", "bleed"),
        ("I bled during labor with my second", "I am bleeding, my second is in labor", "bleed"),
    ],
    # What is supposed, dreamt, rehearsed or told of strangers is nobody's own; a clause of one's own ends the tale.
    "tale": [
        ("Suppose she faints on a Sunday", "I suppose she fainted", "dizzy_bp"),
        ("what if he has a seizure at night", "what a night, he had a seizure", "seizure"),
        ("I dreamed that he had a seizure", "I woke from a dream and he had a seizure", "seizure"),
        ("a man on the forum had a stroke", "I met a man on the forum and I had a stroke", "stroke"),
        ("on the podcast someone lost their speech", "on the podcast he heard nothing, he lost his speech", "speech"),
        ("do seizures always mean brain damage", "do something, he has seizures", "seizure"),
        ("you told us to call for chills", "you told us to call, she has chills", "chills"),
        ("we rehearsed a seizure last week", "we rehearsed and he had a seizure", "seizure"),
        ("who do I call if she gets confused", "who do I call, she is confused", "confusion"),
        ("my biggest fear is a seizure", "my biggest fear came true, he has a seizure", "seizure"),
        ("What to do for chest pain and hives? It was on a tv show", "he saw it on tv, now chest pain", "chest_pain"),
        ("the chest pain question comes up daily", "I have chest pain and a question", "chest_pain"),
        ("does insurance cover the ER for a fever", "does insurance cover the ER, he has a fever", "fever"),
        ("it makes people confused", "the chemo made him confused", "confusion"),
        ("would someone having a stroke know it", "would someone come, he had a stroke", "stroke"),
        ("to be clear, chest pain means 911", "to be clear, he has chest pain", "chest_pain"),
        ("what do I do if he is confused", "what do I do he is confused", "confusion"),
        ("the nurse went over seizures with us", "she went over and had a seizure", "seizure"),
        ("the leaflet says 102 is a fever", "it says here 102 on the thermometer", "vital_temperature"),
        ("are these warning signs: confusion", "he has red flags, confused and shaking", "confusion"),
    ],
}
ROWS = [
    pytest.param(quiet, live, sign, id=f"{kind}: {quiet}")
    for kind, rows in QUIET_AND_LIVE.items()
    for quiet, live, sign in rows
]


@pytest.mark.parametrize(("quiet", "live", "sign"), ROWS)
def test_grammar_hides_no_sign(quiet: str, live: str, sign: str, lexicon: Lexicon) -> None:
    """What is denied in an answer, dated afterwards or told as a tale is no sign; the same words meant are."""
    assert sign not in present(quiet, lexicon)
    assert sign in present(live, lexicon)
