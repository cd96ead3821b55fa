"""Owns how a paper is read: what is asked of which source, in which order, and what is done without."""

import asyncio
import logging
from collections.abc import Awaitable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from bot.errors import CollagebotError, SourceBusy, SourceError
from bot.model.arxiv_id import ArxivId
from bot.model.manuscript import FoundFigure, Manuscript, Reading, Record
from bot.model.progress import Progress, Report, Stage, in_silence
from bot.sources.apart import apart
from bot.sources.eprint.reading import pdf_inside, read_eprint
from bot.sources.joining import Readings, join
from bot.sources.matching import matches
from bot.sources.page.images import image_names
from bot.sources.page.reading import read_page
from bot.sources.pdf.reading import read_pdf
from bot.sources.sources import Sources

_EPRINT_SECONDS = 60
_PAGE_SECONDS = 40
_PDF_SECONDS = 120
_MOST_IMAGES = 12
"""Of the page; arXiv gives one in three seconds."""

T = TypeVar("T")
_log = logging.getLogger(__name__)


async def read_paper(
    sources: Sources, arxiv_id: ArxivId, *, version: int | None = None, report: Report = in_silence
) -> Manuscript:
    """Read a paper from everywhere it lies.

    The e-print and the page are always asked for; the PDF only where figures have no pixels yet or there is no text;
    pictures of the page only for figures that still have none. What is missing becomes a note.

    Args:
        version: None for the newest.
        report: Told what is being done.

    Raises:
        NoSuchPaper: arXiv has none of that id.
        SourceRefused: It was withdrawn.
        SourceBusy: arXiv does not answer, or gave nothing of the paper but its record because it is busy.
    """
    report(Progress(Stage.ASKING))
    record = await sources.record(arxiv_id, version)
    report(Progress(Stage.READING))
    visit = _Visit(sources, record)
    standing = asyncio.ensure_future(sources.standing(arxiv_id))  # never raises, and nobody waits long for it
    try:
        readings = await _readings(visit)
        figures = await _figures(readings)
        report(Progress(Stage.READING, figures=len(figures)))
        said = await standing
    finally:
        standing.cancel()
    if not readings.present and visit.is_busy:
        raise SourceBusy(f"arXiv is too busy to give away {arxiv_id}; try again later.")
    return await asyncio.to_thread(
        join, record, readings, mention=said.mention, reception=said.reception, notes=visit.notes
    )


@dataclass(slots=True)
class _Visit:
    """What happened while one paper was read.

    Attributes:
        is_busy: Something was not to be had now, but may be later.
        notes: What was done without.
    """

    sources: Sources
    record: Record
    is_busy: bool = False
    notes: list[str] = field(default_factory=list)

    async def attempt(self, what: str, work: Awaitable[T]) -> T | None:
        """Wait for *work*; where it fails, note that and go on without.

        A fault of ours in one reader must not cost the draft either: the other readers may do.
        """
        try:
            return await work
        except SourceError as error:
            self.is_busy = self.is_busy or isinstance(error, SourceBusy)
            self.notes.append(f"Done without {what}: {error}")
        except CollagebotError:
            raise
        except Exception:
            _log.exception("%s of %s could not be read", what, self.record.paper.arxiv_id)
            self.notes.append(f"Done without {what}: it could not be read.")
        return None


@dataclass(frozen=True, slots=True)
class _Source:
    """What came of the e-print: its reading, or the PDF that the authors sent instead."""

    reading: Reading | None = None
    pdf: bytes | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """What came of the web page, its pictures not fetched."""

    reading: Reading | None = None
    html: bytes | None = None


async def _readings(visit: _Visit) -> Readings:
    source, page = await _together(_from_source(visit), _from_page(visit))
    readings = Readings(eprint=source.reading, page=page.reading)
    if not readings.present or _lacking(await _figures(readings)):
        pdf = await _from_pdf(visit, source.pdf)
        readings = replace(readings, pdf=pdf) if pdf else readings
    if page.html and page.reading and (lacking := _lacking(await _figures(readings))):
        work = _with_pictures(visit, page.html, page.reading, lacking)
        again = await visit.attempt("the pictures of the web page", work)
        readings = replace(readings, page=again) if again else readings
    return readings


async def _figures(readings: Readings) -> tuple[FoundFigure, ...]:
    """The figures of all readers; joining those of a long paper takes a while, and the event loop must not wait."""
    return await asyncio.to_thread(lambda: readings.figures)


async def _together(source: Coroutine[Any, Any, _Source], page: Coroutine[Any, Any, _Page]) -> tuple[_Source, _Page]:
    """Fetch one while the other is read."""
    tasks = asyncio.ensure_future(source), asyncio.ensure_future(page)
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)  # whoever is given up leaves nothing under way


async def _from_source(visit: _Visit) -> _Source:
    content = await visit.attempt("the source", visit.sources.eprint(visit.record))
    if not content:
        return _Source()
    work = apart(_read_source, content, seconds=_EPRINT_SECONDS, what="the source")
    found = await visit.attempt("the source", work) or _Source()
    visit.notes.extend(found.notes)
    return found


def _read_source(content: bytes) -> _Source:
    reading = read_eprint(content)
    if reading.sections or reading.figures:
        return _Source(reading)
    return _Source(pdf=pdf_inside(content), notes=reading.notes)


async def _from_page(visit: _Visit) -> _Page:
    html = await visit.attempt("the web page", visit.sources.page(visit.record))
    if not html:
        return _Page()
    work = apart(read_page, html, {}, seconds=_PAGE_SECONDS, what="the web page")
    return _Page(await visit.attempt("the web page", work), html)


async def _from_pdf(visit: _Visit, sent: bytes | None) -> Reading | None:
    content = sent or await visit.attempt("the PDF", visit.sources.pdf(visit.record))
    if not content:
        return None
    return await visit.attempt("the PDF", apart(read_pdf, content, seconds=_PDF_SECONDS, what="the PDF"))


async def _with_pictures(visit: _Visit, html: bytes, page: Reading, lacking: Sequence[FoundFigure]) -> Reading:
    """Read the page again, with the pictures of those figures that have none."""
    pairs = await asyncio.to_thread(matches, lacking, page.figures)
    places = frozenset(pairs.values())
    names = await apart(image_names, html, places, seconds=_PAGE_SECONDS, what="the web page")
    images: Mapping[str, bytes] = await visit.sources.images(visit.record, names[:_MOST_IMAGES])
    return await apart(read_page, html, images, seconds=_PAGE_SECONDS, what="the web page")


def _lacking(figures: Sequence[FoundFigure]) -> list[FoundFigure]:
    """The figures without pixels; those of the appendix do not count where others have some."""
    lacking = [figure for figure in figures if not figure.images]
    return lacking if len(lacking) == len(figures) else [figure for figure in lacking if not figure.is_appendix]
