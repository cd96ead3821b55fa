"""Owns `/topics`: what the archive is about, a press away from its papers."""

from bot.catalogue.page import page_of
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import topics as messages
from bot.chat.messages.message import Message
from bot.chat.presses import TurnTopics


async def topics(talk: Conversation, _words: str = "") -> None:
    """List the topics, the largest first."""
    await talk.say(await _page(talk))


async def turn(talk: Conversation, press: TurnTopics) -> None:
    """Turn the pressed list to another page."""
    await talk.revise(await _page(talk, press.page))


async def _page(talk: Conversation, number: int = 1) -> Message:
    every = await talk.services.library.topics()
    return messages.topics(page_of(every, number=number, size=messages.PAGE_SIZE), asker=talk.page_turner)
