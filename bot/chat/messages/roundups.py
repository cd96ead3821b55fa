"""Owns how a month is shown: the list of its papers, in one message or in several, and the way to its neighbours."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.chat.markup import TEXT_LIMIT, Rich, bold, clipped, filled, italic, joined, quotation, rich
from bot.chat.messages.links import icons
from bot.chat.messages.message import Button, Message, Rows
from bot.chat.messages.picks import insights
from bot.chat.presses import ShowEntry, ShowMonth
from bot.chat.shares import evenly
from bot.model.entry import Entry
from bot.model.language import LANGUAGES
from bot.model.month import Month
from bot.wording.dates import month_name, short_month_name
from bot.wording.lists import comma
from bot.wording.translation import N_, _, language, speaking

TITLE = "{month} · {papers}"
ENTRY_TITLE = "{label} {title}"
BEFORE = N_("Before this: {previous}.")
FIRST = N_("The archive begins here.")
EARLIER, LATER = "‹ {month}", "{month} ›"
YEAR = N_("{year} in the archive: {months}.")
NO_PICTURES = N_("The pictures of {month} cannot be shown here: this chat takes no photos. The papers follow.")
_COUNTS = (
    N_("no papers"), N_("one paper"), N_("two papers"), N_("three papers"), N_("four papers"), N_("five papers"),
    N_("six papers"), N_("seven papers"), N_("eight papers"), N_("nine papers"), N_("ten papers"),
)  # fmt: skip
MANY = N_("{number} papers")

_TITLE_UNITS, _HEADLINE_UNITS = 480, 200
_NAVIGATION_UNITS = 200  # kept free on every page, so that the neighbours of a month never move its entries
_BUTTONS_IN_A_ROW = 5
_MONTHS_IN_A_ROW = 4
_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The months of the archive before and after one."""

    earlier: Month | None = None
    later: Month | None = None


def neighbours(month: Month, months: Sequence[Month]) -> Neighbours:
    """Find the nearest months of *months* on both sides of *month*."""
    return Neighbours(
        max((other for other in months if other < month), default=None),
        min((other for other in months if other > month), default=None),
    )


def roundup(month: Month, entries: Sequence[Entry], around: Neighbours) -> tuple[Message, ...]:
    """Write the list of a month: usually one message; the last one carries the way on and the buttons."""
    *first, last = pages(month, entries)
    closing = Message(joined([last, before(around.earlier)], _GAP), roundup_buttons(entries, around))
    return (*map(Message, first), closing)


def pages(month: Month, entries: Sequence[Entry]) -> tuple[Rich, ...]:
    """Divide the list of a month into texts that leave room for what follows; never inside an entry.

    The same entries are always divided in the same way, whatever language is spoken.
    """
    blocks = _blocks(month, entries)
    return tuple(joined((blocks[index] for index in page), _GAP) for page in _division(month, entries))


def _division(month: Month, entries: Sequence[Entry]) -> list[list[int]]:
    """Which entries stand in which text: as the language divides them in which each of them is longest."""
    limit = TEXT_LIMIT - _NAVIGATION_UNITS
    lengths = [0] * len(entries)
    for each in LANGUAGES:
        with speaking(each):
            lengths = [max(pair) for pair in zip(lengths, (it.length for it in _blocks(month, entries)), strict=True)]
    needed = len(_packed(lengths, limit))
    caps = range(max(lengths), limit + 1)
    # The smallest texts that are still no more in number: so two messages are about equally long.
    cap = caps[bisect_left(caps, True, key=lambda cap: len(_packed(lengths, cap)) <= needed)]
    return _packed(lengths, cap)


def _blocks(month: Month, entries: Sequence[Entry]) -> list[Rich]:
    """What is said of each entry; the first one bears the heading of the month."""
    heading = bold(filled(TITLE, month=month_name(month), papers=paper_count(len(entries))))
    room = TEXT_LIMIT - _NAVIGATION_UNITS - heading.length - len(_GAP)
    first, *others = [_block(label, entry, room) for label, entry in labelled_entries(entries)]
    return [joined([heading, first], _GAP), *others]


def labelled_entries(entries: Sequence[Entry]) -> Iterator[tuple[str, Entry]]:
    """Give every entry the number it is called by: its own, or its place among those that have none."""
    place = 0
    for entry in entries:
        place += entry.number is None
        yield (str(place) if entry.number is None else str(entry.number)), entry


def entry_buttons(entries: Sequence[Entry]) -> Rows:
    """One button per entry, in rows of even length."""
    buttons = [Button(label, ShowEntry(entry.id)) for label, entry in labelled_entries(entries)]
    return tuple(tuple(row) for row in evenly(buttons, _BUTTONS_IN_A_ROW))


def roundup_buttons(entries: Sequence[Entry], around: Neighbours) -> Rows:
    """One button per entry, and the months on both sides."""
    earlier = [month_button(around.earlier, EARLIER)] if around.earlier else []
    later = [month_button(around.later, LATER)] if around.later else []
    return (*entry_buttons(entries), (*earlier, *later))


def before(earlier: Month | None) -> Rich:
    """Say which roundup came before this one."""
    return filled(_(BEFORE), previous=month_name(earlier)) if earlier else rich(_(FIRST))


def year(number: int, months: Sequence[Month]) -> Message:
    """Offer the months of a year."""
    names = comma().join(month_name(month) for month in months)
    return Message(filled(_(YEAR), year=str(number), months=names), month_buttons(months))


def no_pictures(month: str) -> Message:
    """Say that the album of *month* cannot be shown."""
    return Message(filled(_(NO_PICTURES), month=month))


def month_buttons(months: Sequence[Month]) -> Rows:
    """One button per month."""
    return tuple(tuple(month_button(month) for month in row) for row in evenly(months, _MONTHS_IN_A_ROW))


def month_button(month: Month, label: str = "{month}") -> Button:
    """A button that opens *month*."""
    return Button(label.format(month=short_month_name(month)), ShowMonth(month))


def paper_count(number: int) -> str:
    """``four papers``, ``12 papers``."""
    return _(_COUNTS[number]) if number < len(_COUNTS) else _(MANY).format(number=number)


def _block(label: str, entry: Entry, limit: int) -> Rich:
    title = bold(filled(ENTRY_TITLE, label=label, title=clipped(entry.paper.title, _TITLE_UNITS)))
    headline = italic(clipped(entry.text(language()).headline, _HEADLINE_UNITS))
    top = joined([title, joined([headline, icons(entry)], " ")], "\n")
    told = insights(entry)
    left = limit - top.length - len("\n")
    return joined([top, quotation(told if told.length <= left else clipped(told.plain, left))], "\n")


def _packed(lengths: Sequence[int], cap: int) -> list[list[int]]:
    """Fill texts of at most *cap* units with blocks of these *lengths*, in order; each text is a list of places."""
    packed: list[list[int]] = [[0]]
    used = lengths[0]
    for place, length in enumerate(lengths[1:], start=1):
        used += len(_GAP) + length
        if used <= cap:
            packed[-1].append(place)
        else:
            packed.append([place])
            used = length
    return packed
