"""Owns what editors are told after Telegram did not know our token for a while."""

from datetime import datetime

from bot.chat.markup import filled, rich, sentences
from bot.chat.messages.desk.status import status_button
from bot.chat.messages.message import Message
from bot.wording.dates import moment_name
from bot.wording.translation import N_, _

REFUSED = N_("From {moment} on, Telegram did not know this bot's token, and nothing was sent.")
AGAIN = N_("Now it does again, and what waits goes out by itself.")


def was_refused(since: datetime) -> Message:
    """Say what happened; whoever reads this can be written to, so it is over."""
    text = sentences([filled(_(REFUSED), moment=moment_name(since, "UTC")), rich(_(AGAIN))])
    return Message(text, ((status_button(),),))
