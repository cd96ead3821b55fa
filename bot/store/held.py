"""Owns the held editions at rest: what Telegram refused whoever was to get it, until a person decides."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.edition import DeliveryState, Edition, EditionState
from bot.store import editions
from bot.store.restored import MAY_BE_OUT
from bot.store.tables import delivery, edition

LEFT = "its editors left it, for Telegram had refused it"
"""Why a delivery of a held edition is skipped, once somebody has decided so."""
_PENDING = and_(delivery.c.edition_id == edition.c.id, delivery.c.state == DeliveryState.PENDING)
_REFUSED = and_(edition.c.state == EditionState.HELD, edition.c.reason != MAY_BE_OUT)


async def waiting(conn: AsyncConnection) -> list[Edition]:
    """The editions that are held for their content and of which something waits, oldest first."""
    query = select(edition.c.id).where(_REFUSED, exists().where(_PENDING)).order_by(edition.c.opened_at, edition.c.id)
    return [await editions.get_edition(conn, edition_id) for edition_id in (await conn.execute(query)).scalars().all()]


async def let_go(conn: AsyncConnection, edition_id: int) -> bool:
    """Open it again, so that what waits is sent; False when it is not held any more."""
    opened = update(edition).where(_it(edition_id)).values(state=EditionState.OPEN, reason=None)
    return (await conn.execute(opened)).rowcount == 1


async def leave(conn: AsyncConnection, edition_id: int, *, by: int, now: datetime) -> bool:
    """Let nobody else get it; it stays held. False when it is not held any more, or nothing of it waits."""
    skipped = {"state": DeliveryState.SKIPPED, "error": LEFT, "settled_at": now, "settled_by": by}
    pending = and_(delivery.c.edition_id == edition_id, delivery.c.state == DeliveryState.PENDING)
    it_is_held = exists().where(_it(edition_id))
    return (await conn.execute(update(delivery).where(pending, it_is_held).values(skipped))).rowcount > 0


def _it(edition_id: int) -> ColumnElement[bool]:
    return and_(edition.c.id == edition_id, _REFUSED)
