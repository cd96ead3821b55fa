"""Owns what editors are told without having asked."""

import logging

from telegram import Bot
from telegram.error import TelegramError

from bot.chat.failures import classify
from bot.chat.handlers.patience import patiently
from bot.chat.messages.desk.queue import lacking
from bot.chat.messages.message import Message
from bot.chat.outbox import Outbox
from bot.chat.services import Services
from bot.errors import NotSent, TokenRejected
from bot.model.address import Address
from bot.publishing.queue import Lacking
from bot.store import preferences
from bot.wording.translation import speaking

log = logging.getLogger(__name__)


async def warn_editors(bot: Bot, services: Services) -> None:
    """Warn every editor of the slots that come soon and have nothing queued; of each once."""
    if not services.editors:
        return
    outbox = Outbox(bot, services.database, services.shelf)
    for lack in await services.queue.lacking(services.editors):
        for editor in lack.untold:
            if not await services.queue.claim_warning(lack, editor):
                continue
            if not await _tell(outbox, editor, await _warning(services, lack, editor)):
                await services.queue.give_back_warning(lack, editor)


async def _warning(services: Services, lack: Lacking, editor: int) -> Message:
    """The warning in the language of *editor*."""
    async with services.database.reading() as conn:
        wanted = await preferences.find(conn, editor)
    with speaking(wanted.language):
        return lacking(lack)


async def _tell(outbox: Outbox, editor: int, message: Message) -> bool:
    """Send *message*; False where it surely did not leave and may be sent later."""
    try:
        await patiently(lambda: outbox.text(Address(editor), message))
    except TelegramError as error:
        failure = classify(error)
        log.warning("editor %s could not be warned of an empty slot: %s", editor, failure)
        return not isinstance(failure, NotSent | TokenRejected)  # who never pressed Start cannot be written to
    return True
