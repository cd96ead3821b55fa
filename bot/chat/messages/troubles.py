"""Owns what is said when something asked for is not there: name it, say why, offer the next step."""

from collections.abc import Sequence

from bot.chat.markup import Rich, clipped, code, filled, joined
from bot.chat.messages.message import Button, Message
from bot.chat.messages.results import SEARCH, SHOW_LATEST
from bot.chat.messages.roundups import month_button
from bot.chat.presses import ASK_SEARCH, LATEST, Find, fits
from bot.chat.typed import NoSuchMonth, echo, question
from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry
from bot.model.month import Month
from bot.wording.dates import month_name

NO_ROUNDUP = "There is no roundup for {month}."
NO_YEAR = "There is no roundup for {year}."
BEGINS = "The archive begins in {month}."
HOLDS = "The archive holds {months}."
SPANS = "The archive runs from {first} to {last}, with gaps."
NO_SUCH_MONTH = "A year has twelve months, so there is no {month}."
NOT_A_MONTH = "I cannot read “{text}” as a month. Type it like {first} or {second}."
MONTH_EXAMPLES = ("/month 2022-01", "/month jan 2022")
NO_NUMBER = "There is no number {number} in the archive."
GOES_UP_TO = "{series} has come to {number} so far."
NOT_IN_ARCHIVE = "arXiv:{id} is not in the archive; only papers we made a collage of are."
NOT_A_PAPER = (
    "I cannot read “{text}” as a paper. A number like 27 works, an arXiv id like 2103.10697, or a link to arXiv."
)
ASK_PAPER = "Which paper? Name it by number, arXiv id or link: {example}."
PAPER_EXAMPLE = "/paper 27"
NO_PICTURE = "The collage cannot be drawn right now."
NO_ALBUM = "The collages of {month} cannot be drawn right now. Here are the papers."
SEARCH_FOR = "Search for {query}"

_NAMED_MONTHS = 8
_BUTTON_UNITS = 30
_LATEST = Button(SHOW_LATEST, LATEST)


def no_roundup(month: Month, months: Sequence[Month]) -> Message:
    """Say that a month has no roundup, and which months do."""
    text = joined([filled(NO_ROUNDUP, month=month_name(month)), _holdings(month, months)], " ")
    return Message(text, ((*_nearest(month, months), _LATEST),))


def no_year(year: int, months: Sequence[Month]) -> Message:
    """Say that a year has no roundup at all, and which months do."""
    middle = Month(year, 6)
    text = joined([filled(NO_YEAR, year=str(year)), _holdings(middle, months)], " ")
    return Message(text, ((*_nearest(middle, months), _LATEST),))


def no_such_month(asked: NoSuchMonth, months: Sequence[Month]) -> Message:
    """Answer a month the calendar does not have with those of its year that are there."""
    text = filled(NO_SUCH_MONTH, month=f"{asked.year:04d}-{asked.number:02d}")
    near = Month(asked.year, 12)
    of_year = [month for month in months if month.year == asked.year]
    offered = tuple(month_button(month) for month in of_year[-3:]) or _nearest(near, months)
    return Message(joined([text, _holdings(near, months)], " "), ((*offered, _LATEST),))


def not_a_month(text: str, months: Sequence[Month]) -> Message:
    """Answer what is no month with two spellings of one that is."""
    newest = tuple(month_button(month) for month in months[-2:])
    first, second = map(code, MONTH_EXAMPLES)
    said = filled(NOT_A_MONTH, text=echo(text), first=first, second=second)
    return Message(said, (newest, _search(text)))


def no_paper(reference: str, newest: Entry | None) -> Message:
    """Answer a reference that leads nowhere."""
    arxiv_id = ArxivId.find(reference)
    if arxiv_id is not None:
        return Message(filled(NOT_IN_ARCHIVE, id=str(arxiv_id)), ((_LATEST, Button(SEARCH, ASK_SEARCH)),))
    number = reference.strip().lstrip("#")
    if not number.isdecimal():
        return Message(filled(NOT_A_PAPER, text=echo(reference)), ((*_search(reference), _LATEST),))
    reached = Rich()
    if newest is not None and newest.number is not None and int(number[:9]) > newest.number:
        reached = filled(GOES_UP_TO, series=newest.series.name, number=str(newest.number))
    text = joined([filled(NO_NUMBER, number=echo(number)), reached], " ")
    return Message(text, ((_LATEST, Button(SEARCH, ASK_SEARCH)),))


def ask_paper() -> Message:
    """Say what `/paper` wants to be told."""
    return Message(filled(ASK_PAPER, example=code(PAPER_EXAMPLE)), ((_LATEST, Button(SEARCH, ASK_SEARCH)),))


def undrawn_album(month: Month) -> Message:
    """Say that the collages of a month cannot be drawn; the list follows."""
    return Message(filled(NO_ALBUM, month=month_name(month)))


def _search(text: str) -> tuple[Button, ...]:
    query = question(text)
    if not query or not fits(Find(query)):
        return ()
    return (Button(SEARCH_FOR.format(query=clipped(query, _BUTTON_UNITS)), Find(query)),)


def _holdings(month: Month, months: Sequence[Month]) -> Rich:
    if not months:
        return Rich()
    if month < months[0]:
        return filled(BEGINS, month=month_name(months[0]))
    if len(months) <= _NAMED_MONTHS:
        return filled(HOLDS, months=", ".join(month_name(it) for it in months))
    return filled(SPANS, first=month_name(months[0]), last=month_name(months[-1]))


def _nearest(month: Month, months: Sequence[Month]) -> tuple[Button, ...]:
    earlier = [it for it in months if it < month][-1:]
    later = [it for it in months if it > month][:1]
    return tuple(month_button(it) for it in (*earlier, *later))
