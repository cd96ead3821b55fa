"""Owns what is said when something asked for is not there: name it, say why, offer the next step."""

import re
from collections.abc import Mapping, Sequence

from bot.chat.markup import Rich, clipped, code, filled, sentences
from bot.chat.messages.message import Button, Message
from bot.chat.messages.results import SHOW_LATEST, elsewhere
from bot.chat.messages.roundups import month_button
from bot.chat.presses import LATEST, Find, ShowEntry
from bot.chat.spelling import fits
from bot.chat.typed import NoSuchMonth, echo, question
from bot.model.month import Month
from bot.wording.dates import bare_month_name, month_name
from bot.wording.lists import comma, listed
from bot.wording.translation import N_, _

NO_ROUNDUP = N_("There is no roundup for {month}.")
NO_YEAR = N_("There is no roundup for {year}.")
NO_MONTH_OF_NAME = N_("There is no roundup for any {month}.")
BEGINS = N_("The archive begins in {month}.")
HOLDS = N_("The archive holds {months}.")
SPANS = N_("The archive runs from {first} to {last}, with gaps.")
NO_SUCH_MONTH = N_("A year has twelve months, so there is no {month}.")
NOT_A_MONTH = N_("I cannot read “{text}” as a month. Type it like {first} or {second}.")
MONTH_EXAMPLES = ("/month 2022-01", N_("/month jan 2022"))
SOME_NUMBERS = N_("some of the numbers from {first} to {last}")
NO_NUMBER = N_("There is no number {number} in the archive.")
HAS_NUMBERS = N_("{series} has {numbers} here.")
NOT_IN_ARCHIVE = N_("arXiv:{id} is not in the archive; only papers we made a collage of are.")
NOT_A_PAPER = N_(
    "I cannot read “{text}” as a paper, and nothing in the archive is called so."
    " A number like 27 works, an arXiv id like 2103.10697, or a link to arXiv."
)
ASK_PAPER = N_("Which paper? Name it by number, arXiv id, link or title: {example}.")
PAPER_EXAMPLE = "/paper 27"
NO_PICTURE = N_("The collage cannot be drawn right now.")
NO_FILES = N_("This chat takes no files. In our private chat I can send it.")
NO_ALBUM = N_("The collages of {month} cannot be drawn right now. Here are the papers.")
SEARCH_FOR = N_("Search for {query}")

_NAMED_MONTHS = 8
_NAMED_SPANS = 8
_BUTTON_UNITS = 30
_DIGITS = 9


def no_roundup(month: Month, months: Sequence[Month]) -> Message:
    """Say that a month has no roundup, and which months do."""
    text = sentences([filled(_(NO_ROUNDUP), month=month_name(month)), _holdings(month, months)])
    return Message(text, ((*_nearest(month, months), _latest()),))


def no_year(year: int, months: Sequence[Month]) -> Message:
    """Say that a year has no roundup at all, and which months do."""
    middle = Month(year, 6)
    text = sentences([filled(_(NO_YEAR), year=str(year)), _holdings(middle, months)])
    return Message(text, ((*_nearest(middle, months), _latest()),))


def no_month_of_name(number: int, months: Sequence[Month]) -> Message:
    """Say that a month is there in no year, and which months are."""
    named = Month(months[-1].year, number)
    text = sentences([filled(_(NO_MONTH_OF_NAME), month=bare_month_name(number)), _holdings(months[-1], months)])
    return Message(text, ((*_nearest(named, months), _latest()),))


def no_such_month(asked: NoSuchMonth, months: Sequence[Month]) -> Message:
    """Answer a month the calendar does not have with those of its year that are there."""
    text = filled(_(NO_SUCH_MONTH), month=f"{asked.year:04d}-{asked.number:02d}")
    near = Month(asked.year, 12)
    of_year = [month for month in months if month.year == asked.year]
    offered = tuple(month_button(month) for month in of_year[-3:]) or _nearest(near, months)
    return Message(sentences([text, _holdings(near, months)]), ((*offered, _latest()),))


