"""Owns the methods that change or remove what was sent, and answer presses."""

import time
from dataclasses import replace

from bot.sandbox.answers import Json, bad_request
from bot.sandbox.api.call import Call
from bot.sandbox.api.content import read_caption, read_item_caption, read_look, read_media, read_text
from bot.sandbox.api.keyboards import read_keyboard
from bot.sandbox.world.messages import Message
from bot.sandbox.world.queries import Toast
from bot.sandbox.world.rooms import Room, check_may_write
from bot.sandbox.world.world import World

TOAST_MAX = 200  # source: core.telegram.org/bots/api#answercallbackquery
DELETED_AT_ONCE_MAX = 100


async def edit_message_text(world: World, call: Call) -> Json:
    """Change a text and its buttons."""
    _, message = _own_message(world, call)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    look = {"link_preview_options": preview} if (preview := call.mapping("link_preview_options")) else {}
    return _change(world, message, replace(message, content=read_text(call), look=look, keyboard=read_keyboard(call)))


async def edit_message_caption(world: World, call: Call) -> Json:
    """Change a caption and the buttons."""
    _, message = _own_message(world, call)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    changed = replace(message, content=read_caption(call), look=read_look(call.values), keyboard=read_keyboard(call))
    return _change(world, message, changed)


async def edit_message_media(world: World, call: Call) -> Json:
    """Put another picture or file in place of the old one, with its caption and buttons."""
    _, message = _own_message(world, call)
    item = call.mapping("media")
    media = await read_media(call, world.files, item)
    if message.album and type(media) is not type(message.media):
        raise bad_request("message can't be edited: an album keeps its kind of media")
    changed = replace(message, media=media, content=read_item_caption(item), look=read_look(item))
    return _change(world, message, replace(changed, keyboard=read_keyboard(call)))


async def edit_message_reply_markup(world: World, call: Call) -> Json:
    """Change the buttons only; that does not mark a message as edited."""
    _, message = _own_message(world, call)
    return _change(world, message, replace(message, keyboard=read_keyboard(call)))


async def delete_message(world: World, call: Call) -> bool:
    """Remove one message."""
    room = world.rooms.get(call.chat())
    check_may_write(room)
    _check_may_delete(room, call.integer("message_id"))
    world.rooms.remove(room, call.integer("message_id"))
    return True


async def delete_messages(world: World, call: Call) -> bool:
    """Remove several messages; those that are not there are passed over."""
    room = world.rooms.get(call.chat())
    check_may_write(room)
    ids = call.items("message_ids")
    if not 1 <= len(ids) <= DELETED_AT_ONCE_MAX:
        raise bad_request("message identifiers are not specified" if not ids else "too many message identifiers")
    present = [message_id for message_id in ids if message_id in room.messages]
    for message_id in present:
        _check_may_delete(room, message_id)
    for message_id in present:
        world.rooms.remove(room, message_id)
    return True


async def answer_callback_query(world: World, call: Call) -> bool:
    """Answer a press: nothing, a toast, or an alert."""
    text = call.text("text")
    if len(text) > TOAST_MAX:
        raise bad_request("MESSAGE_TOO_LONG")
    world.queries.answer(call.text("callback_query_id"), Toast(text, call.flag("show_alert"), call.text("url")))
    return True


def _own_message(world: World, call: Call) -> tuple[Room, Message]:
    if call.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    room = world.rooms.get(call.chat())
    check_may_write(room)
    message = room.messages.get(call.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.is_from_bot:
        raise bad_request("message can't be edited")
    return room, message


def _change(world: World, old: Message, new: Message) -> Json:
    if new == old:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message"
        )
    is_marked = replace(new, keyboard=old.keyboard) != old
    return world.render(world.rooms.change(replace(new, edited=int(time.time())) if is_marked else new))


def _check_may_delete(room: Room, message_id: int) -> None:
    message = room.messages.get(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    if room.chat.type == "supergroup" and not message.is_from_bot:
        raise bad_request("message can't be deleted")
