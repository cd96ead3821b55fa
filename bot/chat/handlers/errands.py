"""Owns the work that goes on after an answer: a chat does not wait while a paper is read and drawn."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Hashable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from enum import Enum, auto
from typing import Any

from bot.model.progress import Progress, Report, Stage

log = logging.getLogger(__name__)

AT_ONCE = 2
"""Of a kind: readers never keep editors waiting, nor the other way round."""
MOST = 40
"""Under way and waiting together; who comes then is asked to come back."""
_LAST_WORDS_S = 8.0
"""How long those who are told to stop may take to say so."""


class Start(Enum):
    """What became of an errand that somebody wants done."""

    BEGUN = auto()
    UNDER_WAY = auto()
    """The same one is, and is not begun twice."""
    FULL = auto()


class Line:
    """Those of one kind, of whom some may go on and the others wait."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def turn(self, report: Report) -> AsyncIterator[None]:
        """Wait for a place, and say so where there is none."""
        if self._places.locked():
            report(Progress(Stage.WAITING))
        async with self._places:
            yield


_noted: ContextVar[list[asyncio.Task[None]] | None] = ContextVar("_noted", default=None)


@contextmanager
def errands_noted() -> Iterator[list[asyncio.Task[None]]]:
    """Note the errands that are begun inside the block: what was asked for is not done before they are."""
    noted = list[asyncio.Task[None]]()
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


class Errands:
    """The errands of this process.

    Attributes:
        drafts: The line of those who draft for editors.
        collages: The line of those who draw for readers.
    """

    def __init__(self) -> None:
        self.drafts, self.collages = Line(), Line()
        self._under_way: dict[Hashable, asyncio.Task[None]] = {}
        self._stopping = False

    def start(self, name: Hashable, errand: Callable[[], Coroutine[Any, Any, None]]) -> Start:
        """Begin *errand* and do not wait for it.

        Args:
            name: What is done for whom; two errands of one name do not go on at the same time.
        """
        if name in self._under_way:
            return Start.UNDER_WAY
        if self._stopping or len(self._under_way) >= MOST:
            return Start.FULL
        task = self._under_way[name] = asyncio.create_task(errand())
        task.add_done_callback(lambda _: self._under_way.pop(name, None))
        task.add_done_callback(_write_down)
        if (noted := _noted.get()) is not None:
            noted.append(task)
        return Start.BEGUN

    async def stop(self) -> None:
        """Begin nothing more, and let everybody who is under way say that they stop."""
        self._stopping = True
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=_LAST_WORDS_S)


def _write_down(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("an errand broke", exc_info=error)
