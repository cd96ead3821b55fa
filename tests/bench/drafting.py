"""From a link to a preview against a server on this machine, step by step; and what answers cost meanwhile."""

import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from bot.app.workshop import judged_apart
from bot.editorial.drafting import steps as steps_module
from bot.editorial.drafting.studio import Studio
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Series, Topic
from bot.model.language import ENGLISH
from bot.model.progress import Progress, Stage
from bot.sources import reading as reading_module
from bot.sources.addresses import Addresses
from bot.sources.fetching.pace import NoPace
from bot.sources.sources import Sources
from tests.bench.answering import WORDS, answer_at_once, answering_rooms, command_update
from tests.bench.stopwatch import Timing, headline, line, peak_mib, timed_async
from tests.drafts import topics
from tests.sources.real import real_papers
from tests.sources.server import serving
from tests.sources.specimen import NAME, specimen

RUNS = 3
SEARCHES = 2_000
_SERIES = Series("ml-collage", "ML-Collage", "", "UTC", "mon 09:00", "last 18:00")


@dataclass(slots=True)
class Steps:
    """How long each stage took, in seconds."""

    began: float = field(default_factory=time.perf_counter)
    stage: Stage | None = None
    spent: dict[Stage, float] = field(default_factory=dict)

    def __call__(self, progress: Progress) -> None:
        self.end()
        self.stage = progress.stage

    def end(self) -> None:
        """Count what has passed for the stage that was under way."""
        now = time.perf_counter()
        if self.stage:
            self.spent[self.stage] = self.spent.get(self.stage, 0.0) + now - self.began
        self.began = now


async def measure() -> None:
    """Print how long a draft takes, how much memory, and what /search costs while two are made."""
    papers = {NAME: specimen(), **real_papers()}
    headline(f"From a link to a preview: {len(papers)} papers from a local server, {RUNS} times each, no pace kept")
    async with serving(papers) as server:
        await _one_by_one(server.addresses, list(papers))
        await _while_answering(server.addresses, list(papers))


async def _one_by_one(at: Addresses, names: Sequence[str]) -> None:
    taken: list[Steps] = []
    async with _studio(at) as first:  # the workers start once in the life of a bot
        await _preview(first, names[0])
    for _ in range(RUNS):
        async with _studio(at) as studio:  # with an empty cache
            taken += [await _preview(studio, name) for name in names]
    for stage in (Stage.ASKING, Stage.READING, Stage.CHOOSING, Stage.DRAWING):
        line(f"  {stage}", _seconds([steps.spent.get(stage, 0.0) for steps in taken]))
    line("link to preview", _seconds([sum(steps.spent.values()) for steps in taken]))
    line("peak memory", f"{peak_mib():.0f} MiB here, {_worker_peak():.0f} MiB in the largest worker")


async def _while_answering(at: Addresses, names: Sequence[str]) -> None:
    headline(f"/search at the handler while two drafts are made without pause, {SEARCHES:,} calls each")
    async with answering_rooms(url="http://127.0.0.1:9") as (_, post):
        answer_at_once(post.application)
        await post.application.initialize()
        updates = itertools.cycle([command_update(post.application, f"/search {words}") for words in WORDS])

        async def search() -> None:
            await post.application.process_update(next(updates))
            await asyncio.sleep(0.005)  # people do not ask without pause

        await search()
        line("nobody drafts", await timed_async(search, SEARCHES))
        line("two draft, in worker processes", await _beside(at, names, search))
        with patch.object(steps_module, "apart", _in_a_thread), patch.object(reading_module, "apart", _in_a_thread):
            line("two draft, in threads instead", await _beside(at, names, search))
        await post.application.shutdown()


async def _beside(at: Addresses, names: Sequence[str], search: Callable[[], Awaitable[None]]) -> Timing:
    orders = (names, [*names[len(names) // 2 :], *names[: len(names) // 2]])
    drafting = [asyncio.create_task(_forever(at, order)) for order in orders]
    try:
        await asyncio.sleep(0.5)
        return await timed_async(search, SEARCHES)
    finally:
        for task in drafting:
            task.cancel()
        await asyncio.gather(*drafting, return_exceptions=True)


async def _forever(at: Addresses, names: Sequence[str]) -> None:
    while True:
        async with _studio(at) as studio:
            for name in names:
                await _preview(studio, name)


async def _preview(studio: Studio, name: str) -> Steps:
    steps = Steps()
    draft = await studio.draft(ArxivId(name), _SERIES, report=steps)
    await judged_apart(draft.entry, Canvas.PORTRAIT, language=ENGLISH, theme=Theme.LIGHT, files=draft.files)
    steps.end()
    return steps


@asynccontextmanager
async def _studio(at: Addresses) -> AsyncIterator[Studio]:
    known = topics()

    async def listed() -> Sequence[Topic]:
        return known

    with tempfile.TemporaryDirectory() as folder:
        async with Sources(at, pace=NoPace(), folder=Path(folder), agent="Collagebot/bench") as sources:
            yield Studio(sources, listed)


async def _in_a_thread(work: Callable[..., object], *args: object, **_: object) -> object:
    return await asyncio.to_thread(work, *args)


def _seconds(samples: Sequence[float]) -> str:
    return f"median {statistics.median(samples):6.2f} s   slowest {max(samples):6.2f} s"


def _worker_peak() -> float:
    """The largest resident size that one of our worker processes ever had, in MiB."""
    children = Path("/proc/self/task").glob("*/children")
    pids = {pid for path in children for pid in path.read_text().split()}
    peaks = [row.split()[1] for pid in pids for row in _status(pid) if row.startswith("VmHWM")]
    return max(map(int, peaks), default=0) / 1024


def _status(pid: str) -> list[str]:
    try:
        return Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    asyncio.run(measure())
