"""Owns the webhook: where updates are posted, in which order, and what is done when nobody takes them."""

import asyncio
import random
import time
from dataclasses import dataclass

import httpx

from bot.sandbox.answers import Json
from bot.sandbox.world.pulse import Pulse
from bot.sandbox.world.updates import Updates

# Source: tdlib/telegram-bot-api, WebhookActor.h and WebhookActor.cpp, on_update_error.
READ_S, RETRY_MAX_S, RETRY_AFTER_MAX_S = 60.0, 60.0, 3600.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Address:
    """Where updates go.

    Attributes:
        secret: Sent along in a header; empty for none.
        connections: How many chats may be served at once.
        ip: What the bot says the host's address is; shown, not used.
    """

    url: str
    secret: str = ""
    connections: int = 40
    ip: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an update was not taken, and when, in Unix seconds."""

    date: int
    words: str


class Webhook:
    """Posts updates to one address, those of one chat in order, those of several chats side by side."""

    def __init__(self, updates: Updates, pulse: Pulse) -> None:
        self._updates = updates
        self._pulse = pulse
        self._running: asyncio.Task[None] | None = None
        self._served: set[int] = set()
        self.address: Address | None = None
        self.failure: Failure | None = None

    def open(self, address: Address) -> None:
        """Post to this address from now on, and to no other."""
        self.close()
        self.address, self.failure = address, None
        self._running = asyncio.create_task(self._run(address))

    def close(self) -> None:
        """Post no more."""
        if self._running is not None:
            self._running.cancel()
        self.address, self._running = None, None

    async def _run(self, address: Address) -> None:
        self._served = set()
        slots = asyncio.Semaphore(address.connections)
        async with httpx.AsyncClient(timeout=READ_S, trust_env=False) as client, asyncio.TaskGroup() as group:
            serving: list[asyncio.Task[None]] = []
            while not self._pulse.closed:
                for queue in self._unserved():
                    self._served.add(queue)
                    serving.append(group.create_task(self._serve(queue, client, address, slots)))
                serving = [task for task in serving if not task.done()]
                await self._pulse.wait(lambda: bool(self._unserved()), timeout_s=READ_S)
            for task in serving:
                task.cancel()

    def _unserved(self) -> list[int]:
        queues = dict.fromkeys(_queue(update) for update in self._updates.all())
        return [queue for queue in queues if queue not in self._served]

    async def _serve(self, queue: int, client: httpx.AsyncClient, address: Address, slots: asyncio.Semaphore) -> None:
        """Post the updates of one chat, oldest first, until none is left."""
        failures = 0
        while update := next((update for update in self._updates.all() if _queue(update) == queue), None):
            async with slots:
                refused = await _post(client, address, update)
            if refused is None:
                self._updates.forget(update["update_id"])
                failures = 0
                continue
            self.failure = Failure(int(time.time()), refused.words)
            await self._pulse.wait(lambda: False, timeout_s=refused.retry_after_s or _delay_s(failures))
            failures += 1
        self._served.discard(queue)
        self._pulse.wake()


@dataclass(frozen=True, slots=True)
class _Refused:
    words: str
    retry_after_s: float = 0.0


async def _post(client: httpx.AsyncClient, address: Address, update: Json) -> _Refused | None:
    headers = {SECRET_HEADER: address.secret} if address.secret else {}
    try:
        answer = await client.post(address.url, json=update, headers=headers)
    except httpx.TimeoutException:
        return _Refused("Read timeout expired")
    except httpx.ConnectError:
        return _Refused("Connection refused")
    except (httpx.HTTPError, httpx.InvalidURL):
        return _Refused("Webhook connection closed")
    if answer.is_success:
        return None
    wait = answer.headers.get("retry-after", "")
    words = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
    return _Refused(words, min(float(wait), RETRY_AFTER_MAX_S) if wait.isdecimal() else 0.0)


def _delay_s(failures: int) -> float:
    """Wait not at all the first time, then twice as long every time, but never much longer than a minute."""
    longest = random.uniform(RETRY_MAX_S, 2 * RETRY_MAX_S)
    return min(longest, 2.0 ** min(failures, 10)) if failures else 0.0


def _queue(update: Json) -> int:
    """Tell whose turn an update is: the chat it happened in, or the person who did it."""
    body = next(value for key, value in update.items() if key != "update_id")
    chat = body.get("chat") or body.get("message", {}).get("chat") or body.get("from") or {}
    return int(chat.get("id", 0))
