"""Owns reading what a message says: text or caption, and how it is shown."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.answers import Json, bad_request, stricter
from bot.sandbox.markup.entities import Formatted, clean, finish, units
from bot.sandbox.markup.given import read_entities
from bot.sandbox.markup.html import parse_html

# Source: core.telegram.org/bots/api#sendmessage; the raw limit is that of tdlib/telegram-bot-api, Client.cpp.
TEXT_MAX, CAPTION_MAX = 4096, 1024  # UTF-16 units after parsing
RAW_BYTES_MAX = 32_768

# What a call names, and what a message calls it.
_LOOKS = {"show_caption_above_media": "show_caption_above_media", "has_spoiler": "has_media_spoiler"}


def read_text(values: Mapping[str, Any], name: str = "text") -> Formatted:
    """Read a text with its parse mode or entities.

    Args:
        values: A call's parameters, or the content of an inline result.
        name: Of the text in them.

    Raises:
        Refusal: It is empty, too long, or cannot be parsed.
    """
    raw = str(values.get(name, ""))
    if not raw:
        raise bad_request("message text is empty")
    content = _formatted(raw, values, "entities")
    if not content.text:
        raise bad_request("text must be non-empty")
    if units(content.text) > TEXT_MAX:
        raise bad_request("message is too long")
    return content


def read_caption(values: Mapping[str, Any]) -> Formatted:
    """Read ``caption`` with its parse mode or entities; none is an empty one.

    Args:
        values: A call's parameters, one InputMedia, or one inline result.

    Raises:
        Refusal: It is too long, or cannot be parsed.
    """
    content = _formatted(str(values.get("caption", "")), values, "caption_entities")
    if units(content.text) > CAPTION_MAX:
        raise bad_request("message caption is too long")
    return content


def read_preview(values: Mapping[str, Any]) -> Json:
    """Keep how links in a text are previewed."""
    preview = values.get("link_preview_options")
    if preview and preview.get("prefer_small_media") and preview.get("prefer_large_media"):
        raise stricter("link_preview_options prefer small and large media at once")
    return {"link_preview_options": preview} if preview else {}


def read_look(values: Mapping[str, Any]) -> Json:
    """Keep the switches that only change how a picture is shown."""
    return {look: True for name, look in _LOOKS.items() if values.get(name) is True}


def _formatted(raw: str, values: Mapping[str, Any], entities: str) -> Formatted:
    if len(raw.encode("utf-8", "replace")) > RAW_BYTES_MAX:
        raise bad_request("text is too long")
    text, mode = clean(raw), str(values.get("parse_mode", "")).lower()
    if mode and values.get(entities):
        raise stricter(f"parse_mode and {entities} were both given; {entities} would be ignored")
    if mode == "html":
        return finish(parse_html(text))
    if mode in ("markdown", "markdownv2"):
        raise stricter(f"it does not read {values['parse_mode']}; use HTML or {entities}")
    if mode:
        raise bad_request("unsupported parse_mode")
    return finish(Formatted(text, read_entities(values.get(entities, ()), text)))
