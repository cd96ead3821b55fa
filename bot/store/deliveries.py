"""Owns the deliveries: what became of every message of an edition, for every chat.

A delivery is `sending` in the database before its request leaves. Whoever marks it so holds it until `lease_until`;
when that instant passes without a word, nobody knows whether the message arrived, and the row is `in_doubt`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.address import Address
from bot.model.edition import Delivery, DeliveryState, EditionState
from bot.store import budget
from bot.store.tables import chat, delivery, edition, subscription

_UNSETTLED = (DeliveryState.PENDING, DeliveryState.SENDING)


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """One row of the ledger before it is written.

    Attributes:
        not_before: The chat's own instant for the slot; lateness counts from here.
    """

    address: Address
    part: int
    not_before: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a delivery became, written down after the request.

    Attributes:
        not_before: When it may be tried again; only for pending.
    """

    state: DeliveryState
    message_ids: tuple[int, ...] = ()
    error: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery we hold, and when its request may leave."""

    delivery: Delivery
    send_at: datetime


async def add_deliveries(conn: AsyncConnection, edition_id: int, rows: Iterable[NewDelivery]) -> int:
    """Write deliveries down; those that are there already stay as they are, except skipped ones, which revive.

    Returns:
        How many rows are new or revived.
    """
    values = [
        {
            "edition_id": edition_id,
            "chat_id": row.address.chat_id,
            "thread_id": row.address.thread_id,
            "part": row.part,
            "state": DeliveryState.PENDING,
            "not_before": row.not_before,
            "attempts": 0,
            "message_ids": [],
        }
        for row in rows
    ]
    added = 0
    for start in range(0, len(values), 500):  # SQLite takes a bounded number of variables in one statement
        statement = upsert(delivery).values(values[start : start + 500])
        statement = statement.on_conflict_do_update(
            index_elements=["edition_id", "chat_id", "thread_id", "part"],
            set_={"state": DeliveryState.PENDING, "not_before": statement.excluded.not_before, "error": None},
            where=and_(delivery.c.state == DeliveryState.SKIPPED, delivery.c.attempts == 0),
        )
        added += (await conn.execute(statement)).rowcount
    return added


async def served_addresses(conn: AsyncConnection, edition_id: int) -> set[Address]:
    """The addresses that have a delivery of an edition, other than a skipped one."""
    query = select(delivery.c.chat_id, delivery.c.thread_id).where(
        delivery.c.edition_id == edition_id, delivery.c.state != DeliveryState.SKIPPED
    )
    return {Address(chat_id, thread_id) for chat_id, thread_id in (await conn.execute(query))}


async def claim(
    conn: AsyncConnection, *, now: datetime, lease: timedelta, rate: float, costs: Mapping[int, Sequence[int]]
) -> Claim | None:
    """Take the delivery that has waited longest and mark it as sending; None when nothing is due.

    Args:
        lease: How long we may hold it beyond its sending instant.
        rate: Messages a second over all processes; 0 for no limit.
        costs: By edition id, how many messages each part counts for; other editions are left alone.
    """
    while (row := (await conn.execute(_next_claimable(now, list(costs)))).first()) is not None:
        if row.unwanted:
            await settle(conn, row.id, Outcome(DeliveryState.SKIPPED), now)
            continue
        send_at = await budget.reserve(conn, costs[row.edition_id][row.part], rate=rate, now=now)
        held = {"state": DeliveryState.SENDING, "lease_until": send_at + lease, "attempts": row.attempts + 1}
        await conn.execute(update(delivery).where(delivery.c.id == row.id).values(held))
        return Claim(_delivery(row), send_at)
    return None


async def settle(conn: AsyncConnection, delivery_id: int, outcome: Outcome, now: datetime) -> None:
    """Write down what a delivery became."""
    pending = outcome.state is DeliveryState.PENDING
    values: dict[str, object] = {
        "state": outcome.state,
        "message_ids": list(outcome.message_ids),
        "error": outcome.error,
        "lease_until": None,
        "settled_at": None if pending else now,
    }
    if pending:
        values["not_before"] = outcome.not_before or now
    await conn.execute(update(delivery).where(delivery.c.id == delivery_id).values(values))
    if outcome.state is DeliveryState.SENT:
        await _space_next_part(conn, delivery_id, now)


async def release(conn: AsyncConnection, delivery_id: int) -> None:
    """Give a claimed delivery back whose request never left."""
    await conn.execute(
        update(delivery)
        .where(delivery.c.id == delivery_id, delivery.c.state == DeliveryState.SENDING)
        .values(state=DeliveryState.PENDING, lease_until=None, attempts=delivery.c.attempts - 1)
    )


async def expire_leases(conn: AsyncConnection, now: datetime) -> int:
    """Mark what somebody held and never settled as in doubt."""
    result = await conn.execute(
        update(delivery)
        .where(delivery.c.state == DeliveryState.SENDING, delivery.c.lease_until < now)
        .values(
            state=DeliveryState.IN_DOUBT, settled_at=now, lease_until=None, error="the program stopped while sending"
        )
    )
    return result.rowcount


async def move_pending(conn: AsyncConnection, old: Address, new: Address) -> None:
    """Point what is pending for *old* at *new*; what *new* has a row for already is skipped."""
    twin = delivery.alias("twin")
    taken = exists().where(
        twin.c.edition_id == delivery.c.edition_id,
        twin.c.part == delivery.c.part,
        twin.c.chat_id == new.chat_id,
        twin.c.thread_id == new.thread_id,
    )
    pending = and_(
        delivery.c.chat_id == old.chat_id,
        delivery.c.thread_id == old.thread_id,
        delivery.c.state == DeliveryState.PENDING,
    )
    await conn.execute(update(delivery).where(pending, taken).values(state=DeliveryState.SKIPPED))
    await conn.execute(update(delivery).where(pending).values(chat_id=new.chat_id, thread_id=new.thread_id))


async def count_states(conn: AsyncConnection, edition_id: int | None = None) -> dict[DeliveryState, int]:
    """How many deliveries are in each state, of one edition or of all."""
    query = select(delivery.c.state, func.count()).group_by(delivery.c.state)
    if edition_id is not None:
        query = query.where(delivery.c.edition_id == edition_id)
    return {DeliveryState(state): number for state, number in (await conn.execute(query))}


async def next_due(conn: AsyncConnection, edition_ids: Sequence[int]) -> datetime | None:
    """The instant at which the next delivery of these editions may leave; None when nothing waits."""
    query = select(func.min(delivery.c.not_before)).where(_free(edition_ids))
    due = (await conn.execute(query)).scalar_one()
    return max(due, await budget.free_at(conn)) if due is not None else None


_earlier = delivery.alias("earlier")
_EARLIER_PART = and_(
    _earlier.c.edition_id == delivery.c.edition_id,
    _earlier.c.chat_id == delivery.c.chat_id,
    _earlier.c.thread_id == delivery.c.thread_id,
    _earlier.c.part < delivery.c.part,
)


def _free(edition_ids: Sequence[int]) -> ColumnElement[bool]:
    """Pending, of an open edition, and waiting for no earlier part."""
    return and_(
        delivery.c.edition_id.in_(edition_ids),
        delivery.c.state == DeliveryState.PENDING,
        exists().where(edition.c.id == delivery.c.edition_id, edition.c.state == EditionState.OPEN),
        ~exists().where(_EARLIER_PART, _earlier.c.state.in_(_UNSETTLED)),
    )


def _next_claimable(now: datetime, edition_ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    left = exists().where(chat.c.id == delivery.c.chat_id, chat.c.gone_at.is_not(None))
    wanted = exists().where(
        subscription.c.chat_id == delivery.c.chat_id,
        subscription.c.thread_id == delivery.c.thread_id,
        subscription.c.ended_at.is_(None),
    )
    broken = exists().where(_EARLIER_PART, _earlier.c.state.in_((DeliveryState.FAILED, DeliveryState.SKIPPED)))
    return (
        select(delivery, or_(left, ~wanted, broken).label("unwanted"))
        .where(_free(edition_ids), delivery.c.not_before <= now)
        .order_by(delivery.c.not_before, delivery.c.id)
        .limit(1)
    )


async def _space_next_part(conn: AsyncConnection, delivery_id: int, now: datetime) -> None:
    """Telegram takes about one message a second in a chat: the next part waits that long."""
    mine = select(delivery).where(delivery.c.id == delivery_id).subquery()
    later = now + timedelta(seconds=1)
    await conn.execute(
        update(delivery)
        .where(
            delivery.c.edition_id == select(mine.c.edition_id).scalar_subquery(),
            delivery.c.chat_id == select(mine.c.chat_id).scalar_subquery(),
            delivery.c.thread_id == select(mine.c.thread_id).scalar_subquery(),
            delivery.c.part == select(mine.c.part + 1).scalar_subquery(),
            delivery.c.state == DeliveryState.PENDING,
            delivery.c.not_before < later,
        )
        .values(not_before=later)
    )


def _delivery(row: Row[*tuple[Any, ...]]) -> Delivery:
    return Delivery(
        id=row.id,
        edition_id=row.edition_id,
        address=Address(row.chat_id, row.thread_id),
        part=row.part,
        state=DeliveryState.SENDING,
        not_before=row.not_before,
        attempts=row.attempts + 1,
        message_ids=tuple(row.message_ids),
        error=row.error,
    )
