"""Owns what is said when messages that are out are changed or taken away: to editors before and after, and in them."""

from collections.abc import Sequence

from bot.chat.desk_presses import OnOut, OutDeed
from bot.chat.markup import Rich, bold, code, filled, joined, rich
from bot.chat.messages.citations import CHOICE
from bot.chat.messages.desk.card import name
from bot.chat.messages.message import Button, Message
from bot.model.correction import Correction, CorrectionKind, Obstacle, Reach, StepState, Tally
from bot.model.entry import Entry, EntryState
from bot.model.month import Month
from bot.wording.dates import month_name
from bot.wording.translation import N_, _, ngettext

CORRECT_HEADING, RETRACT_HEADING = N_("Correct {name}"), N_("Withdraw {name}")
REACH = N_("It stands above as it will be shown. Messages to change: {total} ({weekly} weekly, {roundup} in roundups).")
OUT_OF_REACH = N_("No message of an edition shows it, so there is nothing to change.")
IN_A_FILE = N_("Its words stand in {slug} in the content folder. Change them there and load them, then come back.")
IS_WITHDRAWN = N_("It is withdrawn. It would be found and shown again; what was deleted stays deleted.")
LEAVES = N_("It leaves the catalogue, the search and the months to come.")
RETRACTS = N_(
    "Messages that show or list it: {total}. It is deleted from them; where it is older than two days, Telegram does "
    "not let us, so a plain picture takes its place and says that it was withdrawn. Lists and covers go on without it."
)
WAITING = N_("Chats that still wait for it: {number}. They do not get it.")
CORRECTING = N_("Correcting {name}: {done} of {total} messages so far.")
RETRACTING = N_("Withdrawing {name}: {done} of {total} messages so far.")
CORRECTED = N_("{name} is corrected in {done} of {total} messages.")
RETRACTED = N_("{name} is withdrawn.")
DELETED = N_("Messages deleted: {number}.")
INSTEAD = N_("Too old to be deleted, so they say that it was withdrawn: {number}.")
WITHOUT = N_("Lists and covers that go on without it: {number}.")
NOT_CHANGED = N_("Not changed: {number} ({why}).")
STILL_SHOWN = N_("Of these still with the old picture: {number}.")
SHORT = N_("Lists that grew beyond what was sent, so that their end is missing: {number}.")
WHY = {
    Obstacle.GONE: N_("the chat is gone"),
    Obstacle.LOST: N_("the message is gone, or can no longer be changed"),
    Obstacle.FORBIDDEN: N_("the chat does not allow it"),
    Obstacle.MOVED: N_("the group moved, its old messages did not"),
    Obstacle.REFUSED: N_("Telegram refuses it"),
    Obstacle.UNDRAWN: N_("the picture cannot be drawn"),
    Obstacle.UNREACHABLE: N_("no answer for two days"),
    Obstacle.UNKNOWN: N_("sent by an older version, so it is not known which picture is which"),
}
STAYS = N_("{name} stays as it is.")
WITHDRAWN = N_("{name} was withdrawn by its editors.")
NO_COVER = N_("The cover of {month} was withdrawn with a paper on it.")
EMPTIED = N_("Everything in {month} was withdrawn by its editors.")
LEFT_OVER = N_("The list above is complete; this part is not needed any more.")
WHICH = N_("Which entry? Name it by number, arXiv id or link: {example}.")
BEGUN = N_("Begun. This message says how far it is.")
UNDER_WAY = N_("It is under way already, and goes over every message once more.")
NOT_OUT = N_("This entry is not published, so nothing of it is out.")
BRING_BACK, EDIT, WITHDRAW, KEEP, UNDO = (
    N_("Bring it back"),
    N_("Edit it"),
    N_("Withdraw it"),
    N_("Keep it"),
    N_("Undo"),
)


def ask_correct(entry: Entry, reach: Reach, *, is_born_here: bool) -> Message:
    """Say what would be changed, and ask once.

    Args:
        is_born_here: It was born in a chat, so its words are changed in one.
    """
    is_out = entry.state is EntryState.PUBLISHED
    counts = filled(_(REACH), total=str(reach.total), weekly=str(reach.weekly), roundup=str(reach.roundup))
    said = [
        bold(filled(_(CORRECT_HEADING), name=name(entry))),
        Rich() if is_out else rich(_(IS_WITHDRAWN)),
        counts if reach.total else rich(_(OUT_OF_REACH)),
        Rich() if is_born_here else filled(_(IN_A_FILE), slug=code(entry.slug)),
    ]
    rows = [
        [_button(_(BRING_BACK), OutDeed.CORRECT, entry)] if not is_out else [],
        [_button(_correct(reach.total), OutDeed.CORRECT, entry)] if is_out and reach.total else [],
        [_button(_(EDIT), OutDeed.EDIT, entry)] if is_out and is_born_here else [],
    ]
    return Message(joined(said, "\n\n"), tuple(tuple(row) for row in rows if row))


