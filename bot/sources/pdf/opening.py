"""Owns opening a PDF and reading its pages with pdfium, which only one thread of a process may use at a time."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pypdfium2

from bot.collage.box import Box
from bot.errors import SourceRefused
from bot.sources.pdf.addresses import read_addresses
from bot.sources.pdf.graphics import read_graphics
from bot.sources.pdf.limits import Limits
from bot.sources.pdf.lines import read_lines
from bot.sources.pdf.page import Line, Page
from bot.sources.pdf.plane import Plane


@contextmanager
def opened(content: bytes, limits: Limits) -> Iterator[Any]:
    """Open a PDF for as long as the context lasts.

    Raises:
        SourceRefused: It is none, is damaged, asks for a password, is empty or too large.
    """
    if len(content) > limits.file_bytes:
        raise SourceRefused(
            f"The PDF has more than {limits.file_bytes // 1_000_000} MB; draft from the source instead."
        )
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise SourceRefused(_why(error)) from error
    with closing(document):
        if len(document) < 1:
            raise SourceRefused("The PDF has no pages; draft from the source instead.")
        yield document


def read_pages(document: Any, limits: Limits, *, until: float) -> tuple[list[Page], list[str]]:
    """Read the pages of an open document.

    Args:
        until: A moment of the monotonic clock, after which no further page is begun.

    Returns:
        The pages, and what was left out, a sentence each.
    """
    pages: list[Page] = []
    notes: list[str] = []
    for i in range(min(len(document), limits.pages)):
        if time.monotonic() > until:
            notes.append(f"The PDF took too long: only its first {i} of {len(document)} pages were read.")
            break
        page, said = _read(document, i, limits)
        pages.extend(page)
        notes.extend(said)
    if len(document) > limits.pages:
        notes.append(f"Only the first {limits.pages} of the {len(document)} pages of the PDF were read.")
    return pages, notes


def _read(document: Any, index: int, limits: Limits) -> tuple[list[Page], list[str]]:
    try:
        with closing(document[index]) as page, closing(page.get_textpage()) as text_page:
            read, is_whole = _seen(page, text_page, index + 1, limits)
            turn = _turn(read.lines)
            if turn:
                page.set_rotation((page.get_rotation() + 90 * turn) % 360)
                read, is_whole = _seen(page, text_page, index + 1, limits)
            addresses = read_addresses(document, page, Plane.of_page(page))
    except pypdfium2.PdfiumError:
        return [], [f"Page {index + 1} of the PDF is damaged and was left out."]
    notes = [] if is_whole else [f"Page {index + 1} of the PDF draws too much; its figures may be incomplete."]
    return [replace(read, addresses=addresses)], notes


def _seen(page: Any, text_page: Any, number: int, limits: Limits) -> tuple[Page, bool]:
    """The page as it is turned now, and whether all that it draws was looked at."""
    plane = Plane.of_page(page)
    drawn = read_graphics(page, plane, most=limits.objects)
    width, height = page.get_size()
    lines = read_lines(text_page, plane, drawn.texts, seen=Box(0, 0, width, height), most=limits.letters)
    return Page(number, width, height, lines, tuple(drawn.graphics)), drawn.is_whole


def _turn(lines: Sequence[Line]) -> int:
    """The quarters by which a page must be turned clockwise so that most of its text can be read."""
    letters: Counter[int] = Counter()
    for line in lines:
        if not line.is_drawn:
            letters[line.turn] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0


def _why(error: pypdfium2.PdfiumError) -> str:
    if "assword" in str(error):
        return "The PDF asks for a password; draft from the source instead."
    return "The PDF is damaged or is none; draft from the source instead."
