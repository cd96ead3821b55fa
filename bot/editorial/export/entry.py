"""Owns how an entry is written: the facts between two fences, the words below."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.editorial.export.panels import phrasing
from bot.editorial.export.yaml_text import yaml_text
from bot.model.entry import Entry, EntryText
from bot.model.panel import Number, Shorter
from bot.model.paper import LinkKind, Paper

_LENGTHS = ("Medium", "Short")


def entry_text(entry: Entry, aliases: Mapping[str, tuple[str, ...]]) -> str:
    """Write the entry file, in English.

    Args:
        aliases: The closed list of other names, by the slug under which an entry asks for them.
    """
    return f"---\n{yaml_text(_facts(entry, aliases))}---\n\n{words_text(entry.text())}"


def words_text(text: EntryText) -> str:
    """Write a headline and its sections."""
    sections = [
        f"# {text.headline}",
        _section("Question", text.question, text.shorter.get("question", ())),
        _section("Key idea", text.key_idea, text.shorter.get("key_idea", ())),
        _section("Summary", text.summary),
        _section("Take-away", text.take_away, text.shorter.get("take_away", ())),
    ]
    if text.why is not None:
        sections.append(_section("Why", text.why))
    if text.key_insights:
        sections.append("## Key insights\n\n" + "\n".join(f"- {insight}" for insight in text.key_insights))
    return "\n\n".join(sections) + "\n"


def _section(title: str, text: str, shorter: Shorter = ()) -> str:
    lengths = _LENGTHS if len(shorter) > 1 else _LENGTHS[1:]
    forms = (f"{length}: {form}" for length, form in zip(lengths, shorter, strict=False))
    return "\n\n".join([f"## {title}", text, *forms])


def _facts(entry: Entry, aliases: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    return {
        "number": entry.number,
        "month": str(entry.month) if entry.month else None,
        "state": str(entry.state),
        "paper": _paper(entry.paper),
        "links": {str(link.kind): link.url for link in entry.links if link.kind is not LinkKind.PAPER},
        "topics": [topic.slug for topic in entry.topics],
        "aliases": _aliases(entry.aliases, aliases),
        "numbers": [_number(number) for number in entry.numbers],
    }


def _aliases(said: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The slugs under which an entry asks for the names it has, in its order."""
    asked = [slug for slug, names in known.items() if names and set(names) <= set(said)]
    return sorted(asked, key=lambda slug: said.index(known[slug][0]))


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "arxiv": f"{paper.arxiv_id}v{paper.version}" if paper.version else str(paper.arxiv_id),
        "title": paper.title,
        "authors": list(paper.authors),
        "year": paper.year,
        "venue": paper.venue,
        "licence": paper.licence.url,
    }


def _number(number: Number) -> dict[str, Any]:
    return {
        "value": number.value,
        "meaning": phrasing(number.meaning, number.meaning_shorter),
        "against": number.against,
        "formula": number.formula,
        "source": number.source,
    }


def file_texts(entry: Entry, aliases: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, str]]:
    """Each file of words with its name: ``entry.md``, then a translation for every other language."""
    yield "entry.md", entry_text(entry, aliases)
    for language, text in entry.texts.items():
        if text is not entry.text():
            yield f"entry.{language}.md", words_text(text)
