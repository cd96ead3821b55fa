"""Owns the flood limits: how many messages are let through, and a record of all that came."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.sandbox.answers import Refusal
from bot.sandbox.api.call import Call

COUNTED = ("sendmessage", "sendphoto", "senddocument", "sendmediagroup", "copymessage", "editmessage")
"""What puts something into a chat, or changes what is there: an answer counts like an edition. Other calls do not."""
_MINUTE_S = 60.0
_RECORDED_MAX = 500_000
# Source: tdlib/telegram-bot-api, Client.cpp, on_cmd.
_UPLOAD_BYTES, _UPLOAD_S_PER_BYTE, _UPLOAD_S, _UPLOAD_BACKLOG_S, _UPLOAD_REST_S = 100_000, 1e-7, (0.2, 0.9), 5.0, 60


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is let through; 0 stands for no limit.

    An album counts as many messages as it has items, but in a chat's second it is one, for it is shown as one. Nobody
    says how many messages Telegram takes for a short burst: four at once, in a chat that was quiet, is our reading.

    Attributes:
        per_second: Messages in any second, over all chats.
        per_chat_second: Messages a second in one chat, in the long run.
        burst: How many more a chat may get at once.
        per_group_minute: Messages in any minute in one group or channel.
        spaces_uploads: Files of the same size are taken one after the other, as Telegram does.

    Source: core.telegram.org/bots/faq
    """

    per_second: int = 30
    per_chat_second: int = 1
    burst: int = 3
    per_group_minute: int = 20
    spaces_uploads: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """A call that counts, and when it came.

    Attributes:
        at: In seconds of the monotonic clock.
        cost: For how many messages it counts.
        refused_for: Why it was refused; empty when it was let through.
    """

    at: float
    chat_id: str
    cost: int
    refused_for: str = ""


class Floods:
    """Counts what arrives, and refuses what is too much.

    Attributes:
        limits: None lets everything through.
        arrivals: All that came and counts, in order.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._latest: deque[tuple[float, int]] = deque()
        self._minutes: defaultdict[str, deque[tuple[float, int]]] = defaultdict(deque)
        self._calm_at: dict[str, float] = {}
        self._uploads_free_at: dict[int, float] = {}
        self.limits: Limits | None = None
        self.arrivals: deque[Arrival] = deque(maxlen=_RECORDED_MAX)

    @property
    def refusals(self) -> list[Arrival]:
        """List what was refused."""
        return [arrival for arrival in self.arrivals if arrival.refused_for]

    def admit(self, call: Call) -> float:
        """Count a call as it arrives; tell how many seconds it has to wait for its upload's turn.

        Raises:
            Refusal: It is one too many.
        """
        if not call.method.startswith(COUNTED):
            return 0.0
        now, chat, limits = self._clock(), str(call.values.get("chat_id", "")), self.limits or _ENDLESS
        cost = len(call.items("media")) if call.method == "sendmediagroup" else 1
        waits = {
            "second": _wait(self._latest, cost, limits.per_second, 1.0, now),
            "minute": _wait(self._minutes[chat], cost, limits.per_group_minute, _MINUTE_S, now)
            if _is_group(chat)
            else 0,
            "chat": self._chat_wait(chat, limits, now),
            "upload": self._upload_rest(call, limits, now),
        }
        why = max(waits, key=lambda name: waits[name])
        refused_for = why if waits[why] > 0 else ""
        self.arrivals.append(Arrival(now, chat, cost, refused_for))
        if refused_for:
            raise _flooded(waits[why])
        self._count(chat, cost, limits, now)
        return self._upload_wait(call, limits, now)

    def _count(self, chat: str, cost: int, limits: Limits, now: float) -> None:
        self._latest.append((now, cost))
        if _is_group(chat):
            self._minutes[chat].append((now, cost))
        if limits.per_chat_second:
            self._calm_at[chat] = max(self._calm_at.get(chat, now), now) + 1 / limits.per_chat_second

    def _chat_wait(self, chat: str, limits: Limits, now: float) -> float:
        if not limits.per_chat_second:
            return 0.0
        return self._calm_at.get(chat, now) - now - limits.burst / limits.per_chat_second

    def _upload_rest(self, call: Call, limits: Limits, now: float) -> float:
        backlog = self._uploads_free_at.get(_upload_bytes(call), now) - now
        return _UPLOAD_REST_S if limits.spaces_uploads and backlog > _UPLOAD_BACKLOG_S else 0.0

    def _upload_wait(self, call: Call, limits: Limits, now: float) -> float:
        size = _upload_bytes(call)
        if not limits.spaces_uploads or size <= _UPLOAD_BYTES:
            return 0.0
        free_at = max(self._uploads_free_at.get(size, now), now)
        least, most = _UPLOAD_S
        self._uploads_free_at[size] = free_at + min(max(size * _UPLOAD_S_PER_BYTE, least), most)
        return free_at - now


def busiest(arrivals: Iterable[Arrival], *, seconds: float = 1.0) -> int:
    """Count the most messages that were let through within any *seconds*."""
    window: deque[Arrival] = deque()
    most = total = 0
    for arrival in arrivals:
        if arrival.refused_for:
            continue
        window.append(arrival)
        total += arrival.cost
        while window[0].at <= arrival.at - seconds:
            total -= window.popleft().cost
        most = max(most, total)
    return most


_ENDLESS = Limits(per_second=0, per_chat_second=0, per_group_minute=0)


def _wait(window: deque[tuple[float, int]], cost: int, limit: int, seconds: float, now: float) -> float:
    """Tell how long *cost* more have to wait; what has left the window is forgotten."""
    while window and window[0][0] <= now - seconds:
        window.popleft()
    had = sum(number for _, number in window)
    wait = 0.0
    for at, number in window:
        if not limit or had + cost <= limit:
            break
        had, wait = had - number, at + seconds - now
    return wait


def _flooded(wait: float) -> Refusal:
    seconds = max(1, math.ceil(wait))
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def _is_group(chat: str) -> bool:
    return chat.startswith(("-", "@"))


def _upload_bytes(call: Call) -> int:
    return sum(len(upload.content) for upload in call.uploads.values())
