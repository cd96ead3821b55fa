"""Owns waiting when Telegram asks an answer to wait: once, and not for long."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from telegram.error import RetryAfter

from bot.chat.failures import classify
from bot.errors import Flooded

T = TypeVar("T")

LONGEST_WAIT = timedelta(seconds=20)
"""After that nobody looks at the chat any more."""


async def patiently(send: Callable[[], Awaitable[T]]) -> T:
    """Call *send*; when Telegram asks to wait a little, wait and call it once more.

    A refusal of that kind means that nothing was sent, so calling again is safe.
    """
    try:
        return await send()
    except RetryAfter as error:
        refusal = classify(error)
        if not isinstance(refusal, Flooded) or refusal.retry_after > LONGEST_WAIT:
            raise
    await asyncio.sleep(refusal.retry_after.total_seconds())
    return await send()
