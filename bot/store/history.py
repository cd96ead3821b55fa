"""Owns what became of things, as it is asked for: for one chat, for the last editions, for all chats together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.address import Address
from bot.model.edition import DeliveryState, Edition, EditionKind, EditionState
from bot.store import editions
from bot.store.tables import chat, delivery, edition, series

_LOOKED_AT = 40
"""How many editions are looked through, the newest first."""


@dataclass(frozen=True, slots=True)
class PastPart:
    """What became of one message of an edition.

    Attributes:
        is_settled_by_hand: A person said so.
    """

    state: DeliveryState
    error: str | None
    attempts: int
    is_settled_by_hand: bool


@dataclass(frozen=True, slots=True)
class Past:
    """An edition that has come to a chat, or was to come.

    Attributes:
        series: Its slug.
        due_at: The chat's own instant for it.
        parts: In the order of arrival; at least one.
    """

    edition_id: int
    edition_state: EditionState
    series: str
    kind: EditionKind
    due_at: datetime
    parts: tuple[PastPart, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One message of an edition to one chat, and what became of it.

    Attributes:
        title: Of the chat; empty where it has none, or was never seen.
    """

    delivery_id: int
    address: Address
    title: str
    part: int
    state: DeliveryState
    error: str | None


async def find_edition(conn: AsyncConnection, edition_id: int) -> Edition | None:
    """The edition with that id, if there is one."""
    found = (await conn.execute(select(edition.c.id).where(edition.c.id == edition_id))).scalar_one_or_none()
    return await editions.get_edition(conn, found) if found is not None else None


async def editions_of(conn: AsyncConnection, slot: str) -> list[Edition]:
    """The editions of a slot (``2026-W47``), one for each series that has one."""
    ids = await conn.execute(select(edition.c.id).where(edition.c.slot == slot).order_by(edition.c.id))
    return [await editions.get_edition(conn, edition_id) for edition_id in ids.scalars().all()]


async def outcomes(conn: AsyncConnection, edition_id: int) -> list[Outcome]:
    """What became of every message of an edition, chat by chat."""
    query = (
        select(*(delivery.c[name] for name in ("id", "chat_id", "thread_id", "part", "state", "error")), chat.c.title)
        .outerjoin(chat, chat.c.id == delivery.c.chat_id)
        .where(delivery.c.edition_id == edition_id)
        .order_by(delivery.c.chat_id, delivery.c.thread_id, delivery.c.part)
    )
    return [
        Outcome(
            row.id,
            Address(row.chat_id, row.thread_id),
            row.title or "",
            row.part,
            DeliveryState(row.state),
            row.error,
        )
        for row in await conn.execute(query)
    ]


async def past_of(conn: AsyncConnection, address: Address, now: datetime) -> list[Past]:
    """The last editions whose instant has come for an address, the newest first."""
    newest = select(edition.c.id).order_by(edition.c.id.desc()).limit(_LOOKED_AT)
    query = (
        select(
            *(delivery.c[name] for name in ("edition_id", "state", "error", "attempts", "due_at", "settled_by")),
            edition.c.state.label("edition_state"),
            edition.c.kind,
            series.c.slug,
        )
        .select_from(delivery)
        .join(edition, edition.c.id == delivery.c.edition_id)
        .join(series, series.c.id == edition.c.series_id)
        .where(edition.c.id.in_(newest), _at(address), delivery.c.due_at <= now)
        .order_by(edition.c.id, delivery.c.part)
    )
    rows: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in await conn.execute(query):
        rows.setdefault(row.edition_id, []).append(row)
    return sorted((_past(of_one) for of_one in rows.values()), key=lambda past: past.due_at, reverse=True)


async def last_failure(conn: AsyncConnection, address: Address) -> str | None:
    """Why the last message to an address failed; None where it arrived, or nobody tried."""
    newest = select(edition.c.id).order_by(edition.c.id.desc()).limit(_LOOKED_AT)
    tried = delivery.c.state.in_((DeliveryState.SENT, DeliveryState.FAILED))
    query = (
        select(delivery.c.state, delivery.c.error)
        .where(delivery.c.edition_id.in_(newest), _at(address), tried, delivery.c.settled_by.is_(None))
        .order_by(delivery.c.settled_at.desc(), delivery.c.id.desc())
        .limit(1)
    )
    row = (await conn.execute(query)).one_or_none()
    return row.error if row and row.state == DeliveryState.FAILED else None


def _past(rows: Sequence[Row[*tuple[Any, ...]]]) -> Past:
    first = rows[0]
    parts = [PastPart(DeliveryState(it.state), it.error, it.attempts, it.settled_by is not None) for it in rows]
    return Past(
        first.edition_id,
        EditionState(first.edition_state),
        first.slug,
        EditionKind(first.kind),
        first.due_at,
        tuple(parts),
    )


def _at(address: Address) -> ColumnElement[bool]:
    return and_(delivery.c.chat_id == address.chat_id, delivery.c.thread_id == address.thread_id)
