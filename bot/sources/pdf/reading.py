"""Owns reading a PDF: figures as they are seen, found by their captions, and the text around them.

Runs where it may be stopped: pdfium is not safe for threads, and some files keep it busy for very long.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any

import pypdfium2

from bot.model.manuscript import FoundFigure, FoundTable, Image, Origin, Reading
from bot.model.paper import Link
from bot.sources.links import merged, own_link, own_links
from bot.sources.pdf.captions import Caption, Kind
from bot.sources.pdf.drawing import draw_region
from bot.sources.pdf.furniture import set_apart
from bot.sources.pdf.ink import Ink
from bot.sources.pdf.layout import Layout, lay_out
from bot.sources.pdf.limits import Limits
from bot.sources.pdf.mentions import citing_sentences
from bot.sources.pdf.opening import opened, read_pages
from bot.sources.pdf.outline import Outline, outline_of
from bot.sources.pdf.page import Address, Page
from bot.sources.pdf.regions import Region, find_regions
from bot.sources.pdf.typography import measure
from bot.wording.plain import plain

_LONGEST_CAPTION = 5000
_AROUND = 30.0  # points around a link, where the text says what it leads to


def read_pdf(content: bytes, *, limits: Limits | None = None) -> Reading:
    """Read the PDF of a paper.

    Args:
        limits: What is read at most; the usual bounds where none are given.

    Returns:
        Title, abstract, sections, figures with one picture each (a PNG of what is seen), captions of tables, links,
        and notes on what could not be read.

    Raises:
        SourceRefused: It is no PDF, is damaged, asks for a password, or is too large.
    """
    bounds = limits or Limits()
    until = time.monotonic() + bounds.seconds
    with opened(content, bounds) as document:
        found, notes = read_pages(document, bounds, until=until)
        pages = set_apart(found)
        typography = measure(pages)
        layouts = [lay_out(page, typography) for page in pages]
        regions = _numbered(find_regions(layouts, typography, _inks(document)))
        outline = outline_of(layouts, typography)
        figures = _figures(document, regions, outline, bounds, until)
    notes += [] if any(page.lines for page in pages) else ["The PDF has no text that can be read; it is a scan."]
    return Reading(
        sections=outline.sections,
        figures=tuple(figures),
        tables=tuple(_tables(layouts, outline)),
        abstract=outline.abstract,
        title=outline.title,
        links=_links(pages, outline),
        notes=tuple(notes),
    )


def _inks(document: Any) -> Callable[[int], Ink]:
    @lru_cache(maxsize=2)
    def ink(number: int) -> Ink:
        with closing(document[number - 1]) as page:
            return Ink.of_page(page)

    return ink


def _numbered(regions: Iterable[Region]) -> list[Region]:
    """Every number once: the caption with a figure at it, else the first."""
    best: dict[str, Region] = {}
    for region in regions:
        number = region.caption.number
        if number not in best or (best[number].box is None and region.box is not None):
            best[number] = region
    return sorted(best.values(), key=lambda region: (region.caption.page, region.caption.box.y))


def _figures(
    document: Any, regions: Sequence[Region], outline: Outline, limits: Limits, until: float
) -> list[FoundFigure]:
    citing = citing_sentences(outline.sections)
    return [
        FoundFigure(
            number=region.caption.number,
            caption=plain(region.caption.text, longest=_LONGEST_CAPTION),
            images=_images(document, region, limits) if place < limits.figures and time.monotonic() < until else (),
            position=place,
            citing=citing.get(region.caption.number, ()),
            is_appendix=_is_behind(region.caption, outline),
            is_wide=region.is_wide,
        )
        for place, region in enumerate(regions)
    ]


def _images(document: Any, region: Region, limits: Limits) -> tuple[Image, ...]:
    if region.box is None:
        return ()
    number = region.caption.page
    try:
        with closing(document[number - 1]) as page:
            picture = draw_region(page, region.box, limits)
    except pypdfium2.PdfiumError:
        return ()
    return (Image(f"Figure {region.caption.number}, page {number} of the PDF", picture, Origin.PDF),)


def _is_behind(caption: Caption, outline: Outline) -> bool:
    """It stands in the appendix."""
    start = outline.appendix
    return start is not None and (caption.page, caption.box.y) > (start.page, start.y)


def _tables(layouts: Iterable[Layout], outline: Outline) -> list[FoundTable]:
    captions = [caption for layout in layouts for caption in layout.captions if caption.kind is Kind.OTHER]
    return [
        FoundTable(
            number=caption.number,
            caption=plain(caption.text, longest=_LONGEST_CAPTION),
            position=place,
            is_appendix=_is_behind(caption, outline),
        )
        for place, caption in enumerate(caption for caption in captions if caption.label.lower().startswith("tab"))
    ]


def _links(pages: Iterable[Page], outline: Outline) -> tuple[Link, ...]:
    found = [
        link
        for page in pages
        for address in page.addresses
        if (link := own_link(address.url, said=_said_around(page, address)))
    ]
    texts = [outline.abstract, *(text for section in outline.sections for text in section.paragraphs)]
    return merged([*found, *(link for text in texts for link in own_links(text))])


def _said_around(page: Page, address: Address) -> str:
    around = address.box.inset(-_AROUND)
    return " ".join(line.text for line in page.lines if line.box.overlap(around))
