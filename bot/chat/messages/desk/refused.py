"""Owns how an edition that Telegram refuses is shown to editors, and what they are asked."""

from bot.chat.markup import Rich, bold, clipped, code, filled, joined, rich, sentences
from bot.chat.messages.desk.card import BACK
from bot.chat.messages.desk.editions import edition_name
from bot.chat.messages.desk.status import status_button
from bot.chat.messages.message import Button, Message
from bot.chat.sending_presses import OnRefused, RefusedStep
from bot.model.edition import Edition
from bot.wording.translation import N_, _, ngettext

HEADING = N_("Held: {edition}")
WHY = N_("Telegram refuses it, whoever is to get it:")
WHAT_NOW = N_("Correct the entry, then try again; or leave it.")
RETRY, LEAVE = N_("Try again"), N_("Leave it")
ASK_LEAVE = N_("Leave it? Nobody else gets {edition}.")
RETRIED = N_("It is on its way again: {edition}.")
LEFT = N_("It is left: {edition}. Nobody else gets it.")
OVER = N_("It is not held any more: {edition}.")
NOTHING = N_("Nothing is held any more.")

_REASON = 300


def held(edition: Edition, waiting: int) -> Message:
    """Say what is held, why, and for how many; offer what can be done."""
    parts: list[Rich | str] = [
        bold(filled(_(HEADING), edition=edition_name(edition))),
        joined([_(WHY), code(clipped(edition.reason or "", _REASON))], "\n"),
        sentences([_waits(waiting), _(WHAT_NOW)]),
    ]
    steps = (
        Button(_(RETRY), OnRefused(RefusedStep.RETRY, edition.id)),
        Button(_(LEAVE), OnRefused(RefusedStep.ASK_LEAVE, edition.id)),
    )
    return Message(joined(parts, "\n\n"), (steps, (status_button(),)))


def ask_leave(edition: Edition) -> Message:
    """Ask whether nobody else shall get it."""
    yes = Button(_(LEAVE), OnRefused(RefusedStep.LEAVE, edition.id))
    text = filled(_(ASK_LEAVE), edition=bold(edition_name(edition)))
    return Message(text, ((yes, Button(_(BACK), OnRefused(RefusedStep.SHOW, edition.id))),))


def decided(template: str, edition: Edition | None) -> Message:
    """Say what became of it, by one of the sentences above."""
    text = filled(_(template), edition=edition_name(edition)) if edition else rich(_(NOTHING))
    return Message(text, ((status_button(),),))


def _waits(number: int) -> str:
    return ngettext("{number} message waits.", "{number} messages wait.", number)
