"""Owns how a queue is shown: who goes out when, what can be done to one entry, and what happens when nobody waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from zoneinfo import ZoneInfo

from bot.catalogue.page import Page
from bot.chat.desk_presses import FixDate, OnQueued, ShowDraft, ShowQueue, Step
from bot.chat.markup import Rich, bold, clipped, filled, isolated, italic, joined, rich, sentences
from bot.chat.messages.desk.card import BACK, CANDIDATES_BUTTON, DRAFTS_BUTTON, PREVIEW, name
from bot.chat.messages.message import Button, Message, Rows
from bot.chat.messages.results import PAGE_SIZE, arrows
from bot.chat.presses import CANDIDATES, DRAFTS
from bot.chat.shares import evenly
from bot.model.entry import Entry, Series
from bot.model.month import Month
from bot.publishing.calendar import DueSlot
from bot.publishing.queue import Lacking, QueuedEntry
from bot.wording.dates import moment_name, short_day_name, short_month_name
from bot.wording.translation import N_, _, ngettext

HEADING = N_("Queue of {series} · {papers}")
ITEM = "{place} {name} · {title}"
FIXED, FROM_FILE = N_("fixed to that date"), N_("from its content file")
NO_DATE_YET = N_("no date: the series has no number or no slot left for it")
SELECT_ONE = N_("Press a number to change something about it.")
EMPTY = N_("Nothing waits in the queue of {series}.")
NEXT_RERUN = N_("On {moment}, “{title}” goes out again from the archive, unless a paper is queued before.")
NEXT_SKIPPED = N_("On {moment} nothing goes out, unless a paper is queued before.")
NO_SLOT = N_("It has no slot to come.")
ASK_REMOVE = N_("Take “{title}” out of the queue? It becomes a draft again, and loses its place and its date.")
ASK_PUBLISH = N_(
    "Publish “{title}” now? It goes out at once to every chat that gets {series}, and cannot be called back."
)
CHOOSE_DATE = N_("When shall “{title}” go out?")
NO_FREE_DATE = N_("There is no free date for “{title}”.")
REMOVED = N_("“{title}” is a draft again.")
PUBLISHING = N_("Publishing “{title}” …")
BROKEN = N_("Something broke on our side, and is written down. What has not left yet goes out by itself.")
LACKING = N_("Nothing is queued for {series} on {moment}.")
INSTEAD = N_("Without a paper, “{title}” goes out again from the archive.")
SKIPPED = N_("Without a paper, that week is skipped.")

UP, DOWN, FIX_A_DATE, NO_DATE = "↑", "↓", N_("Fix a date"), N_("No date")
REMOVE, PUBLISH_NOW, KEEP, NOT_NOW = N_("Remove"), N_("Publish now"), N_("Keep it"), N_("Not now")
SELECTED = "· {place} ·"
DATES = 8
"""How many free slots are offered."""

_TITLE, _IN_A_ROW = 200, 4


@dataclass(frozen=True, slots=True)
class Outlook:
    """What happens when nobody waits.

    Attributes:
        opens_at: When the next slot opens; None when there is none.
        instead: What goes out again then; None when the slot is skipped.
    """

    opens_at: datetime | None
    instead: Entry | None


def queue(series: Series, shown: Page[QueuedEntry], *, selected: int = 0, others: Sequence[Series] = ()) -> Message:
    """List a page of a queue; the entry with the id *selected* has its buttons below."""
    heading = bold(
        filled(_(HEADING), series=series.name, papers=ngettext("{number} paper", "{number} papers", shown.total))
    )
    numbered = list(enumerate(shown.hits, start=(shown.number - 1) * PAGE_SIZE + 1))
    items = [_item(place, each, is_selected=each.entry.id == selected) for place, each in numbered]
    places = tuple(
        Button(SELECTED.format(place=place) if each.entry.id == selected else str(place), _on(Step.SELECT, each))
        for place, each in numbered
    )
    of_selected = next((_of_one(place, each) for place, each in numbered if each.entry.id == selected), ())
    hint = [] if of_selected else [_(SELECT_ONE)]
    rows = (places, arrows(shown, partial(ShowQueue, series.slug)), *of_selected, _elsewhere(others))
    return Message(joined([heading, *items, *hint], "\n\n"), rows)


def empty(series: Series, outlook: Outlook, *, others: Sequence[Series] = ()) -> Message:
    """Say that nobody waits, and what happens then."""
    first = filled(_(EMPTY), series=bold(series.name))
    moment = moment_name(outlook.opens_at, series.timezone) if outlook.opens_at else ""
    if not moment:
        coming = rich(_(NO_SLOT))
    elif outlook.instead:
        coming = filled(_(NEXT_RERUN), moment=moment, title=_title(outlook.instead))
    else:
        coming = filled(_(NEXT_SKIPPED), moment=moment)
    return Message(sentences([first, coming]), (_helpers(), _elsewhere(others)))


def ask_remove(each: QueuedEntry) -> Message:
    """Ask whether an entry shall leave the queue."""
    return _question(
        ASK_REMOVE, each, (Button(_(REMOVE), _on(Step.REMOVE, each)), Button(_(KEEP), _on(Step.SELECT, each)))
    )


def ask_publish(each: QueuedEntry) -> Message:
    """Ask whether an entry shall go out at once."""
    yes, no = Button(_(PUBLISH_NOW), _on(Step.PUBLISH, each)), Button(_(NOT_NOW), _on(Step.SELECT, each))
    return _question(ASK_PUBLISH, each, (yes, no))


def choose_date(each: QueuedEntry, free: Sequence[DueSlot]) -> Message:
    """Offer the dates at which an entry may go out."""
    slots = [Button(_day(each.entry.series, due), FixDate(each.entry.id, due.slot.key)) for due in islice(free, DATES)]
    undo = [Button(_(NO_DATE), _on(Step.NO_DATE, each))] if each.is_fixed else []
    text = filled(_(CHOOSE_DATE if slots else NO_FREE_DATE), title=_title(each.entry))
    dates = evenly(slots, _IN_A_ROW) if slots else ()
    return Message(text, (*dates, (*undo, Button(_(BACK), _on(Step.SELECT, each)))))


def removed(entry: Entry) -> Message:
    """Say that an entry left the queue, and where it is."""
    text = filled(_(REMOVED), title=_title(entry))
    buttons = (Button(_(PREVIEW), ShowDraft(entry.id)), Button(_(BACK), ShowQueue(entry.series.slug)))
    return Message(text, (buttons,))


def publishing(entry: Entry) -> Message:
    """Say that an entry is on its way."""
    return Message(filled(_(PUBLISHING), title=_title(entry)))


def published(sentences: Sequence[str], series: Series) -> Message:
    """Say what became of it."""
    said = (isolated(clipped(sentence, 600)) for sentence in sentences)
    return Message(joined(said, "\n"), ((Button(_(BACK), ShowQueue(series.slug)),),))


def lacking(warned: Lacking) -> Message:
    """Warn that a slot comes for which nothing is queued."""
    moment = moment_name(warned.opens_at, warned.series.timezone)
    what = filled(_(LACKING), series=bold(warned.series.name), moment=moment)
    then = filled(_(INSTEAD), title=_title(warned.instead)) if warned.instead else rich(_(SKIPPED))
    return Message(sentences([what, then]), (_helpers(),))


def _item(place: int, each: QueuedEntry, *, is_selected: bool) -> Rich:
    title = _title(each.entry)
    first = filled(ITEM, place=bold(str(place)), name=name(each.entry), title=bold(title) if is_selected else title)
    marks = [_(FIXED)] if each.is_fixed else []
    marks += [_(FROM_FILE)] if each.is_from_file else []
    moment = moment_name(each.goes_out_at, each.entry.series.timezone) if each.goes_out_at else _(NO_DATE_YET)
    return joined([first, italic(joined([moment, *marks], " · "))], "\n")


def _of_one(place: int, each: QueuedEntry) -> Rows:
    movable = not (each.is_fixed or each.is_numbered)
    up, down = OnQueued(Step.UP, each.entry.id, place), OnQueued(Step.DOWN, each.entry.id, place)
    moves = (Button(UP, up), Button(DOWN, down)) if movable else ()
    return (
        (*moves, Button(_(FIX_A_DATE), _on(Step.CHOOSE_DATE, each))),
        (
            Button(_(PREVIEW), ShowDraft(each.entry.id)),
            Button(_(PUBLISH_NOW), _on(Step.ASK_PUBLISH, each)),
            Button(_(REMOVE), _on(Step.ASK_REMOVE, each)),
        ),
    )


def _elsewhere(others: Sequence[Series]) -> tuple[Button, ...]:
    return tuple(Button(clipped(series.name, 30), ShowQueue(series.slug)) for series in others)


def _helpers() -> tuple[Button, ...]:
    return Button(_(CANDIDATES_BUTTON), CANDIDATES), Button(_(DRAFTS_BUTTON), DRAFTS)


def _question(template: str, each: QueuedEntry, answers: tuple[Button, ...]) -> Message:
    text = filled(_(template), title=bold(_title(each.entry)), series=each.entry.series.name)
    return Message(text, (answers,))


def _on(step: Step, each: QueuedEntry) -> OnQueued:
    return OnQueued(step, each.entry.id)


def _title(entry: Entry) -> str:
    return isolated(clipped(entry.paper.title, _TITLE))


def _day(series: Series, due: DueSlot) -> str:
    """``23 Nov`` for a week, ``Nov 2026`` for a month."""
    if len(due.slot.key) == len("2026-11"):
        return short_month_name(Month.parse(due.slot.key))
    return short_day_name(due.opens_at.astimezone(ZoneInfo(series.timezone)))
