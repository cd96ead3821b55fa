"""Owns how a published entry leaves the catalogue, and how it comes back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.edition import DeliveryState, EditionKind
from bot.model.entry import EntryState
from bot.model.subscription import Objection
from bot.store import entries, search
from bot.store.tables import delivery, edition, edition_entry, entry


async def retract(conn: AsyncConnection, entry_id: int, now: datetime) -> None:
    """Take an entry out of the catalogue; where its picture of the week is still to be sent, it is not."""
    await _set_state(conn, entry_id, EntryState.RETRACTED)
    values = {"state": DeliveryState.SKIPPED, "error": Objection.RETRACTED, "settled_at": now, "lease_until": None}
    await conn.execute(update(delivery).where(_waits(entry_id)).values(values))


async def restore(conn: AsyncConnection, entry_id: int) -> None:
    """Bring an entry back into the catalogue; what was not sent meanwhile is not made up for."""
    await _set_state(conn, entry_id, EntryState.PUBLISHED)


async def retracted_ids(conn: AsyncConnection) -> Sequence[int]:
    """The ids of all entries that were taken out of the catalogue."""
    query = select(entry.c.id).where(entry.c.state == EntryState.RETRACTED)
    return list((await conn.execute(query.order_by(entry.c.id))).scalars())


async def count_waiting(conn: AsyncConnection, entry_id: int) -> int:
    """How many chats are still to get the entry as the picture of the week."""
    query = select(func.count()).select_from(delivery).where(_waits(entry_id))
    return (await conn.execute(query)).scalar_one()


async def _set_state(conn: AsyncConnection, entry_id: int, state: EntryState) -> None:
    await conn.execute(update(entry).where(entry.c.id == entry_id).values(state=state))
    for changed in await entries.get_entries(conn, [entry_id]):
        await search.index(conn, changed)


def _waits(entry_id: int) -> ColumnElement[bool]:
    of_entry = select(edition.c.id).join(edition_entry).where(edition_entry.c.entry_id == entry_id)
    weekly = of_entry.where(edition.c.kind == EditionKind.WEEKLY)
    return and_(delivery.c.edition_id.in_(weekly), delivery.c.state == DeliveryState.PENDING)
