"""Owns what keeps us from posting in a chat, in plain words: which right is missing, and who can give it."""

from telegram.error import BadRequest, Forbidden

from bot.chat.failures import classify
from bot.errors import ChatGone, ChatSuspended, DeliveryError
from bot.wording.translation import N_, _

TOPIC_CLOSED = N_("This topic is closed, and I may not post in closed ones: an admin can open it.")
PHOTOS = N_("I may not send photos here: an admin can give me the right to.")
CHANNEL = N_("I may not post in this channel: one of its admins can give me the right to post messages.")
WRITING = N_("I may not write here: an admin can give me the right to send messages.")
SHUT_OUT = N_("I was not let in here then.")
REFUSED = N_("Telegram refused the message itself; this chat is not to blame.")

_SAID = (
    ("topic_closed", TOPIC_CLOSED),
    ("photos", PHOTOS),
    ("media_forbidden", PHOTOS),
    ("channel", CHANNEL),
)


def is_missing_right(error: str) -> bool:
    """Claim that a message failed with *error* because we may not post, though the chat has us."""
    return isinstance(_meaning(error), ChatSuspended)


def obstacle(error: str) -> str:
    """Say which right is missing where a message failed with *error*; nothing where it failed otherwise."""
    if not is_missing_right(error):
        return ""
    said = error.casefold()
    return _(next((says for word, says in _SAID if word in said), WRITING))


def reason(error: str | None) -> str:
    """Say why a message failed with *error*, as the server put it."""
    is_gone = error is not None and isinstance(_meaning(error), ChatGone)
    return obstacle(error or "") or _(SHUT_OUT if is_gone else REFUSED)


def _meaning(error: str) -> DeliveryError:
    """What a refusal meant whose text was kept; Telegram names a 403 in it, and the library takes a 400's name away."""
    return classify(Forbidden(error) if error.casefold().startswith("forbidden") else BadRequest(error))
