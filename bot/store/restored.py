"""Owns what a database that came back from a backup cannot know, and how that is written down."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.edition import DeliveryState, Edition, EditionState
from bot.store import editions
from bot.store.deliveries import IS_IN_DOUBT, IS_PENDING, IS_SENDING
from bot.store.tables import delivery, edition, incoming
from bot.wording.translation import N_

MAY_BE_OUT = N_("it may have gone out before the database was restored from a backup")
"""Why an edition is held, or a delivery is in doubt, after a restore."""


async def doubt_what_was_due(conn: AsyncConnection, now: datetime) -> int:
    """Let what was under way, or due by *now*, be in doubt: whoever went on without this copy may have sent it.

    Returns:
        How many deliveries that are.
    """
    was_due = and_(IS_PENDING, delivery.c.not_before <= now)
    result = await conn.execute(
        update(delivery)
        .where(or_(IS_SENDING, was_due))
        .values(state=DeliveryState.IN_DOUBT, settled_at=now, lease_until=None, error=MAY_BE_OUT)
    )
    return result.rowcount


async def count_doubts(conn: AsyncConnection) -> int:
    """How many deliveries are still in doubt because of a restore."""
    ours = and_(IS_IN_DOUBT, delivery.c.error == MAY_BE_OUT)
    return (await conn.execute(select(func.count()).select_from(delivery).where(ours))).scalar_one()


async def close_updates(conn: AsyncConnection, now: datetime) -> None:
    """Take every update that waits for handled: Telegram's people have long got their answers."""
    waits = incoming.c.handled_at.is_(None)
    await conn.execute(update(incoming).where(waits).values(handled_at=now, body="", lease_until=None))


async def held_editions(conn: AsyncConnection) -> Sequence[Edition]:
    """The editions of which somebody has to say whether they went out, oldest first."""
    ours = and_(edition.c.state == EditionState.HELD, edition.c.reason == MAY_BE_OUT)
    ids = await conn.execute(select(edition.c.id).where(ours).order_by(edition.c.opened_at, edition.c.id))
    return [await editions.get_edition(conn, edition_id) for edition_id in ids.scalars().all()]


async def record_as_sent(
    conn: AsyncConnection, edition_id: int, *, until: datetime | None, editor: int, now: datetime
) -> int:
    """Let what is pending of an edition and was due by *until* count as sent, because *editor* says so.

    Args:
        until: None for all of it.

    Returns:
        How many deliveries that are.
    """
    had_it = delivery.c.due_at <= until if until is not None else true()
    result = await conn.execute(
        update(delivery)
        .where(delivery.c.edition_id == edition_id, delivery.c.state == DeliveryState.PENDING, had_it)
        .values(state=DeliveryState.SENT, settled_at=now, settled_by=editor)
    )
    return result.rowcount
