"""Owns reading what a message is to hold: text, caption, pictures, files."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.sandbox.answers import bad_request
from bot.sandbox.api.call import Call
from bot.sandbox.markup.entities import Formatted, clean, finish, read_entities, units
from bot.sandbox.markup.html import parse_html
from bot.sandbox.world.files import Files, Upload, develop
from bot.sandbox.world.messages import Document, Media, Photo

# Source: core.telegram.org/bots/api#sendmessage; the raw limit is that of tdlib/telegram-bot-api, Client.cpp.
TEXT_MAX, CAPTION_MAX = 4096, 1024  # UTF-16 units after parsing
RAW_BYTES_MAX = 32_768

# What a call names, and what a message calls it.
_LOOKS = {"show_caption_above_media": "show_caption_above_media", "has_spoiler": "has_media_spoiler"}


def read_text(call: Call) -> Formatted:
    """Read ``text`` with its parse mode or entities.

    Raises:
        Refusal: It is empty, too long, or cannot be parsed.
    """
    raw = call.text("text")
    if not raw:
        raise bad_request("message text is empty")
    if len(raw.encode("utf-8", "replace")) > RAW_BYTES_MAX:
        raise bad_request("text is too long")
    content = _formatted(raw, call.text("parse_mode"), call.items("entities"))
    if not content.text:
        raise bad_request("text must be non-empty")
    if units(content.text) > TEXT_MAX:
        raise bad_request("message is too long")
    return content


def read_caption(call: Call) -> Formatted:
    """Read ``caption`` with its parse mode or entities; none is an empty one.

    Raises:
        Refusal: It is too long, or cannot be parsed.
    """
    return _caption(call.text("caption"), call.text("parse_mode"), call.items("caption_entities"))


def read_item_caption(item: Mapping[str, Any]) -> Formatted:
    """Read the caption of one InputMedia; errors as for `read_caption`."""
    return _caption(item.get("caption") or "", item.get("parse_mode") or "", item.get("caption_entities") or [])


def read_look(values: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the switches that only change how a picture is shown."""
    return {look: True for name, look in _LOOKS.items() if str(values.get(name, "")).lower() in ("true", "1")}


async def read_photo(call: Call, files: Files, name: str) -> Photo:
    """Read a photo: the file in the field *name*, or the file id it names.

    Raises:
        Refusal: It is missing, unknown, or not what Telegram takes as a photo.
    """
    upload = _upload(call, name, call.text(name))
    if upload is None:
        photo = files.resend(call.text(name), kind=Photo)
        assert isinstance(photo, Photo)
        return photo
    return await _keep_photo(upload, files)


async def read_media(call: Call, files: Files, item: Mapping[str, Any]) -> Media:
    """Read the file of one InputMedia: ``attach://field``, or a file id.

    Raises:
        Refusal: As for `read_photo`, or the type of the item is none that the sandbox knows.
    """
    kind, source = item.get("type"), item.get("media")
    if kind not in ("photo", "document"):
        raise bad_request(f"can't parse InputMedia: the sandbox knows photos and documents, not {kind}")
    if not isinstance(source, str) or not source:
        raise bad_request("can't parse InputMedia: media not found")
    upload = _upload(call, "", source)
    if upload is None:
        return files.resend(source, kind=Photo if kind == "photo" else Document)
    return await _keep_photo(upload, files) if kind == "photo" else files.add_document(upload)


def read_document(call: Call, files: Files) -> Media:
    """Read ``document``: a file, or the id of one.

    Raises:
        Refusal: It is missing or unknown.
    """
    upload = _upload(call, "document", call.text("document"))
    return files.add_document(upload) if upload else files.resend(call.text("document"), kind=Document)


async def _keep_photo(upload: Upload, files: Files) -> Photo:
    known = files.find_photo(upload.content)
    return known or files.add_photo(await asyncio.to_thread(develop, upload))


def _upload(call: Call, field: str, source: str) -> Upload | None:
    """Find the file meant by a form field or an attach:// address; None when *source* names a file id."""
    name = source.removeprefix("attach://") if source.startswith("attach://") else field
    if name in call.uploads:
        if not call.uploads[name].content:
            raise bad_request("file must be non-empty")
        return call.uploads[name]
    if source.startswith("attach://") or not source:
        raise bad_request(f"there is no {field or 'media'} in the request")
    return None


def _caption(raw: Any, parse_mode: Any, entities: Any) -> Formatted:
    if not isinstance(raw, str):
        raise bad_request('field "caption" must be of type String')
    content = _formatted(raw, parse_mode, entities)
    if units(content.text) > CAPTION_MAX:
        raise bad_request("message caption is too long")
    return content


def _formatted(raw: str, parse_mode: str, entities: list[Any]) -> Formatted:
    text, mode = clean(raw), parse_mode.lower()
    if mode == "html":
        return finish(parse_html(text))
    if mode:
        is_known = mode in ("markdown", "markdownv2")
        raise bad_request("the sandbox reads the parse mode HTML only" if is_known else "unsupported parse_mode")
    if not all(isinstance(entity, dict) for entity in entities):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    return finish(Formatted(text, read_entities(entities, text)))
