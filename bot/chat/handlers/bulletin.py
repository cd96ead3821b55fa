"""Owns the message that says how far something is: changed in place, and at the end it gives way."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from telegram.error import BadRequest, TelegramError

from bot.chat.desk_presses import Ask, TakeUp
from bot.chat.failures import classify, is_lost
from bot.chat.handlers import trouble
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.errands import Line
from bot.chat.handlers.patience import patiently
from bot.chat.messages import progress as messages
from bot.chat.messages.message import Message
from bot.chat.place import Place
from bot.errors import CollagebotError, Flooded
from bot.model.progress import Progress, Report, Stage

log = logging.getLogger(__name__)

_EDIT_EVERY_S = 1.0
_LAST_WORDS_S = 5.0

Failed = Callable[[TakeUp | Ask, Stage, CollagebotError], Message]
"""Writes what is said of an attempt that failed at a stage."""


class Bulletin:
    """One message about one attempt.

    Attributes:
        stage: The last one that was reported.
    """

    def __init__(self, talk: Conversation, place: Place, attempt: TakeUp | Ask) -> None:
        self._talk = talk
        self._outbox = talk.outbox
        self._place = place
        self._attempt = attempt
        self._latest = Progress(Stage.ASKING)
        self._news = asyncio.Event()
        self._editing: asyncio.Task[float] | None = None

    @property
    def stage(self) -> Stage:
        return self._latest.stage

    def report(self, progress: Progress) -> None:
        """Take in how far it is; the message follows when it may."""
        self._latest = progress
        self._news.set()

    @asynccontextmanager
    async def telling(self) -> AsyncIterator[Report]:
        """Let the message follow inside the block, with at most one edit in a second."""
        teller = asyncio.create_task(self._tell())
        try:
            yield self.report
        finally:
            teller.cancel()
            # An edit that has left is waited for, lest it arrive after the last one.
            await asyncio.wait([teller, *filter(None, [self._editing])])

    async def end(self, message: Message) -> None:
        """Say the last thing, in a new message where this one is lost; whatever happens do not fail."""
        with suppress(TelegramError):
            try:
                await patiently(lambda: self._outbox.edit_text(self._place, message))
            except BadRequest as error:
                if is_lost(error):
                    await self._talk.say(message)

    async def remove(self) -> None:
        """Take the message away."""
        with suppress(TelegramError):
            await patiently(lambda: self._outbox.remove(self._place))

    async def _tell(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            self._editing = asyncio.create_task(self._edit(messages.under_way(self._attempt, self._latest)))
            await asyncio.sleep(await asyncio.shield(self._editing))

    async def _edit(self, message: Message) -> float:
        """Change the message; the seconds until it may be changed again."""
        try:
            await self._outbox.edit_text(self._place, message)
        except TelegramError as error:
            refusal = classify(error)
            if isinstance(refusal, Flooded):
                self._news.set()  # it is tried again
                return max(_EDIT_EVERY_S, refusal.retry_after.total_seconds())
            log.info("a message about progress stays as it was: %s", error)
        return _EDIT_EVERY_S


async def watched(
    talk: Conversation,
    attempt: TakeUp | Ask,
    work: Callable[[Report], Awaitable[None]],
    *,
    line: Line,
    place: Place | None = None,
    failed: Failed = messages.failed,
) -> None:
    """Do *work* when it is its turn, and say how far it is until it is done or has failed.

    Args:
        place: The message that says so; None for a new one.
        failed: Writes what becomes of that message when one of our errors is raised.
    """
    try:
        bulletin = Bulletin(talk, await _opened(talk, attempt, place), attempt)
    except TelegramError as error:
        await trouble.failed(talk, error)
        return
    try:
        async with bulletin.telling() as report, line.turn(report):
            await work(report)
    except asyncio.CancelledError:
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WORDS_S):
                await bulletin.end(messages.stopped(attempt))
        raise
    except CollagebotError as error:
        log.info("%s: %s", bulletin.stage, error)
        await bulletin.end(failed(attempt, bulletin.stage, error))
    except Exception as error:
        await trouble.failed(None, error)
        await bulletin.end(messages.broken(attempt, bulletin.stage))
    else:
        await bulletin.remove()


async def _opened(talk: Conversation, attempt: TakeUp | Ask, place: Place | None) -> Place:
    first = messages.under_way(attempt, Progress(Stage.ASKING))
    if place is not None:
        try:
            await patiently(lambda: talk.outbox.edit_text(place, first))
            return place
        except BadRequest as error:
            if not is_lost(error):
                raise
    return await patiently(lambda: talk.outbox.text(talk.address, first))
