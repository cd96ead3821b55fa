"""Owns the methods that set and tell the bot's commands, per scope and language.

Source: tdlib/td, BotCommand.cpp and BotCommandScope.cpp.
"""

import re

from bot.sandbox.answers import Json, bad_request, stricter
from bot.sandbox.api.call import Call, read_address
from bot.sandbox.api.profile import read_language
from bot.sandbox.world.profile import Command, Scope
from bot.sandbox.world.room import Room
from bot.sandbox.world.world import World

COMMANDS_MAX, NAME_MAX, DESCRIPTION_MAX = 100, 32, 256


async def set_my_commands(world: World, call: Call) -> bool:
    """Set the commands of a scope and language."""
    raw = call.items("commands")
    if not raw:
        raise stricter("commands is empty; use deleteMyCommands")
    if len(raw) > COMMANDS_MAX:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    scope, language = _scope(world, call), read_language(call)
    commands = tuple(_command(item) for item in raw)
    if len({command.name for command in commands}) < len(commands):
        raise stricter("the same command stands in the list twice")
    world.profile.set_commands(scope, language, commands)
    world.pulse.beat({"kind": "profile"})
    return True


async def get_my_commands(world: World, call: Call) -> list[Json]:
    """List the commands of exactly this scope and language."""
    return [command.as_json() for command in world.profile.commands(_scope(world, call), read_language(call))]


async def delete_my_commands(world: World, call: Call) -> bool:
    """Remove the commands of a scope and language."""
    world.profile.set_commands(_scope(world, call), read_language(call), ())
    world.pulse.beat({"kind": "profile"})
    return True


def _scope(world: World, call: Call) -> Scope:
    raw = call.mapping("scope")
    kind = raw.get("type", "default")
    if "chat_id" not in raw:
        return Scope(kind)
    user_id = int(raw.get("user_id", 0))
    if "user_id" in raw and user_id <= 0:
        raise bad_request("can't parse BotCommandScope: Invalid user_id specified")
    if not str(raw["chat_id"]):
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    room = world.rooms.get(read_address(raw["chat_id"]))
    _check_scope(room, kind)
    if user_id and user_id not in world.people:
        raise bad_request("user not found")
    return Scope(kind, room.chat.chat_id, user_id)


def _check_scope(room: Room, kind: str) -> None:
    if room.chat.type == "private" and kind != "chat":
        raise bad_request("can't use specified scope in private chats")
    if room.chat.type == "channel":
        raise bad_request("can't change commands in channel chats")
    if not room.has_bot and room.chat.type != "private":
        raise bad_request("can't access the chat")


def _command(raw: Json) -> Command:
    name, description = str(raw["command"]).strip().removeprefix("/"), str(raw["description"]).strip()
    for text, what, longest in ((name, "command", NAME_MAX), (description, "command description", DESCRIPTION_MAX)):
        if not text:
            raise bad_request(f"{what} must be non-empty")
        if len(text) > longest:
            raise bad_request(f"{what} length must not exceed {longest}")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise bad_request("BOT_COMMAND_INVALID")
    return Command(name, description)
