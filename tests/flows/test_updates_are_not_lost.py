"""Updates through real processes that are killed, stopped and run side by side: none is lost, none handled twice.

One that a killed process had under way is begun again, for nobody knows how far it got; it is the only exception.
"""

import asyncio
import itertools
import os
import signal
import socket
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox import Person, Sandbox, serve
from bot.store.database import Database
from bot.store.tables import turn
from tests.databases import every_kind as kind  # noqa: F401  # a fixture
from tests.databases import only_postgresql
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

TOKEN = "1000:updates-are-not-lost"
READERS = range(7001, 7006)
Process = asyncio.subprocess.Process


@dataclass
class Stage:
    """A sandbox, a database, and processes of the bot between them."""

    sandbox: Sandbox
    url: str
    database: Database
    folder: Path
    processes: list[Process] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    async def start(self, **environment: str) -> Process:
        """Start one more process, and wait until it listens."""
        known = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": self.url, "DATABASE_URL": self.database.url}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.flows.listener", str(self.folder / "notes"), str(self.folder / "gate"),
            env={**os.environ, **known, **environment}, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self.processes.append(process)
        assert process.stdout is not None
        assert (await process.stdout.readline()).strip() == b"ready"
        return process

    async def end(self, process: Process, how: signal.Signals) -> None:
        """End a process."""
        process.send_signal(how)
        await process.wait()

    def say(self, *readers: int) -> None:
        """Let readers say something that nobody said before."""
        for reader in readers:
            text = f"{reader}:{len(self.said):03}"
            self.said.append(text)
            self.sandbox.say(text, chat_id=reader)

    def close_gate(self) -> None:
        (self.folder / "gate").touch()

    def open_gate(self) -> None:
        (self.folder / "gate").unlink()

    def noted(self, what: str, *, pid: int | None = None) -> list[str]:
        """What was begun, or ended, by whom."""
        notes = self.folder / "notes"
        lines = [line.split() for line in notes.read_text().splitlines()] if notes.exists() else []
        return [text for verb, text, by in lines if verb == what and pid in (None, int(by))]

    async def all_handled(self) -> None:
        """Wait until everything that was said is handled."""
        await until(lambda: set(self.noted("ended")) == set(self.said), patience_s=60)

    async def nobody_asks(self) -> bool:
        """Whether the right to ask for updates was given back: whoever had it is stopping."""
        async with self.database.reading() as conn:
            return (await conn.execute(select(turn.c.busy_until))).scalar_one() is None

    def check_order(self) -> None:
        """In each chat everything was handled in the order in which it was said."""
        handled = defaultdict(list)
        for text in dict.fromkeys(self.noted("ended")):
            handled[text.partition(":")[0]].append(text)
        assert all(texts == sorted(texts) for texts in handled.values())


@pytest.fixture
async def stage(catalogue: Database, tmp_path: Path) -> AsyncIterator[Stage]:
    sandbox = Sandbox(token=TOKEN, bot_name="Bot", bot_username="updates_bot")
    for reader in READERS:
        sandbox.add_person(Person(reader, "Reader", f"reader_{reader}"))
        sandbox.mark_started(reader)
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        stage = Stage(sandbox, url, catalogue, tmp_path)
        yield stage
        for process in stage.processes:
            if process.returncode is None:
                await stage.end(process, signal.SIGKILL)


async def test_what_a_killed_process_had_under_way_is_handled_by_the_next_start(stage: Stage) -> None:
    first = await stage.start()
    stage.close_gate()
    stage.say(*READERS)
    stage.say(READERS[0])
    await until(lambda: len(stage.noted("began")) == len(READERS) and stage.sandbox.waiting_updates == 0)
    await stage.end(first, signal.SIGKILL)
    assert stage.noted("ended") == []
    stage.open_gate()
    await stage.start()
    stage.say(*READERS)
    await stage.all_handled()
    assert len(stage.noted("ended")) == len(stage.said)
    stage.check_order()


