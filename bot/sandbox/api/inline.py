"""Owns answerInlineQuery: what the bot offers to those who type its name."""

import re
from typing import Any

from bot.sandbox.answers import Json, bad_request, stricter
from bot.sandbox.api.attachments import read_file_id
from bot.sandbox.api.call import Call
from bot.sandbox.api.content import read_caption, read_look, read_preview, read_text
from bot.sandbox.api.keyboards import read_keyboard
from bot.sandbox.world.files import Files
from bot.sandbox.world.inlines import InlineAnswer, InlineResult
from bot.sandbox.world.messages import Document, Photo
from bot.sandbox.world.world import World

# Source: core.telegram.org/bots/api#answerinlinequery and #inlinequeryresult.
RESULTS_MAX, ID_BYTES_MAX, OFFSET_BYTES_MAX, CACHE_S = 50, 64, 64, 300
_FILES: dict[str, type[Photo] | type[Document]] = {"photo": Photo, "document": Document}


async def answer_inline_query(world: World, call: Call) -> bool:
    """Offer results to somebody who typed the bot's name."""
    results = tuple(_result(world.files, raw) for raw in _raw_results(call))
    next_offset = call.text("next_offset")
    if len(next_offset.encode()) > OFFSET_BYTES_MAX:
        raise bad_request("NEXT_OFFSET_INVALID")
    answer = InlineAnswer(
        results,
        next_offset,
        cache_s=max(0, call.integer("cache_time", CACHE_S)),
        is_personal=call.flag("is_personal"),
        button=_button(call.mapping("button")),
    )
    world.inlines.answer(call.text("inline_query_id"), answer)
    return True


def _button(raw: Json) -> Json:
    start = raw.get("start_parameter", "")
    if "web_app" in raw:
        raise stricter("it opens no web apps")
    if raw and not start:
        why = "InlineQueryResultsButton must have exactly one optional field"
        raise bad_request(f"can't parse inline query results button: {why}")
    if raw and not re.fullmatch(r"[\w-]{1,64}", start, re.ASCII):
        raise bad_request("START_PARAM_INVALID")
    return raw


def _raw_results(call: Call) -> list[Json]:
    raw = call.items("results")
    if len(raw) > RESULTS_MAX:
        raise bad_request("too many inline query results specified")
    ids = [str(each["id"]) for each in raw]
    if not all(1 <= len(each.encode()) <= ID_BYTES_MAX for each in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    return raw


def _result(files: Files, raw: Json) -> InlineResult:
    kind = raw["type"]
    file_id = raw.get(f"{kind}_file_id")
    if kind == "article":
        return _written(raw)
    if kind not in _FILES or file_id is None:
        raise stricter(f"it offers articles, and photos and documents by file id, not this {kind}")
    media = read_file_id(files, file_id, _FILES[kind])
    if "input_message_content" in raw:
        return _written(raw, thumbnail=media)
    return InlineResult(
        str(raw["id"]),
        kind,
        *_shown(raw),
        thumbnail=_thumbnail(media),
        content=read_caption(raw),
        media=media,
        keyboard=read_keyboard(raw),
        look=read_look(raw),
    )


def _written(raw: Json, thumbnail: Photo | Document | None = None) -> InlineResult:
    """Read a result that puts a text into the chat."""
    content = raw["input_message_content"]
    if "message_text" not in content:
        raise stricter("it only takes InputTextMessageContent as input_message_content")
    return InlineResult(
        str(raw["id"]),
        raw["type"],
        *_shown(raw),
        thumbnail=_thumbnail(thumbnail) if thumbnail else str(raw.get("thumbnail_url", "")),
        content=read_text(content, "message_text"),
        keyboard=read_keyboard(raw),
        look=read_preview(content),
    )


def _shown(raw: Json) -> tuple[str, str]:
    return str(raw.get("title", "")), str(raw.get("description", ""))


def _thumbnail(media: Any) -> str:
    return media.sizes[0].unique_id if isinstance(media, Photo) else ""
