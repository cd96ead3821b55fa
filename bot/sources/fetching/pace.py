"""Owns when the next request may leave: the port, and its form for one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

ARXIV_SECONDS = 3.0
"""From the start of one request to the start of the next; one connection at a time, over all machines.

Source: https://info.arxiv.org/help/api/tou.html
"""
SEMANTIC_SCHOLAR_SECONDS = 1.0
"""Source: https://www.semanticscholar.org/product/api"""


class Pace(Protocol):
    """Lets one request go at a time, and the next one not too soon."""

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Wait until a request may leave; it has the turn until the block ends."""


class LocalPace:
    """Turns among the tasks of one process."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._taken = asyncio.Lock()
        self._free_at = 0.0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until the one before has ended and *seconds* have gone by since it began."""
        now = asyncio.get_running_loop().time
        async with self._taken:
            await asyncio.sleep(self._free_at - now())
            self._free_at = now() + self._seconds
            yield


class NoPace:
    """Turns for everybody at once: for servers that set no pace."""

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Go."""
        yield
