"""Owns the methods that put one message into a chat."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.sandbox.answers import Json, bad_request
from bot.sandbox.api.attachments import read_document, read_photo
from bot.sandbox.api.call import Call, read_address
from bot.sandbox.api.content import read_caption, read_look, read_preview, read_text
from bot.sandbox.api.keyboards import check_is_inline, read_keyboard, read_placeholder
from bot.sandbox.world.messages import Document, Message, Photo
from bot.sandbox.world.room import Room, check_may_write, check_thread
from bot.sandbox.world.world import World

# What a restricted bot needs for a message that holds this.
_RIGHTS = {Photo: "can_send_photos", Document: "can_send_documents"}
# Source: tdlib/telegram-bot-api, Client.cpp, get_chat_action.
_ACTIONS = frozenset(
    {
        *("cancel", "typing", "upload_photo", "record_video", "upload_video", "record_voice", "record_audio"),
        *("upload_voice", "upload_audio", "upload_document", "choose_sticker", "find_location", "pick_up_location"),
        *("record_video_note", "upload_video_note"),
    }
)


async def send_message(world: World, call: Call) -> Json:
    """Send a text."""
    room = open_room(world, call)
    message = replace(blank(world, room, call), content=read_text(call.values), look=read_preview(call.values))
    return post(world, message, "sendMessage")


async def send_photo(world: World, call: Call) -> Json:
    """Send one photo with a caption."""
    room = open_room(world, call, "can_send_photos")
    message = replace(blank(world, room, call), content=read_caption(call.values), look=read_look(call.values))
    return post(world, replace(message, media=await read_photo(call, world.files)), "sendPhoto")


async def send_document(world: World, call: Call) -> Json:
    """Send one file with a caption."""
    room = open_room(world, call, "can_send_documents")
    message = replace(blank(world, room, call), content=read_caption(call.values))
    return post(world, replace(message, media=await read_document(call, world.files)), "sendDocument")


async def copy_message(world: World, call: Call) -> Json:
    """Send a message again, without saying where it came from."""
    source = world.rooms.get(call.chat("from_chat_id")).messages.get(call.integer("message_id"))
    if source is None:
        raise bad_request("message to copy not found")
    room = open_room(world, call, _RIGHTS.get(type(source.media), "can_send_messages"))
    content = read_caption(call.values) if call.has("caption") else source.content
    message = replace(blank(world, room, call), content=content, media=source.media, look=source.look)
    return {"message_id": post(world, message, "copyMessage")["message_id"]}


async def send_chat_action(world: World, call: Call) -> bool:
    """Show for a few seconds what the bot is doing."""
    if call.text("action").lower() not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.rooms.act(open_room(world, call), call.text("action").lower())
    return True


def open_room(world: World, call: Call, right: str = "can_send_messages") -> Room:
    """Get the chat a call writes to.

    Args:
        world: Where it is.
        call: What names the chat and the topic.
        right: What the bot needs there.

    Raises:
        Refusal: It does not exist, its topic does not, or the bot may not write there.
    """
    room = world.rooms.get(call.chat())
    check_may_write(room, right)
    check_thread(room, call.integer("message_thread_id"))
    return room


def blank(world: World, room: Room, call: Call) -> Message:
    """Begin a message: everything but what it holds, and its id, which it gets when it is posted."""
    if room.chat.type == "channel":
        check_is_inline(call.values)
    answered = _answered(world, room, call.mapping("reply_parameters"))
    thread_id = call.integer("message_thread_id") or (answered.thread_id if answered else 0)
    check_thread(room, thread_id)  # an answer lands in the topic of what it answers
    return Message(
        0,
        room.chat.chat_id,
        world.bot,
        int(time.time()),
        keyboard=read_keyboard(call.values),
        placeholder=read_placeholder(call.values),
        thread_id=thread_id,
        reply_to=answered.message_id if answered else 0,
        is_silent=call.flag("disable_notification"),
        is_protected=call.flag("protect_content"),
    )


def post(world: World, message: Message, method: str) -> Json:
    """Put a message into its chat, and render it."""
    numbered = replace(message, message_id=world.rooms.next_id())
    return world.render(world.rooms.add(numbered, method))


def _answered(world: World, room: Room, reply: Mapping[str, Any]) -> Message | None:
    if not reply:
        return None
    target = world.rooms.get(read_address(reply["chat_id"])) if "chat_id" in reply else room
    answered = target.messages.get(int(reply["message_id"]))
    if answered is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    if answered is not None and str(reply.get("quote", "")) not in answered.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return answered if target is room else None
