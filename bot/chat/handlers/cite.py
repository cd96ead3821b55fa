"""Owns `/cite`: papers as BibTeX, one at a time or a reader's whole list as a file."""

from bot.catalogue.page import page_of
from bot.chat.handlers import paper
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import citations, results
from bot.chat.messages.message import rows_of
from bot.chat.presses import FullSize, MoreLike, TurnCanvas
from bot.editorial.bibtex import bibliography
from bot.model.entry import Entry
from bot.store import saved as shelf


async def cite(talk: Conversation, words: str = "") -> None:
    """Cite the paper that *words* refer to, or whose collage is answered."""
    answered = _answered(talk)
    if words.strip():
        await paper.find(talk, words, show=show, choice=citations.choice)
    elif answered is not None:
        await show_of(talk, answered)
    else:
        await talk.say(citations.how())


async def show(talk: Conversation, entry: Entry) -> None:
    """Send the BibTeX of the paper of *entry*."""
    await talk.say(citations.citation(entry))


async def show_of(talk: Conversation, entry_id: int) -> None:
    """Send the BibTeX of the paper of an entry."""
    await show(talk, await talk.services.library.get(entry_id))


async def whole_list(talk: Conversation) -> None:
    """Send the asker's whole list as one file."""
    async with talk.services.database.reading() as conn:
        ids = await shelf.entries_of(conn, talk.asker)
    entries = await talk.services.library.several(ids)
    if not entries:
        await talk.say(results.saved(page_of([], number=1, size=results.PAGE_SIZE)))
        return
    papers = [entry.paper for entry in entries]
    await talk.attach(bibliography(papers).encode(), citations.FILE, citations.whole_list(len(papers)))


def _answered(talk: Conversation) -> int | None:
    """The entry whose collage the command answers; its buttons say which one it is."""
    answered = talk.received.reply_to_message if talk.received else None
    rows = rows_of(answered.reply_markup) if answered else ()
    targets = (button.target for row in rows for button in row)
    return next((it.entry_id for it in targets if isinstance(it, TurnCanvas | FullSize | MoreLike)), None)
