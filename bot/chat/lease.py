"""Owns a lease: of all processes that share a database, one does something for as long as it lives."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

from bot.errors import StoreBusy, StoreError
from bot.store import turns
from bot.store.database import Database

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=15)
"""When the process that holds it dies, another one takes over so much later; who lives renews it in time."""
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
        """Wait until nobody else holds it, and do *work* until somebody else does."""
        try:
            await self._take()
            working = asyncio.create_task(work())
            try:
                await self._keep()
            finally:
                working.cancel()
                await asyncio.wait([working])
        finally:  # nobody knows whether one that is cut short while it takes has taken
            await asyncio.shield(self._give_back())

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
        except StoreError as error:
            log.warning("%s: cannot begin: %s", self._name, error)
            await asyncio.sleep(_RENEW_S)
            return False

    async def _keep(self) -> None:
        """Renew it until it is lost: somebody else has it, or may have, for we could not renew it."""
        until = monotonic() + LEASE.total_seconds()
        while monotonic() < until:
            await asyncio.sleep(_RENEW_S)
            with suppress(StoreError):  # the next try may come in time
                asked_at = monotonic()
                async with self._database.writing() as conn:
                    if not await turns.extend(conn, self._name, self._holder, _now() + LEASE):
                        break
                until = asked_at + LEASE.total_seconds()
        log.warning("%s: this process does not any more; it stands by", self._name)

    async def _give_back(self) -> None:
        try:
            async with self._database.writing() as conn:
                await turns.release(conn, self._name, self._holder, _now())
        except StoreError as error:
            log.warning("%s: others may begin in %d s: %s", self._name, LEASE.total_seconds(), error)


def _now() -> datetime:
    """What time it is outside, whatever time has passed in a sandbox."""
    return datetime.now(UTC)
