"""Owns the questions to the published entries: by time, by name, by topic. Each answers with ids."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.arxiv_id import ArxivId
from bot.model.entry import EntryState, Topic
from bot.model.month import Month
from bot.store.dialect import in_byte_order
from bot.store.tables import entry, entry_topic, paper, series, topic

_PUBLISHED = entry.c.state == EntryState.PUBLISHED
_NEWEST_FIRST = (
    entry.c.month.desc().nulls_last(),
    entry.c.published_at.desc().nulls_last(),
    entry.c.number.desc().nulls_last(),
    entry.c.id.desc(),
)
# A numbered series tells its month by number, the others by arXiv id, which is the order of submission.
_WITHIN_MONTH = (
    entry.c.number.is_(None),
    in_byte_order(series.c.slug),
    entry.c.number,
    in_byte_order(paper.c.arxiv_id),
)


async def latest(conn: AsyncConnection) -> int | None:
    """The newest entry."""
    return await _first(conn, _query().order_by(*_NEWEST_FIRST))


async def newest(conn: AsyncConnection) -> list[int]:
    """All of them, the newest first."""
    return await _all(conn, _query().order_by(*_NEWEST_FIRST))


async def last_id(conn: AsyncConnection) -> int:
    """The highest id of any entry; 0 when there is none."""
    return (await conn.execute(select(func.max(entry.c.id)))).scalar_one() or 0


async def random(conn: AsyncConnection) -> int | None:
    """Any entry."""
    return await _first(conn, _query().order_by(func.random()))


async def published(conn: AsyncConnection, entry_id: int) -> int | None:
    """The entry with that id, if readers may see it."""
    return await _first(conn, _query(entry.c.id == entry_id))


async def visible(conn: AsyncConnection, entry_ids: Collection[int]) -> set[int]:
    """Those of some entries that readers may see."""
    return set(await _all(conn, _query(entry.c.id.in_(entry_ids))))


async def size(conn: AsyncConnection) -> int:
    """How many entries readers may see."""
    return (await conn.execute(select(func.count()).select_from(entry).where(_PUBLISHED))).scalar_one()


async def with_slug(conn: AsyncConnection, slug: str) -> list[int]:
    """The entry with that slug."""
    return await _all(conn, _query(entry.c.slug == slug))


async def with_number(conn: AsyncConnection, number: int) -> list[tuple[str, int]]:
    """The entries with that number, each after the slug of its series."""
    query = select(series.c.slug, entry.c.id).join_from(entry, series).where(_PUBLISHED, entry.c.number == number)
    return [(row.slug, row.id) for row in await conn.execute(query.order_by(in_byte_order(series.c.slug)))]


async def with_paper(conn: AsyncConnection, arxiv_id: ArxivId) -> list[int]:
    """The entries about that paper, newest first."""
    return await _all(conn, _query(paper.c.arxiv_id == str(arxiv_id)).order_by(*_NEWEST_FIRST))


async def of_month(conn: AsyncConnection, month: Month) -> list[int]:
    """The entries that bear the label of *month*: numbered ones first, then in the order of their arXiv ids."""
    return await _all(conn, _query(entry.c.month == str(month)).order_by(*_WITHIN_MONTH))


async def months(conn: AsyncConnection) -> list[Month]:
    """Every month with an entry, from the first."""
    query = select(entry.c.month).where(_PUBLISHED, entry.c.month.is_not(None)).distinct().order_by(entry.c.month)
    return [Month.parse(label) for label in (await conn.execute(query)).scalars()]


async def topics(conn: AsyncConnection) -> list[tuple[Topic, int]]:
    """Every topic that has an entry with how many it has, those with the most entries first."""
    counted = select(topic, func.count().label("entries")).join_from(topic, entry_topic).join(entry)
    query = counted.where(_PUBLISHED).group_by(topic.c.id)
    rows = await conn.execute(query.order_by(func.count().desc(), in_byte_order(topic.c.name)))
    return [(Topic(row.slug, row.name, tuple(row.aliases), row.names), row.entries) for row in rows]


def _query(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(entry.c.id).join(paper).join(series).where(_PUBLISHED, *conditions)


async def _first(conn: AsyncConnection, query: Select[Any]) -> int | None:
    found: int | None = (await conn.execute(query.limit(1))).scalar_one_or_none()
    return found


async def _all(conn: AsyncConnection, query: Select[Any]) -> list[int]:
    return list((await conn.execute(query)).scalars())
