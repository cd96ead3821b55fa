"""Owns how deliveries get into the ledger: what is new is written, what stands there untried may change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.address import Address
from bot.model.edition import DeliveryState
from bot.model.subscription import Objection
from bot.store.dialect import count_anew
from bot.store.tables import chat, delivery, subscription


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """One row of the ledger before it is written.

    Attributes:
        not_before: The chat's own instant for the slot; lateness counts from here.
        objection: Why it is not sent; None where it is.
    """

    address: Address
    part: int
    not_before: datetime
    objection: Objection | None = None


_MANY = 500
_NOT_HAD = select(
    delivery.c.id,
    delivery.c.chat_id,
    delivery.c.thread_id,
    delivery.c.part,
    delivery.c.state,
    delivery.c.not_before,
    delivery.c.attempts,
    delivery.c.error,
).where(delivery.c.edition_id == bindparam("of"), delivery.c.state.in_((DeliveryState.PENDING, DeliveryState.SKIPPED)))
_CHANGE = (
    update(delivery)
    .where(delivery.c.id == bindparam("delivery_id"))
    .values(
        state=bindparam("new_state"),
        due_at=bindparam("due"),
        not_before=bindparam("due"),
        error=bindparam("why"),
        settled_at=bindparam("settled"),
    )
)


async def write_down(conn: AsyncConnection, edition_id: int, rows: Iterable[NewDelivery], *, now: datetime) -> int:
    """Write deliveries down, and bring those up to date that are there and were never tried.

    What is due already stays as it is, and nothing moves to an instant that has passed. One that was skipped revives;
    but where the chat objected, only if its instant is still to come: nothing is made up for after a pause.

    Returns:
        How many rows are new or changed.
    """
    found = await conn.execute(_NOT_HAD, {"of": edition_id})
    there = {(row.chat_id, row.thread_id, row.part): row for row in found}
    new, changed = list[dict[str, Any]](), list[dict[str, Any]]()
    for row in rows:
        standing = there.get((row.address.chat_id, row.address.thread_id, row.part))
        if standing is None:
            new.append(_new(edition_id, row, now))
        elif _gives_way(standing, row, now):
            changed.append({"delivery_id": standing.id, **_fate(row, now)})
    # Only what differs is written: a tick finds nearly everything as it left it, and PostgreSQL would give every row
    # that is offered to it an id.
    if new:
        await conn.execute(insert(delivery), new)
    if changed:
        await conn.execute(_CHANGE, changed)
    if len(new) >= _MANY:
        await count_anew(conn, delivery, subscription, chat)
    return len(new) + len(changed)


def _new(edition_id: int, row: NewDelivery, now: datetime) -> dict[str, Any]:
    fate = _fate(row, now)
    return {
        "edition_id": edition_id,
        "chat_id": row.address.chat_id,
        "thread_id": row.address.thread_id,
        "part": row.part,
        "state": fate["new_state"],
        "due_at": fate["due"],
        "not_before": fate["due"],
        "attempts": 0,
        "message_ids": [],
        "error": fate["why"],
        "settled_at": fate["settled"],
    }


def _fate(row: NewDelivery, now: datetime) -> dict[str, Any]:
    """What becomes of a delivery, by the names of `_CHANGE`."""
    return {
        "new_state": DeliveryState.SKIPPED if row.objection else DeliveryState.PENDING,
        "due": row.not_before,
        "why": row.objection,
        "settled": now if row.objection else None,
    }


def _gives_way(standing: Row[*tuple[Any, ...]], row: NewDelivery, now: datetime) -> bool:
    """Tell whether what stands in the ledger is replaced by what a wish says now."""
    if standing.attempts:
        return False
    if standing.state == DeliveryState.PENDING:  # whoever claims it looks again whether it is wanted
        differs = row.objection is not None or row.not_before != standing.not_before
        return differs and standing.not_before > now and row.not_before >= now
    return standing.error is None or (row.objection is None and row.not_before >= now)
