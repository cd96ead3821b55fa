"""Owns sendMediaGroup: several pictures or files that are shown as one."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.sandbox.answers import Json, Refusal, bad_request, stricter
from bot.sandbox.api.attachments import read_media
from bot.sandbox.api.call import Call
from bot.sandbox.api.content import read_caption, read_look
from bot.sandbox.api.sending import blank, open_room, post
from bot.sandbox.world.messages import Message
from bot.sandbox.world.world import World

ITEMS_MAX = 10  # source: core.telegram.org/bots/api#sendmediagroup
_PLACED = "show_caption_above_media"
# What Telegram's servers say about a file, after the others of the album are on their way.
_SAID_BY_SERVERS = ("Bad Request: PHOTO_", "Bad Request: IMAGE_")


async def send_media_group(world: World, call: Call) -> list[Json]:
    """Send an album: two to ten photos, or two to ten documents; it has no buttons."""
    items = call.items("media")
    _check(items)
    kind = "can_send_documents" if items[0]["type"] == "document" else "can_send_photos"
    start = replace(blank(world, open_room(world, call, kind), call), album=str(secrets.randbelow(2**53)))
    messages = [await _read(world, call, start, item, number) for number, item in enumerate(items, 1)]
    return [post(world, message, "sendMediaGroup") for message in messages]


def _check(items: Sequence[Any]) -> None:
    """Refuse an album for what its items are; source: tdlib/td, MessagesManager.cpp, send_message_group."""
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > ITEMS_MAX:
        raise bad_request("too many messages to send as an album")
    kinds = {item["type"] for item in items}
    for alone in ("document", "audio"):
        if alone in kinds and len(kinds) > 1:
            raise bad_request(f"{alone} can't be mixed with other media types")
    if "document" not in kinds and len({item.get(_PLACED, False) for item in items}) > 1:
        raise bad_request(f"parameter {_PLACED} must be the same for all messages")
    if len(items) == 1:
        raise stricter("an album has at least two items; send one by itself")


async def _read(world: World, call: Call, start: Message, item: Json, number: int) -> Message:
    content = read_caption(item)
    try:
        media = await read_media(call, world.files, item)
    except Refusal as refusal:
        raise _placed(refusal, number) from refusal
    return replace(start, content=content, media=media, look=read_look(item))


def _placed(refusal: Refusal, number: int) -> Refusal:
    """Say which item Telegram's servers refused; what is refused before they see it, says nothing of places."""
    if not refusal.description.startswith(_SAID_BY_SERVERS):
        return refusal
    words = refusal.description.removeprefix("Bad Request: ")
    return bad_request(f'failed to send message #{number} with the error message "{words}"')
