"""Owns the papers of this week: fetched from the indexes, known by our topics, in an editor's order."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.editorial.candidates import popularity, ranked
from bot.editorial.drafting.saying.topics import topics_of
from bot.model.arxiv_id import ArxivId
from bot.model.candidate import Candidate
from bot.model.entry import Entry, EntryState, Topic
from bot.sources.indexes.huggingface import Mention
from bot.sources.indexes.semantic_scholar import Reception
from bot.sources.sources import Sources
from bot.store import drafts, entries
from bot.store.database import Database

_LOOK_BACK = timedelta(days=2)
"""On a Monday the new week has nothing yet: then the old one still counts."""
_FRESH = timedelta(minutes=10)
_UNSORTED = ("cs.LG",)  # the listing names no categories


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the indexes say of a week."""

    mentions: Sequence[Mention]
    receptions: Mapping[ArxivId, Reception]


@dataclass(slots=True)
class Week:
    """This week's papers, asked for again when they are some minutes old: who turns pages does not ask each time.

    What we have of them is looked up each time, so that a paper that was just drafted or discarded is marked at once.
    """

    sources: Sources
    database: Database
    clock: Callable[[], datetime]
    _heard: _Heard | None = None
    _until: datetime | None = None
    _alone: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def candidates(self) -> Sequence[Candidate] | None:
        """The papers that were listed this week, the most promising first; None when the index does not answer."""
        heard = await self._listen()
        if heard is None:
            return None
        async with self.database.reading() as conn:
            topics = await entries.all_topics(conn)
            ours = await _ours(conn)
        return await asyncio.to_thread(_ranked, heard, ours, topics)

    async def _listen(self) -> _Heard | None:
        async with self._alone:
            now = self.clock()
            if self._heard is None or self._until is None or now >= self._until:
                self._heard = await _hear(self.sources, now)
                self._until = now + _FRESH
            return self._heard


async def _hear(sources: Sources, now: datetime) -> _Heard | None:
    weeks = dict.fromkeys(f"{at:%G-W%V}" for at in (now - _LOOK_BACK, now))
    lists = [await sources.daily(week) for week in weeks]
    if all(found is None for found in lists):
        return None
    mentions = [mention for found in lists for mention in found or ()]
    return _Heard(mentions, await sources.receptions([mention.arxiv_id for mention in mentions]))


async def _ours(conn: AsyncConnection) -> Sequence[Entry]:
    """Every entry but those whose draft was discarded: their papers are free again."""
    ids = [row.id for row in await entries.stored_entries(conn)]
    discarded = await drafts.discarded_ids(conn)
    return await entries.get_entries(conn, [entry_id for entry_id in ids if entry_id not in discarded])


def _ranked(heard: _Heard, ours: Sequence[Entry], topics: Sequence[Topic]) -> list[Candidate]:
    found = (_candidate(mention, heard.receptions.get(mention.arxiv_id), topics) for mention in heard.mentions)
    covered = {entry.paper.arxiv_id: _place(entry) for entry in ours}
    return ranked(found, covered=covered, popular=popularity(ours))


def _place(entry: Entry) -> str:
    """Where the entry stands: ``ML-Collage 27/52``; one that nobody has yet says so."""
    return entry.badge if entry.state is EntryState.PUBLISHED else f"{entry.series.name}, {entry.state}"


def _candidate(mention: Mention, reception: Reception | None, topics: Sequence[Topic]) -> Candidate:
    return Candidate(
        arxiv_id=mention.arxiv_id,
        title=mention.title,
        abstract=mention.abstract,
        listed=mention.listed,
        upvotes=mention.upvotes,
        code=mention.code,
        stars=mention.stars,
        influential_citations=reception.influential_citations if reception else 0,
        topics=topics_of(mention.title, mention.abstract, _UNSORTED, topics) if topics else (),
    )
