"""Owns the methods that ask who is who: the bot, its chats, who is in them."""

from bot.sandbox.answers import Json, bad_request
from bot.sandbox.api.call import Call
from bot.sandbox.world.membership import leave
from bot.sandbox.world.room import Room, check_is_there, check_may_act
from bot.sandbox.world.world import World

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


async def get_me(world: World, call: Call) -> Json:
    """Tell who the bot is."""
    switches = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return world.bot.as_json() | switches


async def get_chat(world: World, call: Call) -> Json:
    """Tell all about a chat."""
    return _readable(world, call).chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


async def get_chat_member(world: World, call: Call) -> Json:
    """Tell what somebody is in a chat."""
    user_id = call.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    room = _readable(world, call, is_about_members=True)
    if user_id == world.bot.user_id:
        return room.bot.as_json(world.bot, room.chat.type)
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return room.standing_of(user_id).as_json(person, room.chat.type)


async def get_chat_administrators(world: World, call: Call) -> list[Json]:
    """List who runs a group or channel."""
    room = _readable(world, call, is_about_members=True)
    if room.chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    running = [world.people[user_id] for user_id in room.people() if room.standing_of(user_id).is_administrator]
    bot = [room.bot.as_json(world.bot, room.chat.type)] if room.bot.is_administrator else []
    return [room.standing_of(person.user_id).as_json(person, room.chat.type) for person in running] + bot


async def get_chat_member_count(world: World, call: Call) -> int:
    """Count who is in a chat, the bot included."""
    room = _readable(world, call, is_about_members=True)
    return len(tuple(room.people())) + room.has_bot


async def leave_chat(world: World, call: Call) -> bool:
    """Leave a group or channel."""
    room = world.rooms.get(call.chat())
    if room.chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    check_may_act(room)
    leave(world, room)
    return True


def _readable(world: World, call: Call, *, is_about_members: bool = False) -> Room:
    """Get a chat the bot may know about: one it is in; somebody who blocked it and a group it left are still known.

    Source: tdlib/telegram-bot-api, Client.cpp, check_chat_access.
    """
    room = world.rooms.get(call.chat())
    is_open = room.chat.type == "private" or (room.chat.type == "group" and not is_about_members)
    if not is_open:
        check_is_there(room)
    return room
