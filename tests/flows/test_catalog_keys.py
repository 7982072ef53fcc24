"""The words and the program agree: no key is said that is not there, none is there that nobody says."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.catalog import Catalog, parse

ROOT = Path(__file__).parents[2]
SOURCES = [path for room in ("flows", "bot") for path in sorted((ROOT / room).rglob("*.py"))]
SAYING = {"say", "Say", "line"}
# Said by way of a topic's closing, a state's name with "_again", or an organization of the directory.
BUILT = ("topic_closing_", "topic.", "org.")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The shipped words."""
    return parse({p.name: p.read_text(encoding="utf-8") for p in sorted((ROOT / "flows/content").glob("*.toml"))})


def nodes() -> Iterator[ast.AST]:
    """All syntax of the rooms that speak."""
    for path in SOURCES:
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def literals() -> set[str]:
    """Every string in the program."""
    return {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def families() -> tuple[str, ...]:
    """How built keys begin: the first part of every f-string."""
    first = [node.values[0] for node in nodes() if isinstance(node, ast.JoinedStr) and len(node.values) > 1]
    return tuple(
        part.value
        for part in first
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.endswith((".", "_"))
    )


def test_what_is_said_stands_in_the_files(catalog: Catalog) -> None:
    """A key that is said outright has its words."""
    for node in nodes():
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in SAYING and isinstance(key := node.args[0].value, str):
            assert catalog.has(key), f"{name}({key!r})"


def test_what_stands_in_the_files_is_said(catalog: Catalog) -> None:
    """No message is kept that nothing in the program names or builds."""
    known, built = literals(), (*BUILT, *families())
    idle = [key for key in catalog.messages if not (key in known or key.endswith("_again") or key.startswith(built))]
    assert idle == []
