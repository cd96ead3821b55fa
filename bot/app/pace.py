"""Owns the pace that all our processes keep together towards one server."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from bot.errors import StoreBusy, StoreError
from bot.store import turns
from bot.store.database import Database

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
"""A process that died holds the others up for so long at most; who lives renews it in time."""

_LOOK_AGAIN = timedelta(milliseconds=100)
_SOON = timedelta(seconds=3)  # the longest rest between two requests


class DatabasePace:
    """Turns among the tasks of all processes that share a database."""

    def __init__(self, database: Database, name: str, *, seconds: float) -> None:
        """Take what the turn is for.

        Args:
            name: Of the server; each has a turn of its own.
            seconds: From the start of one request to the start of the next.
        """
        self._database = database
        self._name = name
        self._spacing = timedelta(seconds=seconds)
        self._holder = uuid4().hex
        self._taken = (
            asyncio.Lock()
        )  # the tasks of this process stand in line here, only the first one asks the database

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until no request is under way anywhere and the last one began long enough ago; then it is our turn."""
        async with self._taken:
            try:
                began = await self._claim()
            except BaseException:  # nobody knows whether one that is cut short has taken it
                await asyncio.shield(self._release(_now()))
                raise
            renewing = asyncio.create_task(self._renew())
            try:
                yield
            finally:
                renewing.cancel()
                await asyncio.shield(self._release(began + self._spacing))

    async def _claim(self) -> datetime:
        while True:
            with contextlib.suppress(StoreBusy):  # whoever writes will be done some time
                if await self._is_near() and await self._try():
                    return _now()
            await asyncio.sleep(_LOOK_AGAIN.total_seconds())

    async def _is_near(self) -> bool:
        """Wait for the turn if it is free soon. Looking takes no lock, so a long wait costs nobody anything."""
        now = _now()
        async with self._database.reading() as conn:
            wait = await turns.next_turn(conn, self._name, now=now, lease=LEASE) - now
        if wait > _SOON:
            return False
        await asyncio.sleep(wait.total_seconds())
        return True

    async def _try(self) -> bool:
        async with self._database.writing() as conn:
            return await turns.claim(conn, self._name, self._holder, now=_now(), lease=LEASE)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            with contextlib.suppress(StoreError):  # the next try comes before the lease runs out
                async with self._database.writing() as conn:
                    await turns.extend(conn, self._name, self._holder, _now() + LEASE)

    async def _release(self, free_at: datetime) -> None:
        try:
            async with self._database.writing() as conn:
                await turns.release(conn, self._name, self._holder, free_at)
        except StoreError as error:
            log.warning("the turn for %s is given back when its lease runs out: %s", self._name, error)


def _now() -> datetime:
    """What time it is outside: the server knows nothing of a sandbox where a week has passed."""
    return datetime.now(UTC)
