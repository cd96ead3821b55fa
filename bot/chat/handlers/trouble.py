"""Owns what happens when answering fails: one calm sentence to the person, the rest to the log."""

import logging

from telegram.error import TelegramError

from bot.chat.failures import classify, is_benign
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.toast import QUIET, Toast
from bot.chat.messages import greetings
from bot.errors import ChatGone, ChatMigrated, ChatSuspended, CollagebotError, NotFound, StoreError, TopicGone
from bot.store import subscriptions
from bot.wording.translation import _

log = logging.getLogger(__name__)


async def failed(talk: Conversation | None, error: Exception) -> None:
    """Write *error* down, and say that something is wrong where anybody can still hear it."""
    if is_benign(error):
        return
    if await _is_gone(talk, error) or _is_shut(error):
        return
    is_over = talk is not None and isinstance(error, NotFound)
    if not is_over:
        _write_down(error)
    if talk is None or isinstance(error, TelegramError):
        return  # what Telegram would not take a moment ago it will not take now
    try:
        await talk.say(greetings.entry_gone() if is_over else greetings.trouble())
    except TelegramError as second:
        log.warning("nobody could be told: %s", second)


async def press_failed(talk: Conversation | None, error: Exception) -> Toast:
    """Take what a press left unanswered; say so to the person, who sees it even where we may not write."""
    if await _is_gone(talk, error):
        return QUIET
    if _is_shut(error):
        return Toast(_(greetings.MAY_NOT_WRITE), alert=True)
    await failed(None, error)
    return Toast(_(greetings.TROUBLE), alert=True)


def _is_shut(error: Exception) -> bool:
    """Tell whether nobody can be answered here: the topic is gone, the group has moved, or its admins keep us quiet."""
    is_shut = isinstance(error, TelegramError) and isinstance(classify(error), ChatSuspended | TopicGone | ChatMigrated)
    if is_shut:
        log.info("an answer was not wanted: %s", error)
    return is_shut


async def _is_gone(talk: Conversation | None, error: Exception) -> bool:
    if talk is None or not isinstance(error, TelegramError) or not isinstance(classify(error), ChatGone):
        return False
    await _mark_gone(talk, error)
    return True


async def _mark_gone(talk: Conversation, error: TelegramError) -> None:
    try:
        async with talk.services.database.writing() as conn:
            await subscriptions.mark_gone(conn, talk.chat.id, str(error), talk.services.clock())
        talk.tongues.forget(talk.chat.id)
    except StoreError as second:
        _write_down(second)


def _write_down(error: Exception) -> None:
    if isinstance(error, CollagebotError):
        log.error("an answer failed: %s", error)
    else:
        log.error("an answer failed", exc_info=error)
