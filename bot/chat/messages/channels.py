"""Owns what the admins of a channel are told in private: nobody else is bothered with it."""

from datetime import datetime

from bot.chat.markup import Rich, code, filled, joined, sentences
from bot.chat.messages.message import Button, Message
from bot.chat.messages.wishes import SUBSCRIBE_BUTTON
from bot.chat.presses import SubscribeChannel
from bot.chat.typed import echo
from bot.wording.dates import moment_name
from bot.wording.translation import N_, _

IN = N_("I am in {channel} now. Subscribe it, and it gets one paper a week as one picture.")
MAY_NOT_POST = N_(
    "I am in {channel} now, but I may not post there. Give me the right to post messages, and we can begin."
)
POST_THERE = N_("Posting {subscribe} or {settings} in the channel works, too.")
SUBSCRIBED = N_("{channel} is subscribed: one paper a week as one picture, and the month's papers in one message.")
NEXT = N_("The next one comes {moment}.")
CHANGE = N_("Post {settings} there to change what comes and when.")
BACK = N_("I am back in {channel}.")
SILENCED = N_("I may not post in {channel} any more. Nothing is lost: give me the right to post back, and it goes on.")
NOT_THERE = N_("I am not in that channel any more. Add me again as an admin, and I ask again.")
NOT_ADMIN = N_("Only the admins of {channel} can subscribe it.")


def invitation(chat_id: int, title: str) -> Message:
    """Offer to subscribe a channel to the admin who let us in."""
    text = sentences([filled(_(IN), channel=echo(title)), _post_there()])
    return Message(text, ((Button(_(SUBSCRIBE_BUTTON), SubscribeChannel(chat_id)),),))


def may_not_post(chat_id: int, title: str) -> Message:
    """Say which right is missing, with a way to go on once it is there."""
    return Message(
        filled(_(MAY_NOT_POST), channel=echo(title)), ((Button(_(SUBSCRIBE_BUTTON), SubscribeChannel(chat_id)),),)
    )


def subscribed(title: str, next_at: datetime | None, timezone: str) -> Message:
    """Say what the channel gets, and when it first does."""
    coming = filled(_(NEXT), moment=moment_name(next_at, timezone)) if next_at else Rich()
    change = filled(_(CHANGE), settings=code("/settings"))
    return Message(joined([sentences([filled(_(SUBSCRIBED), channel=echo(title)), coming]), change], "\n"))


def back(title: str, next_at: datetime | None, timezone: str) -> Message:
    """Tell the admin who let us in again that the subscription goes on."""
    coming = filled(_(NEXT), moment=moment_name(next_at, timezone)) if next_at else Rich()
    return Message(sentences([filled(_(BACK), channel=echo(title)), coming]))


def silenced(title: str) -> Message:
    """Tell the admin who took the right to post away what happens now."""
    return Message(filled(_(SILENCED), channel=echo(title)))


def not_there() -> Message:
    """Say that we were thrown out meanwhile."""
    return Message(filled(_(NOT_THERE)))


def not_admin(title: str) -> Message:
    """Say who may subscribe a channel."""
    return Message(filled(_(NOT_ADMIN), channel=echo(title)))


def _post_there() -> Rich:
    return filled(_(POST_THERE), subscribe=code("/subscribe"), settings=code("/settings"))
