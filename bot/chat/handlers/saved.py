"""Owns the reader's own list: the Save button and `/saved`."""

from bot.catalogue.page import page_of
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import results
from bot.chat.messages.message import Message, swapped
from bot.chat.messages.picks import save_button
from bot.chat.presses import DropListed, DropSaved, PruneSaved, ToggleSaved, TurnSaved
from bot.store import saved as shelf
from bot.wording.translation import _


async def saved(talk: Conversation, _words: str = "") -> None:
    """Show the asker's list, but only to the asker."""
    await talk.say(await _page(talk) if talk.private else results.list_is_private(talk.private_chat("saved")))


async def turn(talk: Conversation, press: TurnSaved | PruneSaved) -> None:
    """Turn the pressed list to another page, with numbers that show papers or take them off."""
    if talk.private:
        await talk.revise(await _page(talk, press.page, pruning=isinstance(press, PruneSaved)))


async def prune(talk: Conversation, press: DropListed) -> str:
    """Take an entry off the asker's list and show the page again; say so."""
    if not talk.private:
        return ""
    async with talk.services.database.writing() as conn:
        await shelf.unsave(conn, talk.asker, press.entry_id)
    await talk.revise(await _page(talk, press.page, pruning=True))
    return _(results.UNSAVED)


async def toggle(talk: Conversation, entry_id: int) -> str:
    """Put an entry on the asker's list, and say so; take it off where many press the same button and none sees whether.

    In a private chat the button then shows it.
    """
    await talk.services.library.get(entry_id)
    async with talk.services.database.writing() as conn:
        if talk.private:
            await shelf.save(conn, talk.asker, entry_id, now=talk.services.clock())
            kept = True
        else:
            kept = await shelf.toggle(conn, talk.asker, entry_id, now=talk.services.clock())
    await _relabel(talk, entry_id, is_saved=kept)
    return _(results.SAVED if kept else results.UNSAVED)


async def drop(talk: Conversation, entry_id: int) -> str:
    """Take an entry off the asker's list, and say so."""
    async with talk.services.database.writing() as conn:
        await shelf.unsave(conn, talk.asker, entry_id)
    await _relabel(talk, entry_id, is_saved=False)
    return _(results.UNSAVED)


async def is_shown_as_saved(talk: Conversation, entry_id: int) -> bool:
    """Tell whether a button shall say that an entry is on the list: only where one person reads it."""
    if not talk.private:
        return False
    async with talk.services.database.reading() as conn:
        return entry_id in await shelf.entries_of(conn, talk.asker)


async def _relabel(talk: Conversation, entry_id: int, *, is_saved: bool) -> None:
    if talk.private and talk.buttons:
        button = save_button(entry_id, is_saved=is_saved)
        await talk.relabel(swapped(talk.buttons, (ToggleSaved, DropSaved), button))


async def _page(talk: Conversation, number: int = 1, *, pruning: bool = False) -> Message:
    async with talk.services.database.reading() as conn:
        ids = await shelf.entries_of(conn, talk.asker)
    page = page_of(ids, number=number, size=results.PAGE_SIZE)
    return results.saved(page.with_hits(await talk.services.library.several(page.hits)), pruning=pruning)
