"""Owns that what is pressed twice in a row counts once."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_AFTERTHOUGHT_S = 1.0
"""A second press within this time is a double tap, not a change of mind."""


class Once(Generic[T]):
    """Does a thing once for everybody who asks for it at the same time."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, asyncio.Task[T]] = {}

    async def do(self, key: Hashable, act: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Call *act*, or wait for the call with the same *key* that is under way or just over."""
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(act())
            task.add_done_callback(lambda _: self._forget_soon(key))
        return await asyncio.shield(task)

    def _forget_soon(self, key: Hashable) -> None:
        asyncio.get_running_loop().call_later(_AFTERTHOUGHT_S, self._under_way.pop, key, None)
