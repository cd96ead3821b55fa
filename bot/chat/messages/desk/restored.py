"""Owns what editors are told and asked after the database came back from a backup."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.desk_presses import HeldStep, OnHeld
from bot.chat.markup import Rich, bold, clipped, filled, isolated, italic, joined, rich, sentences
from bot.chat.messages.desk.card import BACK, name
from bot.chat.messages.message import Button, Message
from bot.chat.messages.settings import ROUNDUP_OF, WEEKLY_OF
from bot.chat.shares import evenly
from bot.model.edition import Edition, EditionKind
from bot.store.generation import Return
from bot.wording.dates import moment_name
from bot.wording.translation import N_, _, ngettext

HEADING = N_("The database came back from a backup of {moment}")
UNKNOWN = N_("It does not know what was sent, who subscribed and who left after that.")
DOUBTED = N_("About single messages that were on their way you are asked separately.")
NOTHING_DUE = N_("No edition was due since, so nothing has to be decided.")
DECIDED = N_("Everything is decided.")
LOOK_FIRST = N_(
    "Nothing of that leaves until you decide: see in a subscribed chat whether it came, then press a number."
)
ITEM = "{place} {title} · {moment}"
ASK = N_("Did {title} of {moment} go out?")
IF_OUT = N_("If it did, it is recorded as sent; only chats whose own time comes after the restore still get it.")
IF_NOT = N_("If it did not, every chat that wants it gets it now.")
WENT_OUT, SEND = N_("It went out"), N_("It did not, send it")
RECORDED, GOES_OUT = N_("Recorded as sent."), N_("It goes out now.")
WAS_DECIDED = N_("Somebody has decided this already.")

_TITLE, _IN_A_ROW, _MOST = 120, 5, 20


@dataclass(frozen=True, slots=True)
class Aftermaths:
    """What is left to decide.

    Attributes:
        held: The editions that wait for a decision.
        doubts: How many deliveries are in doubt because of the return.
    """

    back: Return
    held: Sequence[Edition]
    doubts: int


def listing(left: Aftermaths) -> Message:
    """Say that the database came back, and ask about every edition that may have gone out since."""
    heading = bold(filled(_(HEADING), moment=moment_name(left.back.taken_at, "UTC")))
    doubted = [_(DOUBTED)] if left.doubts else []
    if not left.held:
        said = _(DECIDED) if left.back.held else _(NOTHING_DUE)
        return Message(joined([heading, sentences([_(UNKNOWN), said, *doubted])], "\n\n"))
    shown = list(enumerate(left.held[:_MOST], start=1))
    number = len(left.held)
    held = ngettext("{number} edition may have gone out since.", "{number} editions may have gone out since.", number)
    parts = [sentences([_(UNKNOWN), held, _(LOOK_FIRST)]), *(_item(place, each) for place, each in shown)]
    buttons = [Button(str(place), OnHeld(HeldStep.ASK, each.id)) for place, each in shown]
    return Message(joined([heading, *parts, *doubted], "\n\n"), evenly(buttons, _IN_A_ROW))


def question(held: Edition) -> Message:
    """Ask whether an edition went out, and say what follows from either answer."""
    asked = bold(filled(_(ASK), title=_title(held), moment=_moment(held)))
    answers = (Button(_(WENT_OUT), OnHeld(HeldStep.OUT, held.id)), Button(_(SEND), OnHeld(HeldStep.SEND, held.id)))
    back = (Button(_(BACK), OnHeld(HeldStep.LIST, held.id)),)
    said = sentences([_(IF_OUT), _(IF_NOT)])
    return Message(joined([asked, _what(held), said], "\n\n"), (answers, back))


def _item(place: int, held: Edition) -> Rich:
    first = filled(ITEM, place=bold(str(place)), title=_title(held), moment=_moment(held))
    return joined([first, italic(_what(held))], "\n")


def _title(held: Edition) -> str:
    template = WEEKLY_OF if held.kind is EditionKind.WEEKLY else ROUNDUP_OF
    return _(template).format(series=held.series.name)


def _moment(held: Edition) -> str:
    return moment_name(held.opened_at, held.series.timezone)


def _what(held: Edition) -> Rich:
    if held.kind is EditionKind.WEEKLY and held.entries:
        entry = held.entries[0]
        return filled("{name} · {title}", name=name(entry), title=isolated(clipped(entry.paper.title, _TITLE)))
    return rich(ngettext("{number} paper", "{number} papers", len(held.entries)))
