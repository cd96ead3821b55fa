"""Owns the card of a draft: what the checker says, what it shows and why, and what can be done to it."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.desk_presses import Deed, ListQueue, OnDraft, OnOut, OutDeed, ShowDraft, Sight
from bot.chat.markup import Rich, bold, clipped, filled, isolated, joined, quotation, rich, sentences
from bot.chat.messages.message import Button, Message, Rows
from bot.chat.messages.picks import SHAPES
from bot.chat.presses import CANDIDATES, DRAFTS
from bot.model.canvas import Canvas
from bot.model.draft import DeskDraft, Removal
from bot.model.entry import Entry, EntryState
from bot.model.language import CHINESE, ENGLISH
from bot.model.licence import Licence
from bot.model.panel import Figure
from bot.wording.dates import moment_name
from bot.wording.lists import listed
from bot.wording.translation import N_, _, ngettext, pgettext

HEADING = N_("Draft of {name}")
PUBLISHED = N_("Readers have it, and find every change at once. Messages that are out follow when you correct them.")
SHOWS = N_("Shows {figures}.")
SOURCE = N_("{places} of {origin}, {licence}")
OTHERS = N_("{figures} may be shown.")
NO_FIGURE = N_("Shows no figure of the paper; {figures} may be shown.")
NONE_FOUND = N_("Shows no figure: none was found that would do.")
NOT_OPEN = N_("Shows no figure: the licence of the paper does not allow it ({licence}).")
NOT_HERE = N_("Shows no figure: this installation shows none of papers.")
LOCKED = N_("{figures} may be shown once you confirm the right ({licence}).")
REMOVED = N_("Taken out, for the paper does not say it:")
NOTE = "• {text}"
REMOVAL = "• {text} ({culprit})"
AND_MORE = N_("and {number} more")
RIGHT = N_(
    "Licence of the paper: {licence}.\n\n"
    "Go on only if you may show its figures: they are yours, or whoever holds the rights agreed. "
    "You confirm that you may show them in this entry. Who confirmed it, and when, is written down."
)
QUEUED = N_("Queued as {name}, goes out {moment}.")
QUEUED_UNDATED = N_("Queued as {name}. There is no date for it yet.")
DISCARDED = N_("Discarded. For a day it can be brought back.")
GONE = N_("This draft is not on the desk any more.")
CHANGED = N_("Changed by somebody else meanwhile, here is how it stands.")
EDITORS_ONLY = N_("Only the editors can do that.")
TAKEN = {
    True: N_("{name} is about this paper already."),
    False: N_("{name} is about this paper; it waits in the queue."),
}
WITHDRAWN = N_("{name} is about this paper, and was withdrawn. It can be brought back.")

APPROVE, DISCARD, UNDO, QUEUE = N_("Approve"), N_("Discard"), N_("Undo"), N_("Queue")
NEXT_FIGURE, DROP_FIGURE, SWAP_HERO = N_("Next figure"), N_("Drop figure"), N_("Swap hero")
CORRECT = N_("Correct what is out")
WORDS, USE_FIGURES, RESET_FIGURES = N_("Words"), N_("Use its figures"), N_("Reset figures")
CONFIRM, BACK, PREVIEW = N_("Yes, I may show them"), N_("‹ Back"), N_("Preview")
CANDIDATES_BUTTON, DRAFTS_BUTTON = N_("Candidates"), N_("Drafts")
LANGUAGES = {ENGLISH: "English", CHINESE: "中文"}

_NOTES, _NOTE = 5, 240  # how many, and units of each
_REMOVALS, _REMOVAL, _CULPRIT = 5, 200, 40
_FIGURES, _FIGURE = 3, 160


def card(draft: DeskDraft, sight: Sight, verdict: Rich) -> Message:
    """Write the card of a draft on the desk."""
    notes = [filled(NOTE, text=isolated(clipped(note, _NOTE))) for note in draft.notes[:_NOTES]]
    parts = [
        joined([heading(draft.entry), verdict], "\n"),
        figures(draft),
        joined(notes, "\n"),
        _removed(draft.removed),
    ]
    return Message(joined(parts, "\n\n"), _buttons(draft, sight))


def heading(entry: Entry) -> Rich:
    """``Draft of ML-Collage 41``, in bold; of what readers have, what that means."""
    if entry.state is EntryState.PUBLISHED:
        return joined([bold(name(entry)), _(PUBLISHED)], "\n")
    return bold(filled(_(HEADING), name=name(entry)))


def name(entry: Entry) -> str:
    """What an entry is called in a sentence: ``ML-Collage 41``; without a number only the series."""
    series = clipped(entry.series.name, 40)
    return f"{series} {entry.number}" if entry.number is not None else series


def figures(draft: DeskDraft) -> Rich:
    """Say which figures are shown and under which licence, or why none is."""
    shown = [panel for panel in draft.entry.panels if isinstance(panel, Figure)]
    free = sum(each.may_show for place, each in enumerate(draft.alternatives) if place not in draft.shown)
    locked = sum(not each.may_show for each in draft.alternatives)
    licence = draft.entry.paper.licence
    if not shown and not free:
        return _why_none(licence, locked)
    first = filled(_(SHOWS), figures=_sources(shown)) if shown else filled(_(NO_FIGURE), figures=_figures(free))
    others = (
        filled(_(OTHERS), figures=ngettext("{number} more figure", "{number} more figures", free))
        if shown and free
        else Rich()
    )
    rest = filled(_(LOCKED), figures=_figures(locked), licence=licence.name) if locked else Rich()
    return sentences([first, others, rest])


def ask_right(draft: DeskDraft, sight: Sight) -> Message:
    """Ask whether the editor has the right to show the figures, and say what the answer means."""
    text = joined([heading(draft.entry), filled(_(RIGHT), licence=draft.entry.paper.licence.name)], "\n\n")
    yes, no = _deed(CONFIRM, Deed.CONFIRM_RIGHT, draft, sight), _deed(BACK, Deed.CARD, draft, sight)
    return Message(text, ((yes,), (no,)))


def queued(draft: DeskDraft, sight: Sight, *, goes_out_at: datetime | None) -> Message:
    """Say that a draft waits, and when it goes out."""
    series = draft.entry.series
    moment = moment_name(goes_out_at, series.timezone) if goes_out_at else ""
    text = filled(_(QUEUED if moment else QUEUED_UNDATED), name=name(draft.entry), moment=moment)
    return Message(text, ((_deed(UNDO, Deed.REOPEN, draft, sight), queue_button(series.slug)),))


def discarded(draft: DeskDraft, sight: Sight) -> Message:
    """Say that a draft was discarded, with a way back."""
    return Message(rich(_(DISCARDED)), ((_deed(UNDO, Deed.RESTORE, draft, sight), Button(_(DRAFTS_BUTTON), DRAFTS)),))


def gone() -> Message:
    """Say that there is no such draft any more."""
    return Message(rich(_(GONE)), ((Button(_(DRAFTS_BUTTON), DRAFTS), Button(_(CANDIDATES_BUTTON), CANDIDATES)),))


def taken(entry: Entry, *, is_published: bool) -> Message:
    """Say that a series has an entry about the paper already; the button to a published one shows it, too."""
    if entry.state is EntryState.RETRACTED:
        back = Button(_(PREVIEW), OnOut(OutDeed.ASK_CORRECT, entry.id))
        return Message(filled(_(WITHDRAWN), name=name(entry)), ((back,),))
    text = filled(_(TAKEN[is_published]), name=name(entry))
    more = () if is_published else (queue_button(entry.series.slug),)
    return Message(text, ((Button(_(PREVIEW), ShowDraft(entry.id)), *more),))


def queue_button(series: str) -> Button:
    """The button that sends the queue of a series."""
    return Button(_(QUEUE), ListQueue(series))


def _buttons(draft: DeskDraft, sight: Sight) -> Rows:
    return (
        _first_buttons(draft, sight),
        _figure_buttons(draft, sight),
        (
            _deed(WORDS, Deed.WORDS, draft, sight),
            _look(SHAPES[_other(sight.canvas)], draft, Sight(_other(sight.canvas), sight.language)),
            *(
                _look(LANGUAGES.get(language, language), draft, Sight(sight.canvas, language))
                for language in _other_languages(draft.entry, sight)
            ),
        ),
        _further_buttons(draft, sight),
    )


def _first_buttons(draft: DeskDraft, sight: Sight) -> tuple[Button, ...]:
    if draft.entry.state is EntryState.PUBLISHED:
        return (Button(_(CORRECT), OnOut(OutDeed.ASK_CORRECT, draft.id)),)
    return _deed(APPROVE, Deed.APPROVE, draft, sight), _deed(DISCARD, Deed.DISCARD, draft, sight)


def _figure_buttons(draft: DeskDraft, sight: Sight) -> tuple[Button, ...]:
    panels = draft.entry.panels
    can = {
        Deed.NEXT_FIGURE: any(
            each.may_show for place, each in enumerate(draft.alternatives) if place not in draft.shown
        ),
        Deed.DROP_FIGURE: any(isinstance(panel, Figure) for panel in panels),
        Deed.SWAP_HERO: len(panels) > 1,
    }
    labels = {Deed.NEXT_FIGURE: NEXT_FIGURE, Deed.DROP_FIGURE: DROP_FIGURE, Deed.SWAP_HERO: SWAP_HERO}
    return tuple(_deed(label, deed, draft, sight) for deed, label in labels.items() if can[deed])


def _further_buttons(draft: DeskDraft, sight: Sight) -> tuple[Button, ...]:
    locked = any(not each.may_show for each in draft.alternatives)
    changed = draft.entry.panels != draft.drafted.panels
    return (
        *([_deed(USE_FIGURES, Deed.ASK_RIGHT, draft, sight)] if locked else []),
        *([_deed(RESET_FIGURES, Deed.RESET_FIGURES, draft, sight)] if changed else []),
    )


def _deed(label: str, deed: Deed, draft: DeskDraft, sight: Sight) -> Button:
    return Button(_(label), OnDraft(deed, draft.id, draft.revision, sight))


def _look(label: str, draft: DeskDraft, sight: Sight) -> Button:
    return _deed(label, Deed.LOOK, draft, sight)


def _other(canvas: Canvas) -> Canvas:
    return Canvas.SLIDE if canvas is Canvas.PORTRAIT else Canvas.PORTRAIT


def _other_languages(entry: Entry, sight: Sight) -> tuple[str, ...]:
    return tuple(language for language in entry.texts if language != sight.language)


def _why_none(licence: Licence, locked: int) -> Rich:
    if not locked:
        return rich(_(NONE_FOUND))
    return rich(_(NOT_HERE)) if licence.is_open else filled(_(NOT_OPEN), licence=licence.name)


def _sources(shown: Sequence[Figure]) -> str:
    """``Fig. 1 and Fig. 3 of d'Ascoli et al. (2021), CC BY 4.0``; figures of one origin in one breath."""
    places: dict[tuple[str, str], list[str]] = {}
    for figure in shown[:_FIGURES]:
        place, _of, origin = figure.credit.partition(" of ")
        places.setdefault((origin, figure.licence), []).append(place)
    said = (
        _(SOURCE).format(places=listed(of), origin=origin, licence=licence) for (origin, licence), of in places.items()
    )
    return pgettext("list", "; ").join(isolated(clipped(each, _FIGURE)) for each in said)


def _figures(number: int) -> str:
    return ngettext("{number} figure", "{number} figures", number)


def _removed(removed: Sequence[Removal]) -> Rich:
    if not removed:
        return Rich()
    lines = [
        filled(REMOVAL, text=isolated(clipped(it.text, _REMOVAL)), culprit=isolated(clipped(it.culprit, _CULPRIT)))
        for it in removed[:_REMOVALS]
    ]
    more = [_(AND_MORE).format(number=len(removed) - _REMOVALS)] if len(removed) > _REMOVALS else []
    return joined([_(REMOVED), quotation(joined([*lines, *more], "\n"))], "\n")