async def test_a_clean_stop_while_something_is_handled_loses_nothing_and_repeats_nothing(stage: Stage) -> None:
    first = await stage.start()
    stage.close_gate()
    stage.say(*READERS, *READERS, *READERS)
    await until(lambda: len(stage.noted("began")) == len(READERS))
    first.send_signal(signal.SIGTERM)
    await until(stage.nobody_asks)
    stage.say(*READERS)
    stage.open_gate()
    await first.wait()
    assert first.returncode == 0
    assert sorted(stage.noted("ended")) == sorted(stage.noted("began"))
    second = await stage.start()
    await stage.all_handled()
    assert len(stage.noted("began")) == len(stage.noted("ended")) == len(stage.said)
    assert stage.noted("began", pid=second.pid)
    stage.check_order()


async def test_of_two_processes_one_asks_and_when_it_is_killed_the_other_does(stage: Stage) -> None:
    first, second = await stage.start(), await stage.start()
    asked_by_first = 0
    for _ in range(10):
        stage.say(*READERS)
        await stage.all_handled()
        asked_by_first = len(stage.noted("ended", pid=first.pid))
    assert asked_by_first in (0, len(stage.said))
    asking, standing_by = (first, second) if asked_by_first else (second, first)
    stage.say(*READERS)
    await stage.end(asking, signal.SIGKILL)
    stage.say(*READERS)
    await stage.all_handled()
    assert stage.noted("ended", pid=standing_by.pid)
    repeated = len(stage.noted("ended")) - len(stage.said)
    assert repeated <= len(READERS)
    stage.check_order()


@dataclass
class Balancer:
    """Stands before several processes and gives each in turn a post; one that is dead gets none."""

    ports: list[int]
    url: str = ""

    def __post_init__(self) -> None:
        self._turns = itertools.cycle(self.ports)
        self._client = httpx.AsyncClient(trust_env=False)

    async def pass_on(self, request: Request) -> Response:
        body = await request.body()
        headers = {name: value for name, value in request.headers.items() if name != "host"}
        try:
            url = f"http://127.0.0.1:{next(self._turns)}{request.url.path}"
            answer = await self._client.post(url, content=body, headers=headers)
        except httpx.HTTPError:
            return Response(status_code=502, headers={"retry-after": "0"})
        return Response(answer.content, answer.status_code)


@asynccontextmanager
async def balanced() -> AsyncIterator[Balancer]:
    balancer = Balancer([free_port(), free_port()])
    async with serve(Starlette(routes=[Route("/{path:path}", balancer.pass_on, methods=["POST"])])) as url:
        balancer.url = url
        yield balancer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@only_postgresql
async def test_two_replicas_behind_one_address_handle_each_update_once_and_in_order(stage: Stage) -> None:
    async with balanced() as balancer:
        both = [await stage.start(PUBLIC_URL=balancer.url, PORT=str(port)) for port in balancer.ports]
        for _ in range(20):
            stage.say(*READERS)
        await stage.all_handled()
        assert len(stage.noted("began")) == len(stage.noted("ended")) == len(stage.said)
        assert all(stage.noted("ended", pid=process.pid) for process in both)
        stage.check_order()


@only_postgresql
async def test_when_one_of_two_replicas_is_killed_the_other_handles_what_it_had(stage: Stage) -> None:
    async with balanced() as balancer:
        both = [await stage.start(PUBLIC_URL=balancer.url, PORT=str(port)) for port in balancer.ports]
        stage.close_gate()
        stage.say(*READERS, *READERS)
        await until(lambda: all(stage.noted("began", pid=process.pid) for process in both))
        await stage.end(both[0], signal.SIGKILL)
        stage.open_gate()
        stage.say(*READERS)
        await stage.all_handled()
        assert len(stage.noted("ended")) == len(stage.said)
        stage.check_order()


async def test_who_is_posted_to_and_who_asks_may_follow_each_other(stage: Stage) -> None:
    port = free_port()
    posted = await stage.start(PUBLIC_URL=f"http://127.0.0.1:{port}/below", PORT=str(port))
    stage.say(*READERS)
    await stage.all_handled()
    await stage.end(posted, signal.SIGTERM)
    stage.say(*READERS)
    asking = await stage.start()
    await stage.all_handled()
    assert stage.noted("ended", pid=asking.pid) == stage.said[-len(READERS) :]
    assert len(stage.noted("ended")) == len(stage.said)
