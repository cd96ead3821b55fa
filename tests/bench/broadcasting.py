"""One edition to thousands of chats from one process, ledger included, beside others that keep none."""

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from bot.app.rooms import Post, Rooms, load_content, open_post, open_rooms
from bot.model.canvas import Canvas
from bot.model.edition import Edition, EditionKind, EmptyQueue
from bot.publishing.calendar import current_slot
from bot.publishing.editions import open_slot
from bot.settings import ROOT, Settings
from bot.store import collages, entries
from bot.store.schema import migrate
from bot.store.tables import chat, subscription
from tests.bench.peers.broadcast import FILE, FIRST_CHAT, WARM_UP
from tests.bench.stopwatch import headline, line
from tests.databases import Server, running_server

CHATS, ROUNDS = 5_000, 5
AT_ONCE, FAR_AWAY_MS, FAR_AWAY = 64, 50, 128
_OURS = {"ours, ledger on SQLite (synchronous=FULL)": "sqlite", "ours, ledger on PostgreSQL": "postgresql"}
_PEERS = {
    "aiogram, no ledger": "aiogram_broadcast",
    "bare aiohttp and orjson, no ledger": "aiohttp_broadcast",
    "python-telegram-bot as it comes, no ledger": "telegram_broadcast",
}
_AIOGRAM, _TELEGRAM = "aiogram, no ledger", "python-telegram-bot as it comes, no ledger"


@dataclass(frozen=True, slots=True)
class Run:
    """Deliveries a second, and milliseconds of CPU of the sender for each."""

    rate: float
    cpu_ms: float


def measure() -> None:
    """Print deliveries a second and CPU for each, into a server that answers at once and one that is far away."""
    with tempfile.TemporaryDirectory() as place, running_server(in_memory=False) as server:
        ledgers = Ledgers(Path(place), server)
        for delay_ms, in_flight in ((0, AT_ONCE), (FAR_AWAY_MS, FAR_AWAY)):
            away = f"{delay_ms} ms away" if delay_ms else "that answers at once"
            headline(f"{CHATS:,} chats, a server {away}, {in_flight} in flight: medians of {ROUNDS} interleaved runs")
            _compare(ledgers, delay_ms, in_flight)


class Ledgers:
    """Databases in which an edition waits for everybody; each run gets a copy."""

    def __init__(self, folder: Path, server: Server) -> None:
        self._folder, self._server = folder, server
        self._file = folder / "ledger.db"
        self._template = server.create()
        for settings in ("fsync", "full_page_writes", "synchronous_commit"):  # as durable as SQLite's
            server.execute(f"ALTER SYSTEM SET {settings} = on")
        server.execute("SELECT pg_reload_conf()")
        for url in (f"sqlite:///{self._file}", self._template):
            asyncio.run(prepare(url, CHATS + WARM_UP))

    @contextmanager
    def copy(self, kind: str) -> Iterator[str]:
        """The address of a database in which nothing is sent yet."""
        if kind == "sqlite":
            copied = self._folder / "run.db"
            shutil.copy(self._file, copied)
            yield f"sqlite:///{copied}"
            for path in self._folder.glob("run.db*"):
                path.unlink()
        else:
            url = self._server.create(self._server.name(self._template))
            yield url
            self._server.drop(url)


async def prepare(url: str, chats: int) -> None:
    """Fill a database: the catalogue, subscribed chats, an open edition, a picture that Telegram knows."""
    settings = Settings(database_url=url, send_rate=0)
    await asyncio.to_thread(migrate, url)
    await load_content(settings)
    now = datetime.now(UTC)
    async with open_rooms(settings) as rooms, open_post(rooms, settings, token="1000:bench", api_url=url) as post:
        async with rooms.database.writing() as conn:
            ids = range(FIRST_CHAT, FIRST_CHAT + chats)
            seen = [{"id": chat_id, "kind": "private", "title": "", "seen_at": now} for chat_id in ids]
            await conn.execute(insert(chat), seen)
            since = now - timedelta(days=30)
            await conn.execute(insert(subscription), [{"chat_id": it, "thread_id": 0, "since": since} for it in ids])
        edition = await opened(rooms, post, now)
        asset = await rooms.shelf.get(edition.entries[0], Canvas.PORTRAIT)
        async with rooms.database.writing() as conn:
            await collages.remember_file_id(conn, 1000, asset.sha256, FILE)


async def opened(rooms: Rooms, post: Post, now: datetime) -> Edition:
    """Open this week's edition."""
    async with rooms.database.writing() as conn:
        series = await entries.get_series(conn, "ml-collage")
        return await open_slot(
            conn,
            series,
            current_slot(series, EditionKind.WEEKLY, now),
            messenger=post.publisher.messenger,
            empty_queue=EmptyQueue.ARCHIVE,
            now=now,
            by_hand=True,
        )


def _compare(ledgers: Ledgers, delay_ms: int, in_flight: int) -> None:
    runs: dict[str, list[Run]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, kind in _OURS.items():
            with ledgers.copy(kind) as url:
                runs[name].append(_run("collagebot_broadcast", delay_ms, in_flight, url))
        for name, module in _PEERS.items():
            runs[name].append(_run(module, delay_ms, in_flight))
    found = {name: _median(each) for name, each in runs.items()}
    for name, run in found.items():
        line(name, f"{run.rate:6.0f}/s   {run.cpu_ms:.3f} ms CPU each   {1000 / run.cpu_ms:6.0f} per CPU second")
    for name in _OURS:
        for other in (_AIOGRAM, _TELEGRAM):
            ours, theirs = found[name], found[other]
            compared = f"{theirs.cpu_ms / ours.cpu_ms:.2f}× per CPU second, {ours.rate / theirs.rate:.2f}× the rate"
            line(f"{name.partition(', ')[2]} beside {other.partition(',')[0]}", compared)


def _median(runs: list[Run]) -> Run:
    return Run(statistics.median(run.rate for run in runs), statistics.median(run.cpu_ms for run in runs))


def _run(module: str, delay_ms: int, in_flight: int, *database: str) -> Run:
    with _started("bot_api", str(delay_ms)) as stub:
        assert stub.stdout is not None
        url = f"http://127.0.0.1:{stub.stdout.readline().strip()}"
        with _started(module, url, str(CHATS), str(in_flight), *database) as sender:
            said = json.loads(sender.communicate()[0])
    return Run(CHATS / said["seconds"], said["cpu"] / CHATS * 1e3)


@contextmanager
def _started(module: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", f"tests.bench.peers.{module}", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    measure()
