"""Owns the first contact: `/start` with its deep links, `/help`, and commands we do not know."""

from bot.chat.handlers import collages, month, paper, saved
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import greetings
from bot.errors import CollageError, NotFound


async def start(talk: Conversation, words: str = "") -> None:
    """Greet; or open what a deep link leads to: ``paper_27``, ``entry_4``, ``month_2022-01``, ``saved``."""
    await talk.remember_chat()
    place, _, rest = words.strip().partition("_")
    match place:
        case "paper" if rest:
            await paper.paper(talk, rest)
        case "month" if rest:
            await month.month(talk, rest)
        case "entry" if rest.isdecimal():
            await collages.show(talk, await talk.services.library.get(int(rest)))
        case "saved":
            await saved.saved(talk)
        case _:
            await greet(talk)


async def greet(talk: Conversation) -> None:
    """Introduce ourselves: with the newest collage to one person, in one line to a group."""
    if not talk.private:
        await talk.say(greetings.group_welcome())
        return
    try:
        newest = await talk.services.library.latest()
        await talk.show(newest, greetings.welcome(newest))
    except (NotFound, CollageError):
        await talk.say(greetings.empty_archive())


async def show_help(talk: Conversation, _words: str = "") -> None:
    """List what can be typed."""
    await talk.say(greetings.overview())


async def unknown(talk: Conversation, command: str) -> None:
    """Say what there is instead of a command we do not know."""
    await talk.say(greetings.unknown_command(command))
