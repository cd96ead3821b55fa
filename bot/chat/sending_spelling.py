"""Owns how the presses under what was sent are spelled: a verb and its arguments, and back."""

from collections.abc import Callable

from bot.chat.digits import CHAT, COUNT, ID, INSTANT, PAGE, number
from bot.chat.sending_presses import (
    AskSettleAll,
    OnRefused,
    PickDoubt,
    RefusedStep,
    SendingPress,
    SettleAll,
    SettleDoubt,
    ShowDoubts,
)
from bot.publishing.settling import Verdict

_DELIVERY = CHAT  # their ids have 64 bits


def spelled(press: SendingPress) -> tuple[str, list[str]]:
    """The verb of *press* and its arguments."""
    match press:
        case ShowDoubts(edition_id, page):
            return "doubts", [str(edition_id), str(page)]
        case PickDoubt(delivery_id):
            return "doubt", [str(delivery_id)]
        case SettleDoubt(verdict, delivery_id, attempts):
            return "settle", [verdict, str(delivery_id), str(attempts)]
        case AskSettleAll(verdict, edition_id):
            return "each", [verdict, str(edition_id)]
        case SettleAll(verdict, edition_id, until):
            return "every", [verdict, str(edition_id), str(until)]
        case OnRefused(step, edition_id):
            return "refused", [step, str(edition_id)]


def _read_doubts(arguments: str) -> SendingPress:
    edition_id, page = arguments.split(":")
    return ShowDoubts(number(ID, edition_id), number(PAGE, page))


def _read_settle(arguments: str) -> SendingPress:
    verdict, delivery_id, attempts = arguments.split(":")
    return SettleDoubt(Verdict(verdict), number(_DELIVERY, delivery_id), number(COUNT, attempts))


def _read_each(arguments: str) -> SendingPress:
    verdict, edition_id = arguments.split(":")
    return AskSettleAll(Verdict(verdict), number(ID, edition_id))


def _read_every(arguments: str) -> SendingPress:
    verdict, edition_id, until = arguments.split(":")
    return SettleAll(Verdict(verdict), number(ID, edition_id), number(INSTANT, until))


def _read_refused(arguments: str) -> SendingPress:
    step, edition_id = arguments.split(":")
    return OnRefused(RefusedStep(step), number(ID, edition_id))


READERS: dict[str, Callable[[str], SendingPress]] = {
    "doubts": _read_doubts,
    "doubt": lambda arguments: PickDoubt(number(_DELIVERY, arguments)),
    "settle": _read_settle,
    "each": _read_each,
    "every": _read_every,
    "refused": _read_refused,
}
"""How each verb is read back; whatever its arguments cannot mean raises ValueError."""
