"""Owns the books of the intake: what came, what is done and who holds what, many of them in one transaction."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat.lease import LEASE
from bot.errors import StoreError
from bot.store import incoming
from bot.store.database import Database
from bot.store.incoming import Incoming, Taker

log = logging.getLogger(__name__)

_LOOK_S = LEASE.total_seconds() / 3
_LATE_S = 2 * _LOOK_S
"""Whoever has not seen the database for so long does not know whether others have."""
_LOOK_SOON_S = 0.1
"""Something waits until an earlier update of its chat is done."""
_GATHER_S = 0.05
"""A mark waits so long for others that go into the same transaction."""
_TRY_AGAIN_S = 1.0
_LAST_TRIES = 3
_TELL_AGAIN_S = 60.0
_PRUNE_S = 3600.0


@dataclass(slots=True)
class _Page:
    """Updates that are to be stored, and who waits for that."""

    updates: Sequence[Incoming]
    stored: asyncio.Future[None]

    def answer(self, fault: Exception | None = None) -> None:
        """Say that they are stored, or why not; who waited may have gone."""
        if self.stored.done():
            return
        if fault is None:
            self.stored.set_result(None)
        else:
            self.stored.set_exception(fault)


@dataclass(slots=True)
class _Entry:
    """What goes into one transaction."""

    pages: list[_Page] = field(default_factory=list)
    handled: list[int] = field(default_factory=list)
    untouched: list[int] = field(default_factory=list)
    cut_short: list[int] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    takes_over: bool = False
    renews: bool = False
    prunes: bool = False

    def __bool__(self) -> bool:
        news = (self.pages, self.handled, self.untouched, self.cut_short, self.answered)
        return any((*news, self.takes_over, self.renews, self.prunes))

    @property
    def out_of_hand(self) -> set[int]:
        """What this process holds no longer."""
        return {*self.handled, *self.untouched, *self.cut_short}

    @property
    def updates(self) -> list[Incoming]:
        """What is to be stored, each once."""
        return list({one.update_id: one for page in self.pages for one in page.updates}.values())

    def take_back(self, failed: "_Entry") -> None:
        """Take along what could not be written."""
        self.pages = failed.pages + self.pages
        self.handled, self.untouched = failed.handled + self.handled, failed.untouched + self.untouched
        self.cut_short, self.answered = failed.cut_short + self.cut_short, failed.answered + self.answered

    def refuse(self, fault: Exception) -> None:
        """Let whoever waits hear of the fault; what is handled will have to be marked all the same."""
        refused, self.pages = self.pages, []
        for page in refused:
            page.answer(fault)


class Books:
    """The books of one process for one bot."""

    def __init__(self, database: Database, bot_id: int, *, begin: Callable[[Sequence[Incoming]], None]) -> None:
        """Take where they lie.

        Args:
            begin: Called with what this process has to handle, in order, as soon as it is written down.
        """
        self._database = database
        self._bot_id = bot_id
        self._begin = begin
        self._held: set[int] = set()
        self._next = _Entry()
        self._is_closing = self._is_gathering = self._is_in_trouble = self._is_more = False
        self._call = asyncio.Event()
        self._look_at = self._prune_at = self._tell_at = self._take_over_at = float("-inf")
        self._looked_at = monotonic()

    async def store(self, updates: Sequence[Incoming]) -> None:
        """Write *updates* down, and have those begun that are new and in no other hands.

        Raises:
            StoreError: None of them could be written down now.
        """
        page = _Page(updates, asyncio.get_running_loop().create_future())
        self._next.pages.append(page)
        self._call.set()
        await page.stored

    def mark(self, update_id: int) -> None:
        """Write down soon that an update is handled."""
        self._next.handled.append(update_id)
        self._gather()

    def mark_answered(self, update_id: int) -> None:
        """Write down soon that the next update of its chat need not wait for one that is not handled yet."""
        self._next.answered.append(update_id)
        self._gather()

    def give_back(self, update_id: int, *, has_begun: bool) -> None:
        """Write down soon that somebody else may handle an update; as often as its handler began, it was tried."""
        (self._next.cut_short if has_begun else self._next.untouched).append(update_id)
        self._gather()

    async def keep(self) -> None:
        """Write what there is to write, and take over what others left behind, until the books are closed."""
        while not self._is_closing:
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, self._look_at - monotonic())):
                    await self._call.wait()
            self._call.clear()
            self._is_gathering = False
            if not await self._turn_page():
                await asyncio.sleep(_TRY_AGAIN_S)
                self._call.set()
        for _ in range(_LAST_TRIES):
            if await self._turn_page():
                return
            await asyncio.sleep(_TRY_AGAIN_S)
        log.warning("the books of the updates could not be closed; what is not marked will be handled once more")

    def close(self) -> None:
        """Write what is left, and nothing after that."""
        self._is_closing = True
        self._call.set()

    def _gather(self) -> None:
        if not self._is_gathering:
            self._is_gathering = True
            asyncio.get_running_loop().call_later(_GATHER_S, self._call.set)

    async def _turn_page(self) -> bool:
        """Write one transaction, if there is anything for it; False when that has to be tried again."""
        try:
            await self._look_around()
            entry, self._next = self._next, _Entry()
            if entry:
                await self._commit(entry)
        except Exception as error:
            self._next.refuse(error)
            self._tell(error)
            self._look_at = float("-inf")  # what had to be renewed has waited
            return False
        if self._is_in_trouble:
            log.info("updates are written down again")
        self._is_in_trouble = False
        return True

    async def _look_around(self) -> None:
        """See now and then to what is held for long, what others left behind, and what is old."""
        if monotonic() < self._look_at or self._is_closing:
            return
        async with self._database.reading() as conn:
            outlook = await incoming.look(conn, self._taker())
        now = monotonic()
        if self._is_in_trouble or now - self._looked_at > _LATE_S:
            self._take_over_at = now + LEASE.total_seconds()  # others live who could not renew theirs, either
        self._looked_at = now
        self._look_at = now + (_LOOK_SOON_S if outlook.is_any_behind else _LOOK_S)
        self._is_more = outlook.is_any_beyond
        self._next.takes_over = outlook.is_any_free and now >= self._take_over_at
        self._next.renews = bool(self._held)
        self._next.prunes = now >= self._prune_at

    async def _commit(self, entry: _Entry) -> None:
        try:
            async with self._database.writing(urgent=True) as conn:
                mine = await self._write(conn, entry)
        except Exception:
            self._next.take_back(entry)
            raise
        self._held -= entry.out_of_hand
        self._held.update(one.update_id for one in mine)
        self._begin(mine)
        for page in entry.pages:
            page.answer()
        if entry.handled and self._is_more:
            self._look_soon()

    async def _write(self, conn: AsyncConnection, entry: _Entry) -> list[Incoming]:
        """Write *entry*; give what this process has to handle now, in order."""
        taker = self._taker()
        await incoming.handled(conn, self._bot_id, entry.handled, taker.now)
        if entry.untouched:
            await incoming.give_back(conn, self._bot_id, entry.untouched)
        if entry.cut_short:
            await incoming.hold(conn, self._bot_id, entry.cut_short, None)
        if entry.answered:
            await incoming.leave_line(conn, self._bot_id, entry.answered)
        mine = await self._store(conn, entry.updates, taker) if entry.pages else []
        if entry.takes_over and monotonic() - self._looked_at < _LATE_S:
            mine += await self._take_over(conn, taker)
        if entry.renews:
            await incoming.hold(conn, self._bot_id, taker.held - entry.out_of_hand, taker.now + taker.lease)
        if entry.prunes:
            await incoming.prune(conn, taker.now)
            self._prune_at = monotonic() + _PRUNE_S
        return sorted(mine, key=lambda one: one.update_id)

    async def _store(self, conn: AsyncConnection, updates: Sequence[Incoming], taker: Taker) -> list[Incoming]:
        mine = set(await incoming.store(conn, updates, taker))
        if len(mine) < len(updates):  # known already, or behind others: that will be seen
            self._look_soon()
        return [one for one in updates if one.update_id in mine]

    async def _take_over(self, conn: AsyncConnection, taker: Taker) -> list[Incoming]:
        claimed = await incoming.claim(conn, taker)
        if claimed.given_up:
            log.error("given up, for the program ended each time they were under way: updates %s", claimed.given_up)
        if claimed.updates:
            log.info("taken over from a process that did not handle them: %d updates", len(claimed.updates))
        return list(claimed.updates)

    def _look_soon(self) -> None:
        self._look_at = min(self._look_at, monotonic() + _LOOK_SOON_S)

    def _taker(self) -> Taker:
        return Taker(self._bot_id, frozenset(self._held), datetime.now(UTC), LEASE)

    def _tell(self, error: Exception) -> None:
        """Say it once a minute; what is no fault of the database is one of ours."""
        if not self._is_in_trouble or monotonic() >= self._tell_at:
            self._tell_at = monotonic() + _TELL_AGAIN_S
            fault = None if isinstance(error, StoreError) else error
            log.warning("updates cannot be written down, so Telegram keeps them: %s", error, exc_info=fault)
        self._is_in_trouble = True
