"""Owns what editors are told without having asked."""

import logging

from telegram import Bot
from telegram.error import TelegramError

from bot.chat.handlers.patience import patiently
from bot.chat.messages.desk.queue import lacking
from bot.chat.messages.message import Message
from bot.chat.outbox import Outbox
from bot.chat.services import Services
from bot.model.address import Address

log = logging.getLogger(__name__)


async def warn_editors(bot: Bot, services: Services) -> None:
    """Warn every editor of the slots that come soon and have nothing queued; of each once."""
    if not services.editors:
        return
    outbox = Outbox(bot, services.database, services.shelf)
    for warned in await services.queue.lacking():
        for editor in sorted(services.editors):
            await _tell(outbox, editor, lacking(warned))


async def _tell(outbox: Outbox, editor: int, message: Message) -> None:
    try:
        await patiently(lambda: outbox.text(Address(editor), message))
    except TelegramError as error:  # who never pressed Start cannot be written to
        log.warning("editor %s could not be warned of an empty slot: %s", editor, error)
