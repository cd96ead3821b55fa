"""Bots that are born, killed, stopped and waited for, one after the other or side by side."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(slots=True)
class Life:
    """One process of the bot."""

    pid: int
    ended: asyncio.Future[int] = field(default_factory=asyncio.Future)

    @property
    def is_over(self) -> bool:
        return self.ended.done()

    def signal(self, number: int) -> None:
        if not self.is_over:
            os.kill(self.pid, number)

    async def kill(self) -> None:
        """Let it end here and now."""
        self.signal(signal.SIGKILL)
        await self.ended

    async def stop(self) -> int:
        """Ask it to stop and give its exit code."""
        self.signal(signal.SIGTERM)
        return await asyncio.wait_for(asyncio.shield(self.ended), 40)


class Nursery:
    """Where bots come from."""

    def __init__(self, zygote: asyncio.subprocess.Process) -> None:
        self._zygote = zygote
        self._alive: dict[int, Life] = {}
        self._born: asyncio.Queue[Life] = asyncio.Queue()

    async def bear(self, environment: Mapping[str, str]) -> Life:
        """Start one more bot, in this environment and no other."""
        assert self._zygote.stdin is not None
        self._zygote.stdin.write(json.dumps(dict(environment)).encode() + b"\n")
        return await asyncio.wait_for(self._born.get(), 20)

    async def listen(self) -> None:
        """Take in what the zygote tells."""
        assert self._zygote.stdout is not None
        early = dict[int, int]()  # the end of a process may be told before its beginning
        async for line in self._zygote.stdout:
            word, pid, *status = line.decode().split()
            if word == "born":
                life = self._alive[int(pid)] = Life(int(pid))
                if life.pid in early:
                    life.ended.set_result(early.pop(life.pid))
                self._born.put_nowait(life)
            elif int(pid) in self._alive:
                self._alive.pop(int(pid)).ended.set_result(int(status[0]))
            else:
                early[int(pid)] = int(status[0])

    async def close(self) -> None:
        """Let nobody live on."""
        for life in list(self._alive.values()):
            await life.kill()
        assert self._zygote.stdin is not None
        self._zygote.stdin.close()
        await self._zygote.wait()


@asynccontextmanager
async def nursery() -> AsyncIterator[Nursery]:
    """Bear bots inside the block; at its end none is left."""
    zygote = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.torture.zygote", cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    opened = Nursery(zygote)
    listening = asyncio.create_task(opened.listen())
    try:
        yield opened
    finally:
        await opened.close()
        await listening
