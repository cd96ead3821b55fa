"""Owns what of an entry can be searched, in the columns of the index."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.catalogue.terms import STOP_WORDS, compounds, fold, parts_of, terms, words
from bot.model.entry import Entry, EntryText

# Behind this prefix a topic is one term, so that `#topic` finds the topic and not its words.
_TOPIC = "topic"


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
    title, people, text = _title(entry), _people(entry), _text(entry)
    every_word = dict.fromkeys(word for phrase in (*title, *people, *text) for word in words(phrase))
    return Document(
        title=_joined(title),
        people=" ".join((_joined(people), *(topic_term(name) for name in _topic_names(entry)))),
        text=_joined(text),
        words=" ".join(word for word in every_word if word not in STOP_WORDS),
    )


def topic_term(name: str) -> str:
    """The one term that stands for a topic, however its slug, name or alias is spelled."""
    return _TOPIC + "".join(parts_of(fold(name).replace("_", " ")))


def _title(entry: Entry) -> list[str]:
    """An alias of several words counts as a title only when it is typed in full, as one term."""
    return [entry.paper.title, *(alias if _is_one_word(alias) else _in_one_term(alias) for alias in entry.aliases)]


def _people(entry: Entry) -> list[str]:
    paper = entry.paper
    # In one piece: the 2011 of 2011.06505 is no year.
    arxiv_id = str(paper.arxiv_id).replace(".", "")
    place = [entry.series.name, str(entry.number or ""), str(entry.month or ""), str(paper.year), arxiv_id]
    phrases = [alias for alias in entry.aliases if not _is_one_word(alias)]
    return [*paper.authors, paper.venue or "", *_topic_names(entry), *phrases, *place]


def _is_one_word(alias: str) -> bool:
    return len(compounds(alias)) == 1


def _in_one_term(alias: str) -> str:
    return "".join(part for word in compounds(alias) if word not in STOP_WORDS for part in parts_of(word))


def _topic_names(entry: Entry) -> list[str]:
    return [name for topic in entry.topics for name in (topic.name, topic.slug, *topic.aliases)]


def _text(entry: Entry) -> list[str]:
    return [phrase for text in entry.texts.values() for phrase in _phrases(text)]


def _phrases(text: EntryText) -> Iterable[str]:
    yield from (text.headline, text.question, text.key_idea, text.summary, text.take_away, text.why or "")
    yield from text.key_insights


def _joined(phrases: Iterable[str]) -> str:
    """Each term once, in order of appearance: the ranking asks whether a term is there, not how often."""
    found = dict.fromkeys(term for phrase in phrases for term in terms(phrase))
    return " ".join(term for term in found if term not in STOP_WORDS)
