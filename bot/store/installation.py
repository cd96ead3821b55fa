"""Owns what this installation remembers about itself."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.entry import EntryState
from bot.store.tables import (
    chat,
    delivery,
    edition,
    entry,
    installation,
    saved_entry,
    send_budget,
    subscription,
    telegram_file,
)


async def forget_chats(conn: AsyncConnection) -> None:
    """Forget every chat and everything that was sent; the catalogue stays, as its files have it.

    For a sandbox whose people are new at every start.
    """
    for table in (delivery, edition, subscription, saved_entry, chat, telegram_file, send_budget, installation):
        await conn.execute(table.delete())
    unsent = {"state": EntryState.DRAFT, "month": None, "published_at": None, "content_hash": ""}  # loading restores it
    await conn.execute(update(entry).where(entry.c.published_at.is_not(None)).values(unsent))


async def first_seen_at(conn: AsyncConnection, what: str, now: datetime) -> datetime:
    """When this installation first looked after *what* (a rhythm, say); *now* if this is the first time."""
    key = f"first seen: {what}"
    await conn.execute(upsert(installation).values(key=key, value=now.isoformat()).on_conflict_do_nothing())
    query = select(installation.c.value).where(installation.c.key == key)
    return datetime.fromisoformat((await conn.execute(query)).scalar_one())
