"""Turns over real processes: each asks for some and writes down when it had them."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.app import pace
from bot.app.pace import DatabasePace
from bot.store import turns
from bot.store.database import Database

ROOT = Path(__file__).parents[2]
SECONDS = 0.4
TAKE_TURNS = """
import asyncio, sys, time
from bot.app.pace import DatabasePace
from bot.store.database import Database

async def main(url: str, count: int, length: float) -> None:
    database = Database(url)
    server = DatabasePace(database, "arxiv", seconds=0.4)

    async def once() -> None:
        async with server.turn():
            began = time.time()
            print("began", flush=True)
            await asyncio.sleep(length)
            print(began, time.time(), flush=True)

    await asyncio.gather(*(once() for _ in range(count)))
    await database.close()

asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
"""


async def take_turns(database: Database, count: int, length: float) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        TAKE_TURNS,
        database.url,
        str(count),
        str(length),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )


def spans(*printed: bytes) -> list[tuple[float, float]]:
    lines = [line.split() for text in printed for line in text.decode().splitlines()]
    return sorted((float(line[0]), float(line[1])) for line in lines if len(line) == 2)


@pytest.mark.slow
async def test_over_two_processes_one_turn_is_taken_at_a_time_and_none_too_soon(database: Database) -> None:
    both = [await take_turns(database, 4, 0.05), await take_turns(database, 4, 0.3)]

    had = spans(*[(await process.communicate())[0] for process in both])

    assert len(had) == 8
    for (began, ended), (next_began, _) in pairwise(had):
        assert next_began >= ended
        assert next_began - began >= SECONDS / 2  # each reads the time a moment after its turn has begun


@pytest.mark.slow
async def test_a_process_that_is_killed_in_its_turn_holds_nobody_up_for_long(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "LEASE", timedelta(seconds=30))
    killed = await take_turns(database, 1, 60)
    assert killed.stdout
    assert await killed.stdout.readline() == b"began\n"
    killed.send_signal(signal.SIGKILL)
    await killed.wait()

    async with database.reading() as conn:
        now = datetime.now(UTC)
        free_at = await turns.next_turn(conn, "arxiv", now=now, lease=pace.LEASE)
    assert timedelta(0) < free_at - now <= pace.LEASE
    monkeypatch.setattr(pace, "_now", lambda: free_at)
    async with asyncio.timeout(5), DatabasePace(database, "arxiv", seconds=0).turn():
        pass


async def test_a_turn_that_takes_long_is_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "LEASE", timedelta(seconds=0.3))
    mine, other = (DatabasePace(database, "arxiv", seconds=0) for _ in range(2))
    async with mine.turn():
        waiting = asyncio.create_task(_take(other))
        await asyncio.sleep(0.6)
        assert not waiting.done()
    await asyncio.wait_for(waiting, 5)


async def test_a_request_that_fails_or_is_cancelled_gives_its_turn_back(database: Database) -> None:
    mine, other = (DatabasePace(database, "arxiv", seconds=0) for _ in range(2))
    with pytest.raises(ValueError, match="broken"):
        async with mine.turn():
            raise ValueError("broken")

    begun = asyncio.Event()
    cancelled = asyncio.create_task(_take(mine, begun, length=60))
    await begun.wait()
    waiting = asyncio.create_task(_take(other))
    cancelled.cancel()
    await asyncio.gather(cancelled, return_exceptions=True)

    await asyncio.wait_for(waiting, 5)


async def _take(server: DatabasePace, begun: asyncio.Event | None = None, length: float = 0) -> None:
    async with server.turn():
        if begun:
            begun.set()
        await asyncio.sleep(length)
