"""Owns the deliveries: what became of every message of an edition, for every chat.

A delivery is `sending` in the database before its request leaves. Whoever marks it so holds it until `lease_until`;
when that instant passes without a word, nobody knows whether the message arrived, and the row is `in_doubt`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.address import Address
from bot.model.edition import Delivery, DeliveryState, Edition, EditionKind, EditionState
from bot.model.subscription import Objection, Offer
from bot.store import budget
from bot.store.tables import chat, delivery, edition, series, subscription
from bot.store.wish_rows import WISH, wish_of

PART_SPACING = timedelta(seconds=1)  # Telegram takes about one message a second in a chat
_UNTOUCHED = and_(delivery.c.state == DeliveryState.PENDING, delivery.c.attempts == 0)
_LAST_SLOTS = 30  # enough for every slot that may still come, of several series
_UNSETTLED = (DeliveryState.PENDING, DeliveryState.SENDING)


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
class Outgoing:
    """An edition that can be sent.

    Attributes:
        costs: How many messages each of its parts counts for.
    """

    edition: Edition
    costs: Sequence[int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery we hold, and when its request may leave."""

    delivery: Delivery
    send_at: datetime


def served(edition_id: int) -> ColumnElement[bool]:
    """The condition that something of an edition was tried for a subscription."""
    return exists().where(
        delivery.c.edition_id == edition_id,
        delivery.c.chat_id == subscription.c.chat_id,
        delivery.c.thread_id == subscription.c.thread_id,
        delivery.c.state != DeliveryState.SKIPPED,
        ~_UNTOUCHED,
    )


async def slots_of(conn: AsyncConnection, address: Address) -> dict[Offer, dict[str, datetime]]:
    """The slots of which an address got something, or may have, or will get it; each with when, by series and kind."""
    at = (
        select(func.min(delivery.c.not_before))
        .where(
            delivery.c.edition_id == edition.c.id,
            _at(address),
            delivery.c.state.in_((*_UNSETTLED, DeliveryState.SENT, DeliveryState.IN_DOUBT)),
        )
        .scalar_subquery()
    )
    each = select(edition.c.id, series.c.slug, edition.c.kind, edition.c.slot, at.label("at")).join(series).subquery()
    query = select(each).where(each.c.at.is_not(None)).order_by(each.c.id.desc()).limit(_LAST_SLOTS)
    slots: dict[Offer, dict[str, datetime]] = {}
    for row in await conn.execute(query):
        slots.setdefault((row.slug, EditionKind(row.kind)), {})[row.slot] = row.at
    return slots


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
    while len(claims) < limit and (rows := await _claimable(conn, ids, limit - len(claims), now)):
        fates = [(row, _unwanted(row, outgoing[row.edition_id])) for row in rows]
        await settle(conn, [(row.id, unwanted) for row, unwanted in fates if unwanted], now)
        wanted = [row for row, unwanted in fates if not unwanted]
        costs = [outgoing[row.edition_id].costs[row.part] for row in wanted]
        instants = await budget.reserve(conn, costs, rate=rate, now=now)
        claims += [Claim(_delivery(row), send_at) for row, send_at in zip(wanted, instants, strict=True)]
        await _hold(conn, claims[-len(wanted) :] if wanted else [], lease)
    return claims


def _unwanted(row: Row[*tuple[Any, ...]], it: Outgoing) -> Outcome | None:
    """What becomes of a delivery that is not sent after all; None when it is."""
    if row.left or row.since is None or row.part >= len(it.costs):
        # The chat is gone or unsubscribed; or a text that was shortened since needs fewer parts than were written down.
        return Outcome(DeliveryState.SKIPPED)
    objection = wish_of(row).objection(it.edition, row.not_before)
    if objection in (Objection.PAUSED, Objection.OFF_TOPIC):
        return Outcome(DeliveryState.SKIPPED, error=objection)
    return Outcome(DeliveryState.SKIPPED) if objection or row.broken else None


async def settle(conn: AsyncConnection, outcomes: Iterable[tuple[int, Outcome]], now: datetime) -> None:
    """Write down what deliveries became, each by its id."""
    rows = [
        {
            "delivery_id": delivery_id,
            "new_state": outcome.state,
            "ids": list(outcome.message_ids),
            "why": outcome.error,
            "settled": None if outcome.state is DeliveryState.PENDING else now,
            "retry_at": outcome.not_before,
        }
        for delivery_id, outcome in outcomes
    ]
    if rows:
        await conn.execute(_SETTLE, rows)


