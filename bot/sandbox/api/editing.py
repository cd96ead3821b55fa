"""Owns the methods that change what was sent."""

import time
from dataclasses import replace

from bot.sandbox.answers import Json, bad_request, stricter
from bot.sandbox.api.attachments import read_media
from bot.sandbox.api.call import Call
from bot.sandbox.api.content import read_caption, read_look, read_preview, read_text
from bot.sandbox.api.keyboards import check_is_inline, read_keyboard
from bot.sandbox.world.messages import Message
from bot.sandbox.world.room import Room, check_may_act
from bot.sandbox.world.world import World

_IN_CHAT, _INLINE = ("chat_id", "message_id"), "inline_message_id"


async def edit_message_text(world: World, call: Call) -> Json | bool:
    """Change a text and its buttons."""
    message = _own_message(world, call)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    changed = replace(message, content=read_text(call.values), look=read_preview(call.values))
    return _change(world, call, message, changed)


async def edit_message_caption(world: World, call: Call) -> Json | bool:
    """Change a caption and the buttons."""
    message = _own_message(world, call)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    changed = replace(message, content=read_caption(call.values), look=read_look(call.values))
    return _change(world, call, message, changed)


async def edit_message_media(world: World, call: Call) -> Json | bool:
    """Put another picture or file in place of the old one, with its caption and buttons."""
    message, item = _own_message(world, call), call.mapping("media")
    if message.inline_id and call.uploads:
        raise bad_request("wrong file identifier/HTTP URL specified")
    media = await read_media(call, world.files, item)
    if message.album and type(media) is not type(message.media):
        raise bad_request("message can't be edited: an album keeps its kind of media")
    return _change(
        world, call, message, replace(message, media=media, content=read_caption(item), look=read_look(item))
    )


async def edit_message_reply_markup(world: World, call: Call) -> Json | bool:
    """Change the buttons only; that does not mark a message as edited."""
    message = _own_message(world, call)
    return _change(world, call, message, message)


def _own_message(world: World, call: Call) -> Message:
    """Find the message a call wants to change: in a chat, or one that came of inline mode."""
    check_is_inline(call.values)
    in_chat = [name for name in _IN_CHAT if call.has(name)]
    if call.has(_INLINE) and in_chat:
        raise stricter(f"{in_chat[0]} and {_INLINE} were both given; {_INLINE} would be ignored")
    if call.has(_INLINE):
        return _inline_message(world, call.text(_INLINE))
    if not in_chat:
        raise bad_request("message identifier is not specified")
    room = world.rooms.get(call.chat())
    check_may_act(room)
    if call.integer("message_id") <= 0:
        raise bad_request("MESSAGE_ID_INVALID")
    message = room.messages.get(call.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not _may_edit(room, message):
        raise bad_request("message can't be edited")
    return message


def _may_edit(room: Room, message: Message) -> bool:
    """Tell whether the bot may change a message; none that asked for a reply.

    Source: tdlib/td, MessagesManager.cpp, can_edit_message.
    """
    if message.service or message.via or message.placeholder is not None:
        return False
    if room.chat.type != "channel":
        return message.is_from_bot
    return room.bot.may("can_edit_messages") or (message.is_from_bot and room.bot.may("can_post_messages"))


def _inline_message(world: World, inline_id: str) -> Message:
    place = world.inlines.place(inline_id)
    room = world.rooms.find(place[0]) if place else None
    message = room.messages.get(place[1]) if room and place else None
    if message is None:
        raise bad_request("MESSAGE_ID_INVALID")
    return message


def _change(world: World, call: Call, old: Message, edited: Message) -> Json | bool:
    new = replace(edited, keyboard=read_keyboard(call.values))
    if new == old:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message"
        )
    is_marked = edited != old
    shown = world.rooms.change(replace(new, edited=int(time.time())) if is_marked else new)
    return True if call.has(_INLINE) else world.render(shown)
