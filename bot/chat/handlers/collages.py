"""Owns the answers that are one collage, and what the buttons under it do."""

from bot.chat.handlers import saved
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import greetings, picks, results
from bot.chat.messages.message import swapped
from bot.chat.presses import TurnCanvas
from bot.errors import CollageError, NotFound
from bot.model.canvas import Canvas
from bot.model.entry import Entry


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


async def show(talk: Conversation, entry: Entry, *, canvas: Canvas = Canvas.PORTRAIT, another: bool = False) -> None:
    """Show the collage of *entry*; its text alone when it cannot be drawn."""
    is_saved = await saved.is_shown_as_saved(talk, entry.id)
    message = picks.pick(entry, canvas=canvas, another=another, is_saved=is_saved)
    try:
        await talk.show(entry, message, canvas=canvas)
    except CollageError:
        await talk.say(picks.undrawn(message))


async def turn(talk: Conversation, press: TurnCanvas) -> None:
    """Swap the picture of the pressed message for the other shape."""
    entry = await talk.services.library.get(press.entry_id)
    if talk.received is None or not talk.received.photo:
        await show(talk, entry, canvas=press.canvas)
        return
    rows = swapped(talk.buttons, (TurnCanvas,), picks.turn_button(entry.id, press.canvas))
    async with talk.busy():
        asset = await talk.services.shelf.get(entry, press.canvas)
        await talk.outbox.edit_picture(talk.received, asset, rows)


async def read_on(talk: Conversation, entry_id: int) -> None:
    """Send what the caption had no room for."""
    await talk.reply(picks.rest_of(await talk.services.library.get(entry_id)))


async def more_like(talk: Conversation, entry_id: int) -> None:
    """List the entries nearest to one."""
    entry = await talk.services.library.get(entry_id)
    similar = await talk.services.library.similar(entry, limit=results.PAGE_SIZE)
    await talk.say(results.like(entry, similar))
