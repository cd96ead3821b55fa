"""Owns what somebody may have meant: the corrected question, words that do find something, topics to go on with."""

import asyncio
import re
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalogue.asking import essence
from bot.catalogue.condition import Demand
from bot.catalogue.filters import read_filters
from bot.catalogue.page import Correction
from bot.catalogue.query import parse_query
from bot.catalogue.ranking import rank
from bot.catalogue.terms import STOP_WORDS, compounds, fold, is_han, parts_of, stem
from bot.catalogue.vocabulary import Vocabulary
from bot.editorial.answering import strict
from bot.model.entry import Entry, Topic
from bot.store import archive, entries, search

_WORDS = 50_000  # the most frequent ones
_FRESH_S = 300.0  # a word that is minutes old may be missing from suggestions
_TRIES = 6  # corrected questions that are tried
_SUGGESTIONS = 3
_FIELD = re.compile(r"(?:^|(?<=\s))[-+]?\w+[:：](?=\S)")


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Where to go when nothing was found.

    Attributes:
        words: Close to what was typed, as a title or a topic spells them; each of them finds something.
        topics: Those that are close to what was typed, then those with the most entries.
    """

    words: tuple[str, ...]
    topics: tuple[Topic, ...]


class Suggester:
    """Guesses with the vocabulary of the index, which it keeps for some minutes."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary(())
        self._read_at = -_FRESH_S
        self._newest = -1

    async def correction(self, conn: AsyncConnection, text: str) -> Correction | None:
        """The whole question with the words corrected that nobody uses; None when that finds no more."""
        vocabulary = await self._known(conn)
        for corrected in list(_corrected(text, vocabulary))[:_TRIES]:
            query = parse_query(corrected)
            if query and (found := await strict(conn, query)):
                return Correction(query.text, len(found.ids))
        return None

    async def suggestions(self, conn: AsyncConnection, text: str) -> Suggestions:
        """Words close to those of *text* that find something, and topics."""
        vocabulary = await self._known(conn)
        typed = _typed_words(text)
        unknown = [word for word in typed if not vocabulary.knows(word)]
        doubtful = unknown or [word for word in typed if not is_han(word)]
        near = [vocabulary.nearest(word, limit=1 if is_han(word) else 2 * _SUGGESTIONS) for word in doubtful]
        turns = (words[turn] for turn in range(2 * _SUGGESTIONS) for words in near if turn < len(words))
        spelled = [await _spelled(conn, word) for word in dict.fromkeys(turns)][: 3 * _SUGGESTIONS]
        words = tuple(word for word in dict.fromkeys(spelled) if word and fold(word) not in typed)[:_SUGGESTIONS]
        every = [topic for topic, _papers in await archive.topics(conn)]
        return Suggestions(words, tuple(_ordered(every, (*words, *typed)))[:_SUGGESTIONS])

    async def _known(self, conn: AsyncConnection) -> Vocabulary:
        newest = await archive.last_id(conn)
        if newest != self._newest or time.monotonic() - self._read_at > _FRESH_S:
            words = await search.words_starting(conn, "", limit=_WORDS)
            self._vocabulary = await asyncio.to_thread(Vocabulary, words)
            self._newest, self._read_at = newest, time.monotonic()
        return self._vocabulary


def _corrected(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The text with every unknown word replaced by the nearest; then the next nearest of one; then known words too."""
    typed = _typed_words(text)
    unknown = {word: vocabulary.nearest(word) for word in typed if not vocabulary.knows(word)}
    best = {word: near[0] for word, near in unknown.items() if near}
    known = {word: vocabulary.respelled(word) for word in typed if word not in unknown}
    if best:
        yield _replaced(text, known | best)
    for word, near in unknown.items():
        for other in near[1:]:
            yield _replaced(text, known | best | {word: other})
    if unknown:
        return
    for word in typed:
        for other in vocabulary.nearest(word, limit=1):
            yield _replaced(text, {word: other})


def _typed_words(text: str) -> list[str]:
    """The words of *text* that can be mistyped, folded; parts of hyphenated words one by one, no times."""
    filters = read_filters(essence(unicodedata.normalize("NFKC", text)))
    named = [each.said for each in filters.conditions if each.demand in (Demand.AUTHOR, Demand.TOPIC, Demand.SERIES)]
    typed = (word for said in (filters.rest, *named) for word in compounds(said.replace("_", " ")))
    pieces = (piece for word in typed for piece in ([word] if is_han(word) else parts_of(word)))
    return [piece for piece in dict.fromkeys(pieces) if piece not in STOP_WORDS]


def _replaced(text: str, by: dict[str, str]) -> str:
    """The text with some words replaced, the rest as it was typed; names of fields are no words."""
    fields = [range(*found.span()) for found in _FIELD.finditer(text)]

    def corrected(found: re.Match[str]) -> str:
        inside = any(found.start() in each for each in fields)
        meant = by.get(fold(found[0]), "")
        return found[0] if inside or meant in ("", fold(found[0])) else meant

    return _PIECE.sub(corrected, text)


_PIECE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+")


def _ordered(topics: Sequence[Topic], near: Iterable[str]) -> list[Topic]:
    """The topics that bear a near word in one of their names first, otherwise in the order in which they came."""
    wanted = {stem(fold(word)) for word in near}
    return sorted(topics, key=lambda topic: not wanted & _stems(topic))


def _stems(topic: Topic) -> set[str]:
    return {stem(part) for name in topic.every_name for word in compounds(name) for part in (word, *parts_of(word))}


async def _spelled(conn: AsyncConnection, folded: str) -> str:
    """The word in the form that the title, an alias or a topic of the best entry for it has; empty where none has it.

    A capital at the beginning says only where the word stood.
    """
    query = parse_query(folded)
    ids = rank(query, await search.candidates(conn, query))[:1]
    for entry in await entries.get_entries(conn, ids):
        if is_han(folded) or " " in folded:
            return folded
        found = next((word for word in _words_of(_names(entry)) if stem(_letters(word)) == stem(folded)), "")
        return found.lower() if found[1:].islower() else found
    return ""


def _names(entry: Entry) -> Iterable[str]:
    return (entry.paper.title, *entry.aliases, *entry.paper.authors, *(topic.name for topic in entry.topics))


def _words_of(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for word in name.split():
            core = word.strip(".,:;!?()[]“”\"'")
            yield from (core, *parts_of(core))


def _letters(word: str) -> str:
    return "".join(part for compound in compounds(word) for part in parts_of(compound))
