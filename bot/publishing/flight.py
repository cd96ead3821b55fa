"""Owns the requests that are under way, and when what came back of them is looked at."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress

from bot.publishing.settlement import Settlement

_MOMENT_S = 0.01


class Flight:
    """Deliveries on their way; each lands as a settlement."""

    def __init__(self) -> None:
        self.under_way: set[asyncio.Task[Settlement]] = set()
        self._landed: list[asyncio.Task[Settlement]] = []
        self._landing = asyncio.Event()

    def begin(self, delivering: Coroutine[None, None, Settlement]) -> None:
        """Let one more be under way."""
        task = asyncio.create_task(delivering)
        self.under_way.add(task)
        task.add_done_callback(self._land)

    def landed(self) -> list[Settlement]:
        """What has come back since somebody asked last."""
        landed, self._landed = self._landed, []
        self._landing.clear()
        return [task.result() for task in landed]

    async def wait(self, at_most: float | None = None) -> bool:
        """Wait until something comes back, and a moment for more, to write it down together; False when nothing can."""
        if not self.under_way and not self._landed:
            return False
        with suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._landing.wait()
        if len(self._landed) < len(self.under_way):
            await asyncio.sleep(_MOMENT_S)
        return True

    def _land(self, task: asyncio.Task[Settlement]) -> None:
        self.under_way.discard(task)
        self._landed.append(task)
        self._landing.set()
