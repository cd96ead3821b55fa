"""A sandbox, a database, and processes of the bot between them that note which updates they handle."""

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
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox import Person, Sandbox, serve
from bot.store.database import Database
from bot.store.tables import turn
from tests.waiting import until

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


@asynccontextmanager
async def staged(database: Database, folder: Path) -> AsyncIterator[Stage]:
    """Set the stage; at the end no process is left."""
    sandbox = Sandbox(token=TOKEN, bot_name="Bot", bot_username="updates_bot")
    for reader in READERS:
        sandbox.add_person(Person(reader, "Reader", f"reader_{reader}"))
        sandbox.mark_started(reader)
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        stage = Stage(sandbox, url, database, folder)
        yield stage
        for process in stage.processes:
            if process.returncode is None:
                await stage.end(process, signal.SIGKILL)


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
    """One address for two processes."""
    balancer = Balancer([free_port(), free_port()])
    async with serve(Starlette(routes=[Route("/{path:path}", balancer.pass_on, methods=["POST"])])) as url:
        balancer.url = url
        yield balancer


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
