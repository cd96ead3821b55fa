"""Owns forgetting: what we know of a person or a chat goes, for good."""

from datetime import date

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import quotas
from bot.store.tables import (
    chat,
    chat_budget,
    correction,
    delivery,
    draft,
    incoming,
    installation,
    queue,
    saved_entry,
    subscription,
)

NOBODY = 0
"""Who changed a draft, once they are forgotten."""


async def forget_person(conn: AsyncConnection, user_id: int, *, today: date) -> None:
    """Take away a reader's own list, and of an editor what they did at the desk.

    Two things stay: how many collages they asked for today, until the day is over (UTC), and who confirmed the right to
    show a figure, for the record.
    """
    await conn.execute(delete(saved_entry).where(saved_entry.c.user_id == user_id))
    await conn.execute(update(draft).where(draft.c.editor == user_id).values(editor=NOBODY))
    await conn.execute(update(correction).where(correction.c.editor == user_id).values(editor=NOBODY))
    await conn.execute(update(delivery).where(delivery.c.settled_by == user_id).values(settled_by=NOBODY))
    await conn.execute(update(queue).where(queue.c.approved_by == user_id).values(approved_by=None))
    await conn.execute(delete(installation).where(installation.c.key.endswith(f" to {user_id}")))
    await quotas.forget(conn, user_id, before=today)


async def forget_chat(conn: AsyncConnection, chat_id: int, *, today: date) -> None:
    """Take away a chat with its wishes, its preferences and its deliveries; what was to be sent is not sent."""
    await conn.execute(delete(delivery).where(delivery.c.chat_id == chat_id))
    await conn.execute(delete(subscription).where(subscription.c.chat_id == chat_id))
    await conn.execute(delete(chat_budget).where(chat_budget.c.chat_id == chat_id))
    await conn.execute(update(incoming).where(incoming.c.chat_id == chat_id).values(chat_id=None))
    await conn.execute(delete(chat).where(chat.c.id == chat_id))
    await quotas.forget(conn, chat_id, before=today)
