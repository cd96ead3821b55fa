"""Owns what somebody types to us alone without a command."""

from collections.abc import Awaitable, Callable

from bot.chat.handlers import (
    about,
    cite,
    collages,
    commission,
    month,
    paper,
    saved,
    search,
    settings,
    start,
    subscribe,
    topics,
)
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk import candidates, drafting, queueing
from bot.chat.messages import greetings, results
from bot.chat.typed import arxiv_ids, month_named, question

_COMMANDS: dict[str, Callable[[Conversation, str], Awaitable[None]]] = {
    "start": start.start,
    "help": start.show_help,
    "?": start.show_help,
    "latest": collages.latest,
    "random": collages.random,
    "collage": commission.commission,
    "month": month.month,
    "search": search.search,
    "paper": paper.paper,
    "saved": saved.saved,
    "topics": topics.topics,
    "cite": cite.cite,
    "about": about.about,
    "privacy": about.privacy,
    "forget": about.forget,
    "settings": settings.settings,
    "subscribe": subscribe.subscribe,
    "unsubscribe": subscribe.unsubscribe,
}
_EDITORS: dict[str, Callable[[Conversation, str], Awaitable[None]]] = {
    "draft": drafting.draft,
    "drafts": drafting.list_drafts,
    "queue": queueing.queue,
    "candidates": candidates.candidates,
}
_HELLO = frozenset({"hi", "hello", "hey", "hello there", "good morning", "good evening", "你好", "您好"})
_THANKS = frozenset({"thanks", "thank you", "thank you very much", "thx", "谢谢"})


async def plain_text(talk: Conversation, text: str) -> None:
    """Take *text* for what it most likely is: a command, a greeting, papers, a month, or else a search."""
    said = " ".join(text.casefold().split()).rstrip("!.…！。 ")
    asked = month_named(text)
    commands = _COMMANDS | _EDITORS if talk.is_editors else _COMMANDS
    if said in commands:
        await commands[said](talk, "")
    elif said in _HELLO:
        await start.hello(talk)
    elif said in _THANKS:
        await talk.say(greetings.you_are_welcome())
    elif arxiv_ids(text):
        await (drafting.draft if talk.is_editors else paper.paper)(talk, text)
    elif asked is not None:
        await month.show(talk, asked)
    elif query := question(text):
        await search.answer(talk, query, note=results.TAKEN_AS_SEARCH)
    else:  # nothing that anybody could see
        await search.ask(talk)
