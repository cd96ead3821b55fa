"""A desk whose drafts are made here, for tests that change them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bot.editorial.desk import Desk
from bot.model.arxiv_id import ArxivId
from bot.model.draft import Alternative, Draft, Removal, Role
from bot.model.entry import Entry, EntryState, EntryText, Series, Topic
from bot.model.licence import Licence
from bot.model.panel import Equation, Figure, Note
from bot.model.paper import Paper
from bot.model.progress import Progress, Report, Stage
from bot.store import entries
from bot.store.database import Database

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday in 2026-W47
ADA, BOB = 1, 2
WEEKLY = Series("weekly", "Weekly", "One a week.", "UTC", "mon 09:00", "last 18:00", total=9)
MONTHLY = Series("monthly", "Monthly", "Some a month.", "UTC", None, "last 18:00", insights=True)
GRAPHS, VISION = Topic("graphs", "Graphs", ("GNN",)), Topic("vision", "Vision")
PAPER = ArxivId("2103.10697")
SUMMARY = " ".join(["word"] * 90)
TEXT = EntryText("A headline.", "What?", "How.", SUMMARY, "What stays.", shorter={"question": ("Why?",)})
FORMULA = Equation("E = mc^2", "Energy.", "eq. 1")
NOTE = Note("Data", "Little is enough.", "sec. 4")


def picture(name: str) -> bytes:
    """Stands for the bytes of a figure; nobody draws them here."""
    return f"picture {name}".encode()


def figure(name: str, *, licence: str = "CC BY 4.0") -> Figure:
    """A figure of the paper."""
    digest = sha256(picture(name)).hexdigest()
    return Figure(f"{name}.png", digest, f"Caption of {name}.", f"Fig. {name} of Lee (2021)", licence)


def alternative(name: str, *, may_show: bool = True) -> Alternative:
    """A figure that a draft may show, or may not."""
    licence = "CC BY 4.0" if may_show else "arXiv licence"
    return Alternative(figure(name, licence=licence), Role.METHOD, 1.0, may_show, 640, 400)


def entry_about(arxiv_id: ArxivId, series: Series = WEEKLY, **changes: object) -> Entry:
    """What drafting would say of a paper."""
    licence = Licence.read("CC BY 4.0")
    said = Entry(
        slug="",
        series=series,
        number=None,
        month=None,
        state=EntryState.DRAFT,
        paper=Paper(arxiv_id, 2, f"About {arxiv_id}", ("Ada Lee",), 2021, licence=licence),
        links=(),
        topics=(VISION,),
        aliases=(),
        numbers=(),
        panels=(figure("1"), FORMULA),
        texts={"en": TEXT, "zh": replace(TEXT, headline="标题。", summary="这是一段中文摘要。" * 16)},
    )
    return replace(said, **changes)  # type: ignore[arg-type]


def draft_of(entry: Entry, *others: Alternative) -> Draft:
    """A draft that may show figure 1, 2 and 3."""
    alternatives = others or tuple(map(alternative, "123"))
    files = {sha256(picture(name)).hexdigest(): picture(name) for name in "1234"}
    return Draft(entry, alternatives, files, removed=(Removal("summary", "It has 9 legs.", "9"),), notes=("A note.",))


@dataclass
class Drafting:
    """Makes drafts at once, as told; stands in for the network and the readers."""

    make: Callable[[ArxivId, Series], Draft] = lambda arxiv_id, series: draft_of(entry_about(arxiv_id, series))
    gate: asyncio.Event | None = None
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[ArxivId] = field(default_factory=list)

    async def __call__(self, arxiv_id: ArxivId, series: Series, *, version: int | None, report: Report) -> Draft:
        self.asked.append(arxiv_id)
        report(Progress(Stage.READING))
        self.begun.set()
        if self.gate:
            await self.gate.wait()
        return self.make(arxiv_id, series)


@dataclass
class Clock:
    """Shows the time it was set to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


async def store_series(database: Database, *series: Series) -> None:
    """Write the series and the topics that the samples speak of."""
    async with database.writing() as conn:
        for one in series or (WEEKLY, MONTHLY):
            await entries.write_series(conn, one)
        for topic in (GRAPHS, VISION):
            await entries.write_topic(conn, topic)


async def store_from_file(database: Database, number: int, *, state: EntryState = EntryState.QUEUED) -> int:
    """Write an entry as a load does."""
    said = entry_about(ArxivId(f"2001.{number:05d}"), slug=f"weekly/{number:02d}", number=number, state=state)
    async with database.writing() as conn:
        return await entries.write_entry(conn, said, origin="content", hashed=entries.content_hash(said))


def desk_of(database: Database, *, clock: Clock | None = None, drafting: Drafting | None = None) -> Desk:
    """A desk on that database."""
    return Desk(database, drafting or Drafting(), clock or Clock())


async def approved(desk: Desk, arxiv_id: str, *, series: str = "weekly") -> int:
    """Draft a paper and approve it at once."""
    draft = await desk.take_up(ArxivId(arxiv_id), series=series, editor=ADA)
    return (await desk.approve(draft.id, draft.revision, editor=ADA)).id
