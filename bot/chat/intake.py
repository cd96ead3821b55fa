"""Owns the intake: updates are written down before anybody hears that we have them, then handled, then marked.

An update is handled once, with one exception by nature: when a process dies, what it had under way is handled again by
whoever comes next, for nobody knows how far it got. Handlers write nothing twice, but an answer may come twice; that is
better than none. What was under way at two such ends is given up, lest it end the program for ever.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update

from bot.chat.application import ChatApplication
from bot.chat.books import Books
from bot.chat.updates import Json, as_incoming, read_update
from bot.store import incoming
from bot.store.database import Database
from bot.store.incoming import Incoming

log = logging.getLogger(__name__)

FINISH_S = 30.0
"""How long handlers may take to finish when the program stops."""
_MOST_IN_HAND = 512
"""Updates in memory; who brings more waits."""


@asynccontextmanager
async def taking_in(application: ChatApplication, database: Database) -> AsyncIterator["Intake"]:
    """Take updates in inside the block, for an application that is initialized.

    At the end the handlers that have begun finish; what has not begun is given back, for the next start to handle.
    """
    intake = Intake(application, database)
    keeping = asyncio.create_task(intake.books.keep())
    try:
        yield intake
    finally:
        await intake.finish()
        intake.books.close()
        await keeping


class Intake:
    """Takes updates in; `taking_in` runs it."""

    def __init__(self, application: ChatApplication, database: Database) -> None:
        self._application = application
        self.database = database
        self._under_way = set[asyncio.Task[None]]()
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._is_stopping = False
        self.books = Books(database, application.bot.id, begin=self._begin)

    async def receive(self, updates: Sequence[Json]) -> None:
        """Store *updates* and begin to handle those that are new; return when all of them are stored.

        Raises:
            StoreError: They cannot be stored now.
        """
        if updates:
            await self._has_room.wait()
            await self.books.store([as_incoming(said) for said in updates])

    async def receive_body(self, body: bytes) -> None:
        """Store the update that *body* is, and begin to handle it if it is new.

        Raises:
            ValueError: It is none.
            StoreError: It cannot be stored now.
        """
        await self.receive([read_update(body)])

    async def count_waiting(self) -> int:
        """How many updates are not handled yet, over all processes.

        Raises:
            StoreError: The database does not answer.
        """
        async with self.database.reading() as conn:
            return await incoming.count_waiting(conn, self._application.bot.id)

    async def finish(self) -> None:
        """Begin nothing more, and let the handlers that have begun finish; who takes too long is cut short."""
        self._is_stopping = True
        if self._under_way:
            _, slow = await asyncio.wait(self._under_way, timeout=FINISH_S)
            for task in slow:
                task.cancel()
            await asyncio.gather(*slow, return_exceptions=True)

    def _begin(self, updates: Sequence[Incoming]) -> None:
        for one in updates:
            task = asyncio.create_task(self._take(one))
            self._under_way.add(task)
            task.add_done_callback(self._end)
        self._count()

    def _end(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._count()

    def _count(self) -> None:
        if len(self._under_way) < _MOST_IN_HAND:
            self._has_room.set()
        else:
            self._has_room.clear()

    async def _take(self, one: Incoming) -> None:
        """Handle an update when its turn comes; what was cut short, or never began, goes back."""
        has_ended = False
        try:
            has_ended = await self._handle(one)
        except Exception:
            has_ended = True
            log.exception("update %d could not be handled, and is not tried again", one.update_id)
        finally:
            (self.books.mark if has_ended else self.books.give_back)(one.update_id)

    async def _handle(self, one: Incoming) -> bool:
        """Whether it was handled: not when we were told to stop before its turn came."""
        update = Update.de_json(read_update(one.body), self._application.bot)
        has_begun = False

        async def answer() -> None:
            nonlocal has_begun
            if not self._is_stopping:
                has_begun = True
                await self._application.process_update(update)

        await self._application.update_processor.process_update(update, _Later(answer))
        return has_begun


class _Later(Awaitable[None]):
    """What begins when it is awaited, and may never be."""

    def __init__(self, work: Callable[[], Awaitable[None]]) -> None:
        self._work = work

    def __await__(self) -> Generator[Any, Any, None]:
        return self._work().__await__()
