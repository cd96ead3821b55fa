"""Owns the updates: what Telegram told us is written down before we say that we have it, and handled once.

Whoever handles an update holds it until `lease_until`; when that instant passes without a word, its holder is taken for
dead and somebody else may take it. Nobody takes an update while an earlier one of the same chat is in other hands, nor
more than some of one chat: the others wait here, where they are in nobody's way.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import leases
from bot.store.tables import incoming

MOST_ATTEMPTS = 2
"""Whatever was under way each time the program ended so often may be what ended it."""
KEPT = timedelta(days=2)
"""Telegram sends again what it holds unconfirmed for a day."""
MOST_OF_ONE_CHAT = 20
"""Whoever says more before we have answered waits where it costs no memory, and keeps no other chat waiting."""
_AT_ONCE = 100

_Known = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update as it came.

    Attributes:
        chat_id: Whose updates keep their order; None where it is of no chat.
        body: JSON.
    """

    update_id: int
    chat_id: int | None
    body: str


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes updates.

    Attributes:
        held: Ids that this process has in its hands already.
        lease: How long an update is ours, from *now*; no lease is longer.
    """

    bot_id: int
    held: Set[int]
    now: datetime
    lease: timedelta

    def may_take(self, known: _Known) -> bool:
        """Whether nobody has it in their hands, as far as the database knows."""
        is_free = leases.is_over(known.lease_until, now=self.now, lease=self.lease)
        return is_free and known.update_id not in self.held


@dataclass(frozen=True, slots=True)
class Claimed:
    """What was taken of what waited.

    Attributes:
        updates: They are ours now, in order.
        given_up: Ids of those that were under way each time the program ended; they are not handled any more.
    """

    updates: Sequence[Incoming] = ()
    given_up: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What waits.

    Attributes:
        is_any_free: There is something to claim.
        is_any_behind: Something waits until an earlier update of its chat is out of other hands.
        is_any_beyond: Something waits because there is so much before it in its chat.
    """

    is_any_free: bool
    is_any_behind: bool
    is_any_beyond: bool = False


async def store(conn: AsyncConnection, updates: Sequence[Incoming], taker: Taker) -> list[int]:
    """Write down the updates that are new.

    Returns:
        The ids of those that *taker* holds now; the other new ones wait for an earlier one that is in other hands, or
        for many of their chat that are in these.
    """
    known = {row.update_id: row for row in await _known(conn, updates, taker)}
    new = {one.update_id: one for one in updates if one.update_id not in known}
    mine = set(_next_in_line(new.values(), known.values(), taker))
    if new:
        await conn.execute(_INSERT, [_row(one, taker, is_mine=one.update_id in mine) for one in new.values()])
    return [update_id for update_id in new if update_id in mine]


async def claim(conn: AsyncConnection, taker: Taker) -> Claimed:
    """Take what waits and may be handled now, the oldest first, some hundred at most."""
    free = list(_free(await _unhandled(conn, taker.bot_id), taker))
    given_up = [row.update_id for row in free if row.attempts >= MOST_ATTEMPTS]
    await handled(conn, taker.bot_id, given_up, taker.now)
    taken = [row.update_id for row in free if row.attempts < MOST_ATTEMPTS][:_AT_ONCE]
    if not taken:
        return Claimed(given_up=given_up)
    held = {"lease_until": taker.now + taker.lease, "attempts": incoming.c.attempts + 1}
    await conn.execute(update(incoming).where(_of(taker.bot_id, taken)).values(held))
    found = await conn.execute(
        select(incoming.c.update_id, incoming.c.chat_id, incoming.c.body)
        .where(_of(taker.bot_id, taken))
        .order_by(incoming.c.update_id)
    )
    return Claimed([Incoming(*row) for row in found], given_up)


async def look(conn: AsyncConnection, taker: Taker) -> Outlook:
    """See what waits, without a lock."""
    unhandled = await _unhandled(conn, taker.bot_id)
    free = {row.update_id for row in _free(unhandled, taker)}
    others = [row for row in unhandled if row.update_id not in free and taker.may_take(row)]
    return Outlook(
        is_any_free=bool(free),
        is_any_behind=any(row.place <= MOST_OF_ONE_CHAT for row in others),
        is_any_beyond=any(row.place > MOST_OF_ONE_CHAT for row in others),
    )


async def handled(conn: AsyncConnection, bot_id: int, update_ids: Iterable[int], now: datetime) -> None:
    """Mark updates as done. What they said, and where, is forgotten; that they were here is not."""
    rows = [{"of_bot": bot_id, "of_id": update_id, "at": now} for update_id in update_ids]
    if rows:
        await conn.execute(_HANDLED, rows)


async def give_back(conn: AsyncConnection, bot_id: int, update_ids: Iterable[int]) -> None:
    """Let somebody else take updates that we held and did not begin."""
    values = {"lease_until": None, "attempts": incoming.c.attempts - 1}
    unhandled = and_(_of(bot_id, update_ids), incoming.c.handled_at.is_(None))
    await conn.execute(update(incoming).where(unhandled).values(values))


