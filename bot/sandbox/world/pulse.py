"""Owns waking those who wait for a change."""

import asyncio
import time
from collections import deque
from collections.abc import Callable

from bot.sandbox.answers import Json

EVENTS_MAX = 2_000  # a page that missed more than these starts afresh


class Pulse:
    """What happened, newest last, and a way to wait for more of it."""

    def __init__(self) -> None:
        self.count = 0
        self.closed = False
        self._events: deque[tuple[int, Json]] = deque(maxlen=EVENTS_MAX)
        self._woken = asyncio.Event()

    def beat(self, event: Json) -> None:
        """Note an event and wake everybody."""
        self.count += 1
        self._events.append((self.count, event))
        self.wake()

    def close(self) -> None:
        """Wake everybody for the last time: who waits must leave."""
        self.closed = True
        self.wake()

    def wake(self) -> None:
        """Let everybody look again, though nothing happened that a page would show."""
        self._woken.set()
        self._woken = asyncio.Event()

    def since(self, count: int) -> list[tuple[int, Json]] | None:
        """Find the events behind *count*; None when they are forgotten, or of another run."""
        oldest = self.count - len(self._events)
        if not oldest <= count <= self.count:
            return None
        return [event for event in self._events if event[0] > count]

    async def wait(self, condition: Callable[[], bool], *, timeout_s: float) -> bool:
        """Wait until *condition* holds; tell whether it does."""
        deadline = time.monotonic() + timeout_s
        while not condition() and not self.closed:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            woken = self._woken
            try:
                await asyncio.wait_for(woken.wait(), left)
            except TimeoutError:
                break
        return condition()
