"""The review pack: one page with every word, rule and diagram, for the clinician who answers for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.catalog import Catalog, Message
from flows.catalog.gate import filled, spoken_seconds
from flows.readability import score
from flows.segments import segments
from flows.words import Channel, Language

PAGES = Environment(loader=PackageLoader("bot", "templates"), autoescape=True, undefined=StrictUndefined)
LANGUAGE_NAMES = {Language.en: "English", Language.es: "Español"}


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording as a reviewer sees it: the text, what it costs or takes, how hard it reads."""

    language: Language
    channel: Channel
    text: str
    size: str
    reading: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One content file: who reviewed it and when, its messages, what its menus take."""

    file: str
    by: str
    on: str
    translator: str
    messages: tuple[tuple[Message, tuple[Wording, ...]], ...]
    menus: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def review_pack(
    catalog: Catalog, rules: str = "", diagrams: Mapping[str, str] | None = None, on: date | None = None
) -> str:
    """One self-contained HTML page. `rules`: the rule table as Markdown; `diagrams`: Mermaid texts by name."""
    return PAGES.get_template("review.html").render(
        version=catalog.version,
        on=on.isoformat() if on else "",
        sheets=list(sheets(catalog)),
        rules="\n".join(as_html(rules)),
        diagrams=dict(diagrams or {}),
        names=LANGUAGE_NAMES,
        count=len(catalog.messages),
    )


def sheets(catalog: Catalog) -> Iterator[Sheet]:
    """The content files, with all that a reviewer signs for."""
    for file, review in sorted(catalog.reviews.items()):
        own = [message for message in catalog.messages.values() if message.file == file]
        menus = [menu for menu in catalog.menus.values() if menu.file == file]
        yield Sheet(
            file=file,
            by=str(review.get("by", "")),
            on=str(review.get("on", "")),
            translator=str(review.get("es", "")),
            messages=tuple((message, tuple(wordings(catalog, message))) for message in own),
            menus=tuple(
                (menu.name, tuple((choice.id, ", ".join(choice.inputs())) for choice in menu.choices)) for menu in menus
            ),
        )


def wordings(catalog: Catalog, message: Message) -> Iterator[Wording]:
    """The wordings of a message, each with its measures."""
    for language, channel, text in message.wordings():
        real = filled(text, dict(catalog.sample))
        size = f"{segments(real)} segments" if channel is Channel.sms else f"{spoken_seconds(real):.0f} s"
        yield Wording(language, channel, text, size, score(text, language, catalog.names))


def as_html(markdown: str) -> Iterator[str]:
    """Headings, tables and plain lines of a generated Markdown text; nothing in it is trusted."""
    in_table = False
    for line in markdown.splitlines():
        is_row = line.startswith("|")
        if is_row != in_table:
            yield "<table>" if is_row else "</table>"
            in_table = is_row
        if is_row:
            yield from as_row(line)
        elif line.startswith("#"):
            level = min(len(line) - len(line.lstrip("#")) + 2, 6)
            yield f"<h{level}>{escape(line.lstrip('# '))}</h{level}>"
        elif line.strip():
            yield f"<p>{escape(line)}</p>"
    if in_table:
        yield "</table>"


def as_row(line: str) -> Iterator[str]:
    """One row of a Markdown table; the line of dashes is none."""
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    if not all(set(cell) <= set("-: ") for cell in cells):
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
