"""Owns what people do in inline mode: ask, and put what they choose into a chat."""

import secrets
import time

from bot.sandbox.world.acting import check_may_speak, let_in_by_writing
from bot.sandbox.world.inlines import InlineAnswer, InlineQuery, InlineResult
from bot.sandbox.world.messages import Message
from bot.sandbox.world.world import World

QUERY_MAX = 256  # source: core.telegram.org/bots/api#inlinequery


async def ask_inline(
    world: World, query: str, *, chat_id: int, user_id: int, offset: str = "", timeout_s: float = 5.0
) -> InlineAnswer | None:
    """Ask as if somebody typed ``@bot query``; the bot need not be in the chat.

    Args:
        world: Where it happens.
        query: What stands behind the bot's name.
        chat_id: Where it is typed.
        user_id: Who types.
        offset: The ``next_offset`` of the page before; empty for the first one.
        timeout_s: How long to wait, in seconds.

    Returns:
        The answer, from the cache if it still holds; None when none came in time.

    Raises:
        Refusal: There is no such chat.
        ValueError: The person is not in it.
    """
    room, person = world.present(chat_id, user_id)
    asked = InlineQuery(user_id, query.strip()[:QUERY_MAX], offset)
    if (cached := world.inlines.cached(asked)) is not None:
        return cached
    query_id = world.inlines.open(asked)
    update = {
        "id": query_id,
        "from": person.as_json(),
        "query": asked.query,
        "offset": offset,
        "chat_type": "sender" if room.chat.type == "private" else room.chat.type,
    }
    world.updates.push("inline_query", update)
    return await world.inlines.wait(query_id, timeout_s=timeout_s)


def choose(world: World, result: InlineResult, *, chat_id: int, user_id: int, thread_id: int = 0) -> Message:
    """Put a result into a chat, "via" the bot; with buttons it gets an id by which the bot may change it.

    Raises:
        Refusal: There is no such chat or topic.
        ValueError: The person may not write there.
    """
    room, person = world.present(chat_id, user_id)
    sender = check_may_speak(room, person, thread_id=thread_id)
    let_in_by_writing(world, room, person)
    message = Message(
        world.rooms.next_id(),
        chat_id,
        sender,
        int(time.time()),
        result.content,
        result.media,
        result.keyboard,
        thread_id=thread_id,
        look=result.look,
        via=world.bot,
        inline_id=secrets.token_urlsafe(20) if result.keyboard else "",
    )
    world.hear(world.rooms.add(message))
    if message.inline_id:
        world.inlines.keep(message)
    return message
