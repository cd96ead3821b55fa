"""Owns what somebody types to us alone without a command."""

from bot.chat.handlers import month, paper, search, start
from bot.chat.handlers.commands import COMMANDS, EDITORS_COMMANDS
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk import drafting
from bot.chat.messages import greetings, results
from bot.chat.typed import arxiv_ids, month_named, question

_COMMANDS = {**COMMANDS, "?": COMMANDS["help"]}
_HELLO = frozenset({"hi", "hello", "hey", "hello there", "good morning", "good evening", "你好", "您好"})
_THANKS = frozenset({"thanks", "thank you", "thank you very much", "thx", "谢谢"})


async def plain_text(talk: Conversation, text: str) -> None:
    """Take *text* for what it most likely is: a command, a greeting, papers, a month, or else a search."""
    said = " ".join(text.casefold().split()).rstrip("!.…！。 ")
    asked = month_named(text)
    commands = _COMMANDS | EDITORS_COMMANDS if talk.is_editors else _COMMANDS
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
