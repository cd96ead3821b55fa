"""Owns what a message is before it becomes Telegram's: formatted text with rows of buttons."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.markup import Rich
from bot.chat.presses import FullSize, Press, TurnCanvas
from bot.chat.spelling import UnknownPress, read, written


@dataclass(frozen=True, slots=True)
class Button:
    """One button: it either leads to an address or brings a press."""

    label: str
    target: Press | str


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A text, or the caption of a picture, with the buttons under it."""

    text: Rich
    buttons: Rows = ()


def without_picture(message: Message) -> Message:
    """The same message where there is no picture: nothing to swap, nothing to see in full size."""
    rows = tuple(tuple(it for it in row if not isinstance(it.target, TurnCanvas | FullSize)) for row in message.buttons)
    return replace(message, buttons=rows)


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Turn *rows* into Telegram's keyboard; None when there is nothing to press."""
    inline = [[_inline(button) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(inline) if inline else None


def keyboard_json(rows: Rows) -> dict[str, object] | None:
    """The same keyboard as it is sent."""
    inline = [[_json(button) for button in row] for row in rows if row]
    return {"inline_keyboard": inline} if inline else None


def rows_of(markup: InlineKeyboardMarkup | None) -> Rows:
    """Read a keyboard of ours back; a button of another version falls away."""
    inline = markup.inline_keyboard if markup else ()
    return tuple(tuple(it for button in row if (it := _button(button)) is not None) for row in inline)


def swapped(rows: Rows, kinds: tuple[type[Press], ...], button: Button) -> Rows:
    """The same rows with *button* in the place of one that brings a press of these *kinds*."""
    return tuple(tuple(button if isinstance(it.target, kinds) else it for it in row) for row in rows)


def _button(inline: InlineKeyboardButton) -> Button | None:
    if inline.url:
        return Button(inline.text, inline.url)
    try:
        return Button(inline.text, read(str(inline.callback_data)))
    except UnknownPress:
        return None


def _inline(button: Button) -> InlineKeyboardButton:
    if isinstance(button.target, str):
        return InlineKeyboardButton(button.label, url=button.target)
    return InlineKeyboardButton(button.label, callback_data=written(button.target))


def _json(button: Button) -> dict[str, str]:
    if isinstance(button.target, str):
        return {"text": button.label, "url": button.target}
    return {"text": button.label, "callback_data": written(button.target)}
