"""Owns the held editions at rest: what Telegram refused whoever was to get it, until a person decides."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.edition import DeliveryState, Edition, EditionState
from bot.store import editions
from bot.store.deliveries import IS_PENDING, due_now
from bot.store.restored import MAY_BE_OUT
from bot.store.tables import delivery, edition

LEFT = "its editors left it, for Telegram had refused it"
"""Why an edition stays held, and its deliveries are skipped, once somebody has decided so."""
_WAITS = exists().where(delivery.c.edition_id == edition.c.id, IS_PENDING)
# Neither another matter nor decided: what was left is not looked through for ever.
_REFUSED = and_(edition.c.state == EditionState.HELD, edition.c.reason.not_in((MAY_BE_OUT, LEFT)))


async def waiting(conn: AsyncConnection) -> list[Edition]:
    """The editions that are held for their content and of which something waits, oldest first."""
    query = select(edition.c.id).where(_REFUSED, _WAITS).order_by(edition.c.opened_at, edition.c.id)
    return [await editions.get_edition(conn, edition_id) for edition_id in (await conn.execute(query)).scalars().all()]


async def let_go(conn: AsyncConnection, edition_id: int, now: datetime) -> bool:
    """Open it again, so that what waits is sent, however late it is; False when it is not held any more.

    Chats whose own moment is still ahead get it then.
    """
    opened = update(edition).where(_it(edition_id)).values(state=EditionState.OPEN, reason=None)
    if (await conn.execute(opened)).rowcount == 0:
        return False
    was_due = and_(delivery.c.edition_id == edition_id, IS_PENDING, delivery.c.due_at <= now)
    await conn.execute(update(delivery).where(was_due).values(due_now(now)))
    return True


async def leave(conn: AsyncConnection, edition_id: int, *, by: int, now: datetime) -> bool:
    """Let nobody else get it; it stays held. False when it is not held any more, or somebody has left it."""
    left = update(edition).where(_it(edition_id)).values(reason=LEFT)
    if (await conn.execute(left)).rowcount == 0:
        return False
    pending = and_(delivery.c.edition_id == edition_id, IS_PENDING)
    skipped = {"state": DeliveryState.SKIPPED, "error": LEFT, "settled_at": now, "settled_by": by}
    await conn.execute(update(delivery).where(pending).values(skipped))
    return True


def _it(edition_id: int) -> ColumnElement[bool]:
    return and_(edition.c.id == edition_id, _REFUSED)
