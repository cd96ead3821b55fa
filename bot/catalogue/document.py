"""Owns what of an entry can be searched, in the columns of the index."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.catalogue import people
from bot.catalogue.terms import STOP_WORDS, compound_terms, compounds, fold, is_han, parts_of, words
from bot.model.entry import Entry, EntryText

# Behind one of these a topic, an author or a series is one term, so that a condition finds it and not its words.
_TOPIC, _AUTHOR, _SERIES, _YEAR = "topic", "author", "series", "year"
_VENUE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Document:
    """One entry in the index; every column holds terms separated by spaces.

    Attributes:
        title: Of the title, and of the entry's aliases.
        people: Of authors, venue, topics and their aliases, series, number and dates: what is known about the paper.
        text: Of what we wrote, in every language.
        words: All of it with its endings, each word once; what completions and suggestions come from.
    """

    title: str
    people: str
    text: str
    words: str


def document(entry: Entry) -> Document:
    """Prepare *entry* for the index."""
    title, known, text = _title(entry), _known(entry), _text(entry)
    every_word = dict.fromkeys(word for phrase in (*title, *known, *text) for word in words(phrase))
    return Document(
        title=_joined(title),
        people=" ".join(dict.fromkeys((*_joined(known).split(), *_conditions(entry)))),
        text=_joined(text),
        words=" ".join(word for word in every_word if word not in STOP_WORDS),
    )


def topic_term(name: str) -> str:
    """The one term that stands for a topic, however its slug, name or alias is spelled."""
    return _TOPIC + _letters(name)


def author_terms(name: str) -> tuple[str, ...]:
    """The terms that stand for the parts of an author's name, or of as much of it as somebody typed."""
    return tuple(_AUTHOR + "".join(parts_of(part)) for part in compounds(name))


def series_term(name: str) -> str:
    """The one term that stands for a series, by its name or slug."""
    return _SERIES + _letters(name)


def year_term(year: int) -> str:
    """The one term that stands for a year of a paper."""
    return f"{_YEAR}{year:04d}"


def month_term(year: int, number: int) -> str:
    """The term that stands for a month."""
    return f"{year:04d}{number:02d}"


def topic_names(entry: Entry) -> list[str]:
    """Everything that the topics of *entry* are called, in every language."""
    return [name for topic in entry.topics for name in topic.every_name]


def phrases_of(entry: Entry) -> list[str]:
    """Everything that is known and said of *entry*, phrase by phrase, as it is written."""
    return [entry.paper.title, *entry.aliases, *_known(entry), *_text(entry)]


@lru_cache(maxsize=5_000)
def _letters(name: str) -> str:
    return "".join(parts_of(fold(name).replace("_", " ")))


def _title(entry: Entry) -> list[str]:
    """An alias of several words counts as a title only when it is typed in full, as one term."""
    return [entry.paper.title, *(alias if _is_one_word(alias) else _in_one_term(alias) for alias in entry.aliases)]


def _known(entry: Entry) -> list[str]:
    paper = entry.paper
    # In one piece: the 2011 of 2011.06505 is no year.
    arxiv_id = str(paper.arxiv_id).replace(".", "")
    place = [entry.series.name, str(entry.number or ""), str(entry.month or ""), str(paper.year), arxiv_id]
    phrases = [alias for alias in entry.aliases if not _is_one_word(alias)]
    return [*_authors(entry), paper.venue or "", *topic_names(entry), *phrases, *place]


def _authors(entry: Entry) -> list[str]:
    authors = entry.paper.authors
    return [*authors, *(form for author in authors for form in people.in_chinese(author))]


def _conditions(entry: Entry) -> list[str]:
    keys = people.name_keys(_authors(entry))
    series = (series_term(entry.series.slug), series_term(entry.series.name))
    topics = (topic_term(name) for name in topic_names(entry))
    return [*topics, *(_AUTHOR + key for key in keys), *series, *map(year_term, _years(entry))]


def _years(entry: Entry) -> list[int]:
    """The year a paper is cited with, and that of its venue; when we wrote about it is no year of the paper."""
    return [entry.paper.year, *map(int, _VENUE_YEAR.findall(entry.paper.venue or ""))]


def _is_one_word(alias: str) -> bool:
    return len(compounds(alias)) == 1


def _in_one_term(alias: str) -> str:
    return "".join(part for word in compounds(alias) if word not in STOP_WORDS for part in parts_of(word))


def _text(entry: Entry) -> list[str]:
    return [phrase for text in entry.texts.values() for phrase in _phrases(text)]


def _phrases(text: EntryText) -> Iterable[str]:
    yield from (text.headline, text.question, text.key_idea, text.summary, text.take_away, text.why or "")
    yield from text.key_insights


def _joined(phrases: Iterable[str]) -> str:
    """Each term once, in order of appearance: the ranking asks whether a term is there, not how often.

    Of Chinese single characters are terms too, for somebody may type just one.
    """
    found: dict[str, None] = {}
    for compound in (compound for phrase in phrases for compound in compounds(phrase)):
        found.update(dict.fromkeys(compound_terms(compound)))
        if is_han(compound):
            found.update(dict.fromkeys(compound))
    return " ".join(term for term in found if term not in STOP_WORDS)
