"""Owns what can be made to go wrong, for tests: refusals, lost answers, silence, nonsense."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from bot.sandbox.answers import Refusal, bad_request, forbidden, unauthorized

Stage = Literal["before", "after"]
_WORDS = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
_TELLS_NOTHING = frozenset({200, *_WORDS})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong with one call.

    Attributes:
        stage: ``before``: the call is not carried out; ``after``: it is, although the answer may say otherwise.
        stall_s: Seconds of silence before the answer.
        status: Of the false answer; None leaves the true one, 0 closes the connection without any.
        body: Of the false answer.
        album_items: How many pictures of an album arrive all the same; None for all.
        half: Of the true answer only half is sent: ``closed``, and the connection breaks; ``whole``, as if it were all.
        deed: What happens in the instant in which the call arrives: a group moves, a person blocks the bot.
    """

    stage: Stage
    stall_s: float = 0.0
    status: int | None = None
    body: str = ""
    album_items: int | None = None
    half: Literal["", "closed", "whole"] = ""
    deed: Callable[[], object] | None = None

    @property
    def hides_delivery(self) -> bool:
        """Claim that the answer does not tell, or not in time, what became of the call."""
        if self.status is None:
            return bool(self.half) or self.stall_s > 0
        return self.status == 0 or self.status in _TELLS_NOTHING or self.album_items is not None


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


def late_flood(retry_after_s: int = 60, *, after_s: float = 3.0) -> Fault:
    """Answer 429 only after a while, as Telegram does to who sends queries of one kind too fast.

    Source: tdlib/telegram-bot-api, Client.cpp, fail_query_flood_limit_exceeded.
    """
    return replace(flooded(retry_after_s), stall_s=after_s)


def unknown_token() -> Fault:
    """Answer 401, as while Telegram moves a bot to another server."""
    return refused(unauthorized())


def broken(code: int, stage: Stage) -> Fault:
    """Answer 500, 502, 503 or 504, before or after the call is carried out."""
    return refused(Refusal(code, _WORDS[code]), stage)


def bad_gateway(stage: Stage) -> Fault:
    """Answer 502, before or after the call is carried out."""
    return broken(502, stage)


def dropped(stage: Stage = "after") -> Fault:
    """Close the connection instead of answering."""
    return Fault(stage, status=0)


def stalled(seconds: float, stage: Stage = "after") -> Fault:
    """Say nothing for a while, then answer truly."""
    return Fault(stage, stall_s=seconds)


def nonsense(stage: Stage = "after") -> Fault:
    """Answer 200 with a web page."""
    return Fault(stage, status=200, body="<html><body>Welcome to the hotel's network</body></html>")


def torn() -> Fault:
    """Close the connection in the middle of the true answer."""
    return Fault("after", half="closed")


def truncated() -> Fault:
    """Answer 200 with the first half of the true answer, as if that were all of it."""
    return Fault("after", half="whole")


def happening(deed: Callable[[], object]) -> Fault:
    """Let something happen just when the call arrives; then answer truly."""
    return Fault("before", deed=deed)


def cut_album(items: int, why: str = "Too Many Requests: retry after 8") -> Fault:
    """Let only the first *items* pictures of an album arrive, and refuse it. Albums are not atomic."""
    text = f'Failed to send message #{items + 1} with the error message "{why}"'
    refusal = bad_request(text)
    return Fault("after", status=refusal.code, body=json.dumps(refusal.as_json()), album_items=items)
