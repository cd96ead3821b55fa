"""Owns how a question is answered: which reading of it is tried after which, and what may have been meant."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalogue.condition import Demand, giving_up
from bot.catalogue.page import Lack
from bot.catalogue.phrase import says
from bot.catalogue.query import Query
from bot.catalogue.ranking import Candidate, is_named, rank
from bot.store import entries, search
from bot.store.read_index import ReadIndex

_COMPLETIONS = 12
_PHRASE_DEPTH = 100  # hits that are read to see whether they say a phrase
_PASTED_WORDS, _PASTED_DEPTH = 4, 40  # a question that long may be a piece of text; hits that are read to see whose


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of a question, best first.

    Attributes:
        named: Those among the first that have all words in their titles; whether there is more than one is all that
            anybody asks.
        reading: The question that has these hits.
    """

    reading: Query
    ids: Sequence[int] = ()
    named: Sequence[int] = ()
    lacks: frozenset[Lack] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.ids)


async def answer(conn: AsyncConnection, query: Query, read: ReadIndex | None = None) -> Answer:
    """The answer to the first reading of *query* that has one.

    With all of its words: as typed, with its last word completed, its topics as words, without one condition, without
    more of them, with what it excludes. Else with as many of its words as any entry has.

    Args:
        read: What was read of this version of the index; None when nothing is remembered.
    """
    read = read or ReadIndex()
    async for found in _with_all_words(conn, query, read):
        if found:
            return await (_saying_so(conn, found) if query.phrases else _pasted_first(conn, found))
    return await _with_some_words(conn, query, read)


async def strict(conn: AsyncConnection, query: Query, read: ReadIndex | None = None) -> Answer:
    """The answer to *query* just as it stands, with all of its words and conditions."""
    return _ranked(query, await search.candidates(conn, query, read=read))


async def _with_all_words(conn: AsyncConnection, query: Query, read: ReadIndex) -> AsyncIterator[Answer]:
    async for reading, lacks in _readings(conn, query):
        if reading:
            yield replace(await strict(conn, reading, read), lacks=lacks)


async def _readings(conn: AsyncConnection, query: Query) -> AsyncIterator[tuple[Query, frozenset[Lack]]]:
    """Every reading with all words, the most faithful first, and what its hits lack."""
    yield query, frozenset()
    whole = [query]
    if completions := await search.words_starting(conn, query.prefix, limit=_COMPLETIONS) if query.prefix else []:
        whole.append(query.completed(completions))
        yield whole[-1], frozenset()
    if any(each.demand is Demand.TOPIC for each in query.conditions):
        yield query.with_topics_as_words(), frozenset()
    for given_up in giving_up(query.conditions):
        for reading in whole:
            yield reading.without(given_up), frozenset(Lack(each.demand) for each in given_up)
    if query.excluded:
        yield replace(query, excluded=()), frozenset({Lack.EXCLUDED})


async def _with_some_words(conn: AsyncConnection, query: Query, read: ReadIndex) -> Answer:
    """First the entries that lack one word, then those that have any: the newest candidates are not all there are."""
    lacks = frozenset({Lack.WORDS})
    every = (query, replace(query, conditions=())) if query.conditions else (query,)
    for reading in every:
        for missing in dict.fromkeys((1, len(reading.words) - 1)) if len(reading.words) > 1 else ():
            if found := _ranked(reading, await search.candidates(conn, reading, missing=missing, read=read)):
                return replace(found, lacks=lacks)
        lacks |= {Lack(each.demand) for each in query.conditions}
    return Answer(query)


def _ranked(query: Query, candidates: Sequence[Candidate]) -> Answer:
    ids = rank(query, candidates)
    by_id = {candidate.id: candidate for candidate in candidates}
    named = [entry_id for entry_id in ids[:2] if query.words and is_named(query, by_id[entry_id])]
    return Answer(query, ids, named)


async def _saying_so(conn: AsyncConnection, found: Answer) -> Answer:
    """Only those hits that say its phrases just so, when there are any."""
    read = await entries.get_entries(conn, found.ids[:_PHRASE_DEPTH])
    saying = [entry.id for entry in read if says(entry, found.reading.phrases)]
    if not saying:
        return replace(found, lacks=found.lacks | {Lack.PHRASE})
    return replace(found, ids=saying, named=[entry_id for entry_id in found.named if entry_id in saying])


async def _pasted_first(conn: AsyncConnection, found: Answer) -> Answer:
    """Those hits first that say the whole question word after word, when it may have been copied from one."""
    if len(found.reading.words) < _PASTED_WORDS or len(found.ids) < 2 or found.named:
        return found
    read = await entries.get_entries(conn, found.ids[:_PASTED_DEPTH])
    saying = {entry.id for entry in read if says(entry, [found.reading.text])}
    return replace(found, ids=sorted(found.ids, key=lambda entry_id: entry_id not in saying))
