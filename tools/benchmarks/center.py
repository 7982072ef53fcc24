"""The centre that benchmarks and storms run for: its people, as its file names them."""

from collections.abc import Sequence

PEOPLE = {
    "+15555550111": ("Ana Ruiz, RN", 1),
    "+15555550112": ("Ben Okafor, RN", 1),
    "+15555550121": ("Carla Weiss, MD", 2),
}
ANA, BEN, CARLA = PEOPLE


def center(name: str, phones: Sequence[str] = (ANA, CARLA), more: str = "") -> str:
    """The text of the centre's file with these people on call; `more` goes before them."""
    people = "".join(
        f'\n[[specialist]]\nname = "{PEOPLE[phone][0]}"\nphone = "{phone}"\ntier = {PEOPLE[phone][1]}\n'
        for phone in phones
    )
    return f'[center]\nname = "{name}"\n{more}{people}'
