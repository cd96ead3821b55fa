"""Owns the claims: who takes a delivery, until when, and what is written down afterwards.

A delivery is `sending` in the database before its request leaves. Whoever marks it so holds it until `lease_until`;
when that instant passes without a word, nobody knows whether the message arrived, and the row is `in_doubt`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.address import Address
from bot.model.edition import LATEST, Delivery, DeliveryState, Edition
from bot.model.preferences import Preferences
from bot.model.subscription import Objection
from bot.store import budget, chat_budgets, preferences
from bot.store.chat_budgets import Standing
from bot.store.claimable import claimable
from bot.store.deliveries import IS_SENDING
from bot.store.tables import delivery
from bot.store.wish_rows import is_plain, wish_of

_RECORDED = (Objection.PAUSED, Objection.OFF_TOPIC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a delivery became, written down after the request.

    Attributes:
        missing: Which pictures of an album surely did not arrive, from 0.
        not_before: When it may be tried again; only for pending.
    """

    state: DeliveryState
    message_ids: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    error: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An edition that can be sent.

    Attributes:
        costs: How many messages each of its parts counts for.
    """

    edition: Edition
    costs: Sequence[int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery we hold.

    Attributes:
        send_at: When its request may leave.
        wanted: How the chat wants to be spoken to.
        quiet: It comes without a sound.
    """

    delivery: Delivery
    send_at: datetime
    wanted: Preferences
    quiet: bool = False


async def claim(
    conn: AsyncConnection,
    limit: int,
    *,
    now: datetime,
    lease: timedelta,
    rate: float,
    outgoing: Mapping[int, Outgoing],
) -> list[Claim]:
    """Take the deliveries that have waited longest and mark them as sending.

    Args:
        limit: How many at most.
        lease: How long we may hold one beyond its sending instant.
        rate: Messages a second over all processes; 0 for no limit.
        outgoing: By edition id; other editions are left alone.
    """
    claims: list[Claim] = []
    ids = list(outgoing)
    while len(claims) < limit and (rows := await claimable(conn, ids, limit - len(claims), now)):
        wanted = await _wanted(conn, rows, outgoing, now)
        costs = [outgoing[row.edition_id].costs[row.part] for row in wanted]
        ready = await _in_turn(conn, list(zip(wanted, costs, strict=True)), now)
        instants = await _instants(conn, [cost for _, cost in ready], rate, now)
        taken = [_claim(row, send_at) for (row, _), send_at in zip(ready, instants, strict=True)]
        await _hold(conn, taken, lease)
        claims += taken
    return claims


async def _instants(conn: AsyncConnection, costs: Sequence[int], rate: float, now: datetime) -> Sequence[datetime]:
    if not (costs and rate):
        return [now] * len(costs)
    return await budget.reserve(conn, costs, rate=rate, now=now)


async def _wanted(
    conn: AsyncConnection, rows: Sequence[Row[*tuple[Any, ...]]], outgoing: Mapping[int, Outgoing], now: datetime
) -> list[Row[*tuple[Any, ...]]]:
    """Those of *rows* that are sent; the others are written off."""
    fates = [(row, _unwanted(row, outgoing[row.edition_id], now)) for row in rows]
    await settle(conn, [(row.id, unwanted) for row, unwanted in fates if unwanted], now)
    return [row for row, unwanted in fates if not unwanted]


def _unwanted(row: Row[*tuple[Any, ...]], it: Outgoing, now: datetime) -> Outcome | None:
    """What becomes of a delivery that is not sent after all; None when it is."""
    if row.gone_at or row.since is None or row.part >= len(it.costs):
        # The chat is gone or unsubscribed; or a text that was shortened since needs fewer parts than were written down.
        return Outcome(DeliveryState.SKIPPED)
    if now - row.due_at > LATEST[it.edition.kind]:
        return Outcome(DeliveryState.SKIPPED, error=Objection.TOO_LATE)
    objection = None if is_plain(row) else wish_of(row).objection(it.edition, row.due_at)
    if objection in _RECORDED:
        return Outcome(DeliveryState.SKIPPED, error=objection)
    return Outcome(DeliveryState.SKIPPED) if objection or row.broken else None


