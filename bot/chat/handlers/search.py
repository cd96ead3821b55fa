"""Owns `/search`: words in, a page of papers out, turned in place."""

from bot.chat.handlers.conversation import Conversation
from bot.chat.markup import units
from bot.chat.messages import results
from bot.chat.messages.message import Message
from bot.chat.presses import TurnResults
from bot.chat.typed import ECHO_LIMIT, after_command, question
from bot.wording.translation import _

TOPICS_TO_BEGIN_WITH = 3


async def search(talk: Conversation, words: str = "") -> None:
    """Search for *words*; without any, explain how."""
    query = question(words)
    if query:
        await answer(talk, query)
    else:
        await ask(talk)


async def ask(talk: Conversation) -> None:
    """Explain the search, with three topics to begin with."""
    topics = await talk.services.library.topics()
    first = [topic for topic, _papers in topics[:TOPICS_TO_BEGIN_WITH]]
    await talk.say(results.ask(first, private=talk.private))


async def answer(talk: Conversation, query: str, *, note: str = "") -> None:
    """Answer *query* with its first page, and a *note* on what we took it for."""
    message = await _page(talk, query, note=note)
    if units(query) <= ECHO_LIMIT:
        await talk.say(message)
    else:  # neither a button nor the heading holds it all: whoever turns the page finds it in what is replied to
        await talk.reply(message)


async def turn(talk: Conversation, press: TurnResults) -> None:
    """Turn the pressed message to another page."""
    said = talk.received.text or "" if talk.received else ""
    query = press.query or results.query_of(said) or _replied_to(talk)
    note = results.TAKEN_AS_SEARCH if _(results.TAKEN_AS_SEARCH) in said else ""
    message = await _page(talk, query, number=press.page, note=note) if query else await fresh_list(talk)
    await talk.revise(message)


async def fresh_list(talk: Conversation, opening: str = results.OLD_LIST) -> Message:
    """Write a list that is surely up to date: the newest month's papers."""
    months = await talk.services.library.months()
    newest = await talk.services.library.month(months[-1]) if months else ()
    return results.fresh(newest, opening=opening)


async def _page(talk: Conversation, query: str, *, number: int = 1, note: str = "") -> Message:
    found = await talk.services.library.search(query, page=number, size=results.PAGE_SIZE)
    if found.hits:
        return results.results(found, query, asker=talk.page_turner, note=note)
    instead = await talk.services.library.suggest(query)
    return results.nothing_found(query, instead.words, instead.topics, instead=found.instead)


def _replied_to(talk: Conversation) -> str:
    """The question in the message that the pressed one replies to."""
    asked = talk.received.reply_to_message if talk.received else None
    text = (asked.text or "") if asked else ""
    return question(after_command(text) if text.startswith("/") else text)
