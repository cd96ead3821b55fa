"""Owns what is said about subscriptions: what a chat gets, when the next one comes, how to undo."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from bot.chat.markup import Rich, bold, code, filled, joined, rich
from bot.chat.messages.message import Button, Message
from bot.chat.presses import FOLLOW, LATEST, RESTORE, SUBSCRIBE, UNSUBSCRIBE
from bot.chat.settings_presses import Switch, Turn
from bot.chat.typed import SaidTwice, Unreadable, echo
from bot.model.edition import EditionKind
from bot.model.subscription import Moment, Offer, Subscription
from bot.wording.dates import day_name, moment_name, rhythm_name
from bot.wording.translation import N_, _

NOW = N_("This chat gets one paper a week as one picture, and the month's papers in one message.")
WEEKLY_ONLY = N_("This chat gets one paper a week as one picture.")
ROUNDUP_ONLY = N_("This chat gets the month's papers in one message.")
NOTHING = N_("Nothing comes to this chat by itself.")
ALREADY = N_("This chat is subscribed already, and stays so.")
NEW_TIME = N_("From now on the weekly paper comes at your own time.")
FOLLOWED = N_("From now on the weekly paper comes at the time of the series.")
OWN_TIME = N_("Your own time: {rhythm}.")
STAYS = N_("Nothing has changed: the weekly paper comes {rhythm}.")
RESTORED = N_("Everything is as it was.")
NEXT = N_("Next: {moment}.")
NEXT_AT_THE_EARLIEST = N_("Next, at the earliest: {moment}.")
NEXT_OF_SERIES = N_("Next of {series}: {moment}.")
WEEKLY_PAPER = N_("Weekly paper: {moment}.")
ROUNDUP = N_("Roundup: {moment}.")
ROUNDUPS = N_("Roundups: {moment}.")
ROUNDUP_OF_SERIES = N_("Roundup of {series}: {moment}.")
PAUSED = N_("Paused: nothing comes before {day}.")
ENDED = N_("Nothing more will come to this chat.")
NOT_SUBSCRIBED = N_("This chat is not subscribed, so there is nothing to end.")
UNREADABLE = N_("I cannot read “{part}” as a day, a time or a time zone.")
INCOMPLETE = N_("I need a day and a time.")
ONE_IS_ENOUGH = N_("One day and one time are enough: the paper comes once a week. “{part}” is one too many.")
LIKE_THIS = N_("Like this: {example}")
EXAMPLE = N_("/subscribe fri 18:00 Europe/Berlin")
ADMINS_ONLY = N_("Only the admins of this chat can change its subscription. /latest shows you the newest paper.")
SUBSCRIBE_BUTTON, UNSUBSCRIBE_BUTTON, UNDO, RESUME = N_("Subscribe"), N_("Unsubscribe"), N_("Undo"), N_("Resume")
NEWEST_NOW = N_("The newest one now")

_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When the weekly paper comes.

    Attributes:
        own: The chat's own moment; None when it follows the series.
        series: The moment of the series; None when it has none.
    """

    own: Moment | None
    series: Moment | None

    @property
    def effective(self) -> Moment | None:
        """The moment that counts."""
        return self.own or self.series


@dataclass(frozen=True, slots=True)
class Coming:
    """The next edition of a series that comes to a chat.

    Attributes:
        series: Its name; empty where it need not be named, for it is the only one with such editions.
        zone: IANA name of the zone the chat goes by.
        is_sure: False where it comes only if it is on a topic that the chat wants.
        stands_for: How many editions it stands for, all at the same time.
    """

    kind: EditionKind
    at: datetime
    zone: str
    series: str = ""
    is_sure: bool = True
    stands_for: int = 1


def subscribed(coming: Sequence[Coming], rhythm: Rhythm, *, opening: str, paused_until: date | None = None) -> Message:
    """Say what the chat gets and when the next weekly paper comes, in the zone the chat goes by.

    Args:
        coming: The soonest first.
        paused_until: The first day on which something comes again; None where there is no pause.
    """
    own = own_time(rhythm) if opening != NEW_TIME else Rich()
    weekly = [each for each in coming if each.kind is EditionKind.WEEKLY]
    lines: list[Rich | str] = [_(opening), pause(paused_until), own, *schedule(weekly or coming)]
    wake = (Button(_(RESUME), Turn(Switch.RESUME)),) if paused_until else ()
    change = () if opening in (NOW, WEEKLY_ONLY) else (*_follow(rhythm), Button(_(UNSUBSCRIBE_BUTTON), UNSUBSCRIBE))
    return Message(joined(lines, "\n"), ((Button(_(NEWEST_NOW), LATEST), *wake), change))


