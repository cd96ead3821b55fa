"""Ours, ledger included: an open edition goes to everybody. ``python -m … URL CHATS IN_FLIGHT DATABASE``."""

import asyncio
import json
import sys
import time

from bot.app import memory
from bot.app.rooms import open_post, open_rooms
from bot.model.edition import DeliveryState
from bot.publishing.delivery import Dispatcher
from bot.settings import Settings
from tests.bench.peers.broadcast import WARM_UP


async def _run(url: str, chats: int, in_flight: int, database: str) -> None:
    settings = Settings(database_url=database, send_rate=0)
    async with (
        open_rooms(settings) as rooms,
        open_post(rooms, settings, token="1000:bench", api_url=url) as post,
        post.application.bot,
    ):
        memory.settle()  # as the running bot does
        dispatcher: Dispatcher = post.dispatcher
        dispatcher.in_flight = in_flight
        begun = [time.perf_counter(), time.process_time()]
        left = WARM_UP

        send = dispatcher.messenger.send

        async def counted(part, recipient):  # type: ignore[no-untyped-def]
            nonlocal left
            left -= 1
            if left == 0:
                begun[:] = time.perf_counter(), time.process_time()
            return await send(part, recipient)

        dispatcher.messenger.send = counted  # type: ignore[method-assign]
        tally = await dispatcher.run()
        seconds, cpu = time.perf_counter() - begun[0], time.process_time() - begun[1]
    assert tally == {DeliveryState.SENT: chats + WARM_UP}, tally
    print(json.dumps({"seconds": seconds, "cpu": cpu}), flush=True)


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
