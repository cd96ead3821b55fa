"""Owns how deliveries in doubt are shown to editors, and how they are asked what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

from bot.catalogue.page import Page
from bot.chat.markup import Rich, bold, clipped, filled, isolated, italic, joined, rich, sentences
from bot.chat.messages.desk.card import BACK
from bot.chat.messages.desk.editions import edition_name, part_name
from bot.chat.messages.desk.status import status_button
from bot.chat.messages.message import Button, Message
from bot.chat.messages.results import arrows
from bot.chat.sending_presses import AskSettleAll, PickDoubt, SettleAll, SettleDoubt, ShowDoubts
from bot.model.edition import Edition, EditionState
from bot.publishing.settling import Verdict
from bot.store.doubtful import Doubt, Doubts
from bot.wording.dates import moment_name
from bot.wording.translation import N_, _, ngettext

HEADING = N_("In doubt: {edition}")
SINCE = N_("Since {moment}.")
LOOK_FIRST = N_("Nothing is sent again by itself. Look into the chats, then say what became of it.")
IS_HELD = N_("The edition is held, so what you send again waits until it is not.")
PRESS_ONE = N_("Press a number to speak of one, or speak of all at once.")
LOST, STOPPED = N_("the answer of Telegram was lost"), N_("the program stopped while sending")
RESTORED = N_("it may have gone out before the database was restored from a backup")
AND_MORE = N_("{why}; {more}")
NO_TITLE = N_("chat {id}")
TOPIC = N_("topic {id}")
NONE = N_("Nothing of it is in doubt any more: {edition}.")
NOTHING = N_("Nothing is in doubt any more.")
CHANGED = N_("That was settled meanwhile; here is how it stands.")
ARRIVED, AGAIN, LEAVE = N_("It arrived"), N_("Send again"), N_("Leave it")
ALL_ARRIVED, ALL_AGAIN, LEAVE_ALL = N_("All arrived"), N_("Send all again"), N_("Leave all")
LABELS = {Verdict.ARRIVED: ARRIVED, Verdict.AGAIN: AGAIN, Verdict.LEFT: LEAVE}
LABELS_OF_ALL = {Verdict.ARRIVED: ALL_ARRIVED, Verdict.AGAIN: ALL_AGAIN, Verdict.LEFT: LEAVE_ALL}
TWICE = N_("Who has it already gets it twice.")
SELECTED = "· {place} ·"

PAGE_SIZE = 5
_TITLE = 60


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A page of what is in doubt of an edition.

    Attributes:
        selected: The id of the delivery that is spoken of; 0 for none.
    """

    edition: Edition
    doubts: Doubts
    shown: Page[Doubt]
    selected: int = 0


def listing(it: Doubtful) -> Message:
    """List what is in doubt, chat by chat, with what can be said of the selected one, or of all."""
    numbered = list(enumerate(it.shown.hits, start=(it.shown.number - 1) * PAGE_SIZE + 1))
    selected = next(
        (doubt for _place, doubt in numbered if doubt.delivery_id == it.selected or it.shown.total == 1), None
    )
    hint = [] if selected else [_(PRESS_ONE)]
    items = [_item(place, doubt, it.edition) for place, doubt in numbered]
    text = joined([bold(filled(_(HEADING), edition=edition_name(it.edition))), _opening(it), *items, *hint], "\n\n")
    answers = _answers(selected) if selected else _answers_for_all(it.doubts.edition_id)
    rows = (_places(numbered, selected), arrows(it.shown, partial(ShowDoubts, it.edition.id)), answers)
    return Message(text, (*rows, (status_button(),)))


def ask_all(edition: Edition, doubts: Doubts, verdict: Verdict) -> Message:
    """Ask whether the same shall be said of all."""
    yes = Button(_(LABELS_OF_ALL[verdict]), SettleAll(verdict, edition.id, ceil(doubts.until.timestamp())))
    warning = [_(TWICE)] if verdict is Verdict.AGAIN else []
    question = sentences([_question(verdict, doubts.chats), *warning])
    text = joined([bold(edition_name(edition)), question], "\n\n")
    return Message(text, ((yes, Button(_(BACK), ShowDoubts(edition.id))),))


def nothing_left(edition: Edition | None) -> Message:
    """Say that everything is settled."""
    text = filled(_(NONE), edition=edition_name(edition)) if edition else rich(_(NOTHING))
    return Message(text, ((status_button(),),))


def settled(verdict: Verdict, number: int) -> str:
    """Say for how many messages something was decided."""
    if verdict is Verdict.ARRIVED:
        return ngettext("{number} message counts as arrived.", "{number} messages count as arrived.", number)
    if verdict is Verdict.AGAIN:
        return ngettext("{number} message goes out again.", "{number} messages go out again.", number)
    return ngettext("{number} message is left.", "{number} messages are left.", number)


def may_have(number: int) -> str:
    """Say how many chats are in doubt."""
    return ngettext(
        "{number} chat may or may not have received it.", "{number} chats may or may not have received it.", number
    )


def _opening(it: Doubtful) -> Rich:
    since = filled(_(SINCE), moment=moment_name(it.doubts.since, it.edition.series.timezone))
    held = [_(IS_HELD)] if it.edition.state is EditionState.HELD else []
    return sentences([may_have(it.doubts.chats), since, _(LOOK_FIRST), *held])


def _item(place: int, doubt: Doubt, edition: Edition) -> Rich:
    topic = _(TOPIC).format(id=doubt.address.thread_id) if doubt.address.thread_id else ""
    title = isolated(clipped(doubt.title, _TITLE)) or _(NO_TITLE).format(id=doubt.address.chat_id)
    what = joined([title, topic, part_name(edition, doubt.part)], " · ")
    return joined([filled("{place} {what}", place=bold(str(place)), what=what), italic(_why(doubt))], "\n")


def _why(doubt: Doubt) -> Rich:
    why = rich(_(doubt.error if doubt.error in (STOPPED, RESTORED) else LOST))  # the ledger says these as we do
    if not doubt.missing:
        return why
    more = ngettext(
        "{number} picture surely did not arrive", "{number} pictures surely did not arrive", len(doubt.missing)
    )
    return filled(_(AND_MORE), why=why, more=more)


def _places(numbered: Sequence[tuple[int, Doubt]], selected: Doubt | None) -> tuple[Button, ...]:
    if len(numbered) == 1 and numbered[0][0] == 1:
        return ()
    return tuple(
        Button(SELECTED.format(place=place) if doubt == selected else str(place), PickDoubt(doubt.delivery_id))
        for place, doubt in numbered
    )


def _answers(doubt: Doubt) -> tuple[Button, ...]:
    return tuple(Button(_(LABELS[it]), SettleDoubt(it, doubt.delivery_id, doubt.attempts)) for it in Verdict)


def _answers_for_all(edition_id: int) -> tuple[Button, ...]:
    return tuple(Button(_(LABELS_OF_ALL[it]), AskSettleAll(it, edition_id)) for it in Verdict)


def _question(verdict: Verdict, number: int) -> str:
    if verdict is Verdict.ARRIVED:
        return ngettext("Did it arrive in {number} chat?", "Did it arrive in all {number} chats?", number)
    if verdict is Verdict.AGAIN:
        return ngettext("Send it again to {number} chat?", "Send it again to {number} chats?", number)
    return ngettext("Leave {number} chat without it?", "Leave {number} chats without it?", number)