async def _in_turn(
    conn: AsyncConnection, asked: Sequence[tuple[Row[*tuple[Any, ...]], int]], now: datetime
) -> list[tuple[Row[*tuple[Any, ...]], int]]:
    """Those of *asked* whose chats may get as much now; the others are put off until they may.

    What a person gets is not written down: one message more is what a burst is for, and groups have to be counted.
    """
    at = now.timestamp()
    standings = {row.chat_id: Standing(row.arrival, row.lately) for row, _ in asked if row.arrival is not None}
    ready, later, charged = [], [], dict[int, Standing]()
    for row, cost in asked:
        standing = standings.get(row.chat_id, Standing())
        allowed_at = standing.allows_at(cost, at)
        if allowed_at > at:
            later.append({"delivery_id": row.id, "put_off": now + timedelta(seconds=allowed_at - at)})
            continue
        ready.append((row, cost))
        if chat_budgets.counts_minutes(row.chat_id) or cost > 1:
            charged[row.chat_id] = standings[row.chat_id] = standing.charged(row.chat_id, cost, at)
    await chat_budgets.keep(conn, charged)
    if later:
        await conn.execute(_PUT_OFF, later)
    return ready


async def settle(conn: AsyncConnection, outcomes: Iterable[tuple[int, Outcome]], now: datetime) -> None:
    """Write down what deliveries became, each by its id.

    A receipt is the truth whoever holds the row by now; anything else is news only of what nobody has settled.
    """
    arrived, others = list[dict[str, Any]](), list[dict[str, Any]]()
    for delivery_id, outcome in outcomes:
        if outcome.state is DeliveryState.SENT:
            arrived.append({"delivery_id": delivery_id, "ids": list(outcome.message_ids), "settled": now})
        else:
            others.append(_row(delivery_id, outcome, now))
    if arrived:
        await conn.execute(_ARRIVED, arrived)
    if others:
        await conn.execute(_SETTLE, others)


def _row(delivery_id: int, outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {
        "delivery_id": delivery_id,
        "new_state": outcome.state,
        "lost": list(outcome.missing),
        "why": outcome.error,
        "settled": None if outcome.state is DeliveryState.PENDING else now,
        "retry_at": outcome.not_before,
    }


async def release(conn: AsyncConnection, delivery_ids: Iterable[int]) -> None:
    """Give claimed deliveries back whose requests never left."""
    await conn.execute(
        update(delivery)
        .where(delivery.c.id.in_(list(delivery_ids)), delivery.c.state == DeliveryState.SENDING)
        .values(state=DeliveryState.PENDING, lease_until=None, attempts=delivery.c.attempts - 1)
    )


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


_ARRIVED = (
    update(delivery)
    .where(delivery.c.id == bindparam("delivery_id"))
    .values(
        state=DeliveryState.SENT,
        message_ids=bindparam("ids"),
        missing=[],
        error=None,
        settled_at=bindparam("settled"),
        lease_until=None,
    )
)
_SETTLE = (
    update(delivery)
    .where(
        delivery.c.id == bindparam("delivery_id"),
        *(delivery.c.state != over for over in (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SKIPPED)),
    )
    .values(
        state=bindparam("new_state"),
        missing=bindparam("lost"),
        error=bindparam("why"),
        settled_at=bindparam("settled"),
        not_before=func.coalesce(bindparam("retry_at", type_=delivery.c.not_before.type), delivery.c.not_before),
        lease_until=None,
    )
)
_PUT_OFF = update(delivery).where(delivery.c.id == bindparam("delivery_id")).values(not_before=bindparam("put_off"))
_HOLD = (
    update(delivery)
    .where(delivery.c.id.in_(bindparam("taken", expanding=True)))
    .values(state=DeliveryState.SENDING, lease_until=bindparam("until"), attempts=delivery.c.attempts + 1)
)


async def _hold(conn: AsyncConnection, claims: Sequence[Claim], lease: timedelta) -> None:
    if claims:
        until = max(claim.send_at for claim in claims) + lease
        await conn.execute(_HOLD, {"taken": [claim.delivery.id for claim in claims], "until": until})


def _claim(row: Row[*tuple[Any, ...]], send_at: datetime) -> Claim:
    taken = Delivery(
        id=row.id,
        edition_id=row.edition_id,
        address=Address(row.chat_id, row.thread_id),
        part=row.part,
        due_at=row.due_at,
        attempts=row.attempts + 1,
    )
    return Claim(taken, send_at, preferences.of_row(row), quiet=bool(row.quiet))
