"""A Bot API server that answers at once: hands out /search updates, so many at a time, and counts the replies.

Run as ``python -m tests.bench.peers.bot_api QUESTIONS.json IN_FLIGHT WARM_UP MEASURED``; prints its port, ``begin``
when the warm-up is over, and at the end how long the measured answers took, as JSON. With ``MILLISECONDS`` alone nobody
asks, and every answer takes as long.
"""

import asyncio
import json
import re
import statistics
import sys
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_CHAT = re.compile(rb'chat_id"?[=:\s]+(\d+)')
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_READERS = range(1_000_000, 1_000_256)
"""They take turns; nobody asks a second time before the first answer."""
_BOT = {"id": 1000, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_REPLY_CHARS = 700
_AT_MOST_S = 180.0
"""A contender that does not answer is not waited for any longer."""


class World:
    """What was asked, what is still unanswered, and how long answers took."""

    def __init__(self, questions: Sequence[str] = (), in_flight: int = 0, warm_up: int = 0, measured: int = 0) -> None:
        self._questions = questions
        self._in_flight = in_flight
        self._warm_up = warm_up
        self._last = warm_up + measured
        self._asked = 0
        self._first_id = int(time.time() * 1e6)  # whoever remembers what came before has never seen these
        self._open: dict[int, float] = {}
        self._free = deque(_READERS)
        self._took: list[float] = []
        self._answered = 0
        self._began = 0.0
        self._polls: list[asyncio.Transport] = []

    def poll(self, transport: asyncio.Transport) -> None:
        """Answer a poll, now or when there is something to ask."""
        if self._asked >= self._last or len(self._open) >= self._in_flight:
            self._polls.append(transport)
            return
        batch = []
        while len(self._open) < self._in_flight and self._asked < self._last:
            self._asked += 1
            reader = self._free.popleft()
            batch.append(self._update(self._asked, reader))
            self._open[reader] = time.perf_counter()
        reply(transport, batch)

    def answered(self, chat: int) -> None:
        """Count a reply."""
        asked = self._open.pop(chat, None)
        if asked is None:
            return
        self._free.append(chat)
        self._answered += 1
        if self._answered == self._warm_up:
            self._began = time.perf_counter()
            print("begin", flush=True)
        elif self._answered > self._warm_up:
            self._took.append(time.perf_counter() - asked)
        if self._answered == self._last:
            print(json.dumps(self._result()), flush=True)
        while self._polls and self._asked < self._last:
            self.poll(self._polls.pop())

    def _update(self, number: int, reader_id: int) -> dict[str, object]:
        reader = {"id": reader_id, "first_name": "Ada", "username": f"ada_{reader_id}"}
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": reader | {"type": "private"},
            "from": reader | {"is_bot": False, "language_code": "en"},
            "text": "/search " + self._questions[number % len(self._questions)],
            "entities": [{"type": "bot_command", "offset": 0, "length": 7}],
        }
        return {"update_id": self._first_id + number, "message": message}

    def _result(self) -> dict[str, float]:
        took = sorted(self._took)
        seconds = time.perf_counter() - self._began
        return {
            "rate": len(took) / seconds,
            "p50": statistics.median(took),
            "p99": took[int(len(took) * 0.99)],
        }


class Connection(asyncio.Protocol):
    """One kept connection; requests come one after the other."""

    def __init__(self, world: World, delay_s: float) -> None:
        self._world = world
        self._delay_s = delay_s
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        head, between, rest = self._heard.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not between or len(rest) < int(length[1] if length else 0):
            return
        self._heard = b""
        self._answer(head.split(b" ", 2)[1].rpartition(b"/")[2].lower(), rest)

    def _answer(self, method: bytes, body: bytes) -> None:
        if method == b"getupdates":
            self._world.poll(self._transport)
        elif method == b"getme":
            reply(self._transport, _BOT)
        elif method.startswith(b"send") and (chat := _CHAT.search(body)):
            if self._delay_s:
                message = _message(int(chat[1]))
                asyncio.get_running_loop().call_later(self._delay_s, reply, self._transport, message)
                return
            reply(self._transport, _message(int(chat[1])))
            self._world.answered(int(chat[1]))
        else:
            reply(self._transport, True)


def reply(transport: asyncio.Transport, result: object) -> None:
    """Answer as the Bot API does when all is well."""
    body = json.dumps({"ok": True, "result": result}).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    transport.write(head + body)


def _message(chat: int) -> dict[str, object]:
    text = ("A title of a paper and what it is about. " * 20)[:_REPLY_CHARS]
    links = [
        {"type": "text_link", "offset": 100 * n, "length": 20, "url": f"https://t.me/b?start={n}"} for n in range(5)
    ]
    where = {"id": chat, "type": "private", "first_name": "Ada"}
    return {"message_id": chat, "date": 1, "chat": where, "from": _BOT, "text": text, "entities": links}


async def _serve(world: World, delay_s: float = 0.0) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Connection(world, delay_s), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    with suppress(TimeoutError):
        await asyncio.wait_for(server.serve_forever(), _AT_MOST_S)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        asyncio.run(_serve(World(), float(sys.argv[1]) / 1000))
    else:
        asked = json.loads(Path(sys.argv[1]).read_text()) if len(sys.argv) > 2 else ()
        asyncio.run(_serve(World(asked, *map(int, sys.argv[2:]))))
