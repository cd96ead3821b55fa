"""Owns the chats and their standing wishes."""

import json
import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Text, and_, cast, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.address import Address
from bot.model.edition import EditionKind
from bot.model.subscription import Appointment, Moment, Offer, Subscription
from bot.store import deliveries, preferences
from bot.store.dialect import upsert
from bot.store.tables import chat, subscription
from bot.store.wish_rows import MOMENT, WISH, moment_of, row_of, wish_of, written

log = logging.getLogger(__name__)

_ACTIVE = subscription.c.ended_at.is_(None)
_WISHES = (subscription.c.chat_id, subscription.c.thread_id, subscription.c.ended_at, *WISH)


async def see_chat(conn: AsyncConnection, chat_id: int, kind: str, title: str, now: datetime) -> None:
    """Write down that a chat talks to us. One that is gone stays gone until `mark_back`: it may press an old button."""
    seen = {"kind": kind, "title": title, "seen_at": now}
    row = upsert(conn, chat).values(id=chat_id, **seen)
    await conn.execute(row.on_conflict_do_update(index_elements=["id"], set_=seen))


async def subscribe(conn: AsyncConnection, address: Address, now: datetime, *, moment: Moment | None = None) -> None:
    """Begin a wish, or go on with the one there is; the chat, which must have been seen, is back.

    The weekly picks come in any case; a roundup that was given up stays away. An ended wish begins anew as it was, but
    declines nothing and makes no pause.

    Args:
        moment: The chat's own moment; None leaves the one it has.
    """
    row = (await conn.execute(select(*_WISHES).where(_at(address)))).one_or_none()
    before = wish_of(row) if row else Subscription(address, now)
    wish = _begun(before, now) if row is None or row.ended_at else _gone_on(before, now)
    values = row_of(replace(wish, moment=moment or wish.moment)) | {"ended_at": None}
    begun = upsert(conn, subscription).values(chat_id=address.chat_id, thread_id=address.thread_id, **values)
    await conn.execute(begun.on_conflict_do_update(index_elements=["chat_id", "thread_id"], set_=values))
    await mark_back(conn, address.chat_id)


def _begun(wish: Subscription, now: datetime) -> Subscription:
    return replace(wish, since=now, declined=frozenset(), begun={}, paused_until=None)


def _gone_on(wish: Subscription, now: datetime) -> Subscription:
    return wish.declining(frozenset(offer for offer in wish.declined if offer[1] is not EditionKind.WEEKLY), now)


async def change(conn: AsyncConnection, wish: Subscription) -> None:
    """Write what a chat wants and when, for a wish that is there."""
    await conn.execute(update(subscription).where(_at(wish.address)).values(row_of(wish)))


async def addresses_of(conn: AsyncConnection, chat_id: int) -> list[Address]:
    """The addresses in a chat that have a wish: the chat itself first, then its topics."""
    query = select(subscription.c.thread_id).where(subscription.c.chat_id == chat_id, _ACTIVE)
    threads = (await conn.execute(query.order_by(subscription.c.thread_id))).scalars()
    return [Address(chat_id, thread_id) for thread_id in threads]


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
    row = (await conn.execute(select(*_WISHES).where(_at(address), _ACTIVE))).one_or_none()
    return wish_of(row) if row else None


async def is_quiet(conn: AsyncConnection, address: Address) -> bool:
    """Claim that what comes to an address by itself comes without a sound."""
    return bool((await conn.execute(select(subscription.c.quiet).where(_at(address)))).scalar_one_or_none())


async def unserved(conn: AsyncConnection, edition_id: int) -> list[Subscription]:
    """Every wish for which nothing of an edition was tried yet, by address; chats that are gone have none."""
    query = select(*_WISHES).join(chat).where(_ACTIVE, chat.c.gone_at.is_(None), ~deliveries.served(edition_id))
    rows = await conn.execute(query.order_by(subscription.c.chat_id, subscription.c.thread_id))
    return [wish_of(row) for row in rows]


async def appointments(conn: AsyncConnection, offer: Offer) -> list[Appointment]:
    """The moments that chats who want *offer* have chosen for themselves, once for all who wait alike."""
    alike = (*(column.name for column in MOMENT), "paused_until", "begun")
    declines = cast(subscription.c.declined, Text).contains(json.dumps(written(offer)), autoescape=True)
    begun = subscription.c.begun[written(offer)].as_string().label("begun")
    wishes = (
        select(*MOMENT, subscription.c.paused_until, begun, subscription.c.since)
        .join(chat)
        .where(_ACTIVE, chat.c.gone_at.is_(None), subscription.c.weekday.is_not(None), ~declines)
        .subquery()
    )
    same = [wishes.c[name] for name in alike]
    rows = await conn.execute(select(*same, func.min(wishes.c.since).label("first")).group_by(*same))
    return [
        Appointment(moment, _later(row.first, row.begun), row.paused_until)
        for row in rows
        if (moment := moment_of(row)) is not None
    ]


def _later(since: datetime, begun: str | None) -> datetime:
    return max(since, datetime.fromisoformat(begun)) if begun else since


async def keep_topics(conn: AsyncConnection, slugs: Collection[str]) -> None:
    """Take the topics that are not among *slugs* out of every wish; one that named no others takes all from now on."""
    query = select(*_WISHES).where(cast(subscription.c.topics, Text) != "[]")
    named = [wish_of(row) for row in await conn.execute(query)]
    kept = [replace(wish, topics=tuple(slug for slug in wish.topics if slug in slugs)) for wish in named]
    changed = [new for old, new in zip(named, kept, strict=True) if new != old]
    for wish in changed:
        await change(conn, wish)
    if changed:
        gone = sorted({slug for wish in named for slug in wish.topics}.difference(slugs))
        freed = sum(not wish.topics for wish in changed)
        log.warning(
            "%d wishes named topics that are gone (%s); %d of them named no others and take all topics now",
            len(changed),
            ", ".join(gone),
            freed,
        )


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
