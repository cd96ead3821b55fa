"""Owns the intake: updates are written down before anybody hears that we have them, then handled, then marked.

An update is handled once, but for these:

- When a process dies, whoever comes next handles again what it had under way, and what goes on after an answer, too:
  nobody knows how far it got. Handlers write nothing twice, but an answer may come twice; that is better than none.
  What was handled a twentieth of a second before and is not marked yet is among it.
- So it is when a handler takes longer than a stop may wait, and when somebody is taken for dead who is not: who could
  not renew a lease for as long as it lasts while others could, or whose clock is ten seconds behind that of others.
- What was under way at two such ends is given up, lest it end the program for ever.
- A handler that breaks is told in the log, and not tried again.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from telegram import Update

from bot.chat.application import ChatApplication
from bot.chat.books import Books
from bot.chat.handlers.errands import errands_noted
from bot.chat.order import ChatByChat
from bot.chat.updates import Json, as_incoming, read_update
from bot.store import incoming
from bot.store.database import Database
from bot.store.incoming import Incoming

log = logging.getLogger(__name__)

FINISH_S = 30.0
"""How long handlers may take to finish when the program stops."""
_AT_ONCE = 256
"""Chats whose updates are handled at the same time."""
_MOST_IN_HAND = 512
"""Chats of which there are updates in memory; who brings more waits."""


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
        self._order = ChatByChat(_AT_ONCE)
        self._under_way = set[asyncio.Task[None]]()
        self._has_ended = asyncio.Event()
        self._stop = asyncio.get_running_loop().create_future()
        self.books = Books(database, application.bot.id, begin=self._begin)

    async def receive(self, updates: Sequence[Json]) -> None:
        """Store *updates* and begin to handle those that are new; return when all of them are stored.

        Raises:
            StoreError: They cannot be stored now.
        """
        if updates:
            await self._has_room()
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
        self._stop.set_result(None)
        if self._under_way:
            _, slow = await asyncio.wait(self._under_way, timeout=FINISH_S)
            for task in slow:
                task.cancel()
            await asyncio.gather(*slow, return_exceptions=True)

    async def _has_room(self) -> None:
        while len(self._order) >= _MOST_IN_HAND:
            self._has_ended.clear()
            await self._has_ended.wait()

    def _begin(self, updates: Sequence[Incoming]) -> None:
        for one in updates:
            task = asyncio.create_task(self._take(one))
            self._under_way.add(task)
            task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._has_ended.set()

    async def _take(self, one: Incoming) -> None:
        """Handle an update when its turn comes; when we are told to stop before, it goes back."""
        has_begun = False
        try:
            async with self._order.turn(one.chat_id):
                if has_begun := not self._stop.done():
                    errands = await self._handle(one)
        finally:
            if not has_begun:
                self.books.give_back(one.update_id, has_begun=False)
        if has_begun:
            await self._see_through(one, errands)

    async def _handle(self, one: Incoming) -> Sequence[asyncio.Task[None]]:
        """Handle an update, and give what goes on after its handler; what is cut short goes back."""
        with errands_noted() as errands:
            try:
                update = Update.de_json(read_update(one.body), self._application.bot)
                await self._application.process_update(update)
            except Exception:
                log.exception("update %d could not be handled, and is not tried again", one.update_id)
            except asyncio.CancelledError:
                self.books.give_back(one.update_id, has_begun=True)
                raise
        return errands

    async def _see_through(self, one: Incoming, errands: Sequence[asyncio.Task[None]]) -> None:
        """Mark an update when all that it asked for is done. Who is told to stop before says so to whoever asked."""
        if errands:
            self.books.mark_answered(one.update_id)
            ended = asyncio.gather(*errands, return_exceptions=True)
            await asyncio.wait([self._stop, ended], return_when=asyncio.FIRST_COMPLETED)
        self.books.mark(one.update_id)
