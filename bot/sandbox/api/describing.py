"""Owns the methods that ask or tell who is who: the bot, its commands, its chats, its files."""

import re
from typing import Any

from bot.sandbox.answers import Json, bad_request
from bot.sandbox.api.call import Call
from bot.sandbox.world.acting import render_bot_member, set_membership
from bot.sandbox.world.messages import Document
from bot.sandbox.world.people import Person
from bot.sandbox.world.profile import Command, Scope
from bot.sandbox.world.rooms import Room
from bot.sandbox.world.world import World

COMMANDS_MAX = 100
# Kind of text, its parameter, its longest length. Source: core.telegram.org/bots/api#setmyname and following.
TEXTS = {"name": 64, "description": 512, "short_description": 120}
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


async def get_me(world: World, call: Call) -> Json:
    """Tell who the bot is."""
    switches = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return world.bot.as_json() | switches


async def get_chat(world: World, call: Call) -> Json:
    """Tell all about a chat."""
    room = world.rooms.get(call.chat())
    return room.chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


async def get_chat_member(world: World, call: Call) -> Json:
    """Tell what somebody is in a chat."""
    room, user_id = world.rooms.get(call.chat()), call.integer("user_id")
    if user_id == world.bot.user_id:
        return render_bot_member(world.bot, room.chat, is_member=room.has_bot)
    person = world.rooms.people.get(user_id)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return _member(room, person)


async def get_chat_administrators(world: World, call: Call) -> list[Json]:
    """List who runs a group or channel."""
    room = world.rooms.get(call.chat())
    if room.chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    members = (_member(room, world.rooms.people[user_id]) for user_id in room.chat.members)
    bot = render_bot_member(world.bot, room.chat, is_member=room.has_bot)
    return [member for member in (*members, bot) if member["status"] in ("creator", "administrator")]


async def get_chat_member_count(world: World, call: Call) -> int:
    """Count who is in a chat, the bot included."""
    room = world.rooms.get(call.chat())
    return len(room.chat.members) + room.has_bot


async def leave_chat(world: World, call: Call) -> bool:
    """Leave a group or channel."""
    room = world.rooms.get(call.chat())
    if room.chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    set_membership(world, chat_id=room.chat.chat_id, user_id=room.chat.members[0], is_member=False)
    return True


async def get_file(world: World, call: Call) -> Json:
    """Tell where a file can be fetched."""
    stored = world.files.find(call.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if isinstance(stored.media, Document):
        named, folder = stored.media, "documents"
        return {**_file_ids(named.file_id, named.unique_id), "file_path": f"{folder}/{named.unique_id}/{named.name}"}
    size = next((size for size in stored.media.sizes if size.file_id == call.text("file_id")), stored.media.sizes[-1])
    return {**_file_ids(size.file_id, size.unique_id), "file_path": f"photos/{size.unique_id}.jpg"}


async def set_my_commands(world: World, call: Call) -> bool:
    """Set the commands of a scope and language."""
    raw = call.items("commands")
    if len(raw) > COMMANDS_MAX:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.set_commands(_scope(call), call.text("language_code"), tuple(_command(item) for item in raw))
    world.pulse.beat({"kind": "profile"})
    return True


async def get_my_commands(world: World, call: Call) -> list[Json]:
    """List the commands of exactly this scope and language."""
    return [command.as_json() for command in world.profile.commands(_scope(call), call.text("language_code"))]


async def delete_my_commands(world: World, call: Call) -> bool:
    """Remove the commands of a scope and language."""
    world.profile.set_commands(_scope(call), call.text("language_code"), ())
    world.pulse.beat({"kind": "profile"})
    return True


async def set_my_text(world: World, call: Call, kind: str) -> bool:
    """Set the name, description or short description in a language."""
    text = call.text(kind)
    if len(text) > TEXTS[kind]:
        raise bad_request(f"{kind} is too long")
    world.profile.set_text(kind, call.text("language_code"), text)
    world.pulse.beat({"kind": "profile"})
    return True


async def get_my_text(world: World, call: Call, kind: str) -> Json:
    """Tell the name, description or short description in a language."""
    text = world.profile.text(kind, call.text("language_code"))
    return {kind: text or (world.bot.first_name if kind == "name" else "")}


async def set_chat_menu_button(world: World, call: Call) -> bool:
    """Accept a menu button; the page always shows the commands."""
    if call.mapping("menu_button").get("type", "default") not in ("default", "commands", "web_app"):
        raise bad_request("MenuButton has unsupported type")
    return True


async def get_chat_menu_button(world: World, call: Call) -> Json:
    """Tell that the menu button shows the commands."""
    return {"type": "commands"}


def _file_ids(file_id: str, unique_id: str) -> Json:
    return {"file_id": file_id, "file_unique_id": unique_id}


def _member(room: Room, person: Person) -> Json:
    user = person.as_json()
    if person.user_id not in room.chat.members:
        return {"status": "left", "user": user}
    if room.chat.type != "private" and person.user_id == room.chat.members[0]:
        return {"status": "creator", "user": user, "is_anonymous": False}
    return {"status": "member", "user": user}


def _scope(call: Call) -> Scope:
    raw = call.mapping("scope")
    try:
        return Scope(str(raw.get("type", "default")), int(raw.get("chat_id", 0)), int(raw.get("user_id", 0)))
    except (TypeError, ValueError) as error:
        raise bad_request("can't parse BotCommandScope") from error


def _command(raw: Any) -> Command:
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = str(raw.get("command", "")).removeprefix("/"), str(raw.get("description", ""))
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return Command(name, description)
