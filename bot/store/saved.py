"""Owns the readers' own lists."""

from datetime import datetime

from sqlalchemy import and_, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.entry import EntryState
from bot.store.dialect import upsert
from bot.store.tables import entry, saved_entry


async def save(conn: AsyncConnection, user_id: int, entry_id: int, *, now: datetime) -> bool:
    """Put an entry on a person's list; False when it was there, and then it keeps its place."""
    row = upsert(conn, saved_entry).values(user_id=user_id, entry_id=entry_id, saved_at=now)
    return (await conn.execute(row.on_conflict_do_nothing())).rowcount > 0


async def unsave(conn: AsyncConnection, user_id: int, entry_id: int) -> bool:
    """Take an entry off a person's list; False when it was not there."""
    mine = and_(saved_entry.c.user_id == user_id, saved_entry.c.entry_id == entry_id)
    return (await conn.execute(delete(saved_entry).where(mine))).rowcount > 0


async def toggle(conn: AsyncConnection, user_id: int, entry_id: int, *, now: datetime) -> bool:
    """Put an entry on a person's list or take it off; True when it is on it now."""
    return not await unsave(conn, user_id, entry_id) and await save(conn, user_id, entry_id, now=now)


async def entries_of(conn: AsyncConnection, user_id: int) -> list[int]:
    """The ids of the published entries on a person's list, the last saved first."""
    query = select(saved_entry.c.entry_id).join(entry).where(saved_entry.c.user_id == user_id)
    visible = query.where(entry.c.state == EntryState.PUBLISHED)
    rows = await conn.execute(visible.order_by(saved_entry.c.saved_at.desc(), saved_entry.c.entry_id.desc()))
    return list(rows.scalars())
