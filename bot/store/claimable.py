"""Owns the question which deliveries may leave now, and when the next one may."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, ScalarSelect, and_, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.edition import DeliveryState, EditionState
from bot.store import budget, preferences
from bot.store.deliveries import IS_PENDING, UNSETTLED
from bot.store.tables import chat, chat_budget, delivery, edition, send_budget, subscription
from bot.store.wish_rows import WISH

PART_SPACING = timedelta(seconds=1)  # Telegram takes about one message a second in a chat
_earlier = delivery.alias("earlier")


async def claimable(
    conn: AsyncConnection, edition_ids: Sequence[int], at_most: int, now: datetime
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The deliveries of these editions that have waited longest, with what their chats wish and have had lately, and
    what everybody waits for (`bot.store.budget.ENDS`)."""
    values = {"edition_ids": edition_ids, "at_most": at_most, "now": now, "a_moment_ago": now - PART_SPACING}
    return (await conn.execute(_CLAIMABLE, values)).all()


async def next_due(conn: AsyncConnection, edition_ids: Sequence[int], now: datetime) -> datetime | None:
    """The instant at which the next delivery of these editions may leave; None when nothing waits."""
    due: datetime | None = (await conn.execute(_NEXT_DUE, {"edition_ids": list(edition_ids)})).scalar_one_or_none()
    return max(due, await budget.free_at(conn, now)) if due is not None else None


def _before(of: FromClause, condition: ColumnElement[bool]) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(
            _earlier.c.edition_id == of.c.edition_id,
            _earlier.c.chat_id == of.c.chat_id,
            _earlier.c.thread_id == of.c.thread_id,
            _earlier.c.part < of.c.part,
            condition,
        )
        .scalar_subquery()
    )


def _waits_for_none(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that no earlier part is like that; counted, as a search for one would go through all there are."""
    return or_(delivery.c.part == 0, _before(delivery, condition) == 0)


# Of an open edition, and waiting for no earlier part. The editions are named where they are looked up: named as those
# of the deliveries, the database would read all that was ever sent of them, instead of the few that are not over.
_FREE = and_(
    IS_PENDING,
    exists().where(
        edition.c.id == delivery.c.edition_id,
        edition.c.id.in_(bindparam("edition_ids", expanding=True)),
        edition.c.state == EditionState.OPEN,
    ),
    _waits_for_none(_earlier.c.state.in_(UNSETTLED)),
)
_NEXT_DUE = select(delivery.c.not_before).where(_FREE).order_by(delivery.c.not_before, delivery.c.id).limit(1)
_IS_JUST_SENT = and_(_earlier.c.state == DeliveryState.SENT, _earlier.c.settled_at > bindparam("a_moment_ago"))
_NAMES = ("id", "edition_id", "chat_id", "thread_id", "part", "due_at", "attempts")
# First those that may leave, then what belongs to them: so few are joined that it does not matter how.
_due = (
    select(*(delivery.c[name] for name in _NAMES), delivery.c.not_before)
    .where(_FREE, delivery.c.not_before <= bindparam("now"), _waits_for_none(_IS_JUST_SENT))
    .order_by(delivery.c.not_before, delivery.c.id)
    .limit(bindparam("at_most"))
    .subquery("due")
)
_ACTIVE = and_(
    subscription.c.chat_id == _due.c.chat_id,
    subscription.c.thread_id == _due.c.thread_id,
    subscription.c.ended_at.is_(None),
)
_IS_OFF = _earlier.c.state.in_((DeliveryState.FAILED, DeliveryState.SKIPPED))
_CLAIMABLE = (
    select(
        *(_due.c[name] for name in _NAMES),
        *WISH,
        chat.c.gone_at.is_not(None).label("is_gone"),
        *preferences.COLUMNS,
        chat_budget.c.arrival,
        chat_budget.c.lately,
        and_(_due.c.part > 0, _before(_due, _IS_OFF) > 0).label("broken"),
        *budget.ENDS,
    )
    .select_from(_due)
    .outerjoin(send_budget, send_budget.c.id == 1)
    .outerjoin(chat, chat.c.id == _due.c.chat_id)
    .outerjoin(subscription, _ACTIVE)
    .outerjoin(chat_budget, chat_budget.c.chat_id == _due.c.chat_id)
    .order_by(_due.c.not_before, _due.c.id)
)
