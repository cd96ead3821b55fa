"""Owns the chats and their standing wishes."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, case, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.address import Address
from bot.model.edition import EditionKind
from bot.model.subscription import Moment, Subscription
from bot.store import deliveries, preferences
from bot.store.tables import chat, subscription

_NO_MOMENT = dict.fromkeys(("weekday", "hour", "minute", "timezone"))
_ACTIVE = subscription.c.ended_at.is_(None)


async def see_chat(conn: AsyncConnection, chat_id: int, kind: str, title: str, now: datetime) -> None:
    """Write down that a chat talks to us. One that is gone stays gone: only `mark_back` and `subscribe` undo that."""
    seen = {"kind": kind, "title": title, "seen_at": now}
    row = upsert(chat).values(id=chat_id, **seen)
    await conn.execute(row.on_conflict_do_update(index_elements=["id"], set_=seen))


async def subscribe(conn: AsyncConnection, address: Address, now: datetime, *, moment: Moment | None = None) -> None:
    """Begin a wish, or go on with the one there is: `since` stays, an ended one revives whole, the chat is back.

    The weekly pick comes in any case; a roundup that was given up stays away.

    The chat must have been seen.

    Args:
        moment: The chat's own moment; None leaves the one it has.
    """
    own = asdict(moment) if moment else {}
    row = upsert(subscription).values(
        chat_id=address.chat_id, thread_id=address.thread_id, since=now, weekly=True, roundup=True, **own
    )
    roundup = case((_ACTIVE, subscription.c.roundup), else_=True)
    again = {"ended_at": None, "weekly": True, "roundup": roundup, **own}
    await conn.execute(row.on_conflict_do_update(index_elements=["chat_id", "thread_id"], set_=again))
    await mark_back(conn, address.chat_id)


async def change(conn: AsyncConnection, wish: Subscription) -> None:
    """Write what a chat wants and when, for a wish that is there."""
    moment = asdict(wish.moment) if wish.moment else _NO_MOMENT
    values = {"weekly": wish.weekly, "roundup": wish.roundup, **moment}
    await conn.execute(update(subscription).where(_at(wish.address)).values(values))


async def unsubscribe(conn: AsyncConnection, address: Address, now: datetime) -> bool:
    """End a wish; False when there was none."""
    result = await conn.execute(update(subscription).where(_at(address), _ACTIVE).values(ended_at=now))
    return result.rowcount > 0


async def restore(conn: AsyncConnection, address: Address) -> bool:
    """Bring back the very wish that was ended; False when there was none."""
    ended = and_(_at(address), subscription.c.ended_at.is_not(None))
    return (await conn.execute(update(subscription).where(ended).values(ended_at=None))).rowcount > 0


async def find(conn: AsyncConnection, address: Address) -> Subscription | None:
    """The wish of an address; None when it has none, or ended it."""
    row = (await conn.execute(select(subscription).where(_at(address), _ACTIVE))).one_or_none()
    return _subscription(row) if row else None


async def active_subscriptions(conn: AsyncConnection, kind: EditionKind) -> list[Subscription]:
    """Every wish for that kind of edition, by address; chats that are gone have none."""
    wanted = subscription.c.weekly if kind is EditionKind.WEEKLY else subscription.c.roundup
    query = select(subscription).join(chat).where(_ACTIVE, wanted, chat.c.gone_at.is_(None))
    rows = await conn.execute(query.order_by(subscription.c.chat_id, subscription.c.thread_id))
    return [_subscription(row) for row in rows]


async def moments(conn: AsyncConnection) -> dict[Moment, datetime]:
    """The moments that chats have chosen for themselves, each with the instant since which the first of them waits."""
    columns = (subscription.c.weekday, subscription.c.hour, subscription.c.minute, subscription.c.timezone)
    query = (
        select(*columns, func.min(subscription.c.since).label("first"))
        .join(chat)
        .where(_ACTIVE, chat.c.gone_at.is_(None), subscription.c.weekday.is_not(None))
        .group_by(*columns)
    )
    return {moment: row.first for row in await conn.execute(query) if (moment := _moment(row)) is not None}


async def mark_gone(conn: AsyncConnection, chat_id: int, reason: str, now: datetime) -> None:
    """Write down that a chat will not have us; its wishes stay, and count again when it is back."""
    await conn.execute(update(chat).where(chat.c.id == chat_id).values(gone_at=now, gone_reason=reason))


async def mark_back(conn: AsyncConnection, chat_id: int) -> None:
    """Write down that a chat has us again."""
    await conn.execute(update(chat).where(chat.c.id == chat_id).values(gone_at=None, gone_reason=None))


async def migrate_chat(conn: AsyncConnection, old_id: int, new_id: int) -> None:
    """Follow a group to its new id with its wishes and its deliveries. Again, or unknown: nothing happens."""
    await deliveries.move_chat(conn, old_id, new_id)
    if not await _exists(conn, old_id):
        return
    if await _exists(conn, new_id):
        await _merge(conn, old_id, new_id)
    else:
        await conn.execute(update(chat).where(chat.c.id == old_id).values(id=new_id))  # the wishes follow by cascade
    await mark_back(conn, new_id)


async def drop_thread(conn: AsyncConnection, address: Address) -> None:
    """Follow a wish and its deliveries from a topic that is gone to the chat; a wish the chat has goes before it."""
    await deliveries.move(conn, address, Address(address.chat_id))
    await _move(conn, address, Address(address.chat_id))


async def _merge(conn: AsyncConnection, old_id: int, new_id: int) -> None:
    threads = select(subscription.c.thread_id).where(subscription.c.chat_id == old_id)
    for thread_id in list((await conn.execute(threads)).scalars()):
        await _move(conn, Address(old_id, thread_id), Address(new_id, thread_id))
    await preferences.hand_over(conn, old_id, new_id)
    await conn.execute(delete(chat).where(chat.c.id == old_id))


async def _move(conn: AsyncConnection, old: Address, new: Address) -> None:
    """Give the active wish of *old* to *new*, unless that has an active one; nothing is left at *old*."""
    if await find(conn, old) and not await find(conn, new):
        await conn.execute(delete(subscription).where(_at(new)))
        moved = update(subscription).where(_at(old)).values(chat_id=new.chat_id, thread_id=new.thread_id)
        await conn.execute(moved)
    await conn.execute(delete(subscription).where(_at(old)))


async def _exists(conn: AsyncConnection, chat_id: int) -> bool:
    return (await conn.execute(select(chat.c.id).where(chat.c.id == chat_id))).first() is not None


def _at(address: Address) -> Any:
    return and_(subscription.c.chat_id == address.chat_id, subscription.c.thread_id == address.thread_id)


def _subscription(row: Row[*tuple[Any, ...]]) -> Subscription:
    return Subscription(
        address=Address(row.chat_id, row.thread_id),
        since=row.since,
        weekly=row.weekly,
        roundup=row.roundup,
        moment=_moment(row),
    )


def _moment(row: Row[*tuple[Any, ...]]) -> Moment | None:
    if row.weekday is None:
        return None
    return Moment(weekday=row.weekday, hour=row.hour, minute=row.minute, timezone=row.timezone)
