"""Owns how the database is, and what of the pace it holds."""

import asyncio
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.budget import FARTHEST
from bot.store.database import Database
from bot.store.dialect import upsert
from bot.store.location import locate
from bot.store.tables import installation, send_budget

_BEAT = "last tick"


@dataclass(frozen=True, slots=True)
class Size:
    """How large the database is.

    Attributes:
        kind: ``SQLite`` or ``PostgreSQL``.
        free: Bytes left on its disk; None where it is a server's.
    """

    kind: str
    used: int
    free: int | None


async def beat(conn: AsyncConnection, now: datetime) -> None:
    """Write down that a process has come round."""
    row = upsert(conn, installation).values(key=_BEAT, value=now.isoformat())
    await conn.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": now.isoformat()}))


async def last_beat(conn: AsyncConnection) -> datetime | None:
    """When a process came round last; None if none ever did."""
    query = select(installation.c.value).where(installation.c.key == _BEAT)
    found = (await conn.execute(query)).scalar_one_or_none()
    return datetime.fromisoformat(found) if found else None


async def rests_until(conn: AsyncConnection, now: datetime) -> datetime | None:
    """Until when no edition leaves, because Telegram asked for it or answers were lost; None where none rests."""
    query = select(send_budget.c.paused_until, send_budget.c.held_until)
    row = (await conn.execute(query)).one_or_none()
    ends = (row.paused_until, row.held_until) if row else ()
    latest = max((end for end in ends if end <= (now + FARTHEST).timestamp()), default=0.0)
    return datetime.fromtimestamp(latest, tz=UTC) if latest > now.timestamp() else None


async def size_of(database: Database) -> Size:
    """How large the database is, and what room it has."""
    file = locate(database.url).file
    async with database.reading() as conn:
        if file is None:
            used = (await conn.execute(text("SELECT pg_database_size(current_database())"))).scalar_one()
            return Size("PostgreSQL", int(used), None)
        pages = (await conn.execute(text("PRAGMA page_count"))).scalar_one()
        page = (await conn.execute(text("PRAGMA page_size"))).scalar_one()
    room = await asyncio.to_thread(shutil.disk_usage, file.absolute().parent)
    return Size("SQLite", int(pages) * int(page), room.free)
