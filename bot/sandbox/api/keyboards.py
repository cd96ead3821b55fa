"""Owns reading reply_markup: the buttons a message may carry."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.answers import Json, Refusal, bad_request, stricter
from bot.sandbox.world.messages import Button, Keyboard

# Source: core.telegram.org/bots/api#inlinekeyboardbutton and #copytextbutton; lengths in bytes and UTF-16 units.
DATA_BYTES_MAX, COPIED_MAX, BUTTONS_MAX, PLACEHOLDER_MAX = 64, 256, 100, 64
_KINDS = ("url", "callback_data", "copy_text", "switch_inline_query", "switch_inline_query_current_chat")
_NOT_SHOWN = ("callback_game", "pay", "switch_inline_query_chosen_chat", "login_url", "web_app", "icon_custom_emoji_id")
_MAY_BE_EMPTY = ("switch_inline_query", "switch_inline_query_current_chat")
_STYLES = ("", "danger", "success", "primary")


def read_keyboard(values: Mapping[str, Any]) -> Keyboard:
    """Read the inline keyboard of a call or of an inline result; none gives an empty one.

    Raises:
        Refusal: Telegram would not take it, or the sandbox does not show such buttons.
    """
    markup = values.get("reply_markup") or {}
    if "keyboard" in markup:
        raise stricter("it shows inline keyboards only")
    rows = markup.get("inline_keyboard", [])
    keyboard = tuple(tuple(_button(raw) for raw in row) for row in rows if row)
    if sum(len(row) for row in keyboard) > BUTTONS_MAX:
        raise bad_request("reply markup is too long")
    return keyboard


def read_placeholder(values: Mapping[str, Any]) -> str | None:
    """Read whether the bot asks for a reply, and what the answer field says then.

    Raises:
        Refusal: What it says is too long, or the bot asks by saying no.
    """
    markup = values.get("reply_markup") or {}
    if "force_reply" not in markup:
        return None
    if not markup["force_reply"]:
        raise stricter("force_reply must be true")
    placeholder = str(markup.get("input_field_placeholder", ""))
    if len(placeholder) > PLACEHOLDER_MAX:
        raise stricter(f"input_field_placeholder has at most {PLACEHOLDER_MAX} characters")
    return placeholder


def check_is_inline(values: Mapping[str, Any]) -> None:
    """Refuse every markup but buttons under the message itself: in channels, and where a message is changed.

    Raises:
        Refusal: It asks for a reply, or belongs to the writer's own keyboard.

    Source: tdlib/td, ReplyMarkup.cpp, get_reply_markup.
    """
    if (markup := values.get("reply_markup")) and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")


def _button(raw: Json) -> Button:
    kinds = [kind for kind in _KINDS if raw.get(kind) or (kind in _MAY_BE_EMPTY and kind in raw)]
    unknown = [kind for kind in _NOT_SHOWN if kind in raw]
    if not kinds and not unknown:
        raise _cannot("Text buttons are unallowed in the inline keyboard")
    if unknown:
        raise stricter(f"it shows no buttons with {unknown[0]}")
    if len(kinds) > 1:
        raise stricter(f"a button does one thing; {kinds[0]} would win over {', '.join(kinds[1:])}")
    if not str(raw["text"]).strip():
        raise stricter("a button without text would not be shown")
    if raw.get("style", "") not in _STYLES:
        raise _cannot("invalid button style specified")
    return Button(str(raw["text"]), kinds[0], _value(kinds[0], raw), raw.get("style", ""))


def _value(kind: str, raw: Json) -> str:
    value = str(raw[kind]["text"] if kind == "copy_text" else raw[kind])
    if kind == "callback_data" and len(value.encode()) > DATA_BYTES_MAX:
        raise bad_request("BUTTON_DATA_INVALID")
    if kind == "copy_text" and not 1 <= len(value) <= COPIED_MAX:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
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
