"""Owns what this installation remembers about itself."""

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.entry import EntryState
from bot.store import catalogue_version, entries, generation, search
from bot.store.dialect import upsert
from bot.store.reindexing import WRITTEN_BY
from bot.store.tables import (
    chat,
    chat_budget,
    correction,
    delivery,
    edition,
    entry,
    incoming,
    installation,
    quota,
    saved_entry,
    send_budget,
    subscription,
    telegram_file,
)


async def forget_chats(conn: AsyncConnection) -> None:
    """Forget every chat and everything that was sent; the catalogue stays, as its files have it.

    For a sandbox whose people are new at every start. Drafts and what waits in the queue stay, too; what was born in a
    chat and has been sent has no file to go back to, so it goes.
    """
    ledger = (correction, delivery, edition, send_budget, chat_budget)
    for table in (*ledger, incoming, subscription, saved_entry, chat, telegram_file, quota):
        await conn.execute(table.delete())
    kept = [WRITTEN_BY, catalogue_version.KEY, generation.KEY]
    await conn.execute(delete(installation).where(installation.c.key.not_in(kept)))
    sent = select(entry.c.id).where(entry.c.published_at.is_not(None), entry.c.origin == "chat")
    for entry_id in (await conn.execute(sent)).scalars().all():
        await entries.remove_entry(conn, entry_id)
    sent_or_withdrawn = or_(entry.c.published_at.is_not(None), entry.c.state == EntryState.RETRACTED)
    gone = select(entry.c.id).where(sent_or_withdrawn)
    for entry_id in (await conn.execute(gone)).scalars().all():
        await search.remove(conn, entry_id)
    unsent = {"state": EntryState.DRAFT, "month": None, "published_at": None, "content_hash": ""}  # loading restores it
    await conn.execute(update(entry).where(sent_or_withdrawn).values(unsent))


async def first_seen_at(conn: AsyncConnection, what: str, now: datetime) -> datetime:
    """When this installation first looked after *what* (a rhythm, say); *now* if this is the first time."""
    key = f"first seen: {what}"
    await conn.execute(upsert(conn, installation).values(key=key, value=now.isoformat()).on_conflict_do_nothing())
    query = select(installation.c.value).where(installation.c.key == key)
    return datetime.fromisoformat((await conn.execute(query)).scalar_one())


async def find_first_seen(conn: AsyncConnection, what: str) -> datetime | None:
    """When this installation first looked after *what*; None if it never did."""
    query = select(installation.c.value).where(installation.c.key == f"first seen: {what}")
    found = (await conn.execute(query)).scalar_one_or_none()
    return datetime.fromisoformat(found) if found else None


async def say_once(conn: AsyncConnection, what: str, now: datetime) -> bool:
    """Claim that nobody was told *what* before; from now on somebody was."""
    row = upsert(conn, installation).values(key=f"told: {what}", value=now.isoformat()).on_conflict_do_nothing()
    return (await conn.execute(row)).rowcount == 1


async def was_said(conn: AsyncConnection, what: str) -> bool:
    """Whether somebody claimed to say *what*."""
    query = select(installation.c.key).where(installation.c.key == f"told: {what}")
    return (await conn.execute(query)).scalar_one_or_none() is not None


async def forget_first_seen(conn: AsyncConnection, what: str) -> None:
    """Let *what* be seen for the first time again."""
    await conn.execute(delete(installation).where(installation.c.key == f"first seen: {what}"))
