"""Waiting for something that must come."""

import asyncio
from collections.abc import Awaitable, Callable

PATIENCE_S = 30.0


async def until(condition: Callable[[], bool | Awaitable[bool]], *, patience_s: float = PATIENCE_S) -> None:
    """Look again and again until *condition* holds.

    Raises:
        TimeoutError: It never does.
    """
    async with asyncio.timeout(patience_s):
        while True:
            found = condition()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.01)
