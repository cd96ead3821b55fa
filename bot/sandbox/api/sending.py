"""Owns the methods that put messages into a chat."""

import secrets
import time
from dataclasses import replace
from typing import Any

from bot.sandbox.answers import Json, bad_request
from bot.sandbox.api.call import Call
from bot.sandbox.api.content import (
    read_caption,
    read_document,
    read_item_caption,
    read_look,
    read_media,
    read_photo,
    read_text,
)
from bot.sandbox.api.keyboards import read_keyboard, read_placeholder
from bot.sandbox.world.messages import Message
from bot.sandbox.world.rooms import Room, check_may_write, check_thread
from bot.sandbox.world.world import World

ALBUM_ITEMS = range(2, 11)  # source: core.telegram.org/bots/api#sendmediagroup


async def send_message(world: World, call: Call) -> Json:
    """Send a text."""
    room = _open_room(world, call)
    look = {"link_preview_options": preview} if (preview := call.mapping("link_preview_options")) else {}
    message = replace(_blank(world, room, call), content=read_text(call), look=look)
    return _post(world, message, "sendMessage")


async def send_photo(world: World, call: Call) -> Json:
    """Send one photo with a caption."""
    room = _open_room(world, call)
    message = replace(_blank(world, room, call), content=read_caption(call), look=read_look(call.values))
    message = replace(message, media=await read_photo(call, world.files, "photo"))
    return _post(world, message, "sendPhoto")


async def send_document(world: World, call: Call) -> Json:
    """Send one file with a caption."""
    room = _open_room(world, call)
    message = replace(_blank(world, room, call), content=read_caption(call))
    return _post(world, replace(message, media=read_document(call, world.files)), "sendDocument")


async def send_media_group(world: World, call: Call) -> list[Json]:
    """Send an album: two to ten photos, or two to ten documents; it has no buttons."""
    room = _open_room(world, call)
    items = call.items("media")
    if len(items) not in ALBUM_ITEMS:
        raise bad_request(f"there must be {ALBUM_ITEMS[0]} to {ALBUM_ITEMS[-1]} items to send as an album")
    album, blank = str(secrets.randbelow(2**53)), _blank(world, room, call)
    messages = [await _album_item(world, call, replace(blank, album=album, keyboard=()), item) for item in items]
    if len({type(message.media) for message in messages}) > 1:
        raise bad_request("photos and documents can't be mixed in an album")
    return [_post(world, message, "sendMediaGroup") for message in messages]


async def copy_message(world: World, call: Call) -> Json:
    """Send a message again, without saying where it came from."""
    room = _open_room(world, call)
    source = world.rooms.get(call.chat("from_chat_id")).messages.get(call.integer("message_id"))
    if source is None:
        raise bad_request("message to copy not found")
    content = read_caption(call) if call.has("caption") else source.content
    message = replace(_blank(world, room, call), content=content, media=source.media, look=source.look)
    return {"message_id": _post(world, message, "copyMessage")["message_id"]}


async def send_chat_action(world: World, call: Call) -> bool:
    """Show for a few seconds what the bot is doing."""
    room = _open_room(world, call)
    action = call.text("action")
    if not action.startswith(("typing", "upload_", "record_", "choose_", "find_")):
        raise bad_request("wrong parameter action in request")
    world.rooms.act(room, action)
    return True


def _open_room(world: World, call: Call) -> Room:
    room = world.rooms.get(call.chat())
    check_may_write(room)
    check_thread(room, call.integer("message_thread_id"))
    return room


def _blank(world: World, room: Room, call: Call) -> Message:
    """Begin a message: everything but what it holds, and its id, which it gets when it is posted."""
    return Message(
        0,
        room.chat.chat_id,
        world.bot,
        int(time.time()),
        keyboard=read_keyboard(call),
        placeholder=read_placeholder(call),
        thread_id=call.integer("message_thread_id"),
        reply_to=_answered(room, call),
    )


def _answered(room: Room, call: Call) -> int:
    reply = call.mapping("reply_parameters")
    message_id = reply.get("message_id") or call.integer("reply_to_message_id")
    if not message_id or message_id in room.messages:
        return int(message_id or 0)
    if reply.get("allow_sending_without_reply"):
        return 0
    raise bad_request("message to be replied not found")


async def _album_item(world: World, call: Call, blank: Message, item: Any) -> Message:
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    media = await read_media(call, world.files, item)
    return replace(blank, content=read_item_caption(item), media=media, look=read_look(item))


def _post(world: World, message: Message, method: str) -> Json:
    numbered = replace(message, message_id=world.rooms.next_id())
    return world.render(world.rooms.add(numbered, method))
