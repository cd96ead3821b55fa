"""Owns `/month`: a month's collages as an album, then its papers as a list."""

from collections.abc import Sequence

from bot.chat.albums import albums
from bot.chat.handlers.conversation import Conversation
from bot.chat.messages import greetings, roundups, troubles
from bot.chat.typed import Newest, NoSuchMonth, OfAnyYear, Unreadable, Year, parse_month
from bot.errors import CollageError
from bot.model.month import Month


async def month(talk: Conversation, words: str = "") -> None:
    """Show the month that *words* name; the newest when they name none."""
    months = await talk.services.library.months()
    if not months:
        await talk.say(greetings.empty_archive())
        return
    try:
        asked = parse_month(words) if words.strip() else Newest()
    except Unreadable:
        await talk.say(troubles.not_a_month(words, months))
        return
    match asked:
        case Year(number):
            await _year(talk, number, [it for it in months if it.year == number])
        case NoSuchMonth():
            await talk.say(troubles.no_such_month(asked, months))
        case Newest():
            await show(talk, months[-1])
        case OfAnyYear(number):
            await _newest_of_name(talk, number, months)
        case Month():
            await show(talk, asked)


async def show(talk: Conversation, asked: Month) -> None:
    """Show *asked*, or say which months there are instead."""
    months = await talk.services.library.months()
    entries = await talk.services.library.month(asked)
    if not entries:
        await talk.say(troubles.no_roundup(asked, months))
        return
    try:
        for album in albums(asked, entries):
            await talk.show_album(album, wanted=await talk.appearance())
    except CollageError:
        await talk.say(troubles.undrawn_album(asked))
    for message in roundups.roundup(asked, entries, roundups.neighbours(asked, months)):
        await talk.say(message)


async def _newest_of_name(talk: Conversation, number: int, months: Sequence[Month]) -> None:
    newest = max((it for it in months if it.number == number), default=None)
    if newest is None:
        await talk.say(troubles.no_month_of_name(number, months))
    else:
        await show(talk, newest)


async def _year(talk: Conversation, number: int, months: list[Month]) -> None:
    match months:
        case []:
            await talk.say(troubles.no_year(number, await talk.services.library.months()))
        case [only]:
            await show(talk, only)
        case _:
            await talk.say(roundups.year(number, months))
