"""How hard a text reads: known syllables, known grades, and what must not count."""

import pytest

from flows.readability import ease, english_syllables, grade, measure, score, spanish_syllables
from flows.words import Language

ENGLISH = {
    "the": 1, "called": 1, "needed": 2, "little": 2, "people": 2, "medicine": 3, "emergency": 4, "reaction": 3,
    "treatment": 2, "hospital": 3, "insurance": 3, "diarrhea": 4, "breathing": 2, "can't": 1, "pages": 2,
    "cells": 1, "confusion": 3, "area": 3, "whole": 1, "doctor": 2, "infusion": 3, "weeks": 1, "science": 2,
}  # fmt: skip
SPANISH = {
    "sangre": 2, "guardia": 2, "países": 3, "día": 2, "ciudad": 2, "quiere": 2, "muy": 1, "ley": 1, "pingüino": 3,
    "creer": 2, "oír": 2, "aéreo": 4, "tratamiento": 4, "cuidador": 3, "guía": 2, "agua": 2, "infusión": 3,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), ENGLISH.items())
def test_english_syllables(word: str, count: int) -> None:
    """English words have the syllables that one hears."""
    assert english_syllables(word) == count


@pytest.mark.parametrize(("word", "count"), SPANISH.items())
def test_spanish_syllables(word: str, count: int) -> None:
    """Spanish words have the syllables of the grammar."""
    assert spanish_syllables(word) == count


def test_short_words_in_short_sentences_read_at_the_first_grades() -> None:
    """Plain commands are easy in both measures."""
    assert grade("Call 911 now. Do not wait.") < 2
    assert ease("Llame al 911 ahora. No espere.") > 80


def test_a_leaflet_sentence_is_too_hard() -> None:
    """The wording of a professional leaflet is far above the sixth grade."""
    text = "Immune effector cell-associated neurotoxicity syndrome necessitates immediate multidisciplinary evaluation."
    assert grade(text) > 12
    assert (
        ease("La evaluación multidisciplinaria inmediata resulta imprescindible para la neurotoxicidad asociada.") < 20
    )


@pytest.mark.parametrize("extra", ["Kymriah", "1-800-227-2345", "{team_phone}", "https://example.org/a.b", "100.4"])
def test_names_numbers_and_placeholders_do_not_count(extra: str) -> None:
    """What is no word of the sentence changes neither its words nor its sentences."""
    assert grade(f"Call the ambulance {extra} immediately.", {"Kymriah"}) == grade("Call the ambulance immediately.")
    spanish = "Llame inmediatamente a la ambulancia {} si empeora la temperatura."
    assert ease(spanish.format(extra), {"Kymriah"}) == ease(spanish.format(""))


def test_a_number_at_the_end_of_a_sentence_leaves_the_sentence_whole() -> None:
    """The full stop after a number still ends the sentence."""
    assert measure("Go there or call 911. Show the card.", ()) == (
        ["go", "there", "or", "call", "show", "the", "card"],
        2,
    )


def test_a_few_words_are_not_measured() -> None:
    """Three English or seven Spanish words are too small a sample for the formulas, and no reading task."""
    assert grade("Immediate hospitalization 911") == 0
    assert ease("Hospitalización inmediata 911") == 100


def test_the_score_names_its_measure() -> None:
    """A reviewer sees grade for English and ease for Spanish."""
    assert score("Call now.", Language.en).startswith("grade")
    assert score("Llame ahora.", Language.es).startswith("ease")
