"""Owns what happens when answering fails: one calm sentence to the person, the rest to the log."""

import logging

from telegram.error import TelegramError

from bot.chat.failures import classify, is_benign
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import greetings
from bot.errors import ChatGone, CollagebotError, NotFound, StoreError
from bot.store import subscriptions

log = logging.getLogger(__name__)


async def failed(talk: Conversation | None, error: Exception) -> None:
    """Write *error* down, and say that something is wrong where anybody can still hear it."""
    if is_benign(error):
        return
    if talk is not None and isinstance(error, NotFound):
        await talk.say(greetings.entry_gone())
        return
    if await _is_gone(talk, error):
        return
    _write_down(error)
    if talk is None or isinstance(error, TelegramError):
        return  # what Telegram would not take a moment ago it will not take now
    try:
        await talk.say(greetings.trouble())
    except TelegramError as second:
        log.warning("nobody could be told: %s", second)


async def was_refused(talk: Conversation | None, error: Exception) -> bool:
    """Take what a press left unanswered; True when the chat will not have us, and nobody is there to be told."""
    if await _is_gone(talk, error):
        return True
    await failed(None, error)
    return False


async def _is_gone(talk: Conversation | None, error: Exception) -> bool:
    if talk is None or not isinstance(error, TelegramError) or not isinstance(classify(error), ChatGone):
        return False
    await _mark_gone(talk, error)
    return True


async def _mark_gone(talk: Conversation, error: TelegramError) -> None:
    try:
        async with talk.services.database.writing() as conn:
            await subscriptions.mark_gone(conn, talk.chat.id, str(error), talk.services.clock())
    except StoreError as second:
        _write_down(second)


def _write_down(error: Exception) -> None:
    if isinstance(error, CollagebotError):
        log.error("an answer failed: %s", error)
    else:
        log.error("an answer failed", exc_info=error)
