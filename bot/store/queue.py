"""Owns the queue: who waits in a series, in which order, and who is fixed to a slot.

Entries whose files give them a number come in the order of their numbers, for that is what their numbers say. All
others stand behind them in the order of their positions, and get their numbers when they are published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.entry import EntryState
from bot.store.dialect import upsert
from bot.store.tables import entry, queue, series


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for its slot.

    Attributes:
        is_from_file: Its words and its state are those of its file.
        slot: The slot it is fixed to, ``2026-W47``; None takes the next free one.
        is_numbered: Its number is that of its file, and so is its place; all others get theirs in their turn.
    """

    entry_id: int
    is_from_file: bool
    slot: str | None = None
    is_numbered: bool = False


async def waiting(conn: AsyncConnection, slug: str) -> list[Waiting]:
    """Everybody who waits in the series with that slug, in order."""
    in_order = (entry.c.number.is_(None), entry.c.number, queue.c.position, entry.c.id)
    query = (
        select(entry.c.id, entry.c.origin, entry.c.number, queue.c.slot)
        .join_from(entry, series)
        .outerjoin(queue, queue.c.entry_id == entry.c.id)
        .where(series.c.slug == slug, entry.c.state == EntryState.QUEUED)
        .order_by(*in_order)
    )
    rows = await conn.execute(query)
    return [Waiting(row.id, row.origin == "content", row.slot, is_numbered=row.number is not None) for row in rows]


async def append(conn: AsyncConnection, entry_id: int, *, editor: int, now: datetime) -> None:
    """Let an entry wait behind everybody else; somebody approved of it."""
    await conn.execute(update(entry).where(entry.c.id == entry_id).values(state=EntryState.QUEUED))
    await _stand(conn, entry_id, approved_by=editor, approved_at=now)


async def leave(conn: AsyncConnection, entry_id: int) -> None:
    """Let an entry wait no more; it is a draft again."""
    await conn.execute(update(entry).where(entry.c.id == entry_id).values(state=EntryState.DRAFT))
    await conn.execute(delete(queue).where(queue.c.entry_id == entry_id))


async def place(conn: AsyncConnection, entry_ids: Sequence[int]) -> None:
    """Let these entries, all of them in the queue, stand in this order."""
    for position, entry_id in enumerate(entry_ids):
        await conn.execute(update(queue).where(queue.c.entry_id == entry_id).values(position=position))


async def fix(conn: AsyncConnection, entry_id: int, slot: str | None) -> None:
    """Fix an entry to a slot, or let it take the next free one again."""
    await _stand(conn, entry_id, slot=slot)


async def line_up(conn: AsyncConnection) -> None:
    """Let everybody who waits without a number and has no place yet stand behind the others."""
    placed = select(queue.c.entry_id)
    query = select(entry.c.id).where(entry.c.state == EntryState.QUEUED, entry.c.number.is_(None))
    for entry_id in (await conn.execute(query.where(entry.c.id.not_in(placed)).order_by(entry.c.id))).scalars().all():
        await _stand(conn, entry_id, slot=None)


async def drop_absent(conn: AsyncConnection) -> None:
    """Forget the places of entries that do not wait any more."""
    gone = select(entry.c.id).where(entry.c.state != EntryState.QUEUED)
    await conn.execute(delete(queue).where(queue.c.entry_id.in_(gone)))


async def _stand(conn: AsyncConnection, entry_id: int, **values: object) -> None:
    """Write the row of an entry; a new one stands behind all others."""
    last = select(func.coalesce(func.max(queue.c.position), -1) + 1).scalar_subquery()
    row = upsert(conn, queue).values(entry_id=entry_id, position=last, **values)
    await conn.execute(row.on_conflict_do_update(index_elements=["entry_id"], set_=values))
