"""Owns `/search`: words in, a page of papers out, turned in place."""

from bot.chat.handlers import paper
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import results
from bot.chat.messages.message import Message
from bot.chat.presses import TurnResults
from bot.chat.typed import question
from bot.model.arxiv_id import ArxivId

TOPICS_TO_BEGIN_WITH = 3


async def search(talk: Conversation, words: str = "") -> None:
    """Search for *words*; without any, explain how."""
    query = question(words)
    if query:
        await talk.say(await _page(talk, query))
    else:
        await ask(talk)


async def ask(talk: Conversation) -> None:
    """Explain the search, with three topics to begin with."""
    topics = await talk.services.library.topics()
    await talk.say(results.ask(topics[:TOPICS_TO_BEGIN_WITH], private=talk.private))


async def plain_text(talk: Conversation, text: str) -> None:
    """Take what somebody types to us alone: an arXiv id or link opens that paper, anything else is searched for."""
    if ArxivId.find(text) is not None:
        await paper.paper(talk, text)
        return
    query = question(text)
    if query:
        await talk.say(await _page(talk, query, note=results.TAKEN_AS_SEARCH))


async def turn(talk: Conversation, press: TurnResults) -> None:
    """Turn the pressed message to another page."""
    query = press.query or _heading(talk)
    await talk.revise(await _page(talk, query, number=press.page) if query else await fresh_list(talk))


async def fresh_list(talk: Conversation) -> Message:
    """Write a list that is surely up to date: the newest month's papers."""
    months = await talk.services.library.months()
    return results.fresh(await talk.services.library.month(months[-1]) if months else ())


async def _page(talk: Conversation, query: str, *, number: int = 1, note: str = "") -> Message:
    found = await talk.services.library.search(query, page=number, size=results.PAGE_SIZE)
    if found.hits:
        return results.results(found, query, asker=talk.page_turner, note=note)
    instead = await talk.services.library.suggest(query)
    return results.nothing_found(query, instead.words, instead.topics)


def _heading(talk: Conversation) -> str:
    return results.query_of(talk.received.text or "") if talk.received else ""