def own_time(rhythm: Rhythm) -> Rich:
    """Say at what time of the chat's own the weekly paper comes; nothing where it follows the series."""
    return filled(_(OWN_TIME), rhythm=rhythm_name(rhythm.own)) if rhythm.own else Rich()


def pause(until: date | None) -> Rich:
    """Say that nothing comes for a while; nothing where there is no pause."""
    return filled(_(PAUSED), day=bold(day_name(until))) if until else Rich()


def schedule(coming: Sequence[Coming]) -> list[Rich]:
    """Say when the next editions come, the soonest first; one line for those that come together."""
    together = [tuple(group) for _key, group in groupby(coming, key=lambda each: (each.at, each.zone, each.kind))]
    merged = [replace(group[0], stands_for=len(group)) for group in together]
    return [
        filled(_label(each, is_first=not place), series=each.series, moment=bold(moment_name(each.at, each.zone)))
        for place, each in enumerate(merged[:_MOST_LINES])
    ]


def gets(wish: Subscription | None, offered: Sequence[Offer]) -> str:
    """Say what comes to a chat by itself, of all that is offered."""
    kinds = {offer[1] for offer in offered if wish is not None and wish.wants(offer)}
    if not kinds:
        return NOTHING
    if len(kinds) == len(EditionKind):
        return NOW
    return WEEKLY_ONLY if EditionKind.WEEKLY in kinds else ROUNDUP_ONLY


def ended() -> Message:
    """Say that the subscription is over, and offer to take that back."""
    return Message(rich(_(ENDED)), ((Button(_(UNDO), RESTORE),),))


def not_subscribed() -> Message:
    """Say that there was nothing to end."""
    return Message(rich(_(NOT_SUBSCRIBED)), ((Button(_(SUBSCRIBE_BUTTON), SUBSCRIBE),),))


def unreadable_moment(error: Unreadable, kept: Rhythm | None) -> Message:
    """Say which words are no moment of the week, or that one is missing, and show one that is.

    Args:
        kept: When the paper comes to a chat that is subscribed; None for one that is not.
    """
    what = filled(_(_complaint(error)), part=echo(error.part))
    example = filled(_(LIKE_THIS), example=code(_(EXAMPLE)))
    if kept is None:
        return Message(joined([what, example], "\n"), ((Button(_(SUBSCRIBE_BUTTON), SUBSCRIBE),),))
    stays = filled(_(STAYS), rhythm=rhythm_name(kept.effective)) if kept.effective else Rich()
    return Message(joined([what, example, stays], "\n"), ((*_follow(kept), Button(_(NEWEST_NOW), LATEST)),))


def admins_only() -> Message:
    """Say who may change the subscription of a group."""
    return Message(rich(_(ADMINS_ONLY)))


def _label(each: Coming, *, is_first: bool) -> str:
    if each.kind is EditionKind.ROUNDUP:
        return _(ROUNDUPS if each.stands_for > 1 else ROUNDUP_OF_SERIES if each.series else ROUNDUP)
    if not each.is_sure:
        return _(NEXT_AT_THE_EARLIEST)
    if each.series and each.stands_for == 1:
        return _(NEXT_OF_SERIES)
    return _(NEXT if is_first else WEEKLY_PAPER)


def _follow(rhythm: Rhythm) -> tuple[Button, ...]:
    """A button back to the moment of the series, named by it, for a chat that has another."""
    if rhythm.own is None or rhythm.series is None:
        return ()
    return (Button(rhythm_name(rhythm.series), FOLLOW),)


def _complaint(error: Unreadable) -> str:
    if isinstance(error, SaidTwice):
        return ONE_IS_ENOUGH
    return UNREADABLE if error.part else INCOMPLETE
