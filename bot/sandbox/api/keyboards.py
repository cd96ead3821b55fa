"""Owns reading reply_markup: the buttons a message may carry."""

from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.answers import Json, Refusal, bad_request
from bot.sandbox.api.call import Call
from bot.sandbox.world.messages import Button, Keyboard

DATA_BYTES_MAX = 64  # source: core.telegram.org/bots/api#inlinekeyboardbutton
BUTTONS_MAX = 100
_KINDS = ("callback_data", "url", "copy_text", "switch_inline_query", "switch_inline_query_current_chat")
_STYLES = ("", "danger", "success", "primary")


def read_keyboard(call: Call) -> Keyboard:
    """Read the inline keyboard of a call; none gives an empty one.

    Raises:
        Refusal: It is malformed, or a keyboard of a kind that the sandbox does not show.
    """
    markup = call.mapping("reply_markup")
    if "keyboard" in markup:
        raise bad_request("the sandbox shows inline keyboards only")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: expected an Array of Arrays of InlineKeyboardButton")
    keyboard = tuple(tuple(_button(raw) for raw in row) for row in rows if row)
    if sum(len(row) for row in keyboard) > BUTTONS_MAX:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return keyboard


def read_placeholder(call: Call) -> str | None:
    """Read whether the bot asks for a reply, and what the answer field says then."""
    markup = call.mapping("reply_markup")
    return str(markup.get("input_field_placeholder", ""))[:64] if markup.get("force_reply") is True else None


def _button(raw: Any) -> Button:
    if not isinstance(raw, dict):
        raise _cannot("expected an Object")
    text = raw.get("text")
    if not isinstance(text, str) or not text.strip():
        raise _cannot('Field "text" must be a non-empty String')
    kinds = [kind for kind in _KINDS if kind in raw]
    if not kinds:
        raise _cannot("Text buttons are unallowed in the inline keyboard")
    style = raw.get("style", "")
    if style not in _STYLES:
        raise _cannot("invalid button style specified")
    return Button(text, kinds[0], _value(kinds[0], raw), style)


def _value(kind: str, raw: Json) -> str:
    value = raw[kind].get("text") if kind == "copy_text" and isinstance(raw[kind], dict) else raw[kind]
    if not isinstance(value, str):
        raise _cannot(f'Field "{kind}" must be of type String')
    if kind == "callback_data" and not 1 <= len(value.encode()) <= DATA_BYTES_MAX:
        raise bad_request("BUTTON_DATA_INVALID")
    if kind == "url":
        _check_url(value)
    return value


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        parts = urlsplit("")
    is_host = parts.scheme == "tg" or "." in parts.netloc or parts.netloc.startswith("[")
    if parts.scheme not in ("http", "https", "tg") or not is_host or " " in url:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _cannot(what: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {what}")
