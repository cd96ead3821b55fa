"""Owns the answer to `/why`: what came to a chat last, what became of it, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.chat.markup import Rich, bold, clipped, filled, isolated, joined, rich, sentences
from bot.chat.messages import wishes
from bot.chat.messages.message import Button, Message
from bot.chat.messages.obstacles import reason
from bot.chat.messages.settings import SETTINGS_BUTTON
from bot.chat.messages.wishes import NEWEST_NOW, SUBSCRIBE_BUTTON, Coming
from bot.chat.presses import LATEST, SETTINGS, SUBSCRIBE
from bot.model.edition import Edition, EditionKind
from bot.model.month import Month
from bot.publishing.standing import Became, Fate
from bot.wording.dates import moment_name, month_name
from bot.wording.translation import N_, _, ngettext

WEEKLY, ROUNDUP = N_("Weekly paper"), N_("Roundup")
WEEKLY_OF, ROUNDUP_OF = N_("Weekly paper of {series}"), N_("Roundup of {series}")
LAST = N_("Last: {what}, {moment}.")
NOTHING_YET = N_("Nothing has come yet.")
NEXT, NEXT_AT_THE_EARLIEST = N_("Next: {moment}."), N_("Next, at the earliest: {moment}.")
NO_NEXT = N_("No next one is planned.")
NOT_SUBSCRIBED = N_("This chat is not subscribed, so nothing comes to it by itself.")
FATES = {
    Fate.ARRIVED: N_("It arrived."),
    Fate.ON_ITS_WAY: N_("It is on its way."),
    Fate.TRYING: N_("It did not get through yet; I keep trying."),
    Fate.HELD: N_("It is held back, for Telegram refuses it; the editors know."),
    Fate.IN_DOUBT: N_("It may or may not have arrived, and is not sent again by itself; the editors know."),
    Fate.FAILED: N_("It did not arrive."),
    Fate.LEFT: N_("It did not arrive, and the editors decided not to send it again."),
    Fate.PAUSED: N_("It did not come, for this chat had paused."),
    Fate.OFF_TOPIC: N_("It did not come, for it is on none of the topics this chat wants."),
    Fate.TOO_LATE: N_("It did not come: when it could be sent, it was too late for it."),
    Fate.WITHDRAWN: N_("It did not come, for its editors withdrew it."),
    Fate.UNWANTED: N_("It did not come, for this chat did not want it then."),
}

_TITLE = 120


@dataclass(frozen=True, slots=True)
class Account:
    """What there is to say of one thing that comes to a chat.

    Attributes:
        series: Its name; empty where it need not be named.
        last: What came last, or was to come, when it was due as the chat's clocks have it, and what became of it.
        coming: What comes next; None where nothing is planned.
    """

    kind: EditionKind
    series: str
    last: tuple[Edition, str, Became] | None
    coming: Coming | None


def why(accounts: Sequence[Account], *, paused_until: date | None) -> Message:
    """Say of each thing what became of the last one and when the next one comes."""
    parts = [wishes.pause(paused_until), *map(_account, accounts)]
    buttons = (Button(_(SETTINGS_BUTTON), SETTINGS), Button(_(NEWEST_NOW), LATEST))
    return Message(joined(parts, "\n\n"), (buttons,))


def not_subscribed() -> Message:
    """Say that nothing comes, and offer to change that."""
    return Message(rich(_(NOT_SUBSCRIBED)), ((Button(_(SUBSCRIBE_BUTTON), SUBSCRIBE), Button(_(NEWEST_NOW), LATEST)),))


def _account(it: Account) -> Rich:
    is_weekly = it.kind is EditionKind.WEEKLY
    template = (WEEKLY_OF if is_weekly else ROUNDUP_OF) if it.series else (WEEKLY if is_weekly else ROUNDUP)
    heading = bold(_(template).format(series=it.series))
    return joined([heading, _last(it), _next(it.coming)], "\n")


def _last(it: Account) -> Rich:
    if it.last is None:
        return rich(_(NOTHING_YET))
    edition, moment, became = it.last
    return sentences([filled(_(LAST), what=_what(edition), moment=moment), *_said(became)])


def _said(became: Became) -> list[str]:
    partly = became.fate is not Fate.ARRIVED and became.arrived > 0
    some = ngettext("{number} message of it arrived.", "{number} messages of it arrived.", became.arrived)
    why_not = [reason(became.error)] if became.fate is Fate.FAILED else []
    fate = _((REST if partly else FATES)[became.fate])
    return [*([some] if partly else []), fate, *why_not]


REST = {
    Fate.IN_DOUBT: N_("The rest may or may not have arrived, and is not sent again by itself; the editors know."),
    Fate.FAILED: N_("The rest did not."),
    Fate.LEFT: N_("The rest did not, and the editors decided not to send it again."),
    Fate.HELD: N_("The rest is held back, for Telegram refuses it; the editors know."),
    Fate.ON_ITS_WAY: N_("The rest is on its way."),
    Fate.TRYING: N_("The rest did not get through yet; I keep trying."),
    Fate.PAUSED: N_("The rest did not come, for this chat had paused."),
    Fate.OFF_TOPIC: N_("The rest did not come, for it is on none of the topics this chat wants."),
    Fate.TOO_LATE: N_("The rest did not come: when it could be sent, it was too late for it."),
    Fate.WITHDRAWN: N_("The rest did not come, for its editors withdrew it."),
    Fate.UNWANTED: N_("The rest did not come, for this chat did not want it then."),
}
"""What is said of the rest where some of it arrived."""


def _next(coming: Coming | None) -> Rich:
    if coming is None:
        return rich(_(NO_NEXT))
    template = NEXT if coming.is_sure else NEXT_AT_THE_EARLIEST
    return filled(_(template), moment=bold(moment_name(coming.at, coming.zone)))


def _what(edition: Edition) -> Rich:
    if edition.kind is EditionKind.ROUNDUP:
        return rich(month_name(Month.parse(edition.slot)))
    title = edition.entries[0].paper.title if edition.entries else edition.slot
    return rich(isolated(clipped(title, _TITLE)))
