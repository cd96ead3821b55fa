"""Owns how the page is told of things: chats, messages, and what inline mode offers, as JSON."""

from bot.sandbox.answers import Json
from bot.sandbox.world.inlines import InlineAnswer, InlineResult
from bot.sandbox.world.messages import Message, Photo
from bot.sandbox.world.room import Room
from bot.sandbox.world.world import World


def show_room(world: World, room: Room) -> Json:
    """Render a chat: who is there as what, its topics, its newest message, and what depends on who looks."""
    newest = next(reversed(room.messages.values()), None)
    people = list(room.people())
    return {
        "id": room.chat.chat_id,
        "type": room.chat.type,
        "title": room.chat.title,
        "is_forum": room.chat.is_forum,
        "upgraded_to": room.upgraded_to,
        "members": people,
        "roles": {user_id: room.standing_of(user_id).status for user_id in people},
        "anonymous": [user_id for user_id in people if room.standing_of(user_id).is_anonymous],
        "has_bot": room.has_bot,
        "bot_status": room.bot.status,
        "topics": [
            {"id": thread_id, "name": topic.name, "is_closed": topic.is_closed}
            for thread_id, topic in room.topics.items()
        ],
        "newest": show_message(world, newest) if newest else None,
        "people": {user_id: _texts(world, room, user_id) for user_id in people},
    }


def show_message(world: World, message: Message) -> Json:
    """Render a message, with what clients know beyond the Bot API."""
    asks = {} if message.placeholder is None else {"asks": message.placeholder}
    return world.render(message) | asks | ({"silent": True} if message.is_silent else {})


def show_answer(answer: InlineAnswer, name: str) -> Json:
    """Render what inline mode offers.

    Args:
        answer: What the bot answered.
        name: What to call the answer when one of its results is chosen.
    """
    return {
        "name": name,
        "results": [_result(result) for result in answer.results],
        "next_offset": answer.next_offset,
        "button": answer.button,
        "is_cached": answer.is_cached,
        "is_answered": True,
    }


def _texts(world: World, room: Room, user_id: int) -> Json:
    language = world.people[user_id].language_code or ""
    commands = [command.as_json() for command in world.menu(room, user_id)]
    return {"commands": commands, "description": world.profile.text("description", language)}


def _result(result: InlineResult) -> Json:
    shown: Json = {"kind": result.kind, "title": result.title, "description": result.description}
    if isinstance(result.media, Photo):
        # The smallest size that stays sharp in a tile of 120 px on a screen with three pixels to each.
        size = next((size for size in result.media.sizes if size.width >= 360), result.media.sizes[-1])
        shown |= {"image": size.unique_id, "ratio": size.width / size.height}
    elif result.thumbnail and "/" not in result.thumbnail:
        shown["image"] = result.thumbnail
    return shown