def ask_retract(entry: Entry, reach: Reach) -> Message:
    """Say what goes and what stays, and ask once."""
    said = [
        bold(filled(_(RETRACT_HEADING), name=name(entry))),
        rich(_(LEAVES)),
        filled(_(RETRACTS), total=str(reach.total)) if reach.total else Rich(),
        filled(_(WAITING), number=str(reach.waiting)) if reach.waiting else Rich(),
    ]
    yes, no = _button(_(WITHDRAW), OutDeed.RETRACT, entry), _button(_(KEEP), OutDeed.KEEP, entry)
    return Message(joined(said, "\n\n"), ((yes, no),))


def stays(entry: Entry) -> Message:
    """Say that nothing was done."""
    return Message(filled(_(STAYS), name=name(entry)))


def progress(of: Correction, entry: Entry, tally: Tally) -> Message:
    """Say how far a correction is, or what became of it."""
    if of.finished_at is not None:
        return _corrected(entry, tally) if of.kind is CorrectionKind.CORRECT else _retracted(entry, tally)
    says = CORRECTING if of.kind is CorrectionKind.CORRECT else RETRACTING
    done = tally.total - tally.count(StepState.PENDING)
    return Message(filled(_(says), name=name(entry), done=str(done), total=str(tally.total)))


def withdrawn(entry: Entry) -> Message:
    """What a message says in place of the entry it showed."""
    return Message(filled(_(WITHDRAWN), name=name(entry)))


def without_cover(month: Month) -> Message:
    """What the cover of a month says when there is no other."""
    return Message(filled(_(NO_COVER), month=month_name(month)))


def emptied(month: Month) -> Message:
    """What the list of a month says when nothing of it is left."""
    return Message(filled(_(EMPTIED), month=month_name(month)))


def left_over() -> Message:
    """What a text of a list says that has become too short for it."""
    return Message(rich(_(LEFT_OVER)))


def which(command: str) -> Message:
    """Say what the command wants to be told."""
    return Message(filled(_(WHICH), example=code(f"/{command} 41")))


def choice(entries: Sequence[Entry], deed: OutDeed) -> Message:
    """Let the editor choose which of several entries is meant."""
    return Message(rich(_(CHOICE)), tuple((_button(name(entry), deed, entry),) for entry in entries))


def _corrected(entry: Entry, tally: Tally) -> Message:
    done = str(tally.count(StepState.DONE, StepState.DELETED, StepState.INSTEAD))
    said = filled(_(CORRECTED), name=bold(name(entry)), done=done, total=str(tally.total))
    return Message(joined([said, _obstacles(tally)], "\n"))


def _retracted(entry: Entry, tally: Tally) -> Message:
    counts = {
        DELETED: tally.count(StepState.DELETED),
        INSTEAD: tally.count(StepState.INSTEAD),
        STILL_SHOWN: tally.obstacles.get(Obstacle.STILL_SHOWN, 0),
        WITHOUT: tally.count(StepState.DONE),
    }
    lines = [filled(_(says), number=str(number)) for says, number in counts.items() if number]
    said = joined([filled(_(RETRACTED), name=bold(name(entry))), *lines, _obstacles(tally)], "\n")
    return Message(said, ((_button(_(UNDO), OutDeed.CORRECT, entry),),))


def _obstacles(tally: Tally) -> Rich:
    said = [
        filled(_(NOT_CHANGED), number=str(number), why=_(WHY[obstacle]))
        for obstacle, number in sorted(tally.obstacles.items())
        if obstacle in WHY
    ]
    short = tally.obstacles.get(Obstacle.SHORT, 0)
    return joined([*said, filled(_(SHORT), number=str(short)) if short else Rich()], "\n")


def _correct(number: int) -> str:
    return ngettext("Correct {number} message", "Correct {number} messages", number)


def _button(label: str, deed: OutDeed, entry: Entry) -> Button:
    return Button(label, OnOut(deed, entry.id))
