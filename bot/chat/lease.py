"""Owns a lease: of all processes that share a database, one at a time does something.

This holds while their clocks agree within ten seconds: whoever is further ahead takes what somebody still holds.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

from bot.errors import StoreBusy, StoreError
from bot.store import turns
from bot.store.database import Database

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=15)
"""What a process held that died, another one takes over so much later; who lives renews it in time."""
_RENEW_S = LEASE.total_seconds() / 3
_LOOK_AGAIN_S = 1.0


class Lease:
    """The right of one process to do something."""

    def __init__(self, database: Database, name: str) -> None:
        """Take what it is for.

        Args:
            name: Of what is done, the same in every process.
        """
        self._database = database
        self._name = name
        self._holder = uuid4().hex

    async def hold(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Wait until nobody else holds it, and do *work* until that ends or somebody else does."""
        try:
            await self._take()
            await self._do(work)
        finally:  # nobody knows whether one that is cut short while it takes has taken
            await asyncio.shield(self._give_back())

    async def _do(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        working, keeping = asyncio.create_task(work()), asyncio.create_task(self._keep())
        try:
            await asyncio.wait([working, keeping], return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                fault = None if working.cancelled() else working.exception()
                log.error("%s: it ended by itself, and begins anew", self._name, exc_info=fault)
                await asyncio.sleep(_LOOK_AGAIN_S)
        finally:
            working.cancel()
            keeping.cancel()
            await asyncio.wait([working, keeping])

    async def _take(self) -> None:
        is_told = False
        while not await self._try():
            if not is_told:
                log.info("%s: another process does, or did until it died; this one stands by", self._name)
            is_told = True
            await asyncio.sleep(_LOOK_AGAIN_S)

    async def _try(self) -> bool:
        now = _now()
        try:
            async with self._database.reading() as conn:
                if await turns.next_turn(conn, self._name, now=now, lease=LEASE) > now:
                    return False
            async with self._database.writing() as conn:
                return await turns.claim(conn, self._name, self._holder, now=_now(), lease=LEASE)
        except StoreBusy:  # whoever writes will be done some time
            return False
        except Exception as error:
            self._warn("cannot begin", error)
            await asyncio.sleep(_RENEW_S)
            return False

    async def _keep(self) -> None:
        """Renew it until it is lost: somebody else has it, or may have, for we could not renew it."""
        until = monotonic() + LEASE.total_seconds()
        while monotonic() < until:
            await asyncio.sleep(_RENEW_S)
            asked_at = monotonic()
            try:
                async with self._database.writing(urgent=True) as conn:
                    if not await turns.extend(conn, self._name, self._holder, _now() + LEASE):
                        break
            except Exception as error:
                self._warn("not renewed; the next try may come in time", error)
            else:
                until = asked_at + LEASE.total_seconds()
        log.warning("%s: this process does not any more; it stands by", self._name)

    async def _give_back(self) -> None:
        try:
            async with self._database.writing() as conn:
                await turns.release(conn, self._name, self._holder, _now())
        except Exception as error:
            self._warn(f"others may begin in {LEASE.total_seconds():.0f} s", error)

    def _warn(self, what: str, error: Exception) -> None:
        """Say it; what is no fault of the database is one of ours."""
        fault = None if isinstance(error, StoreError) else error
        log.warning("%s: %s: %s", self._name, what, error, exc_info=fault)


def _now() -> datetime:
    """What time it is outside, whatever time has passed in a sandbox."""
    return datetime.now(UTC)
