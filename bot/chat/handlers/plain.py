"""Owns what somebody types to us alone without a command."""

from collections.abc import Awaitable, Callable

from bot.chat.handlers import collages, month, paper, saved, search, settings, start, subscribe
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import greetings, results
from bot.chat.typed import arxiv_ids, month_named, question

_COMMANDS: dict[str, Callable[[Conversation, str], Awaitable[None]]] = {
    "start": start.start,
    "help": start.show_help,
    "?": start.show_help,
    "latest": collages.latest,
    "random": collages.random,
    "month": month.month,
    "search": search.search,
    "paper": paper.paper,
    "saved": saved.saved,
    "settings": settings.settings,
    "subscribe": subscribe.subscribe,
    "unsubscribe": subscribe.unsubscribe,
}
_HELLO = frozenset({"hi", "hello", "hey", "hello there", "good morning", "good evening", "你好", "您好"})
_THANKS = frozenset({"thanks", "thank you", "thank you very much", "thx", "谢谢"})


async def plain_text(talk: Conversation, text: str) -> None:
    """Take *text* for what it most likely is: a command, a greeting, papers, a month, or else a search."""
    said = " ".join(text.casefold().split()).rstrip("!.…！。 ")
    asked = month_named(text)
    if said in _COMMANDS:
        await _COMMANDS[said](talk, "")
    elif said in _HELLO:
        await start.hello(talk)
    elif said in _THANKS:
        await talk.say(greetings.you_are_welcome())
    elif arxiv_ids(text):
        await paper.paper(talk, text)
    elif asked is not None:
        await month.show(talk, asked)
    elif query := question(text):
        await search.answer(talk, query, note=results.TAKEN_AS_SEARCH)
