"""Owns what this installation remembers about itself."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import installation

FIRST_STARTED_AT = "first_started_at"


async def first_started_at(conn: AsyncConnection, now: datetime) -> datetime:
    """When this installation first looked at the calendar; *now* if this is the first time."""
    statement = upsert(installation).values(key=FIRST_STARTED_AT, value=now.isoformat()).on_conflict_do_nothing()
    await conn.execute(statement)
    query = select(installation.c.value).where(installation.c.key == FIRST_STARTED_AT)
    return datetime.fromisoformat((await conn.execute(query)).scalar_one())
