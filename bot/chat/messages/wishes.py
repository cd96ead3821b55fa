"""Owns what is said about subscriptions: what a chat gets, when the next one comes, how to undo."""

from datetime import datetime

from bot.chat.markup import Rich, bold, code, filled, joined, rich
from bot.chat.messages.message import Button, Message
from bot.chat.presses import LATEST, RESTORE, SUBSCRIBE
from bot.chat.typed import echo
from bot.wording.dates import moment_name

NOW = "This chat gets one paper a week as one picture, and the month's papers in one message."
ALREADY = "This chat is subscribed already, and stays so."
NEW_TIME = "From now on the weekly paper comes at your own time."
RESTORED = "Everything is as it was."
NEXT = "Next: {moment}."
ENDED = "Nothing more will come to this chat."
NOT_SUBSCRIBED = "This chat is not subscribed, so there is nothing to end."
UNREADABLE = "I cannot read “{part}” as a day, a time or a time zone."
INCOMPLETE = "I need a day and a time."
LIKE_THIS = "Like this: {example}"
EXAMPLE = "/subscribe fri 18:00 Europe/Berlin"
ADMINS_ONLY = "Only the admins of this chat can change its subscription. /latest shows you the newest paper."
SUBSCRIBE_BUTTON, UNDO, NEWEST_NOW = "Subscribe", "Undo", "The newest one now"


def subscribed(next_at: datetime | None, timezone: str, *, opening: str = NOW) -> Message:
    """Say what the chat gets and when the next one comes, in the zone the chat goes by."""
    coming = filled(NEXT, moment=bold(moment_name(next_at, timezone))) if next_at else Rich()
    return Message(joined([opening, coming], "\n"), ((Button(NEWEST_NOW, LATEST),),))


def ended() -> Message:
    """Say that the subscription is over, and offer to take that back."""
    return Message(rich(ENDED), ((Button(UNDO, RESTORE),),))


def not_subscribed() -> Message:
    """Say that there was nothing to end."""
    return Message(rich(NOT_SUBSCRIBED), ((Button(SUBSCRIBE_BUTTON, SUBSCRIBE),),))


def unreadable_moment(part: str) -> Message:
    """Say which words are no moment of the week, or that one is missing, and show one that is."""
    what = filled(UNREADABLE, part=echo(part)) if part else rich(INCOMPLETE)
    return Message(
        joined([what, filled(LIKE_THIS, example=code(EXAMPLE))], "\n"), ((Button(SUBSCRIBE_BUTTON, SUBSCRIBE),),)
    )


def admins_only() -> Message:
    """Say who may change the subscription of a group."""
    return Message(rich(ADMINS_ONLY))
