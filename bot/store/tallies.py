"""Owns the counts over all chats: what became of the last editions, who listens, what fails."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.edition import DeliveryState, Edition
from bot.store import editions
from bot.store.deliveries import IS_PENDING
from bot.store.tables import chat, delivery, edition, subscription

_LOOKED_AT = 40
"""How many editions are looked through, the newest first."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The chats and topics that have a wish, by how it stands with them; those that are gone or paused not twice."""

    subscribed: int
    paused: int
    gone: int


async def last_editions(conn: AsyncConnection, limit: int) -> list[tuple[Edition, Counter[DeliveryState]]]:
    """The editions that were opened last, the newest first, and how many deliveries of each are in each state."""
    query = select(edition.c.id).order_by(edition.c.opened_at.desc(), edition.c.id.desc()).limit(limit)
    ids = (await conn.execute(query)).scalars().all()
    counted: dict[int, Counter[DeliveryState]] = {edition_id: Counter() for edition_id in ids}
    states = (
        select(delivery.c.edition_id, delivery.c.state, func.count().label("number"))
        .where(delivery.c.edition_id.in_(ids))
        .group_by(delivery.c.edition_id, delivery.c.state)
    )
    for row in await conn.execute(states):
        counted[row.edition_id][DeliveryState(row.state)] = row.number
    return [(await editions.get_edition(conn, edition_id), of_one) for edition_id, of_one in counted.items()]


async def count_pending(conn: AsyncConnection, edition_id: int) -> int:
    """How many deliveries of an edition wait."""
    pending = and_(delivery.c.edition_id == edition_id, delivery.c.state == DeliveryState.PENDING)
    return int((await conn.execute(select(func.count()).where(pending))).scalar_one())


async def audience(conn: AsyncConnection, today: date) -> Audience:
    """How many chats and topics have a wish."""
    is_gone, is_paused = chat.c.gone_at.is_not(None), subscription.c.paused_until > today
    query = (
        select(_how_many(~is_gone & ~_or_false(is_paused)), _how_many(~is_gone & is_paused), _how_many(is_gone))
        .select_from(subscription)
        .join(chat, chat.c.id == subscription.c.chat_id)
        .where(subscription.c.ended_at.is_(None))
    )
    return Audience(*(int(number or 0) for number in (await conn.execute(query)).one()))


async def failures(conn: AsyncConnection) -> list[tuple[str, int]]:
    """What went wrong last for chats that have got nothing since: each error, and for how many chats and topics."""
    newest = select(edition.c.id).order_by(edition.c.id.desc()).limit(_LOOKED_AT)
    later = delivery.alias("later")
    has_more = exists().where(
        later.c.edition_id.in_(newest),
        later.c.edition_id > delivery.c.edition_id,
        later.c.chat_id == delivery.c.chat_id,
        later.c.thread_id == delivery.c.thread_id,
        later.c.state.in_((DeliveryState.SENT, DeliveryState.FAILED)),
    )
    wish = and_(
        subscription.c.chat_id == delivery.c.chat_id,
        subscription.c.thread_id == delivery.c.thread_id,
        subscription.c.ended_at.is_(None),
    )
    failed = (
        select(delivery.c.chat_id, delivery.c.thread_id, func.max(delivery.c.error).label("error"))
        .join(subscription, wish)
        .join(chat, chat.c.id == delivery.c.chat_id)
        .where(
            delivery.c.state == DeliveryState.FAILED,
            delivery.c.edition_id.in_(newest),
            chat.c.gone_at.is_(None),
            delivery.c.error.is_not(None),
            ~has_more,
        )
        .group_by(delivery.c.chat_id, delivery.c.thread_id)
        .subquery()
    )
    query = select(failed.c.error, func.count()).group_by(failed.c.error).order_by(failed.c.error)
    return [(error, number) for error, number in await conn.execute(query)]


async def is_waiting_for(conn: AsyncConnection, errors: Collection[str]) -> bool:
    """Whether something waits to be tried again because of one of these errors."""
    query = select(delivery.c.id).where(IS_PENDING, delivery.c.error.in_(errors)).limit(1)
    return (await conn.execute(query)).first() is not None


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _or_false(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """*condition*, and False where it is unknown."""
    return func.coalesce(condition, False)
