"""Owns `/candidates`: this week's papers, page by page."""

from bot.catalogue.page import page_of
from bot.chat.desk_presses import TurnCandidates
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk.drafting import name_of
from bot.chat.messages.desk import candidates as messages
from bot.chat.messages.message import Message
from bot.chat.messages.results import PAGE_SIZE


async def candidates(talk: Conversation, _words: str = "") -> None:
    """List this week's papers, the most promising first."""
    await talk.say(await _page(talk, 1))


async def turn(talk: Conversation, press: TurnCandidates) -> None:
    """Turn the pressed list to another page."""
    await talk.revise(await _page(talk, press.page))


async def _page(talk: Conversation, number: int) -> Message:
    async with talk.busy():
        found = await talk.services.candidates()
    if found is None:
        return messages.no_answer()
    slug = talk.services.drafting_series
    shown = page_of(found, number=number, size=PAGE_SIZE)
    return messages.candidates(shown, series=slug, series_name=name_of(talk, slug))
