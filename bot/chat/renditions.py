"""Owns what a message of an edition says and shows, whether it is sent for the first time or changed later."""

from collections.abc import Sequence

from bot.chat.messages.message import Message
from bot.chat.messages.picks import pick
from bot.chat.messages.roundups import neighbours, roundup
from bot.editorial.library import Library
from bot.editorial.shelf import CollageShelf
from bot.errors import CollageError
from bot.model.asset import Asset
from bot.model.canvas import Appearance
from bot.model.entry import Entry
from bot.model.language import ENGLISH
from bot.model.month import Month
from bot.model.preferences import Preferences
from bot.wording.translation import language as spoken


def ways(wanted: Preferences) -> Sequence[tuple[Appearance, str]]:
    """How to try and send a picture, the best first: where it cannot be as wanted, the words stay as they are."""
    standard = Appearance()
    each = ((wanted.appearance, wanted.language), (standard, wanted.language), (standard, ENGLISH))
    return tuple(dict.fromkeys(each))


async def drawn(shelf: CollageShelf, entry: Entry, wanted: Appearance) -> Asset:
    """The collage of *entry* in the language that is spoken.

    Raises:
        CollageError: It cannot be drawn so.
    """
    return await shelf.get(entry, wanted.canvas, language=entry.spoken_in(spoken()), theme=wanted.theme)


async def cover(shelf: CollageShelf, month: Month, entries: Sequence[Entry], wanted: Appearance) -> Asset:
    """The cover of a month in the language that is spoken.

    Raises:
        CollageError: It cannot be drawn.
    """
    found = await shelf.find_cover(month, entries, wanted.canvas, language=spoken(), theme=wanted.theme)
    if found is None:
        raise CollageError(f"The cover of {month} cannot be drawn; the log says why.")
    return found


async def weekly(
    shelf: CollageShelf, entry: Entry, wanted: Appearance, *, rerun: bool, is_saved: bool = False
) -> tuple[Message, Asset]:
    """The picture of the week and what stands under it, in the language that is spoken; raises like `drawn`."""
    return pick(entry, shown=wanted, rerun=rerun, is_saved=is_saved), await drawn(shelf, entry, wanted)


async def texts(library: Library, month: Month, entries: Sequence[Entry]) -> tuple[Message, ...]:
    """The list of a month in the language that is spoken."""
    return roundup(month, entries, neighbours(month, await library.months()))
