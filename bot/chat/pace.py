"""Owns the pace of everything the bot sends: over all processes, and for each chat."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from telegram.error import TelegramError
from telegram.ext import BaseRateLimiter

from bot.chat.failures import classify
from bot.chat.transport import Unsent
from bot.errors import CollagebotError, Flooded
from bot.publishing.retry import LONGEST_PAUSE
from bot.store import budget, chat_budgets
from bot.store.database import Database

log = logging.getLogger(__name__)

_ALBUM = "sendmediagroup"
_COUNTED = ("sendmessage", "sendphoto", "senddocument", "copymessage", "editmessage", _ALBUM)
"""What Telegram counts: whatever puts something into a chat or changes what is there. Compared in small letters."""
_LATE_BY = 1 / 28
"""Of a second: at 28 a second, messages that leave this much too late are still at most 29 in any second; that leaves
room for one that is held up on its way."""
_PATIENCE_S = 0.25
"""Whoever asks is answered though the database has no time for us; then the pace of this process has to do."""
_AHEAD_S = 10.0
"""Nobody reserves an instant so far ahead and then sends: a clock was set back meanwhile."""
STALE = timedelta(seconds=30)

Said: TypeAlias = bool | dict[str, Any] | list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Reserved:
    """An instant that is reserved already; None: no pace at all is to be kept."""

    at: datetime | None


_reserved: ContextVar[_Reserved | None] = ContextVar("reserved", default=None)


@contextmanager
def reserved(at: datetime | None = None) -> Iterator[None]:
    """Let what is sent inside of the block leave at the instant *at*, which is reserved in the send budget.

    What could not leave by then takes another one, and does not leave at all much later; None lets it leave at once.
    """
    token = _reserved.set(_Reserved(at))
    try:
        yield
    finally:
        _reserved.reset(token)


@dataclass(slots=True)
class _Asking:
    """Somebody who waits for an instant.

    Attributes:
        chat_id: None where the chat has agreed already.
    """

    chat_id: int | None
    cost: int
    answer: asyncio.Future[tuple[datetime, bool]] = field(default_factory=asyncio.Future)


class Pace(BaseRateLimiter[None]):
    """Lets messages leave one after the other: never more than the send rate, nor more than a chat may get.

    Whoever stands in this line is an answer, and leaves before editions: those reserve no more than a moment ahead.

    Args:
        rate: Messages a second over all processes; 0 for no limit.
        clock: The present instant, aware.
    """

    def __init__(self, database: Database, *, rate: float, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._rate = rate
        self._clock = clock
        self._asking: list[_Asking] = []
        self._keeping: asyncio.Task[None] | None = None
        self._own_arrival = 0.0  # of this process alone, on the loop's clock

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Wait until what was reserved is written down."""
        if self._keeping is not None:
            await self._keeping

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Said]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Said:
        """Make one request when it is its turn; a flood ban rests everybody, and is passed on.

        Raises:
            Unsent: It was held up for so long that whoever reserved its instant may be taken for dead.
        """
        if self._rate and (cost := _cost(endpoint, data)):
            await self._wait(cost, data)
        ours = _reserved.get()
        if ours is not None and ours.at is not None and self._clock() - ours.at > STALE:
            raise Unsent("it was held up for too long; send it again later")
        try:
            return await callback(*args, **kwargs)
        except TelegramError as error:
            await self._rest(error)
            raise

    async def _wait(self, cost: int, data: dict[str, Any]) -> None:
        ours = _reserved.get()
        if ours is None:
            await self._stand_in_line(cost, _chat_id(data))
        elif ours.at is not None:
            late = (self._clock() - ours.at).total_seconds()
            if -_AHEAD_S < late <= _LATE_BY:
                await asyncio.sleep(max(-late, 0.0))
            else:
                await self._stand_in_line(cost, None)

    async def _stand_in_line(self, cost: int, chat_id: int | None) -> None:
        while True:
            at, is_reserved = await self._ask(_Asking(chat_id, cost))
            wait = (at - self._clock()).total_seconds()
            await asyncio.sleep(min(max(wait, 0.0), budget.FARTHEST.total_seconds()))
            if is_reserved and abs((self._clock() - at).total_seconds()) <= _LATE_BY:
                return
            chat_id = None if is_reserved else chat_id

    async def _ask(self, asking: _Asking) -> tuple[datetime, bool]:
        """Ask for an instant; False where it is only the one at which the chat may be asked again."""
        self._asking.append(asking)
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep())
        try:
            async with asyncio.timeout(_PATIENCE_S):
                return await asyncio.shield(asking.answer)
        except TimeoutError:
            return self._own_instant(asking.cost), True

    def _own_instant(self, cost: int) -> datetime:
        now = asyncio.get_running_loop().time()
        at = max(self._own_arrival, now)
        self._own_arrival = at + cost / self._rate
        return self._clock() + timedelta(seconds=at - now)

    async def _keep(self) -> None:
        """Reserve for all who ask, in one transaction for as many as have come by then."""
        while self._asking:
            asking, self._asking = self._asking, []
            try:
                answers = await self._reserve(asking)
            except CollagebotError as error:
                log.warning("the pace of all processes is not known now: %s", error)
                answers = [(self._own_instant(it.cost), True) for it in asking]
            for it, answer in zip(asking, answers, strict=True):
                if not it.answer.done():
                    it.answer.set_result(answer)

    async def _reserve(self, asking: list[_Asking]) -> list[tuple[datetime, bool]]:
        now = self._clock()
        async with self._database.writing(urgent=True) as conn:
            standings = await chat_budgets.standings(conn, [it.chat_id for it in asking if it.chat_id is not None])
            waits, charged = chat_budgets.admit([(it.chat_id, it.cost) for it in asking], standings, now.timestamp())
            await chat_budgets.keep(conn, charged)
            costs = [it.cost for it, wait in zip(asking, waits, strict=True) if not wait]
            instants = iter(await budget.reserve(conn, costs, rate=self._rate, now=now))
        return [(now + timedelta(seconds=wait), False) if wait else (next(instants), True) for wait in waits]

    async def _rest(self, error: TelegramError) -> None:
        refusal = classify(error)
        if not isinstance(refusal, Flooded):
            return
        try:
            async with self._database.writing() as conn:
                await budget.pause(conn, self._clock() + min(refusal.retry_after, LONGEST_PAUSE))
        except CollagebotError as trouble:
            log.warning("a flood ban could not be written down: %s", trouble)


def _cost(endpoint: str, data: dict[str, Any]) -> int:
    """How many messages the server counts for a request."""
    method = endpoint.casefold()
    if not method.startswith(_COUNTED):
        return 0
    return len(data.get("media") or ()) if method == _ALBUM else 1


def _chat_id(data: dict[str, Any]) -> int | None:
    asked = data.get("chat_id")
    return asked if isinstance(asked, int) else None
