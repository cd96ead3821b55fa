"""Owns presses of inline buttons that wait for the bot's answer."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass

from bot.sandbox.answers import bad_request
from bot.sandbox.world.pulse import Pulse

WAITING_MAX = 1_000


@dataclass(frozen=True, slots=True)
class Toast:
    """What the bot answered to a press; mostly nothing is said.

    Attributes:
        is_alert: It waits to be dismissed.
    """

    text: str = ""
    is_alert: bool = False
    url: str = ""


class Queries:
    """Presses by query id, each answered at most once."""

    def __init__(self, pulse: Pulse) -> None:
        self._toasts: OrderedDict[str, Toast | None] = OrderedDict()
        self._pulse = pulse

    def open(self) -> str:
        """Begin a query and give its id."""
        query_id = str(secrets.randbelow(2**62))
        self._toasts[query_id] = None
        while len(self._toasts) > WAITING_MAX:
            self._toasts.popitem(last=False)
        return query_id

    def answer(self, query_id: str, toast: Toast) -> None:
        """Answer a press.

        Raises:
            Refusal: There is no such query, or it was answered before.
        """
        if self._toasts.get(query_id, toast) is not None:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        self._toasts[query_id] = toast
        self._pulse.wake()

    async def wait(self, query_id: str, *, timeout_s: float) -> Toast | None:
        """Wait for the answer; None when it does not come in time."""
        await self._pulse.wait(lambda: self._toasts.get(query_id) is not None, timeout_s=timeout_s)
        return self._toasts.get(query_id)
