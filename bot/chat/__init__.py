"""Telegram: commands, menus, messages, and the messenger that carries editions."""

from bot.chat.application import ALLOWED_UPDATES, ChatApplication, build_application
from bot.chat.corrector import TelegramCorrector
from bot.chat.failures import classify
from bot.chat.intake import Intake, taking_in
from bot.chat.messenger import TelegramMessenger
from bot.chat.polling import asking_for_updates
from bot.chat.profile import install
from bot.chat.redaction import redact_logs, redacted
from bot.chat.services import Services
from bot.chat.watch import warn_editors
from bot.chat.webhook import hook_path, hook_secret, set_webhook

__all__ = [
    "ALLOWED_UPDATES",
    "ChatApplication",
    "Intake",
    "Services",
    "TelegramCorrector",
    "TelegramMessenger",
    "asking_for_updates",
    "build_application",
    "classify",
    "hook_path",
    "hook_secret",
    "install",
    "redact_logs",
    "redacted",
    "set_webhook",
    "taking_in",
    "warn_editors",
]
