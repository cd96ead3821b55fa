"""Telegram: commands, menus, messages, and the messenger that carries editions."""

from bot.chat.application import ALLOWED_UPDATES, ChatApplication, build_application
from bot.chat.failures import classify
from bot.chat.messenger import TelegramMessenger
from bot.chat.notices import warn_editors
from bot.chat.profile import install
from bot.chat.redaction import redact_logs, redacted
from bot.chat.services import Services

__all__ = [
    "ALLOWED_UPDATES",
    "ChatApplication",
    "Services",
    "TelegramMessenger",
    "build_application",
    "classify",
    "install",
    "redact_logs",
    "redacted",
    "warn_editors",
]
