"""Owns drafting by hand: a link in, a content folder and its pictures out."""

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.app.checking import CHECKED
from bot.app.drawing import Order, picture_name
from bot.app.workshop import judged_apart, open_studio
from bot.collage.check.report import Report as Verdict
from bot.editorial.content import Content, read_content, read_vocabulary
from bot.editorial.export.folder import write_entry
from bot.editorial.export.placing import find_written, placed
from bot.editorial.faults import Faults
from bot.errors import DraftError
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Canvas
from bot.model.draft import Draft
from bot.model.entry import Entry, Series, Topic
from bot.model.progress import Progress, Stage
from bot.settings import Settings
from bot.store.database import Database
from bot.store.schema import migrate

SAID = {
    Stage.WAITING: "waiting for others who draft",
    Stage.ASKING: "asking arXiv",
    Stage.READING: "reading the paper",
    Stage.CHOOSING: "choosing sentences, figures and formulas",
    Stage.WRITING: "the language model is writing",
    Stage.DRAWING: "drawing",
}


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is to be drafted.

    Attributes:
        link: An arXiv id or link, as typed.
        series: Its slug; None for the first one with a weekly pick.
        pictures: Folder for the pictures.
        replaces: True overwrites the folder of an entry about the same paper.
    """

    link: str
    series: str | None
    pictures: Path
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it.

    Attributes:
        folder: Of the entry.
        verdicts: Of each picture, by its path.
    """

    folder: Path
    draft: Draft
    verdicts: dict[Path, Verdict]


async def draft_by_hand(settings: Settings, assignment: Assignment) -> Result:
    """Draft a paper, write its folder below the content folder, and draw it.

    Raises:
        DraftError: The link is none, or the series has the paper already.
        SourceError: The paper cannot be read.
        ContentError: The content folder cannot be read.
    """
    found = ArxivId.find_versioned(assignment.link)
    if found is None:
        raise DraftError(f"{assignment.link!r} is no arXiv id and no link to a paper; try one like 2103.10697.")
    content = await asyncio.to_thread(read_content, settings.content, goes_on=True)
    series = _series(content, assignment.series)
    known = find_written(content.entries, series, found[0])
    if known and not assignment.replaces:
        raise DraftError(f"{known.slug} is about this paper already; edit it, or say --force to draft it anew.")
    draft = await _draft(settings, content.topics, (found[0], found[1], series))
    entry = placed(_numbered(draft.entry, content, known), content.entries)
    vocabulary = read_vocabulary(settings.content, Faults(settings.content.name))
    folder = write_entry(settings.content, entry, draft.files, vocabulary, replaces=assignment.replaces)
    verdicts = {}
    for canvas in CHECKED:
        path, verdict = await _drawn(entry, canvas, draft, assignment.pictures)
        verdicts[path] = verdict
    return Result(folder, draft, verdicts)


async def _draft(settings: Settings, topics: Sequence[Topic], asked: tuple[ArxivId, int | None, Series]) -> Draft:
    """Draft with the pace of the installation's database, so that no other process asks arXiv at the same time."""
    await asyncio.to_thread(migrate, settings.database_url)
    database = Database(settings.database_url)

    async def listed() -> Sequence[Topic]:
        return topics

    arxiv_id, version, series = asked
    try:
        async with open_studio(settings, database, listed) as studio:
            return await studio.draft(arxiv_id, series, version=version, report=ProgressLine())
    finally:
        await database.close()


async def _drawn(entry: Entry, canvas: Canvas, draft: Draft, folder: Path) -> tuple[Path, Verdict]:
    order = Order()
    made = await judged_apart(entry, canvas, language=order.language, theme=order.theme, files=draft.files)
    path = folder / picture_name(entry, canvas, order)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.jpeg)
    return path, made.report


def _series(content: Content, slug: str | None) -> Series:
    names = ", ".join(series.slug for series in content.series)
    wanted = (it for it in content.series if (it.slug == slug if slug else it.weekly_at))
    found = next(wanted, None) or (None if slug else next(iter(content.series), None))
    if found is None:
        raise DraftError(f"There is no series {slug!r} in the content folder; choose from: {names}.")
    return found


def _numbered(entry: Entry, content: Content, known: Entry | None) -> Entry:
    """The entry with the next number of its series; an entry drafted anew keeps what it has, and its state."""
    if known:
        return replace(entry, number=known.number, month=known.month, state=known.state)
    series = entry.series
    taken = [it.number for it in content.entries if it.series.slug == series.slug and it.number]
    number = max(taken, default=0) + 1 if series.total is not None else None
    if series.total is not None and number is not None and number > series.total:
        raise DraftError(f"{series.name} is full at {series.total}; raise `total` in its series.yaml.")
    return replace(entry, number=number)


class ProgressLine:
    """Says on standard error what is being done, one line per step with the seconds since the start."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._said = ""

    def __call__(self, progress: Progress) -> None:
        """Say it, unless it was just said."""
        figures = f" ({progress.figures} figures)" if progress.figures else ""
        line = f"{SAID[progress.stage]}{figures} …"
        if line != self._said:
            self._said = line
            print(f"{time.monotonic() - self._start:5.1f} s  {line}", file=sys.stderr, flush=True)
