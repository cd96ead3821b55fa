"""Owns what a press is answered with."""

from dataclasses import dataclass

from bot.chat.markup import clipped

TOAST_LIMIT = 200
"""Characters. Source: Bot API 10.0, answerCallbackQuery."""


@dataclass(frozen=True, slots=True)
class Toast:
    """What shows for a moment over the chat; an alert stays until it is closed, an address opens."""

    text: str = ""
    alert: bool = False
    url: str | None = None


QUIET = Toast()


def alert(text: object) -> Toast:
    """A toast that stays until it is closed, cut where Telegram would refuse it."""
    return Toast(clipped(str(text), TOAST_LIMIT), alert=True)
