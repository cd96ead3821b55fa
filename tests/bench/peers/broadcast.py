"""What every broadcaster of the bench says, and how it is measured."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator

FIRST_CHAT = 1_000_000
CAPTION = ("A caption as long as ours are, with <b>bold words</b> and a link or two. " * 15)[:730]
FILE = "AgACAgIAAxkDAAIBQ2a-a-file-id-as-long-as-they-are"
BUTTONS = [[{"text": label, "callback_data": f"{label}:27"} for label in ("Slide", "Save", "More like this")]]
WARM_UP = 300


async def everybody(send: Callable[[int], Awaitable[object]], chats: int, in_flight: int) -> None:
    """Send to so many chats with so many requests under way; print seconds and CPU as JSON. A few before get warm."""
    await _send(send, iter(range(WARM_UP)), in_flight)
    start, cpu = time.perf_counter(), time.process_time()
    await _send(send, iter(range(chats)), in_flight)
    print(json.dumps({"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}), flush=True)


async def _send(send: Callable[[int], Awaitable[object]], chats: Iterator[int], in_flight: int) -> None:
    async def work() -> None:
        for chat in chats:
            await send(FIRST_CHAT + chat)

    await asyncio.gather(*(work() for _ in range(in_flight)))
