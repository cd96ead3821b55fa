"""Owns how editors are told something without having asked: each once, in their own language, changed in place."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TypeAlias

from telegram.error import TelegramError

from bot.chat.failures import classify, is_lost
from bot.chat.handlers.patience import patiently
from bot.chat.messages.message import Message
from bot.chat.outbox import Outbox
from bot.chat.place import Place
from bot.chat.services import Services
from bot.errors import ChatGone, NotSent, TokenRejected
from bot.model.address import Address
from bot.store import notices, preferences
from bot.store.notices import UNREACHED, Told
from bot.wording.translation import speaking

log = logging.getLogger(__name__)

Write: TypeAlias = Callable[[], Message]
"""Writes a message in the language that is spoken when it is called."""
AGAIN = timedelta(hours=1)
"""After that, who could not be told, or may not have been, is told anew."""


async def announce(
    outbox: Outbox, services: Services, key: str, write: Write, *, state: str = "", news_at: datetime | None = None
) -> None:
    """Tell every editor something, each once; who was told it before sees it change in the same message.

    Nobody is told twice by two processes. What surely did not leave is told the next time. Who cannot be written to is
    told after they press Start (`bot.store.notices.reach`), and tried once an hour. A message with a state that cannot
    be found is written anew: when it would have to change, or in an hour where nobody knows whether it arrived.

    Args:
        key: What it is about; it must not contain `` to ``.
        state: What the message says, in short. While it stays the same, the message stays as it is.
        news_at: When something new came. Who was told before, in a message that we cannot find, is told anew.
    """
    for editor in sorted(services.editors):
        notice = _Notice(outbox, services, key, editor, write, state)
        told = await notice.find()
        if told is not None and notice.is_due_anew(told, news_at):
            await notice.give_back(told.at)
            told = None
        if told is None:
            await notice.tell()
        elif told.message_id is not None and told.state != state:
            await notice.update(told, told.message_id)


async def conclude(outbox: Outbox, services: Services, key: str, write: Write) -> None:
    """Let the messages of something that is over say so; if it begins again, everybody is told anew."""
    for editor in sorted(services.editors):
        notice = _Notice(outbox, services, key, editor, write)
        told = await notice.find()
        if told is not None and told.message_id is not None and await notice.change(told.message_id) is _Change.LATER:
            return
    async with services.database.writing() as conn:
        await notices.forget(conn, key)


class _Change(Enum):
    """What became of a message that was to be changed."""

    DONE = auto()
    LATER = auto()
    """It is out of reach just now."""
    LOST = auto()
    """It is not there any more, or nobody who reads it."""


@dataclass(frozen=True, slots=True)
class _Notice:
    """Something that one editor is told."""

    outbox: Outbox
    services: Services
    key: str
    editor: int
    write: Write
    state: str = ""

    async def find(self) -> Told | None:
        async with self.services.database.reading() as conn:
            return await notices.find(conn, self.key, self.editor)

    def is_due_anew(self, told: Told, news_at: datetime | None) -> bool:
        if told.message_id is not None:
            return False
        is_unreached = told.state == UNREACHED
        if (self.state or is_unreached) and self.services.clock() - told.at >= AGAIN:
            return True
        return not is_unreached and news_at is not None and told.at < news_at

    async def tell(self) -> None:
        now = self.services.clock()
        try:
            await self._claim_and_send(now)
        except asyncio.CancelledError:  # a clean stop: to be told twice does no harm, never to be told does
            await asyncio.shield(self.give_back(now))
            raise

    async def update(self, told: Told, message_id: int) -> None:
        match await self.change(message_id):
            case _Change.DONE:
                await self._keep(Told(told.at, message_id, self.state))
            case _Change.LOST:
                await self.give_back(told.at)
                await self.tell()

    async def change(self, message_id: int) -> _Change:
        message = await self._written()
        try:
            await patiently(lambda: self.outbox.edit_text(Place(self.editor, message_id), message))
        except TelegramError as error:
            failure = classify(error)
            log.info("what editor %s was told could not be changed: %s", self.editor, failure)
            if is_lost(error) or isinstance(failure, ChatGone):
                return _Change.LOST
            return _Change.LATER if isinstance(failure, NotSent | TokenRejected) else _Change.DONE
        return _Change.DONE

    async def give_back(self, claimed_at: datetime) -> None:
        async with self.services.database.writing() as conn:
            await notices.give_back(conn, self.key, self.editor, claimed_at)

    async def _claim_and_send(self, now: datetime) -> None:
        message = await self._written()
        async with self.services.database.writing() as conn:
            if not await notices.claim(conn, self.key, self.editor, now):
                return
        try:
            place = await patiently(lambda: self.outbox.text(Address(self.editor), message))
        except TelegramError as error:
            await self._failed(error, now)
            return
        if self.state:
            await self._keep(Told(now, place.message_id, self.state))

    async def _failed(self, error: TelegramError, now: datetime) -> None:
        failure = classify(error)
        log.warning("editor %s could not be told of %s: %s", self.editor, self.key, failure)
        if isinstance(failure, NotSent | TokenRejected):
            await self.give_back(now)
        elif isinstance(failure, ChatGone):  # who never pressed Start cannot be written to
            await self._keep(Told(now, None, UNREACHED))

    async def _keep(self, told: Told) -> None:
        async with self.services.database.writing() as conn:
            await notices.keep(conn, self.key, self.editor, told)

    async def _written(self) -> Message:
        """The message in the language of the editor."""
        async with self.services.database.reading() as conn:
            wanted = await preferences.find(conn, self.editor)
        with speaking(wanted.language):
            return self.write()
