"""Owns work that sleeps until somebody wakes it, and goes on until it is stopped."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.errors import StoreError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wakeful:
    """When somebody has to work.

    Args:
        name: Of the work, for the log.
    """

    name: str
    _awake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_stopping(self) -> bool:
        """Claim that nothing more is to be begun."""
        return self._stopping.is_set()

    def wake(self) -> None:
        """Say that there may be something to do."""
        self._awake.set()

    def stop(self) -> None:
        """Say that nothing more is to be begun."""
        self._stopping.set()
        self._awake.set()

    async def pause(self, seconds: float) -> None:
        """Wait so long, or until everything stops."""
        if seconds > 0:
            try:
                async with asyncio.timeout(seconds):
                    await self._stopping.wait()
            except TimeoutError:
                return

    async def serve(self, work: Callable[[], Awaitable[object]]) -> None:
        """Do *work* whenever somebody wakes us, until we are stopped; whatever happens, we can be woken again."""
        while not self.is_stopping:
            await self._awake.wait()
            self._awake.clear()
            if self.is_stopping:
                return
            try:
                await work()
            except StoreError as error:
                log.error("%s stops until the next tick: %s", self.name, error)
            except Exception:
                log.exception("%s broke and stops until the next tick", self.name)
