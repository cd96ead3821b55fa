"""From a /search update to its reply, polled from a server that answers at once: ours beside what others write."""

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.app.rooms import load_content, open_rooms
from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry
from bot.model.language import ENGLISH
from bot.settings import ROOT, Settings
from bot.store import entries
from bot.store.database import Database
from bot.store.schema import migrate
from tests.bench.peers import papers
from tests.bench.stopwatch import headline, line

PAPERS = 1_000
IN_FLIGHT = 32
WARM_UP, MEASURED, ROUNDS = 500, 2_000, 5
_ASKED = {"questions that readers repeat": 400, "every question another one": WARM_UP + MEASURED}
"""How many questions there are. Of 400 each was asked once while warming up, and is asked five times, as readers of one
collage ask alike."""
_CONTENDERS = {
    "Collagebot": ("collagebot_search", "aiohttp"),
    "Collagebot over httpx, as it was": ("collagebot_search", "httpx"),
    "aiogram, a bare FTS5 query": ("aiogram_search",),
    "python-telegram-bot as it comes, the same": ("telegram_search",),
}
_OURS = "collagebot_search"
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one contender: updates a second, seconds from update to reply, CPU of its process, its peak memory."""

    rate: float
    p50: float
    p99: float
    cpu_ms: float
    peak_mib: float


def measure() -> None:
    """Print how many updates a second each of them answers, and how long one waits."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        titles = asyncio.run(_prepare(folder))
        for kind, count in _ASKED.items():
            headline(
                f"/search update → reply, {PAPERS:,} papers, {IN_FLIGHT} in flight, {kind}: medians of {ROUNDS} runs"
            )
            _questions_file(folder).write_text(json.dumps(_questions(titles, count)))
            _compare(folder)


def _compare(folder: Path) -> None:
    runs: dict[str, list[Run]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, contender in _CONTENDERS.items():
            runs[name].append(_run(folder, *contender))
    found = {name: _median(each) for name, each in runs.items()}
    ours = found["Collagebot"]
    for name, run in found.items():
        times = f"{run.rate:6.0f}/s   p50 {run.p50 * 1e3:5.1f} ms   p99 {run.p99 * 1e3:5.1f} ms"
        line(name, f"{times}   {run.cpu_ms:5.2f} ms CPU each   {run.peak_mib:4.0f} MiB")
        if run is not ours:
            line("", f"ours is {ours.rate / run.rate:.2f}× as fast, with {ours.cpu_ms / run.cpu_ms:.2f}× the CPU")


async def _prepare(folder: Path) -> list[str]:
    """Write the same papers for both, and hand out their titles."""
    written = list(_papers())
    papers.write(
        folder / "papers.db", ((title, abstract, f"https://t.me/b?start={n}") for n, title, abstract in written)
    )
    settings = Settings(database_url=_url(folder), send_rate=0)
    migrate(settings.database_url)
    await load_content(settings)
    async with open_rooms(settings) as rooms:
        sample = (await rooms.library.find("1"))[0]
        await _fill(rooms.database, sample, written)
    return [title for _, title, _ in written]


async def _fill(database: Database, sample: Entry, written: Sequence[tuple[int, str, str]]) -> None:
    async with database.writing() as conn:
        for number, title, abstract in written:
            paper = replace(sample.paper, arxiv_id=ArxivId(f"1801.{number:05}"), title=title)
            texts = {ENGLISH: replace(sample.texts[ENGLISH], summary=abstract)}
            said = replace(sample, slug=f"ml-collage/bench-{number}", number=1000 + number, paper=paper, texts=texts)
            said = replace(said, panels=(), panels_in={}, aliases=(), id=0)
            await entries.write_entry(conn, said, origin="content", hashed=str(number))


def _papers() -> Iterator[tuple[int, str, str]]:
    """Papers of words with the frequencies of a language: number, title, abstract of 100 words."""
    dice = random.Random(2026)
    words = _vocabulary(dice)
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    for number in range(1, PAPERS + 1):
        title = " ".join(dice.choices(words, weights, k=8)).capitalize()
        yield number, title, " ".join(dice.choices(words, weights, k=100))


def _vocabulary(dice: random.Random) -> list[str]:
    beginnings, middles, ends = (
        ("tra", "con", "dif", "lo", "neu", "gra", "me"),
        ("for", "vo", "fu", "ri", "ta"),
        "mnlrt",
    )
    made = {
        dice.choice(beginnings) + "".join(dice.choices(middles, k=dice.randint(1, 3))) + dice.choice(ends)
        for _ in range(6000)
    }
    return dice.sample(sorted(made), k=min(1500, len(made)))


def _questions(titles: Sequence[str], count: int) -> list[str]:
    """So many different questions, each of one to three words of a title: it finds something."""
    dice, asked = random.Random(5), dict[str, None]()
    while len(asked) < count:
        asked[" ".join(dice.sample(dice.choice(titles).split(), k=dice.choice((1, 1, 2, 3))))] = None
    return list(asked)


def _questions_file(folder: Path) -> Path:
    return folder / "questions.json"


def _run(folder: Path, module: str, *transport: str) -> Run:
    database = _url(folder) if module == _OURS else str(folder / "papers.db")
    with _started("bot_api", str(_questions_file(folder)), *map(str, (IN_FLIGHT, WARM_UP, MEASURED))) as server:
        port = _heard(server)
        with _started(module, f"http://127.0.0.1:{port}", database, *transport) as client:
            assert _heard(server) == "begin"
            before = _cpu_seconds(client.pid)
            result = json.loads(_heard(server))
            cpu = _cpu_seconds(client.pid) - before
            return Run(**result, cpu_ms=cpu / MEASURED * 1e3, peak_mib=_peak_mib(client.pid))


@contextmanager
def started_server() -> Iterator[str]:
    """Run the server without anybody who asks, and yield its address."""
    with _started("bot_api") as server:
        yield f"http://127.0.0.1:{_heard(server)}"


@contextmanager
def _started(module: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", f"tests.bench.peers.{module}", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()  # killed, ours would leave updates behind that the next run has to wait for
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _heard(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    said = server.stdout.readline().strip()
    if not said:
        raise RuntimeError("the server of the bench ended early; run it by itself to see why")
    return said


def _median(runs: Sequence[Run]) -> Run:
    names = ("rate", "p50", "p99", "cpu_ms", "peak_mib")
    return Run(**{name: statistics.median(getattr(run, name) for run in runs) for name in names})


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _peak_mib(pid: int) -> float:
    rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("VmHWM")) / 1024


def _url(folder: Path) -> str:
    return f"sqlite:///{folder}/bench.db"


if __name__ == "__main__":
    measure()
