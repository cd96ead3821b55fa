"""Owns the queue of updates: what waits for the bot, and who may fetch it."""

import time
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

from bot.sandbox.answers import Json, conflict
from bot.sandbox.world.pulse import Pulse

WAITING_MAX = 10_000
LONG_POLL_MAX_S = 50  # source: tdlib/telegram-bot-api, Client.h, LONG_POLL_MAX_TIMEOUT
# Not sent unless asked for. Source: core.telegram.org/bots/api#getupdates, allowed_updates.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What one getUpdates asks for.

    Attributes:
        offset: First update id wanted; everything below it is confirmed. Negative: count from the newest; 0: all.
        allowed: Kinds wanted from now on; None keeps what was wished before, empty means the default ones.
    """

    offset: int = 0
    limit: int = 100
    timeout_s: float = 0.0
    allowed: Collection[str] | None = None


class Updates:
    """The updates nobody has confirmed, oldest first."""

    def __init__(self, pulse: Pulse) -> None:
        # Starting from the clock keeps the ids of a restarted sandbox above those of the run before.
        self._next_id = int(time.time())
        self._waiting: deque[Json] = deque(maxlen=WAITING_MAX)
        self._allowed: frozenset[str] = frozenset()
        self._newest_poll = 0
        self._pulse = pulse

    @property
    def waiting(self) -> int:
        """Count what is not confirmed yet."""
        return len(self._waiting)

    @property
    def allowed(self) -> frozenset[str]:
        """Tell which kinds were wished; empty means the default ones."""
        return self._allowed

    def push(self, kind: str, body: Json) -> None:
        """Queue an update, unless the bot does not want its kind."""
        if kind in self._allowed if self._allowed else kind not in NOT_BY_DEFAULT:
            self._waiting.append({"update_id": self._next_id, kind: body})
            self._next_id += 1
        self._pulse.wake()

    def drop(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()

    async def poll(self, wish: Wish) -> list[Json]:
        """Wait for updates, and hand out the oldest.

        Raises:
            Refusal: Another poll came meanwhile; the newest one wins, as on Telegram's servers.
        """
        self._newest_poll += 1
        ours = self._newest_poll
        self._pulse.wake()  # an older poll has to give way
        self._confirm(wish.offset)
        if wish.allowed is not None:
            self._allowed = frozenset(wish.allowed)
        await self._pulse.wait(
            lambda: bool(self._waiting) or self._newest_poll != ours,
            timeout_s=min(max(0.0, wish.timeout_s), LONG_POLL_MAX_S),
        )
        if self._newest_poll != ours:
            raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        return [update for update, _ in zip(self._waiting, range(min(max(1, wish.limit), 100)), strict=False)]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._next_id + offset
        while offset and self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
