"""What a text costs: the two alphabets, the extension letters, letters that may not be torn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.segments import foreign_letters, is_gsm7, segments

VECTORS = [
    ("", 1),
    ("a" * 160, 1),
    ("a" * 161, 2),
    ("a" * 306, 2),
    ("a" * 307, 3),
    ("é" * 160, 1),
    ("á" * 70, 1),
    ("á" * 71, 2),
    ("á" * 134, 2),
    ("á" * 135, 3),
    ("€" * 80, 1),
    ("€" * 81, 2),
    ("a" * 152 + "€" + "a" * 10, 2),
    ("a" * 152 + "€" * 1 + "a" * 151 + "b", 3),
    ("😀" * 35, 1),
    ("😀" * 36, 2),
    ("😀" * 66, 2),
    ("😀" * 67, 3),
    ("á" + "a" * 65 + "😀" + "a" * 10, 2),
]


@pytest.mark.parametrize(("text", "expected"), VECTORS)
def test_known_texts_cost_what_carriers_bill(text: str, expected: int) -> None:
    """A text costs the parts that a carrier bills for it."""
    assert segments(text) == expected


@pytest.mark.parametrize("letter", "áíóúÁÍÓÚ“”‘’–—…\t`ç")
def test_letters_outside_the_cheap_alphabet_are_named(letter: str) -> None:
    """Accented a i o u, typographic quotes and dashes force the dear alphabet."""
    assert not is_gsm7(f"a{letter}a")
    assert foreign_letters(f"a{letter}a{letter}") == letter


@pytest.mark.parametrize("letter", "éñüàÉÑÜ¿¡@\n[]{}€")
def test_letters_of_the_cheap_alphabet_pass(letter: str) -> None:
    """The Spanish letters that the cheap alphabet has do not raise the price."""
    assert is_gsm7(f"a{letter}a")


@given(st.text(max_size=400), st.text(max_size=50))
def test_more_text_never_costs_less(text: str, more: str) -> None:
    """Adding letters never lowers the price."""
    assert segments(text + more) >= segments(text)
