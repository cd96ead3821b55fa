"""Owns `/paper`: one paper by number, arXiv id or link."""

from bot.chat.handlers import collages
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import results, troubles
from bot.errors import NotFound
from bot.model.entry import Entry

_REFERENCE_CHARACTERS = 300  # no link to arXiv is longer


async def paper(talk: Conversation, words: str) -> None:
    """Show the paper that *words* refer to; offer a choice when they mean several."""
    reference = words.strip()[:_REFERENCE_CHARACTERS]
    if not reference:
        await talk.say(troubles.ask_paper())
        return
    match await talk.services.library.find(reference):
        case []:
            await talk.say(troubles.no_paper(reference, await _newest(talk)))
        case [entry]:
            await collages.show(talk, entry)
        case entries:
            await talk.say(results.choice(reference, entries[: results.PAGE_SIZE]))


async def _newest(talk: Conversation) -> Entry | None:
    try:
        return await talk.services.library.latest()
    except NotFound:
        return None