async def hold(conn: AsyncConnection, bot_id: int, update_ids: Iterable[int], until: datetime | None) -> None:
    """Hold updates for longer: their handlers are not done yet.

    Args:
        until: None lets somebody else take them now, although their handlers had begun.
    """
    await conn.execute(update(incoming).where(_of(bot_id, update_ids)).values(lease_until=until))


async def leave_line(conn: AsyncConnection, bot_id: int, update_ids: Iterable[int]) -> None:
    """Let the next updates of their chats go ahead of some that are not handled yet."""
    await conn.execute(update(incoming).where(_of(bot_id, update_ids)).values(chat_id=None))


async def prune(conn: AsyncConnection, now: datetime) -> None:
    """Forget what was handled so long ago that it cannot come again."""
    await conn.execute(delete(incoming).where(incoming.c.handled_at < now - KEPT))


async def count_waiting(conn: AsyncConnection, bot_id: int) -> int:
    """How many updates are not handled yet."""
    return int((await conn.execute(_COUNT, {"of_bot": bot_id})).scalar_one())


_META = (
    incoming.c.update_id,
    incoming.c.chat_id,
    incoming.c.lease_until,
    incoming.c.attempts,
    incoming.c.handled_at,
)
# Made once: these are said with every batch.
_INSERT = insert(incoming)
_UNHANDLED = and_(incoming.c.handled_at.is_(None), incoming.c.bot_id + 0 == bindparam("of_bot"))
"""Added to, the bot's id is no way in: SQLite would go through all that is kept, not through the few that wait."""
_PLACE = func.row_number().over(partition_by=incoming.c.chat_id, order_by=incoming.c.update_id)
"""In the line of a chat, from 1 on."""


def _first_in_line(*where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """What is not handled, of each chat as much as one may have of it, and one more where there is more."""
    place = case((incoming.c.chat_id.is_(None), 0), else_=_PLACE).label("place")
    line = select(*_META, place).where(_UNHANDLED, *where).subquery()
    return select(line).where(line.c.place <= MOST_OF_ONE_CHAT + 1)


_KNOWN = union_all(
    select(*_META, literal(0).label("place")).where(
        incoming.c.bot_id == bindparam("of_bot"), incoming.c.update_id.in_(bindparam("of_ids", expanding=True))
    ),
    _first_in_line(incoming.c.chat_id.in_(bindparam("of_chats", expanding=True))),
)
_WAITING = _first_in_line().order_by("update_id")
_COUNT = select(func.count()).select_from(incoming).where(_UNHANDLED)
_HANDLED = (
    update(incoming)
    .where(incoming.c.bot_id == bindparam("of_bot"), incoming.c.update_id == bindparam("of_id"))
    .values(handled_at=bindparam("at"), lease_until=None, chat_id=None, body="")
)


async def _known(conn: AsyncConnection, updates: Sequence[Incoming], taker: Taker) -> Sequence[_Known]:
    """What is there of these very updates, and of those of their chats that are not handled."""
    chats = list({one.chat_id for one in updates} - {None})
    asked = {"of_bot": taker.bot_id, "of_ids": [one.update_id for one in updates], "of_chats": chats}
    return (await conn.execute(_KNOWN, asked)).all()


async def _unhandled(conn: AsyncConnection, bot_id: int) -> Sequence[_Known]:
    return (await conn.execute(_WAITING, {"of_bot": bot_id})).all()


def _free(unhandled: Iterable[_Known], taker: Taker) -> Iterator[_Known]:
    """Those that nobody holds, unless an earlier one of their chat is in other hands, or too many are before them."""
    busy = set[int]()
    for row in unhandled:
        if row.update_id in taker.held or row.chat_id in busy:
            continue
        if row.place <= MOST_OF_ONE_CHAT and taker.may_take(row):
            yield row
        elif row.chat_id is not None:
            busy.add(row.chat_id)


def _next_in_line(new: Iterable[Incoming], known: Iterable[_Known], taker: Taker) -> Iterator[int]:
    """Those that *taker* may have at once."""
    waiting = [row for row in known if row.handled_at is None]
    busy = {row.chat_id for row in waiting if row.update_id not in taker.held}
    lines = Counter(row.chat_id for row in waiting)
    for one in new:
        lines[one.chat_id] += 1
        is_next = one.chat_id not in busy and lines[one.chat_id] <= MOST_OF_ONE_CHAT
        if one.chat_id is None or is_next:
            yield one.update_id


def _row(one: Incoming, taker: Taker, *, is_mine: bool) -> dict[str, object]:
    return {
        "bot_id": taker.bot_id,
        "update_id": one.update_id,
        "chat_id": one.chat_id,
        "body": one.body,
        "received_at": taker.now,
        "lease_until": taker.now + taker.lease if is_mine else None,
        "attempts": int(is_mine),
    }


def _of(bot_id: int, update_ids: Iterable[int]) -> Any:
    return and_(incoming.c.bot_id == bot_id, incoming.c.update_id.in_(list(update_ids)))
