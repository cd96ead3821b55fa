"""Owns whose turn it is: over all processes at most one holds it, and none begins before the rest is over.

Whoever holds a turn has a lease. When that runs out without a word, its holder is taken for dead.
"""

from datetime import datetime, timedelta

from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import leases
from bot.store.dialect import upsert
from bot.store.tables import turn


async def next_turn(conn: AsyncConnection, name: str, *, now: datetime, lease: timedelta) -> datetime:
    """The instant from which the turn may be claimed, as far as is known *now*; not before *now*."""
    row = (await conn.execute(select(turn.c.busy_until, turn.c.free_at).where(turn.c.name == name))).one_or_none()
    free_at = (row.busy_until or row.free_at) if row else now
    return now if leases.is_over(free_at, now=now, lease=lease) else free_at


async def claim(conn: AsyncConnection, name: str, holder: str, *, now: datetime, lease: timedelta) -> bool:
    """Take the turn until *now* + *lease*.

    Args:
        lease: No rest and no turn is longer; what the database says far beyond it was written with a wrong clock.

    Returns:
        False when somebody else holds it, or the rest after the last one is not over.
    """
    values = {"holder": holder, "busy_until": now + lease, "free_at": now}
    is_free = leases.over(func.coalesce(turn.c.busy_until, turn.c.free_at), now=now, lease=lease)
    taken = upsert(conn, turn).values(name=name, **values)
    taken = taken.on_conflict_do_update(index_elements=["name"], set_=values, where=is_free)
    return (await conn.execute(taken)).rowcount == 1


async def extend(conn: AsyncConnection, name: str, holder: str, until: datetime) -> bool:
    """Hold the turn for longer; False when it is not *holder*'s any more."""
    return await _held(conn, name, holder, {"busy_until": until})


async def release(conn: AsyncConnection, name: str, holder: str, free_at: datetime) -> bool:
    """Give the turn back; nobody may take it before *free_at*. False when it is not *holder*'s any more."""
    return await _held(conn, name, holder, {"busy_until": None, "free_at": free_at})


async def _held(conn: AsyncConnection, name: str, holder: str, values: dict[str, datetime | None]) -> bool:
    mine = and_(turn.c.name == name, turn.c.holder == holder, turn.c.busy_until.is_not(None))
    return (await conn.execute(update(turn).where(mine).values(values))).rowcount == 1
