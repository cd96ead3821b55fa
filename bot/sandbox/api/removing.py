"""Owns the methods that take messages away."""

import time

from bot.sandbox.answers import bad_request
from bot.sandbox.api.call import Call
from bot.sandbox.world.room import Room, check_may_act
from bot.sandbox.world.world import World

AT_ONCE_MAX = 100  # source: core.telegram.org/bots/api#deletemessages
LONGEST_S = 48 * 60 * 60  # source: core.telegram.org/bots/api#deletemessage


async def delete_message(world: World, call: Call) -> bool:
    """Remove one message."""
    room, message_id = world.rooms.get(call.chat()), call.integer("message_id")
    check_may_act(room)
    if message_id not in room.messages:
        raise bad_request("message to delete not found")
    _check_may_delete(room, message_id)
    world.rooms.remove(room, message_id)
    return True


async def delete_messages(world: World, call: Call) -> bool:
    """Remove several messages; those that are not there are passed over."""
    ids = [int(message_id) for message_id in call.items("message_ids")]
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > AT_ONCE_MAX:
        raise bad_request("too many message identifiers specified")
    if min(ids) <= 0:
        raise bad_request("invalid message identifier specified")
    room = world.rooms.get(call.chat())
    check_may_act(room)
    present = [message_id for message_id in dict.fromkeys(ids) if message_id in room.messages]
    for message_id in present:
        _check_may_delete(room, message_id)
    for message_id in present:
        world.rooms.remove(room, message_id)
    return True


def _check_may_delete(room: Room, message_id: int) -> None:
    """Refuse to take away what is too old, and what others wrote where the bot lacks that right.

    Source: tdlib/td, MessagesManager.cpp, can_delete_message and can_revoke_message.
    """
    if time.time() - room.messages[message_id].date > LONGEST_S:
        raise bad_request("message can't be deleted for everyone")
    is_own = room.messages[message_id].is_from_bot
    if room.chat.type == "channel":
        is_own = is_own and room.bot.may("can_post_messages")
    if room.chat.type != "private" and not is_own and not room.bot.may("can_delete_messages"):
        raise bad_request("message can't be deleted for everyone")
