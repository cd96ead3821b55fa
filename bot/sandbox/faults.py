"""Owns what can be made to go wrong, for tests: refusals, lost answers, silence, nonsense."""

import json
from dataclasses import dataclass
from typing import Literal

from bot.sandbox.answers import Refusal, bad_request, forbidden

Stage = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong with one call.

    Attributes:
        stage: ``before``: the call is not carried out; ``after``: it is, although the answer may say otherwise.
        stall_s: Seconds of silence before the answer.
        status: Of the false answer; None leaves the true one, 0 closes the connection without any.
        body: Of the false answer.
        album_items: How many pictures of an album arrive all the same; None for all.
    """

    stage: Stage
    stall_s: float = 0.0
    status: int | None = None
    body: str = ""
    album_items: int | None = None


def refused(refusal: Refusal, stage: Stage = "before") -> Fault:
    """Answer with a refusal."""
    return Fault(stage, status=refusal.code, body=json.dumps(refusal.as_json()))


def flooded(retry_after_s: int | None) -> Fault:
    """Answer 429; without parameters when no time is given."""
    if retry_after_s is None:
        return refused(Refusal(429, "Too Many Requests"))
    return refused(Refusal(429, f"Too Many Requests: retry after {retry_after_s}", {"retry_after": retry_after_s}))


def blocked(text: str = "bot was blocked by the user") -> Fault:
    """Answer 403 with Telegram's *text*."""
    return refused(forbidden(text))


def rejected(text: str) -> Fault:
    """Answer 400 with Telegram's *text*."""
    return refused(bad_request(text))


def migrated(new_chat_id: int) -> Fault:
    """Answer that the group became a supergroup."""
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return refused(Refusal(400, text, {"migrate_to_chat_id": new_chat_id}))


def bad_gateway(stage: Stage) -> Fault:
    """Answer 502, before or after the call is carried out."""
    return refused(Refusal(502, "Bad Gateway"), stage)


def dropped(stage: Stage = "after") -> Fault:
    """Close the connection instead of answering."""
    return Fault(stage, status=0)


def stalled(seconds: float, stage: Stage = "after") -> Fault:
    """Say nothing for a while, then answer truly."""
    return Fault(stage, stall_s=seconds)


def nonsense(stage: Stage = "after") -> Fault:
    """Answer 200 with a web page."""
    return Fault(stage, status=200, body="<html><body>Welcome to the hotel's network</body></html>")


def cut_album(items: int, why: str = "Too Many Requests: retry after 8") -> Fault:
    """Let only the first *items* pictures of an album arrive, and refuse it. Albums are not atomic."""
    text = f'Failed to send message #{items + 1} with the error message "{why}"'
    refusal = bad_request(text)
    return Fault("after", status=refusal.code, body=json.dumps(refusal.as_json()), album_items=items)


@dataclass(slots=True)
class _Rule:
    """Which calls a fault strikes."""

    fault: Fault
    method: str
    chat_id: str
    skip: int
    left: int

    def matches(self, method: str, chat_id: str) -> bool:
        is_method = self.method == method or (not self.method and method != "getupdates")
        return is_method and self.chat_id in ("", chat_id)


class Faults:
    """The faults that wait for their call, in the order they were added."""

    def __init__(self) -> None:
        self._rules: list[_Rule] = []

    def add(self, fault: Fault, *, method: str = "", chat_id: int | None = None, skip: int = 0, times: int = 1) -> None:
        """Let *fault* strike.

        Args:
            fault: What goes wrong.
            method: Only calls of this method, any but getUpdates when empty.
            chat_id: Only calls with this chat; None for all.
            skip: How many matching calls pass before.
            times: How many calls it strikes.
        """
        self._rules.append(_Rule(fault, method.lower(), "" if chat_id is None else str(chat_id), skip, times))

    def clear(self) -> None:
        """Let everything go well again."""
        self._rules.clear()

    @property
    def waiting(self) -> int:
        """Count the calls that will still be struck."""
        return sum(rule.left for rule in self._rules)

    def take(self, method: str, chat_id: str) -> Fault | None:
        """Find the fault that strikes this call, and count it."""
        for rule in self._rules:
            if not rule.matches(method, chat_id):
                continue
            if rule.skip:
                rule.skip -= 1
                continue
            rule.left -= 1
            self._rules = [rule for rule in self._rules if rule.left > 0]
            return rule.fault
        return None