async def release(conn: AsyncConnection, delivery_ids: Iterable[int]) -> None:
    """Give claimed deliveries back whose requests never left."""
    await conn.execute(
        update(delivery)
        .where(delivery.c.id.in_(list(delivery_ids)), delivery.c.state == DeliveryState.SENDING)
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


async def move(conn: AsyncConnection, old: Address, new: Address) -> None:
    """Let *new* take over the deliveries of *old*, whatever became of them: what one has had, the other has had.

    Where *new* has a row for the same part already, that one stands, and nothing is left of *old*.
    """
    await _move(conn, _at(old), {"chat_id": new.chat_id, "thread_id": new.thread_id})


async def move_chat(conn: AsyncConnection, old_id: int, new_id: int) -> None:
    """Let a group that became a supergroup keep its deliveries, thread by thread; as `move`."""
    await _move(conn, delivery.c.chat_id == old_id, {"chat_id": new_id})


async def _move(conn: AsyncConnection, whose: ColumnElement[bool], there: dict[str, int]) -> None:
    twin = delivery.alias("twin")
    taken = exists().where(
        twin.c.edition_id == delivery.c.edition_id,
        twin.c.part == delivery.c.part,
        twin.c.chat_id == there["chat_id"],
        twin.c.thread_id == there.get("thread_id", delivery.c.thread_id),
    )
    await conn.execute(update(delivery).where(whose, ~taken).values(there))
    await conn.execute(delete(delivery).where(whose))


def _at(address: Address) -> ColumnElement[bool]:
    return and_(delivery.c.chat_id == address.chat_id, delivery.c.thread_id == address.thread_id)


async def states_by_edition(conn: AsyncConnection) -> dict[int, dict[DeliveryState, int]]:
    """How many deliveries of each edition are in each state; an edition without any is there, too."""
    query = (
        select(edition.c.id, delivery.c.state, func.count())
        .select_from(edition)
        .outerjoin(delivery, delivery.c.edition_id == edition.c.id)
        .group_by(edition.c.id, delivery.c.state)
    )
    found: dict[int, dict[DeliveryState, int]] = {}
    for edition_id, state, number in await conn.execute(query):
        states = found.setdefault(edition_id, {})
        if state is not None:
            states[DeliveryState(state)] = number
    return found


async def count_states(conn: AsyncConnection, edition_id: int | None = None) -> dict[DeliveryState, int]:
    """How many deliveries are in each state, of one edition or of all."""
    query = select(delivery.c.state, func.count()).group_by(delivery.c.state)
    if edition_id is not None:
        query = query.where(delivery.c.edition_id == edition_id)
    return {DeliveryState(state): number for state, number in (await conn.execute(query))}


async def next_due(conn: AsyncConnection, edition_ids: Sequence[int], now: datetime) -> datetime | None:
    """The instant at which the next delivery of these editions may leave; None when nothing waits."""
    due: datetime | None = (await conn.execute(_NEXT_DUE, {"edition_ids": list(edition_ids)})).scalar_one()
    return max(due, await budget.free_at(conn, now)) if due is not None else None


_earlier = delivery.alias("earlier")
_EARLIER_PART = and_(
    _earlier.c.edition_id == delivery.c.edition_id,
    _earlier.c.chat_id == delivery.c.chat_id,
    _earlier.c.thread_id == delivery.c.thread_id,
    _earlier.c.part < delivery.c.part,
)


_SETTLE = (
    update(delivery)
    .where(delivery.c.id == bindparam("delivery_id"))
    .values(
        state=bindparam("new_state"),
        message_ids=bindparam("ids"),
        error=bindparam("why"),
        settled_at=bindparam("settled"),
        not_before=func.coalesce(bindparam("retry_at", type_=delivery.c.not_before.type), delivery.c.not_before),
        lease_until=None,
    )
)
_HOLD = (
    update(delivery)
    .where(delivery.c.id == bindparam("delivery_id"))
    .values(state=DeliveryState.SENDING, lease_until=bindparam("until"), attempts=delivery.c.attempts + 1)
)


async def _hold(conn: AsyncConnection, claims: Sequence[Claim], lease: timedelta) -> None:
    if claims:
        rows = [{"delivery_id": claim.delivery.id, "until": claim.send_at + lease} for claim in claims]
        await conn.execute(_HOLD, rows)


# Pending, of an open edition, and waiting for no earlier part.
_FREE = and_(
    delivery.c.edition_id.in_(bindparam("edition_ids", expanding=True)),
    delivery.c.state == DeliveryState.PENDING,
    exists().where(edition.c.id == delivery.c.edition_id, edition.c.state == EditionState.OPEN),
    ~exists().where(_EARLIER_PART, _earlier.c.state.in_(_UNSETTLED)),
)
_NEXT_DUE = select(func.min(delivery.c.not_before)).where(_FREE)
_LEFT = exists().where(chat.c.id == delivery.c.chat_id, chat.c.gone_at.is_not(None))
_ACTIVE = and_(
    subscription.c.chat_id == delivery.c.chat_id,
    subscription.c.thread_id == delivery.c.thread_id,
    subscription.c.ended_at.is_(None),
)
_BROKEN = exists().where(_EARLIER_PART, _earlier.c.state.in_((DeliveryState.FAILED, DeliveryState.SKIPPED)))
_TOO_SOON = exists().where(
    _EARLIER_PART, _earlier.c.state == DeliveryState.SENT, _earlier.c.settled_at > bindparam("a_moment_ago")
)
_CLAIMABLE = (
    select(delivery, *WISH, _LEFT.label("left"), _BROKEN.label("broken"))
    .outerjoin(subscription, _ACTIVE)
    .where(_FREE, delivery.c.not_before <= bindparam("now"), ~_TOO_SOON)
    .order_by(delivery.c.not_before, delivery.c.id)
    .limit(bindparam("at_most"))
)


async def _claimable(
    conn: AsyncConnection, edition_ids: list[int], at_most: int, now: datetime
) -> Sequence[Row[*tuple[Any, ...]]]:
    values = {"edition_ids": edition_ids, "at_most": at_most, "now": now, "a_moment_ago": now - PART_SPACING}
    return (await conn.execute(_CLAIMABLE, values)).all()


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