def not_a_month(text: str, months: Sequence[Month]) -> Message:
    """Answer what is no month with two spellings of one that is."""
    newest = tuple(month_button(month) for month in months[-2:])
    first, second = map(code, map(_, MONTH_EXAMPLES))
    said = filled(_(NOT_A_MONTH), text=echo(text), first=first, second=second)
    return Message(said, (newest, _search(text)))


def not_in_archive(arxiv_id: str) -> Message:
    """Answer the id of a paper we never covered."""
    return Message(filled(_(NOT_IN_ARCHIVE), id=arxiv_id), (elsewhere(),))


def not_a_paper(text: str) -> Message:
    """Answer what is neither a number nor a paper nor the name of one."""
    return Message(filled(_(NOT_A_PAPER), text=echo(text)), (elsewhere(),))


def no_number(reference: str, series: Mapping[str, Mapping[int, int]]) -> Message:
    """Answer a number that no entry bears with those there are.

    Args:
        series: The ids of the entries by number, by the name of their series.
    """
    held = [filled(_(HAS_NUMBERS), series=name, numbers=spans(sorted(numbers))) for name, numbers in series.items()]
    text = sentences([filled(_(NO_NUMBER), number=echo(_digits(reference))), *held])
    near = tuple(
        Button(str(number), ShowEntry(numbers[number]))
        for numbers in series.values()
        for number in _around(int(_digits(reference)[:_DIGITS]), sorted(numbers))
    )
    return Message(text, (near, elsewhere()))


def spans(numbers: Sequence[int]) -> str:
    """Say ascending *numbers*: ``1–4, 25–28 and 37–40``; only the first and the last when there are many gaps."""
    starts = [number for number in numbers if number - 1 not in numbers]
    ends = [number for number in numbers if number + 1 not in numbers]
    said = [str(start) if start == end else f"{start}–{end}" for start, end in zip(starts, ends, strict=True)]
    if len(said) > _NAMED_SPANS:
        return _(SOME_NUMBERS).format(first=numbers[0], last=numbers[-1])
    return listed(said)


def ask_paper() -> Message:
    """Say what `/paper` wants to be told."""
    return Message(filled(_(ASK_PAPER), example=code(PAPER_EXAMPLE)), (elsewhere(),))


def undrawn_album(month: Month) -> Message:
    """Say that the collages of a month cannot be drawn; the list follows."""
    return Message(filled(_(NO_ALBUM), month=month_name(month)))


def _latest() -> Button:
    return Button(_(SHOW_LATEST), LATEST)


def _digits(reference: str) -> str:
    """The number that a reference ends with: 30 of ``ml-collage 30/52``."""
    found = re.search(r"(\d+)(?:\s*/\s*\d+)?\s*$", reference)
    return found[1] if found else "0"


def _around(number: int, numbers: Sequence[int]) -> tuple[int, ...]:
    """The nearest of *numbers* on both sides."""
    below, above = [it for it in numbers if it < number], [it for it in numbers if it > number]
    return (*below[-1:], *above[:1])


def _search(text: str) -> tuple[Button, ...]:
    query = question(text)
    if not any(character.isalpha() for character in query) or not fits(Find(query)):
        return ()
    return (Button(_(SEARCH_FOR).format(query=clipped(query, _BUTTON_UNITS)), Find(query)),)


def _holdings(month: Month, months: Sequence[Month]) -> Rich:
    if not months:
        return Rich()
    if month < months[0]:
        return filled(_(BEGINS), month=month_name(months[0]))
    if len(months) <= _NAMED_MONTHS:
        return filled(_(HOLDS), months=comma().join(month_name(it) for it in months))
    return filled(_(SPANS), first=month_name(months[0]), last=month_name(months[-1]))


def _nearest(month: Month, months: Sequence[Month]) -> tuple[Button, ...]:
    earlier = [it for it in months if it < month][-1:]
    later = [it for it in months if it > month][:1]
    return tuple(month_button(it) for it in (*earlier, *later))
