"""Owns who comes and goes: the bot and people, what they may in a chat, and the upgrade to a supergroup."""

import time

from bot.sandbox.answers import Json
from bot.sandbox.world.people import ANONYMOUS, Person
from bot.sandbox.world.room import Room
from bot.sandbox.world.services import announce
from bot.sandbox.world.standing import KICKED, LEFT, MEMBER, Standing, at_first
from bot.sandbox.world.world import World


def set_membership(world: World, *, chat_id: int, user_id: int, is_member: bool) -> None:
    """Block the bot or throw it out, or let it in again; the bot is told.

    Raises:
        ValueError: The person is not in the chat.
    """
    room, person = world.present(chat_id, user_id)
    if room.chat.type == "private" and room.bot == LEFT:  # nobody can block or unblock what they never had
        start(world, room)
    if room.has_bot != is_member:
        place_bot(world, room, at_first(room.chat.type) if is_member else KICKED, by=person)


def start(world: World, room: Room) -> None:
    """Let somebody have started the bot; Telegram does not tell it, the person's first message does."""
    room.bot = MEMBER
    world.rooms.tell()


def place_bot(world: World, room: Room, standing: Standing, *, by: Person) -> None:
    """Make the bot something else in a chat: let it in, promote, restrict, throw it out.

    The bot is told by ``my_chat_member``; in groups coming and going is said in the chat, too.
    """
    before, room.bot = room.bot, standing
    if standing == before:
        return
    room.is_known = True
    _tell_bot(world, room, before=before, by=by)
    if room.chat.is_group and before.is_present != standing.is_present:
        _announce_bot(world, room, by)
    world.rooms.tell()


def demoted(room: Room) -> Standing:
    """Tell what the bot becomes without its rights: a channel has no other place for it."""
    return LEFT if room.chat.type == "channel" else MEMBER


def leave(world: World, room: Room) -> None:
    """Let the bot go by itself."""
    place_bot(world, room, LEFT, by=world.bot)


def place_person(world: World, room: Room, user_id: int, standing: Standing) -> None:
    """Make a person something else in a chat; the bot is told if it runs the chat, and wants to know.

    Raises:
        ValueError: There is no such person.
    """
    if user_id not in world.rooms.people:
        raise ValueError(f"there is no person {user_id}; add them first")
    person, before = world.rooms.people[user_id], room.standing_of(user_id)
    room.standings[user_id] = standing
    if room.bot.is_administrator:
        update = _change(world, room, by=owner(world, room), person=person, change=(before, standing))
        world.updates.push("chat_member", update)
    if room.chat.is_group and before.is_present != standing.is_present:
        user = person.as_json()
        came: Json = {"new_chat_members": [user]} if standing.is_present else {"left_chat_member": user}
        announce(world, room, person, came)
    world.rooms.tell()


def migrate(world: World, room: Room, *, is_silent: bool = False) -> Room:
    """Turn a basic group into a supergroup, which has another id.

    Args:
        world: Where it happens.
        room: The basic group; from now on every call with its id is refused with the new one.
        is_silent: The bot is not told; it learns of it by that refusal.

    Raises:
        ValueError: It is no basic group, or was upgraded before.

    Source: order and kinds of the updates: tdlib/telegram-bot-api, issue 266; nothing says that it left the old group.
    """
    if room.chat.type != "group" or room.upgraded_to:
        raise ValueError("only a basic group can become a supergroup, and only once")
    upgraded, by = world.rooms.upgrade(room), owner(world, room)
    with world.updates.muted(is_silent or not room.has_bot):
        _tell_bot(world, upgraded, before=LEFT, by=by)
        announce(world, room, by, {"migrate_to_chat_id": upgraded.chat.chat_id})
        announce(world, upgraded, ANONYMOUS, {"migrate_from_chat_id": room.chat.chat_id})
    return upgraded


def owner(world: World, room: Room) -> Person:
    """Tell who owns a chat; a private one belongs to its person."""
    owners = (user_id for user_id, standing in room.standings.items() if standing.status == "creator")
    return world.rooms.people[next(owners, room.chat.members[0])]


def _tell_bot(world: World, room: Room, *, before: Standing, by: Person) -> None:
    update = _change(world, room, by=by, person=world.bot, change=(before, room.bot))
    world.updates.push("my_chat_member", update)


def _announce_bot(world: World, room: Room, by: Person) -> None:
    bot = world.bot.as_json()
    if room.has_bot:
        announce(world, room, by, {"new_chat_members": [bot]})
        return
    message = announce(world, room, by, {"left_chat_member": bot})
    if room.chat.type == "group":  # of a basic group the bot still hears how it left; of a supergroup it does not
        world.updates.push("message", world.render(message))


def _change(world: World, room: Room, *, by: Person, person: Person, change: tuple[Standing, Standing]) -> Json:
    old, new = (standing.as_json(person, room.chat.type) for standing in change)
    return {
        "chat": room.chat.as_json(),
        "from": by.as_json(),
        "date": int(time.time()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
