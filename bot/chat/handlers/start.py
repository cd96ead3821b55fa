"""Owns the first contact: `/start` with its deep links, `/help`, and commands we do not know."""

from dataclasses import replace

from bot.chat.asked import read_payload
from bot.chat.desk_presses import ShowDraft
from bot.chat.handlers import about, cite, collages, month, paper, saved, search, settings, subscribe, topics
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk import deeds
from bot.chat.messages import greetings
from bot.chat.messages.desk import card
from bot.chat.profile import offer_desk
from bot.chat.spelling import entry_id_of
from bot.errors import CollageError, NotFound
from bot.model.canvas import Canvas
from bot.store import notices, preferences


async def start(talk: Conversation, words: str = "") -> None:
    """Greet; or open what a deep link leads to: ``paper_27``, ``entry_4``, ``like_4``, ``month_2022-01``, ``saved``."""
    await talk.remember_chat()
    if _at_the_desk(talk):
        await offer_desk(talk.bot, talk.asker, chosen=await _chosen(talk))
        async with talk.services.database.writing() as conn:
            await notices.reach(conn, talk.asker)
        if (asked := read_payload(words.strip())) is not None:
            if (await deeds.show(talk, ShowDraft(asked.draft_id))).text:
                await talk.say(card.gone())
            return
    place, _, rest = words.strip().partition("_")
    if place in _OF_ENTRY and rest.isdecimal():
        await _OF_ENTRY[place](talk, entry_id_of(rest) or 0)
    elif place in _PLACES and not rest:
        await _PLACES[place](talk, "")
    elif place == "paper" and rest:
        await paper.paper(talk, rest)
    elif place == "month" and rest:
        await month.month(talk, rest)
    else:
        await greet(talk)


async def _show(talk: Conversation, entry_id: int) -> None:
    await collages.show(talk, await talk.services.library.get(entry_id))


async def _show_slide(talk: Conversation, entry_id: int) -> None:
    wanted = replace(await talk.appearance(), canvas=Canvas.SLIDE)
    await collages.show(talk, await talk.services.library.get(entry_id), wanted=wanted)


_OF_ENTRY = {
    "entry": _show,
    "slide": _show_slide,
    "full": collages.full_size_of,
    "like": collages.more_like,
    "read": collages.read_on,
    "cite": cite.show_of,
}
_PLACES = {
    "latest": collages.latest,
    "random": collages.random,
    "this-month": month.month,
    "ask-search": search.search,
    "saved": saved.saved,
    "settings": settings.settings,
    "topics": topics.topics,
    "privacy": about.privacy,
    "about": about.about,
}


async def greet(talk: Conversation) -> None:
    """Introduce ourselves: with the newest collage to one person, in one line to a group."""
    subscribed = await subscribe.find(talk) is not None
    if not talk.private:
        await talk.say(greetings.group_welcome(subscribed=subscribed))
        return
    try:
        newest = await talk.services.library.latest()
        message = greetings.welcome(newest, subscribed=subscribed)
        await talk.show(newest, message, wanted=await talk.appearance())
    except (NotFound, CollageError):
        await talk.say(greetings.empty_archive())


async def hello(talk: Conversation) -> None:
    """Answer a greeting."""
    await talk.say(greetings.hello(subscribed=await subscribe.find(talk) is not None))


async def show_help(talk: Conversation, _words: str = "") -> None:
    """List what can be typed."""
    subscribed = await subscribe.find(talk) is not None
    await talk.say(greetings.overview(private=talk.private, subscribed=subscribed, editor=_at_the_desk(talk)))


async def unknown(talk: Conversation, command: str) -> None:
    """Say what there is instead of a command we do not know."""
    subscribed, editor = await subscribe.find(talk) is not None, _at_the_desk(talk)
    await talk.say(greetings.unknown_command(command, private=talk.private, subscribed=subscribed, editor=editor))


async def _chosen(talk: Conversation) -> str | None:
    async with talk.services.database.reading() as conn:
        return (await preferences.find(conn, talk.chat.id)).chosen


def _at_the_desk(talk: Conversation) -> bool:
    """True where an editor reads alone: nobody else is told that there is a desk."""
    return talk.private and talk.is_editors
