"""Owns the deliveries in doubt at rest: what nobody knows of, and how a person's word on it is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.address import Address
from bot.model.edition import DeliveryState
from bot.store.deliveries import IS_IN_DOUBT, IS_SENDING, due_now
from bot.store.tables import chat, delivery


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is in doubt of one edition.

    Attributes:
        chats: How many chats (or topics) may or may not have it.
        messages: How many messages that are.
        since, until: When the first and the last of them came into doubt.
        is_busy: Something of the edition is on its way now, so there may soon be more.
    """

    edition_id: int
    chats: int
    messages: int
    since: datetime
    until: datetime
    is_busy: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """One message, or one album, that may or may not have arrived.

    Attributes:
        title: Of the chat; empty where it has none, or was never seen.
        attempts: How often a request left: who says what became of it says so of the last one.
        missing: Which pictures of an album surely did not arrive, from 0.
    """

    delivery_id: int
    edition_id: int
    address: Address
    title: str
    part: int
    attempts: int
    since: datetime
    error: str | None
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """Which deliveries in doubt are meant: those to which all of this applies; None applies to every one.

    Attributes:
        attempts: How often a request had left for it.
        until: It was in doubt by then.
    """

    edition_id: int | None = None
    delivery_ids: Sequence[int] | None = None
    attempts: int | None = None
    until: datetime | None = None


async def by_edition(conn: AsyncConnection) -> list[Doubts]:
    """What is in doubt, by edition, the newest first."""
    at = (delivery.c.edition_id, delivery.c.chat_id, delivery.c.thread_id)
    first, last = func.min(delivery.c.settled_at), func.max(delivery.c.settled_at)
    chats = select(*at, func.count().label("messages"), first.label("since"), last.label("until"))
    each = chats.where(IS_IN_DOUBT).group_by(*at).subquery()
    query = (
        select(
            each.c.edition_id,
            func.count().label("chats"),
            func.sum(each.c.messages).label("messages"),
            func.min(each.c.since).label("since"),
            func.max(each.c.until).label("until"),
        )
        .group_by(each.c.edition_id)
        .order_by(each.c.edition_id.desc())
    )
    sending = select(delivery.c.edition_id).where(IS_SENDING).distinct()
    busy = set((await conn.execute(sending)).scalars())
    return [
        Doubts(row.edition_id, row.chats, int(row.messages), row.since, row.until, row.edition_id in busy)
        for row in await conn.execute(query)
    ]


async def listed(
    conn: AsyncConnection, edition_id: int | None = None, *, offset: int = 0, limit: int | None = None
) -> list[Doubt]:
    """What is in doubt, of one edition or of all; the messages of one chat stand together, in their order."""
    query = _doubts().offset(offset).limit(limit)
    if edition_id is not None:
        query = query.where(delivery.c.edition_id == edition_id)
    return [_doubt(row) for row in await conn.execute(query)]


async def find(conn: AsyncConnection, delivery_id: int) -> Doubt | None:
    """One that is in doubt; None when it is not, or not any more."""
    row = (await conn.execute(_doubts().where(delivery.c.id == delivery_id))).one_or_none()
    return _doubt(row) if row else None


async def edition_of(conn: AsyncConnection, delivery_id: int) -> int:
    """The id of the edition of a delivery, whether or not that is in doubt; 0 where there is none."""
    query = select(delivery.c.edition_id).where(delivery.c.id == delivery_id)
    return (await conn.execute(query)).scalar_one_or_none() or 0


async def place_of(conn: AsyncConnection, doubt: Doubt) -> int:
    """How many of its edition stand before it in the list."""
    query = select(delivery.c.id).where(IS_IN_DOUBT, delivery.c.edition_id == doubt.edition_id).order_by(*_ORDER)
    return list((await conn.execute(query)).scalars()).index(doubt.delivery_id)


async def take_as_arrived(conn: AsyncConnection, meant: Meant, *, by: int, now: datetime) -> int:
    """Let them count as sent, because a person says so; how many those are."""
    return await _settle(conn, meant, state=DeliveryState.SENT, error=None, settled_by=by, settled_at=now)


async def take_as_lost(conn: AsyncConnection, meant: Meant, *, by: int, now: datetime) -> int:
    """Let them count as failed, because a person says so; how many those are."""
    return await _settle(conn, meant, state=DeliveryState.FAILED, settled_by=by, settled_at=now)


async def send_again(conn: AsyncConnection, meant: Meant, *, by: int, now: datetime) -> int:
    """Let them wait to be sent, as if they were due now: a person wants it, however late it is; how many those are.

    Args:
        by: Not written down: what becomes of them now is not that person's word.
    """
    again: dict[str, object] = {**due_now(now), "error": None, "missing": [], "settled_at": None}
    return await _settle(conn, meant, state=DeliveryState.PENDING, **again)


_ORDER = (delivery.c.edition_id.desc(), delivery.c.chat_id, delivery.c.thread_id, delivery.c.part)


async def _settle(conn: AsyncConnection, meant: Meant, **values: object) -> int:
    # Only what is still in doubt changes: of two who press at the same time one comes too late.
    settled = await conn.execute(update(delivery).where(IS_IN_DOUBT, _applies(meant)).values(values))
    return settled.rowcount


def _applies(meant: Meant) -> ColumnElement[bool]:
    said: list[ColumnElement[bool]] = []
    if meant.edition_id is not None:
        said.append(delivery.c.edition_id == meant.edition_id)
    if meant.delivery_ids is not None:
        said.append(delivery.c.id.in_(meant.delivery_ids))
    if meant.attempts is not None:
        said.append(delivery.c.attempts == meant.attempts)
    if meant.until is not None:
        said.append(delivery.c.settled_at <= meant.until)
    return and_(IS_IN_DOUBT, *said)


def _doubts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(delivery.c[name] for name in ("id", "edition_id", "chat_id", "thread_id", "part", "attempts")),
            delivery.c.settled_at,
            delivery.c.error,
            delivery.c.missing,
            chat.c.title,
        )
        .outerjoin(chat, chat.c.id == delivery.c.chat_id)
        .where(IS_IN_DOUBT)
        .order_by(*_ORDER)
    )


def _doubt(row: Row[*tuple[Any, ...]]) -> Doubt:
    return Doubt(
        delivery_id=row.id,
        edition_id=row.edition_id,
        address=Address(row.chat_id, row.thread_id),
        title=row.title or "",
        part=row.part,
        attempts=row.attempts,
        since=row.settled_at,
        error=row.error,
        missing=tuple(row.missing or ()),
    )
