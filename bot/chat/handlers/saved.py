"""Owns the reader's own list: the Save button and `/saved`."""

from bot.catalogue.page import page_of
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import results
from bot.chat.messages.message import Message
from bot.chat.presses import TurnSaved
from bot.store import saved as shelf


async def saved(talk: Conversation, _words: str = "") -> None:
    """Show the asker's list, but only to the asker."""
    await talk.say(await _page(talk) if talk.private else results.list_is_private())


async def turn(talk: Conversation, press: TurnSaved) -> None:
    """Turn the pressed list to another page."""
    if talk.private:
        await talk.revise(await _page(talk, press.page))


async def toggle(talk: Conversation, entry_id: int) -> str:
    """Put an entry on the asker's list or take it off, and say which."""
    await talk.services.library.get(entry_id)
    async with talk.services.database.writing() as conn:
        kept = await shelf.toggle(conn, talk.asker, entry_id, now=talk.services.clock())
    return results.SAVED if kept else results.UNSAVED


async def _page(talk: Conversation, number: int = 1) -> Message:
    async with talk.services.database.reading() as conn:
        ids = await shelf.entries_of(conn, talk.asker)
    page = page_of(ids, number=number, size=results.PAGE_SIZE)
    return results.saved(page.with_hits([await talk.services.library.get(entry_id) for entry_id in page.hits]))
