"""Owns the deliveries: what became of every message of an edition, for every chat."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.address import Address
from bot.model.edition import DeliveryState, EditionKind
from bot.model.subscription import Offer
from bot.store.tables import delivery, edition, series, subscription

UNSETTLED = (DeliveryState.PENDING, DeliveryState.SENDING)
_PENDING: ColumnElement[str] = literal_column("'pending'")
_SENDING: ColumnElement[str] = literal_column("'sending'")
_IN_DOUBT: ColumnElement[str] = literal_column("'in_doubt'")
_NOT_OVER = delivery.c.state.in_((_PENDING, _SENDING, _IN_DOUBT))
IS_PENDING = and_(_NOT_OVER, delivery.c.state == _PENDING)
IS_SENDING = and_(_NOT_OVER, delivery.c.state == _SENDING)
IS_IN_DOUBT = and_(_NOT_OVER, delivery.c.state == _IN_DOUBT)
"""Spelled out in the statement, so that the database sees that its index of what is not over has all of it."""
_UNTOUCHED = and_(delivery.c.state == DeliveryState.PENDING, delivery.c.attempts == 0)
_LAST_SLOTS = 30  # enough for every slot that may still come, of several series


def due_now(now: datetime) -> dict[str, datetime]:
    """What a delivery that a person wants sent gets: it is due *now*, so that it cannot be too late for it."""
    return {"due_at": now, "not_before": now}


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
            delivery.c.state.in_((*UNSETTLED, DeliveryState.SENT, DeliveryState.IN_DOUBT)),
        )
        .scalar_subquery()
    )
    each = select(edition.c.id, series.c.slug, edition.c.kind, edition.c.slot, at.label("at")).join(series).subquery()
    query = select(each).where(each.c.at.is_not(None)).order_by(each.c.id.desc()).limit(_LAST_SLOTS)
    slots: dict[Offer, dict[str, datetime]] = {}
    for row in await conn.execute(query):
        slots.setdefault((row.slug, EditionKind(row.kind)), {})[row.slot] = row.at
    return slots


async def move(conn: AsyncConnection, old: Address, new: Address) -> None:
    """Let *new* take over the deliveries of *old*, whatever became of them: what one has had, the other has had.

    Where *new* has a row for the same part already, that one stands, and nothing is left of *old*.
    """
    await _move(conn, _at(old), {"chat_id": new.chat_id, "thread_id": new.thread_id})


async def move_chat(conn: AsyncConnection, old_id: int, new_id: int) -> None:
    """Let a group that became a supergroup keep its deliveries, thread by thread; as `move`.

    Its messages have other ids there, or none; by the old ones others would be changed, so those are forgotten.
    """
    await _move(conn, delivery.c.chat_id == old_id, {"chat_id": new_id, "message_ids": [], "shows": []})


async def _move(conn: AsyncConnection, whose: ColumnElement[bool], there: dict[str, Any]) -> None:
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
