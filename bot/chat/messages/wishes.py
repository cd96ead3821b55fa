"""Owns what is said about subscriptions: what a chat gets, when the next one comes, how to undo."""

from dataclasses import dataclass
from datetime import datetime

from bot.chat.markup import Rich, bold, code, filled, joined, rich
from bot.chat.messages.message import Button, Message
from bot.chat.presses import FOLLOW, LATEST, RESTORE, SUBSCRIBE, UNSUBSCRIBE
from bot.chat.typed import SaidTwice, Unreadable, echo
from bot.model.subscription import Moment, Subscription
from bot.wording.dates import moment_name, rhythm_name

NOW = "This chat gets one paper a week as one picture, and the month's papers in one message."
WEEKLY_ONLY = "This chat gets one paper a week as one picture."
ROUNDUP_ONLY = "This chat gets the month's papers in one message."
NOTHING = "Nothing comes to this chat by itself."
ALREADY = "This chat is subscribed already, and stays so."
NEW_TIME = "From now on the weekly paper comes at your own time."
FOLLOWED = "From now on the weekly paper comes at the time of the series."
OWN_TIME = "Your own time: {rhythm}."
STAYS = "Nothing has changed: the weekly paper comes {rhythm}."
RESTORED = "Everything is as it was."
NEXT = "Next: {moment}."
ENDED = "Nothing more will come to this chat."
NOT_SUBSCRIBED = "This chat is not subscribed, so there is nothing to end."
UNREADABLE = "I cannot read “{part}” as a day, a time or a time zone."
INCOMPLETE = "I need a day and a time."
ONE_IS_ENOUGH = "One day and one time are enough: the paper comes once a week. “{part}” is one too many."
LIKE_THIS = "Like this: {example}"
EXAMPLE = "/subscribe fri 18:00 Europe/Berlin"
_UTC = "UTC"
ADMINS_ONLY = "Only the admins of this chat can change its subscription. /latest shows you the newest paper."
SUBSCRIBE_BUTTON, UNSUBSCRIBE_BUTTON, UNDO = "Subscribe", "Unsubscribe", "Undo"
NEWEST_NOW = "The newest one now"


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


def subscribed(next_at: datetime | None, rhythm: Rhythm, *, opening: str = NOW) -> Message:
    """Say what the chat gets and when the next one comes, in the zone the chat goes by."""
    coming = schedule(next_at, rhythm, with_own=opening != NEW_TIME)
    change = () if opening in (NOW, WEEKLY_ONLY) else (*_follow(rhythm), Button(UNSUBSCRIBE_BUTTON, UNSUBSCRIBE))
    return Message(joined([opening, coming], "\n"), ((Button(NEWEST_NOW, LATEST),), change))


def schedule(next_at: datetime | None, rhythm: Rhythm, *, with_own: bool = True) -> Rich:
    """Say at what time of its own the weekly paper comes, and when the next one does."""
    timezone = rhythm.effective.timezone if rhythm.effective else _UTC
    own = filled(OWN_TIME, rhythm=rhythm_name(rhythm.own)) if rhythm.own and with_own else Rich()
    coming = filled(NEXT, moment=bold(moment_name(next_at, timezone))) if next_at else Rich()
    return joined([own, coming], "\n")


def gets(wish: Subscription | None) -> str:
    """Say what comes to a chat by itself."""
    if wish is None or not (wish.weekly or wish.roundup):
        return NOTHING
    return NOW if wish.weekly and wish.roundup else WEEKLY_ONLY if wish.weekly else ROUNDUP_ONLY


def ended() -> Message:
    """Say that the subscription is over, and offer to take that back."""
    return Message(rich(ENDED), ((Button(UNDO, RESTORE),),))


def not_subscribed() -> Message:
    """Say that there was nothing to end."""
    return Message(rich(NOT_SUBSCRIBED), ((Button(SUBSCRIBE_BUTTON, SUBSCRIBE),),))


def unreadable_moment(error: Unreadable, kept: Rhythm | None) -> Message:
    """Say which words are no moment of the week, or that one is missing, and show one that is.

    Args:
        kept: When the paper comes to a chat that is subscribed; None for one that is not.
    """
    what = filled(_complaint(error), part=echo(error.part))
    example = filled(LIKE_THIS, example=code(EXAMPLE))
    if kept is None:
        return Message(joined([what, example], "\n"), ((Button(SUBSCRIBE_BUTTON, SUBSCRIBE),),))
    stays = filled(STAYS, rhythm=rhythm_name(kept.effective)) if kept.effective else Rich()
    return Message(joined([what, example, stays], "\n"), ((*_follow(kept), Button(NEWEST_NOW, LATEST)),))


def admins_only() -> Message:
    """Say who may change the subscription of a group."""
    return Message(rich(ADMINS_ONLY))


def _follow(rhythm: Rhythm) -> tuple[Button, ...]:
    """A button back to the moment of the series, named by it, for a chat that has another."""
    if rhythm.own is None or rhythm.series is None:
        return ()
    return (Button(rhythm_name(rhythm.series), FOLLOW),)


def _complaint(error: Unreadable) -> str:
    if isinstance(error, SaidTwice):
        return ONE_IS_ENOUGH
    return UNREADABLE if error.part else INCOMPLETE
