"""Owns the claims: who takes a delivery, and until when.

A delivery is `sending` in the database before its request leaves. Whoever marks it so holds it until `lease_until`;
when that instant passes without a word, nobody knows whether the message arrived, and the row is `in_doubt`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from math import inf
from typing import Any, TypeAlias

from sqlalchemy import JSON, BigInteger, Row, bindparam, cast, func, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.address import Address
from bot.model.edition import LATEST, Delivery, DeliveryState, Edition
from bot.model.preferences import Preferences
from bot.model.subscription import Objection
from bot.store import budget, chat_budgets, preferences
from bot.store.chat_budgets import Standing, admit, counts_minutes
from bot.store.claimable import claimable
from bot.store.tables import delivery
from bot.store.wish_rows import is_plain, wish_of

_RECORDED = (Objection.PAUSED, Objection.OFF_TOPIC)

_Row: TypeAlias = Row[*tuple[Any, ...]]
_Asked: TypeAlias = tuple[_Row, int]
"""A delivery that may leave, and how many messages it counts for."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An edition that can be sent.

    Attributes:
        costs: How many messages each of its parts counts for.
    """

    edition: Edition
    costs: Sequence[int]


@dataclass(frozen=True, slots=True)
class Room:
    """How much may be claimed.

    Attributes:
        messages: How many messages the deliveries may count for together; the last one may count for more.
    """

    deliveries: int
    messages: float = inf

    @property
    def at_most(self) -> int:
        """How many deliveries that can be: none counts for less than one message."""
        return max(int(min(self.deliveries, self.messages)), 0)


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
    room_at: Callable[[datetime], Room],
    *,
    now: datetime,
    lease: timedelta,
    rate: float,
    outgoing: Mapping[int, Outgoing],
) -> list[Claim]:
    """Take the deliveries that have waited longest and mark them as sending.

    Args:
        room_at: Says how much may be claimed when the next message may leave at an instant.
        lease: How long we may hold one beyond its sending instant.
        rate: Messages a second over all processes; 0 for no limit.
        outgoing: By edition id; other editions are left alone.
    """
    claims: list[Claim] = []
    ids, room = list(outgoing), room_at(now)
    while (at_most := room.at_most) and (rows := await claimable(conn, ids, at_most, now)):
        if not claims and not (room := room_at(budget.free_by(rows[0], now))).at_most:
            break
        asked = _within(room, await _wanted(conn, rows, outgoing, now))
        ready = await _in_turn(conn, asked, now)
        costs = [cost for _, cost in ready]
        instants = await budget.reserve(conn, costs, rate=rate, now=now)
        claims += await _hold(conn, [row for row, _ in ready], instants, lease)
        room = Room(room.deliveries - len(ready), room.messages - sum(costs))
    return claims


async def _wanted(
    conn: AsyncConnection, rows: Sequence[_Row], outgoing: Mapping[int, Outgoing], now: datetime
) -> list[_Asked]:
    """Those of *rows* that are sent; the others are written off."""
    wanted, unwanted = list[_Asked](), list[dict[str, Any]]()
    for row in rows:
        it = outgoing[row.edition_id]
        if (why := _unwanted(row, it, now)) is None:
            wanted.append((row, it.costs[row.part]))
        else:
            unwanted.append({"delivery_id": row.id, "why": why or None, "settled": now})
    if unwanted:
        await conn.execute(_WRITE_OFF, unwanted)
    return wanted


def _unwanted(row: _Row, it: Outgoing, now: datetime) -> str | None:
    """Why a delivery is not sent after all, or "" where that goes without saying; None when it is sent."""
    if row.is_gone or row.since is None or row.part >= len(it.costs):
        # The chat is gone or unsubscribed; or a text that was shortened since needs fewer parts than were written down.
        return ""
    if now - row.due_at > LATEST[it.edition.kind]:
        return Objection.TOO_LATE
    objection = None if is_plain(row) else wish_of(row).objection(it.edition, row.due_at)
    if objection in _RECORDED:
        return objection
    return "" if objection or row.broken else None


def _within(room: Room, asked: Sequence[_Asked]) -> Sequence[_Asked]:
    """The first of *asked*, up to the one that fills the room."""
    before = accumulate((cost for _, cost in asked), initial=0)
    return [each for each, taken in zip(asked, before, strict=False) if taken < room.messages]


async def _in_turn(conn: AsyncConnection, asked: Sequence[_Asked], now: datetime) -> Sequence[_Asked]:
    """Those of *asked* whose chats may get as much now; the others are put off until they may.

    What a person gets is not written down: one message more is what a burst is for, and groups have to be counted.
    """
    counted = [(row, cost) for row, cost in asked if row.arrival is not None or cost > 1 or counts_minutes(row.chat_id)]
    if not counted:
        return asked
    standings = {row.chat_id: Standing(row.arrival, row.lately) for row, _ in counted if row.arrival is not None}
    waits, charged = admit([(row.chat_id, cost) for row, cost in counted], standings, now.timestamp())
    written = {row.chat_id for row, cost in counted if cost > 1 or counts_minutes(row.chat_id)}
    await chat_budgets.keep(conn, {chat_id: it for chat_id, it in charged.items() if chat_id in written})
    put_off = {row.id: now + timedelta(seconds=wait) for (row, _), wait in zip(counted, waits, strict=True) if wait}
    if put_off:
        await conn.execute(_PUT_OFF, [{"delivery_id": key, "put_off": until} for key, until in put_off.items()])
    return [each for each in asked if each[0].id not in put_off]


async def _hold(
    conn: AsyncConnection, rows: Sequence[_Row], instants: Sequence[datetime], lease: timedelta
) -> list[Claim]:
    if not rows:
        return []
    until = max(instants) + lease
    await conn.execute(_HOLD, {"taken": dict.fromkeys([row.id for row in rows]), "until": until})
    return [_claim(row, send_at, until) for row, send_at in zip(rows, instants, strict=True)]


def _claim(row: _Row, send_at: datetime, until: datetime) -> Claim:
    address = Address(row.chat_id, row.thread_id)
    taken = Delivery(row.id, row.edition_id, address, row.part, row.due_at, row.attempts + 1, until)
    return Claim(taken, send_at, preferences.of_row(row), bool(row.quiet))


_IS_THIS = delivery.c.id == bindparam("delivery_id")
# One statement for all that are taken: ``{"7": null, "8": null}``.
_taken = func.json_each(bindparam("taken", type_=JSON)).table_valued("key", name="taken")
_HOLD = (
    update(delivery)
    .where(delivery.c.id == cast(_taken.c.key, BigInteger))
    .values(state=DeliveryState.SENDING, lease_until=bindparam("until"), attempts=delivery.c.attempts + 1)
)
_WRITE_OFF = (
    update(delivery)
    .where(_IS_THIS)
    .values(state=DeliveryState.SKIPPED, error=bindparam("why"), settled_at=bindparam("settled"))
)
_PUT_OFF = update(delivery).where(_IS_THIS).values(not_before=bindparam("put_off"))
_PUT_OFF = update(delivery).where(_IS_THIS).values(not_before=bindparam("put_off"))
