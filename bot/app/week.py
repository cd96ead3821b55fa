"""Owns the papers of this week: fetched from the indexes, known by our topics, in an editor's order."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.editorial.candidates import popularity, ranked
from bot.editorial.drafting.topics import topics_of
from bot.model.arxiv_id import ArxivId
from bot.model.candidate import Candidate
from bot.model.entry import Entry, Topic
from bot.sources.indexes.huggingface import Mention
from bot.sources.indexes.semantic_scholar import Reception
from bot.sources.sources import Sources
from bot.store import entries
from bot.store.database import Database

_LOOK_BACK = timedelta(days=2)
"""On a Monday the new week has nothing yet: then the old one still counts."""
_UNSORTED = ("cs.LG",)  # the listing names no categories


async def this_week(sources: Sources, database: Database, now: datetime) -> Sequence[Candidate] | None:
    """The papers that were listed this week, the most promising first; None when the index does not answer."""
    weeks = dict.fromkeys(f"{at:%G-W%V}" for at in (now - _LOOK_BACK, now))
    lists = [await sources.daily(week) for week in weeks]
    if all(found is None for found in lists):
        return None
    mentions = [mention for found in lists for mention in found or ()]
    receptions = await sources.receptions([mention.arxiv_id for mention in mentions])
    async with database.reading() as conn:
        topics = await entries.all_topics(conn)
        stored = await entries.stored_entries(conn)
        ours = await entries.get_entries(conn, [row.id for row in stored])
    return await asyncio.to_thread(_ranked, mentions, receptions, ours, topics)


def _ranked(
    mentions: Iterable[Mention],
    receptions: dict[ArxivId, Reception],
    ours: Sequence[Entry],
    topics: Sequence[Topic],
) -> list[Candidate]:
    found = (_candidate(mention, receptions.get(mention.arxiv_id), topics) for mention in mentions)
    covered = {entry.paper.arxiv_id: entry.badge for entry in ours}
    return ranked(found, covered=covered, popular=popularity(ours))


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
