"""Owns the collages that readers ask for: drafted and drawn by machine, kept by version of the paper."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import product
from typing import Protocol
from weakref import WeakValueDictionary

from bot.collage.judged import Judged
from bot.errors import CollageError, DraftError
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.draft import Draft
from bot.model.entry import Entry, Series
from bot.model.language import ENGLISH
from bot.model.paper import Paper
from bot.model.progress import Progress, Report, Stage, in_silence
from bot.store import quotas
from bot.store.collages import Picture
from bot.store.database import Database
from bot.store.reader_collages import (
    ReaderCollage,
    ReaderKey,
    find_reader_collage,
    find_version,
    note_newest,
    save_reader_collage,
)
from bot.wording.translation import _

MACHINE = Series(
    slug="machine",
    name="Drawn by machine",
    description="Collages that readers asked for.",
    timezone="UTC",
    weekly_at=None,
    roundup_at=None,
)
"""What stands in place of a series on a collage that no editor has seen."""

_log = logging.getLogger(__name__)
_NEWEST_FOR = timedelta(days=1)
"""arXiv's records change once a day."""
_CANVASES = (Canvas.PORTRAIT, Canvas.SLIDE)


class Sketching(Protocol):
    """Looks papers up and drafts them for readers; see `bot.editorial.drafting.studio`."""

    async def look_up(self, arxiv_id: ArxivId, version: int | None = None) -> Paper:
        """The paper with its newest version, unless one is named."""

    async def sketch(self, arxiv_id: ArxivId, series: Series, *, version: int | None, report: Report) -> Draft:
        """The draft; shows only figures whose licence is open."""


class Judge(Protocol):
    """Composes, draws and judges a collage, away from the event loop."""

    async def __call__(
        self, entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]
    ) -> Judged:
        """The collage with its verdict, or CollageError."""


@dataclass(frozen=True, slots=True)
class Commissions:
    """Readers' collages.

    Attributes:
        per_day: How many new ones a reader may ask for; what is there already costs nothing.
        fingerprint: Of the code that drafts and draws; another one makes them anew.
    """

    database: Database
    studio: Sketching
    judge: Judge
    clock: Callable[[], datetime]
    per_day: int
    fingerprint: str
    _alone: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def at_hand(
        self, arxiv_id: ArxivId, wanted: Appearance, *, version: int | None = None
    ) -> ReaderCollage | None:
        """The collage of a paper as *wanted*, if it is there and nobody has to be asked.

        Args:
            version: None means the one that was the newest when somebody last looked, a day ago at most.
        """
        async with self.database.reading() as conn:
            since = self.clock() - _NEWEST_FOR
            known = version or await find_version(conn, str(arxiv_id), since=since)
            if known is None:
                return None
            key = ReaderKey(str(arxiv_id), known, ENGLISH, wanted.canvas, wanted.theme)
            return await find_reader_collage(conn, key, source_hash=self.fingerprint)

    async def get(
        self,
        arxiv_id: ArxivId,
        wanted: Appearance,
        *,
        reader: int,
        version: int | None = None,
        report: Report = in_silence,
    ) -> ReaderCollage:
        """The collage of a paper as *wanted*, made now if nobody asked for it before.

        Args:
            reader: Telegram user id of who asks.
            version: Of the paper; None for the newest.

        Raises:
            QuotaSpent: The reader has had today's collages.
            SourceError: The paper cannot be read.
            DraftError: No collage of it is good enough to be shown.
        """
        report(Progress(Stage.ASKING))
        paper = await self.studio.look_up(arxiv_id, version)
        alone = self._alone.setdefault(f"{arxiv_id}v{paper.version}", asyncio.Lock())
        if alone.locked():
            report(Progress(Stage.WAITING))
        async with alone:
            found = await self._find(paper, wanted)
            if found is None:
                found = await self._paid(paper, reader, lambda: self._make(arxiv_id, version, wanted, report))
            if version is None:
                await self._note_newest(found.paper)
            return found

    async def _paid(self, paper: Paper, reader: int, make: Callable[[], Awaitable[ReaderCollage]]) -> ReaderCollage:
        if await self._is_known(paper):
            return await make()
        day = self.clock().date()
        payment = asyncio.create_task(self._pay(reader, day))
        try:
            await asyncio.shield(payment)  # of one that is cut short nobody would know whether it was made
            return await make()
        except BaseException:  # what did not come about costs nothing, also when we are told to stop
            await asyncio.wait([payment])
            if payment.exception() is None:
                async with self.database.writing() as conn:
                    await quotas.give_back(conn, reader, day)
            raise

    async def _pay(self, reader: int, day: date) -> None:
        async with self.database.writing() as conn:
            await quotas.spend(conn, reader, day, self.per_day)

    async def _make(self, arxiv_id: ArxivId, version: int | None, wanted: Appearance, report: Report) -> ReaderCollage:
        draft = await self.studio.sketch(arxiv_id, MACHINE, version=version, report=report)
        paper = draft.entry.paper
        made = {canvas: await self._draw(draft, canvas, wanted.theme) for canvas in _CANVASES}
        async with self.database.writing() as conn:
            assets = {
                canvas: await save_reader_collage(
                    conn,
                    _key(paper, canvas, wanted.theme),
                    Picture(each.jpeg, each.width, each.height, each.alt),
                    paper=paper,
                    source_hash=self.fingerprint,
                    now=self.clock(),
                )
                for canvas, each in made.items()
            }
        return ReaderCollage(assets[wanted.canvas], paper)

    async def _draw(self, draft: Draft, canvas: Canvas, theme: Theme) -> Judged:
        try:
            made = await self.judge(draft.entry, canvas, language=ENGLISH, theme=theme, files=draft.files)
        except CollageError as error:  # says what an editor could do about it
            _log.warning("No collage: %s", error)
            raise DraftError(_("This paper cannot be drawn as a collage; try another one.")) from error
        if made.report.failures:
            rules = ", ".join(finding.rule for finding in made.report.failures)
            says = _("No collage of this paper meets our own rules ({rules}); try another paper.")
            raise DraftError(says.format(rules=rules))
        return made

    async def _find(self, paper: Paper, wanted: Appearance) -> ReaderCollage | None:
        async with self.database.reading() as conn:
            key = _key(paper, wanted.canvas, wanted.theme)
            return await find_reader_collage(conn, key, source_hash=self.fingerprint)

    async def _note_newest(self, paper: Paper) -> None:
        async with self.database.writing() as conn:
            await note_newest(conn, str(paper.arxiv_id), _version(paper), now=self.clock())

    async def _is_known(self, paper: Paper) -> bool:
        """True where somebody has paid for this paper in another shape or other colours."""
        looks = (Appearance(canvas, theme) for canvas, theme in product(_CANVASES, Theme))
        return any([await self._find(paper, look) for look in looks])


def _key(paper: Paper, canvas: Canvas, theme: Theme) -> ReaderKey:
    return ReaderKey(str(paper.arxiv_id), _version(paper), ENGLISH, canvas, theme)


def _version(paper: Paper) -> int:
    return paper.version or 1
