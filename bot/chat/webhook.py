"""Owns the webhook as Telegram knows it: where it posts updates, and by which secret we know that it is Telegram."""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.chat.application import ALLOWED_UPDATES
from bot.chat.redaction import redacted

log = logging.getLogger(__name__)

_CONNECTIONS = 100
"""As many as Telegram lets us have: those that come together go into one transaction."""
_ATTEMPTS, _PAUSE_S = 4, 1.0


def hook_path(bot: Bot) -> str:
    """Where below our public address Telegram posts the updates of *bot*; the secret is in a header, not in here."""
    return f"/telegram/{bot.id}"


def hook_secret(bot: Bot) -> str:
    """What Telegram says with every update: the same in every process, kept nowhere; the token is not found from it."""
    return hmac.new(bot.token.encode(), b"collagebot: the secret of the webhook", hashlib.sha256).hexdigest()


async def set_webhook(bot: Bot, public_url: str) -> None:
    """Have updates posted to us; those that wait at Telegram come, too.

    Raises:
        TelegramError: Telegram does not want to, or does not answer.
    """
    await _insist(
        lambda: bot.set_webhook(
            public_url + hook_path(bot),
            secret_token=hook_secret(bot),
            allowed_updates=ALLOWED_UPDATES,
            max_connections=_CONNECTIONS,
            drop_pending_updates=False,
        )
    )


async def remove_webhook(bot: Bot) -> None:
    """Have updates wait until we ask for them.

    Raises:
        TelegramError: Telegram does not answer.
    """
    await _insist(lambda: bot.delete_webhook(drop_pending_updates=False))


async def _insist(ask: Callable[[], Awaitable[object]]) -> None:
    """Ask until it works; a hiccup of the server is waited out."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            await ask()
        except TelegramError as error:
            if attempt == _ATTEMPTS or isinstance(error, BadRequest):
                raise
            log.warning("how updates come is not settled yet: %s", redacted(str(error)))
            await asyncio.sleep(attempt * _PAUSE_S)
        else:
            return
