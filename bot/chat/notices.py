"""Owns how editors are told something without having asked: each once, in their own language, changed in place."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from telegram.error import TelegramError

from bot.chat.failures import classify, is_lost
from bot.chat.handlers.patience import patiently
from bot.chat.messages.message import Message
from bot.chat.outbox import Outbox
from bot.chat.place import Place
from bot.chat.services import Services
from bot.errors import NotSent, TokenRejected
from bot.model.address import Address
from bot.store import notices, preferences
from bot.store.notices import Told
from bot.wording.translation import speaking

log = logging.getLogger(__name__)

Write: TypeAlias = Callable[[], Message]
"""Writes a message in the language that is spoken when it is called."""


async def announce(
    outbox: Outbox, services: Services, key: str, write: Write, *, state: str = "", news_at: datetime | None = None
) -> None:
    """Tell every editor something, each once; who was told it before sees it change in the same message.

    Nobody is told twice by two processes, nor again after a crash; what surely did not leave is told the next time.

    Args:
        key: What it is about; it must not contain `` to ``.
        state: What the message says, in short. While it stays the same, the message stays as it is.
        news_at: When something new came. Who was told before, in a message that we cannot find, is told anew.
    """
    for editor in sorted(services.editors):
        async with services.database.reading() as conn:
            told = await notices.find(conn, key, editor)
        if told is not None and told.message_id is None and news_at is not None and told.at < news_at:
            await _give_back(services, key, editor)
            told = None
        if told is None:
            await _tell(outbox, services, key, editor, await _written(services, editor, write), state=state)
        elif told.message_id is not None and told.state != state:
            message = await _written(services, editor, write)
            if await _changed(outbox, Place(editor, told.message_id), message):
                await _keep(services, key, editor, Told(told.at, told.message_id, state))


async def conclude(outbox: Outbox, services: Services, key: str, write: Write) -> None:
    """Let the messages of something that is over say so; if it begins again, everybody is told anew."""
    for editor in sorted(services.editors):
        async with services.database.reading() as conn:
            told = await notices.find(conn, key, editor)
        if told is not None and told.message_id is not None:
            message = await _written(services, editor, write)
            if not await _changed(outbox, Place(editor, told.message_id), message):
                return  # out of reach just now: the next time
    async with services.database.writing() as conn:
        await notices.forget(conn, key)


async def _written(services: Services, editor: int, write: Write) -> Message:
    """The message in the language of *editor*."""
    async with services.database.reading() as conn:
        wanted = await preferences.find(conn, editor)
    with speaking(wanted.language):
        return write()


async def _tell(outbox: Outbox, services: Services, key: str, editor: int, message: Message, *, state: str) -> None:
    now = services.clock()
    async with services.database.writing() as conn:
        if not await notices.claim(conn, key, editor, now):
            return
    try:
        place = await patiently(lambda: outbox.text(Address(editor), message))
    except TelegramError as error:
        failure = classify(error)
        log.warning("editor %s could not be told of %s: %s", editor, key, failure)
        if isinstance(failure, NotSent | TokenRejected):  # who never pressed Start cannot be written to
            await _give_back(services, key, editor)
        return
    if state:
        await _keep(services, key, editor, Told(now, place.message_id, state))


async def _changed(outbox: Outbox, place: Place, message: Message) -> bool:
    """Change a message; False where it may be tried again."""
    try:
        await patiently(lambda: outbox.edit_text(place, message))
    except TelegramError as error:
        failure = classify(error)
        log.info("what editor %s was told could not be changed: %s", place.chat_id, failure)
        return is_lost(error) or not isinstance(failure, NotSent | TokenRejected)
    return True


async def _keep(services: Services, key: str, editor: int, told: Told) -> None:
    async with services.database.writing() as conn:
        await notices.keep(conn, key, editor, told)


async def _give_back(services: Services, key: str, editor: int) -> None:
    async with services.database.writing() as conn:
        await notices.give_back(conn, key, editor)
