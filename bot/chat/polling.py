"""Owns long polling: one process of all asks Telegram for updates, and confirms only what is written down."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from time import monotonic
from typing import cast

from telegram import Bot
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.chat.application import ALLOWED_UPDATES
from bot.chat.lease import Lease
from bot.chat.updates import Json
from bot.chat.webhook import remove_webhook
from bot.errors import StoreError
from bot.store.database import Database

log = logging.getLogger(__name__)

POLL_S = 10
"""How long the server may wait for something to tell."""
_READ_S = POLL_S + 20.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S, _GROWTH = 1.0, 30.0, 1.5
_CONFLICT_S = 5.0
_TELL_AGAIN_S = 60.0

Receive = Callable[[Sequence[Json]], Awaitable[None]]
"""Writes updates down; when it raises, they are not confirmed."""


@asynccontextmanager
async def asking_for_updates(bot: Bot, database: Database, receive: Receive) -> AsyncIterator[None]:
    """Ask for updates inside the block, as long as no other process that shares the database does.

    A webhook is taken away first; what waits at Telegram is kept.

    Raises:
        TelegramError: The webhook cannot be taken away.
    """
    await remove_webhook(bot)
    asking = asyncio.create_task(_Poller(bot, database, receive).serve())
    try:
        yield
    finally:
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking


class _Poller:
    """Asks for updates while this process has the lease."""

    def __init__(self, bot: Bot, database: Database, receive: Receive) -> None:
        self._bot = bot
        server, _, _token = bot.base_url.partition("/bot")
        self._lease = Lease(database, f"asking for the updates of {bot.id} at {server}")
        self._receive = receive
        self._confirmed_by = 0
        self._pause_s = 0.0
        self._tell_at = float("-inf")

    async def serve(self) -> None:
        """Ask until somebody cancels us; what is not written down by then is told again to whoever asks next."""
        while True:
            await self._lease.hold(self._ask_on)

    async def _ask_on(self) -> None:
        self._confirmed_by = 0
        while True:
            try:
                await self._ask()
            except Exception as error:
                self._tell(error)
                await asyncio.sleep(self._pause_after(error))
            else:
                self._recover()

    async def _ask(self) -> None:
        """Ask once, and confirm what came before; an offset is used once, for ids may begin anew at lower ones."""
        wish: dict[str, object] = {"timeout": POLL_S, "allowed_updates": list(ALLOWED_UPDATES)}
        if self._confirmed_by:
            wish["offset"] = self._confirmed_by
        # Ours are written down as they came; the library would read them, and forget what it does not know.
        answer = await self._bot.do_api_request("getUpdates", api_kwargs=wish, read_timeout=_READ_S)
        self._confirmed_by = 0
        updates = cast(Sequence[Json], answer)
        await self._receive(updates)
        self._confirmed_by = max((update["update_id"] + 1 for update in updates), default=0)

    def _pause_after(self, error: Exception) -> float:
        if isinstance(error, RetryAfter):
            wait = error.retry_after
            return wait.total_seconds() if isinstance(wait, timedelta) else wait
        if isinstance(error, Conflict):
            return _CONFLICT_S
        self._pause_s = min(_LONGEST_PAUSE_S, self._pause_s * _GROWTH or _FIRST_PAUSE_S)
        return self._pause_s

    def _tell(self, error: Exception) -> None:
        """Say it once a minute; whoever writes updates down says himself why they are not."""
        if isinstance(error, StoreError) or monotonic() < self._tell_at:
            return
        self._tell_at = monotonic() + _TELL_AGAIN_S
        if isinstance(error, Conflict):
            log.warning("another program takes this bot's updates; stop it, or set PUBLIC_URL for all: %s", error)
        else:
            ours = None if isinstance(error, TelegramError) else error
            log.warning("asking for updates: %s", error, exc_info=ours)

    def _recover(self) -> None:
        if self._pause_s:
            log.info("asking for updates works again")
        self._pause_s, self._tell_at = 0.0, float("-inf")
