"""Owns what this installation remembers about itself."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import installation


async def first_seen_at(conn: AsyncConnection, what: str, now: datetime) -> datetime:
    """When this installation first looked after *what* (a rhythm, say); *now* if this is the first time."""
    key = f"first seen: {what}"
    await conn.execute(upsert(installation).values(key=key, value=now.isoformat()).on_conflict_do_nothing())
    query = select(installation.c.value).where(installation.c.key == key)
    return datetime.fromisoformat((await conn.execute(query)).scalar_one())
