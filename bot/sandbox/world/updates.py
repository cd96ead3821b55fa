"""Owns the queue of updates: what waits for the bot, and who may fetch it."""

import time
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.sandbox.answers import Json, conflict
from bot.sandbox.world.pulse import Pulse

WAITING_MAX = 10_000
REPLAYED_MAX = 100
LONG_POLL_MAX_S = 50  # source: tdlib/telegram-bot-api, Client.h, LONG_POLL_MAX_TIMEOUT
_BY_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
_BY_WEBHOOK = "terminated by setWebhook request"
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
        self._pushed: deque[Json] = deque(maxlen=REPLAYED_MAX)
        self._replayed: list[Json] = []
        self._to_lose = 0
        self._allowed: frozenset[str] = frozenset()
        self._is_muted = False
        self._newest_poll = 0
        self._is_polled = False
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
        is_wanted = kind in self._allowed if self._allowed else kind not in NOT_BY_DEFAULT
        if is_wanted and not self._is_muted:
            self._keep({"update_id": self._next_id, kind: body})
            self._next_id += 1
        self._pulse.wake()

    def _keep(self, update: Json) -> None:
        if self._to_lose:
            self._to_lose -= 1
            return
        self._waiting.append(update)
        self._pushed.append(update)

    def lose(self, number: int) -> None:
        """Let the next ones never be queued; their ids are gone with them."""
        self._to_lose += number

    def replay(self, number: int) -> None:
        """Hand out the last ones once more under their old ids, confirmed or not."""
        self._replayed += list(self._pushed)[-number:]
        self._pulse.wake()

    @contextmanager
    def muted(self, is_muted: bool) -> Iterator[None]:
        """Let nothing into the queue inside the block, if it shall be so."""
        before, self._is_muted = self._is_muted, is_muted
        try:
            yield
        finally:
            self._is_muted = before

    def drop(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()

    def all(self) -> tuple[Json, ...]:
        """List what waits, oldest first, after what is to be handed out once more."""
        return (*self._replayed, *self._waiting)

    def forget(self, update_id: int) -> None:
        """Take one update out of the queue, wherever it stands."""
        again = next((update for update in self._replayed if update["update_id"] == update_id), None)
        if again is not None:
            self._replayed.remove(again)
            return
        kept = [update for update in self._waiting if update["update_id"] != update_id]
        self._waiting = deque(kept, maxlen=WAITING_MAX)

    def allow(self, kinds: Collection[str]) -> None:
        """Queue only these kinds from now on; none means the default ones."""
        self._allowed = frozenset(kinds)

    def interrupt(self) -> None:
        """Send away who polls: from now on there is a webhook."""
        self._newest_poll += 1
        self._is_polled = False
        self._pulse.wake()

    async def poll(self, wish: Wish) -> list[Json]:
        """Wait for updates, and hand out the oldest.

        Raises:
            Refusal: Another poll came meanwhile; the newest one wins, as on Telegram's servers.
        """
        self._newest_poll += 1
        self._is_polled = True
        ours = self._newest_poll
        self._pulse.wake()  # an older poll has to give way
        self._confirm(wish.offset)
        if wish.allowed is not None:
            self.allow(wish.allowed)
        await self._pulse.wait(
            lambda: bool(self._replayed or self._waiting) or self._newest_poll != ours,
            timeout_s=min(max(0.0, wish.timeout_s), LONG_POLL_MAX_S),
        )
        if self._newest_poll != ours:
            raise conflict(_BY_POLL if self._is_polled else _BY_WEBHOOK)
        handed = self.all()[: min(max(1, wish.limit), 100)]
        self._replayed = self._replayed[len(handed) :]
        return list(handed)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._next_id + offset
        while offset and self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
