"""Owns the answers that are one collage, and what the buttons under it do."""

from telegram.error import BadRequest

from bot.chat.failures import is_lost
from bot.chat.handlers import saved
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import greetings, picks, results
from bot.chat.messages.message import swapped
from bot.chat.presses import FullSize, TurnCanvas
from bot.errors import CollageError, NotFound
from bot.model.canvas import Appearance
from bot.model.entry import Entry
from bot.wording.translation import language as spoken


async def latest(talk: Conversation, _words: str = "") -> None:
    """Show the newest collage."""
    try:
        entry = await talk.services.library.latest()
    except NotFound:
        await talk.say(greetings.empty_archive())
    else:
        await show(talk, entry)


async def random(talk: Conversation, _words: str = "") -> None:
    """Show any collage of the archive, with a button for another."""
    try:
        entry = await talk.services.library.random()
    except NotFound:
        await talk.say(greetings.empty_archive())
    else:
        await show(talk, entry, another=True)


async def show(talk: Conversation, entry: Entry, *, wanted: Appearance | None = None, another: bool = False) -> None:
    """Show the collage of *entry*, as the chat wants its pictures unless *wanted* says otherwise.

    Its text alone when it cannot be drawn.
    """
    shown = wanted or await talk.appearance()
    is_saved = await saved.is_shown_as_saved(talk, entry.id)
    message = picks.pick(entry, shown=shown, another=another, is_saved=is_saved)
    try:
        await talk.show(entry, message, wanted=shown)
    except CollageError:
        await talk.say(picks.undrawn(message))


async def turn(talk: Conversation, press: TurnCanvas) -> None:
    """Swap the picture of the pressed message for the other shape."""
    entry, wanted = await talk.services.library.get(press.entry_id), press.wanted
    if talk.received is None or not talk.received.photo:
        await show(talk, entry, wanted=wanted)
        return
    rows = swapped(talk.buttons, (TurnCanvas,), picks.turn_button(entry.id, wanted))
    rows = swapped(rows, (FullSize,), picks.full_size_button(entry.id, wanted))
    async with talk.busy():
        language = entry.spoken_in(spoken())
        asset = await talk.services.shelf.get(entry, wanted.canvas, language=language, theme=wanted.theme)
        try:
            await talk.outbox.edit_picture(talk.received, asset, rows)
        except BadRequest as error:
            if not is_lost(error):
                raise
            await show(talk, entry, wanted=wanted)


async def full_size(talk: Conversation, press: FullSize) -> None:
    """Send the picture of the pressed message as a file, without loss."""
    await talk.hand_over(await talk.services.library.get(press.entry_id), wanted=press.wanted)


async def full_size_of(talk: Conversation, entry_id: int) -> None:
    """Send the collage of an entry as a file, as this chat wants its pictures."""
    await full_size(talk, FullSize(entry_id, await talk.appearance()))


async def read_on(talk: Conversation, entry_id: int) -> None:
    """Send what the caption had no room for."""
    await talk.reply(picks.rest_of(await talk.services.library.get(entry_id)))


async def more_like(talk: Conversation, entry_id: int) -> None:
    """List the entries nearest to one."""
    entry = await talk.services.library.get(entry_id)
    similar = await talk.services.library.similar(entry, limit=results.PAGE_SIZE)
    await talk.say(results.like(entry, similar))
