"""Owns what is written down when a claim ends: by a receipt, by a failure, unused, or because its time is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, and_, bindparam, cast, column, func, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.edition import Delivery, DeliveryState
from bot.store.deliveries import IS_SENDING
from bot.store.tables import delivery


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a delivery became, written down after the request.

    Attributes:
        missing: Which pictures of an album surely did not arrive, from 0.
        not_before: When it may be tried again; only for pending.
        shows: Of an album that arrived, what each of its messages shows.
    """

    state: DeliveryState
    message_ids: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    error: str | None = None
    not_before: datetime | None = None
    shows: tuple[int, ...] = ()


async def settle(conn: AsyncConnection, ended: Iterable[tuple[Delivery, Outcome]], now: datetime) -> None:
    """Write down what deliveries became that we held.

    A receipt is the truth whoever holds the row by now. Anything else is news only while the claim is ours, or while
    nobody knows what became of it: said late, or twice, it would give away what somebody else is sending.
    """
    arrived, shown, others = dict[int, tuple[int, ...]](), list[dict[str, Any]](), list[dict[str, Any]]()
    for held, outcome in ended:
        if outcome.state is DeliveryState.SENT:
            arrived[held.id] = outcome.message_ids
            if outcome.shows:
                shown.append({"delivery_id": held.id, "shown": list(outcome.shows)})
        else:
            others.append(_row(held, outcome, now))
    if arrived:
        await conn.execute(_ARRIVED, {"arrived": arrived, "settled": now})
    if shown:
        await conn.execute(_SHOWN, shown)
    if others:
        await conn.execute(_SETTLE, others)


def _row(held: Delivery, outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {
        **_ours(held),
        "attempt": held.attempts,
        "new_state": outcome.state,
        "lost": list(outcome.missing),
        "why": outcome.error,
        "settled": None if outcome.state is DeliveryState.PENDING else now,
        "retry_at": outcome.not_before,
    }


def _ours(held: Delivery) -> dict[str, Any]:
    return {"delivery_id": held.id, "lease": held.lease_until}


async def release(conn: AsyncConnection, held: Iterable[Delivery]) -> None:
    """Give deliveries back that we hold, and whose requests never left."""
    if ours := [_ours(each) for each in held]:
        await conn.execute(_RELEASE, ours)


async def revive(conn: AsyncConnection, edition_id: int, *, part: int, error: str) -> None:
    """Let what failed with *error* wait again: not the chats are to blame, but the message."""
    failed = and_(delivery.c.state == DeliveryState.FAILED, delivery.c.error == error)
    await conn.execute(
        update(delivery)
        .where(delivery.c.edition_id == edition_id, delivery.c.part == part, failed)
        .values(state=DeliveryState.PENDING, settled_at=None)
    )


async def expire_leases(conn: AsyncConnection, now: datetime, lease: timedelta) -> int:
    """Mark what somebody held and never settled as in doubt; a lease that ends too far ahead was a wrong clock's."""
    over = or_(delivery.c.lease_until < now, delivery.c.lease_until > now + 2 * lease)
    result = await conn.execute(
        update(delivery)
        .where(IS_SENDING, over)
        .values(
            state=DeliveryState.IN_DOUBT, settled_at=now, lease_until=None, error="the program stopped while sending"
        )
    )
    return result.rowcount


_IS_THIS = delivery.c.id == bindparam("delivery_id")
_IS_OURS = and_(delivery.c.state == DeliveryState.SENDING, delivery.c.lease_until == bindparam("lease"))
_IS_UNKNOWN = and_(delivery.c.state == DeliveryState.IN_DOUBT, delivery.c.attempts == bindparam("attempt"))
_IS_OURS = and_(delivery.c.state == DeliveryState.SENDING, delivery.c.lease_until == bindparam("lease"))
_IS_UNKNOWN = and_(delivery.c.state == DeliveryState.IN_DOUBT, delivery.c.attempts == bindparam("attempt"))
_IS_UNKNOWN = and_(delivery.c.state == DeliveryState.IN_DOUBT, delivery.c.attempts == bindparam("attempt"))
# What becomes of most is one statement for all of them: ``{"7": [1001], "8": [1002]}``.
_receipt = func.json_each(bindparam("arrived", type_=JSON)).table_valued("key", column("value", JSON), name="receipt")
_ARRIVED = (
    update(delivery)
    .where(delivery.c.id == cast(_receipt.c.key, BigInteger))
    .values(
        state=DeliveryState.SENT,
        message_ids=_receipt.c.value,
        missing=[],
        error=None,
        settled_at=bindparam("settled"),
        lease_until=None,
    )
)
_SHOWN = update(delivery).where(_IS_THIS).values(shows=bindparam("shown"))
_SETTLE = (
    update(delivery)
    .where(_IS_THIS, or_(_IS_OURS, _IS_UNKNOWN))
    .values(
        state=bindparam("new_state"),
        missing=bindparam("lost"),
        error=bindparam("why"),
        settled_at=bindparam("settled"),
        not_before=func.coalesce(bindparam("retry_at", type_=delivery.c.not_before.type), delivery.c.not_before),
        lease_until=None,
    )
)
_RELEASE = (
    update(delivery)
    .where(_IS_THIS, _IS_OURS)
    .values(state=DeliveryState.PENDING, lease_until=None, attempts=delivery.c.attempts - 1)
)
_WRITE_OFF = (
    update(delivery)
    .where(_IS_THIS)
    .values(state=DeliveryState.SKIPPED, error=bindparam("why"), settled_at=bindparam("settled"))
)
_PUT_OFF = update(delivery).where(_IS_THIS).values(not_before=bindparam("put_off"))
