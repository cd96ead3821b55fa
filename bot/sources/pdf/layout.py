"""Owns what is what on a page: paragraphs, headings, captions, and the labels of figures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.collage.box import Box, cover
from bot.sources.pdf.captions import Caption, is_panel, split_captions
from bot.sources.pdf.page import Line, Page
from bot.sources.pdf.rows import Row, runs_of
from bot.sources.pdf.typography import Column, Typography, columns_of, gutters_between

_LONG = 0.6  # of the width of a column: such a row is long
_LETTERS = 0.6  # of the characters of prose, spaces included
_SIZES = 0.7, 1.25  # times the size of the body text: footnotes, abstracts
_INDENT = 2.5  # em
_EDGE = 3.0  # points within which something stands at the edge of a column
_FEWEST_WORDS = 4  # of a single row that is a paragraph
_LARGER = 0.8  # points, by which headings are larger
_LONGEST_HEADING = 120
_FEWEST_ROWS = 2
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?:\.\d{1,2}){0,3}|[IVX]{1,5})\.?\s+[A-Z]")
_NAMED = re.compile(
    r"(?:abstract|references|bibliography|acknowledge?ments?|appendix|appendices|introduction|conclusions?|keywords)\W*",
    re.IGNORECASE,
)
_HEADING_START = re.compile(r"[\dA-ZÀ-Þ§]")
_LARGEST_FRAME = 0.7  # of the area of a page: more is the ground of the page
_FRAME_PADDING = 1.5  # points


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together.

    Attributes:
        box: Around its rows.
    """

    rows: tuple[Row, ...]

    @property
    def box(self) -> Box:
        return cover(row.box for row in self.rows)


@dataclass(frozen=True, slots=True)
class Layout:
    """What is what on a page.

    Attributes:
        labels: All other text, much of it in figures and tables.
    """

    page: Page
    columns: tuple[Column, ...]
    captions: tuple[Caption, ...]
    paragraphs: tuple[Block, ...]
    headings: tuple[Block, ...]
    labels: tuple[Line, ...]


def lay_out(page: Page, typography: Typography) -> Layout:
    """Tell what is what on *page*."""
    columns = columns_of(page, typography)
    upright = [line for line in page.lines if line.is_upright and not line.is_drawn]
    sorter = _Sorter(page, typography, columns)
    for run in runs_of(upright, gutters_between(columns)):
        sorter.sort(run)
    others = [line for line in page.lines if not line.is_upright or line.is_drawn]
    return Layout(
        page,
        columns,
        tuple(sorter.captions),
        tuple(Block(tuple(rows)) for rows in sorter.paragraphs),
        tuple(Block(tuple(rows)) for rows in sorter.headings),
        (*sorter.labels, *others),
    )


class _Sorter:
    def __init__(self, page: Page, typography: Typography, columns: tuple[Column, ...]) -> None:
        self.captions: list[Caption] = []
        self.paragraphs: list[Sequence[Row]] = []
        self.headings: list[Sequence[Row]] = []
        self.labels: list[Line] = []
        self._page, self._typography, self._columns = page, typography, columns
        self._frames = _frames(page)

    def sort(self, run: Sequence[Row]) -> None:
        """Say what a run of text is, or its parts."""
        captions, rest = split_captions(run, self._page.number, self._typography)
        self.captions += captions
        for rows in rest:
            for part in _apart(rows):
                self._take(part)

    def _take(self, rows: Sequence[Row]) -> None:
        if is_panel(rows[0]) or self._is_framed(cover(row.box for row in rows)):
            self.labels += [piece for row in rows for piece in row.pieces]
        elif self._is_heading(rows):
            self.headings.append(rows)
        elif self._is_prose(rows):
            self.paragraphs.append(rows)
        else:
            self.labels += [piece for row in rows for piece in row.pieces]

    def _is_heading(self, rows: Sequence[Row]) -> bool:
        text = " ".join(row.text for row in rows)
        first = rows[0]
        is_strong = all(row.boldness > 0.9 for row in rows) or first.size >= self._typography.size + _LARGER
        is_heading = len(text) <= _LONGEST_HEADING and _HEADING_START.match(text) and len(rows) <= 3
        is_numbered = _NUMBERED.match(text) is not None
        is_capital = is_numbered and text.isupper() and abs(first.size - self._typography.size) <= _LARGER
        is_named = _NAMED.fullmatch(text) is not None
        is_placed = self._is_at_edge(first.box, 0) or is_named or (is_numbered and self._is_centred(first.box))
        letters = sum(letter.isalpha() for letter in text)
        return bool(is_heading) and (is_strong or is_capital) and is_placed and letters >= 3

    def _is_prose(self, rows: Sequence[Row]) -> bool:
        low, high = (share * self._typography.size for share in _SIZES)
        if not low <= rows[0].size <= high or not all(len(row.pieces) <= 4 for row in rows):
            return False
        words = [row for row in rows if _is_wordy(row.text)]
        long = [row for row in words if row.box.width >= _LONG * self._typography.width]
        if len(long) >= _FEWEST_ROWS and len(words) * 2 >= len(rows):
            return True
        return any(self._is_sentence(row) for row in rows)

    def _is_sentence(self, row: Row) -> bool:
        """A row that is a paragraph by itself, and no label: it begins where paragraphs do."""
        if abs(row.size - self._typography.size) > _LARGER:
            return False
        words, has_stop = len(row.text.split()), row.text.endswith((".", ":", ",", ";"))
        if self._is_at_edge(row.box, 0):
            return words >= _FEWEST_WORDS - 1
        return _is_wordy(row.text) and self._is_at_edge(row.box, _INDENT) and (has_stop or words > 2 * _FEWEST_WORDS)

    def _is_at_edge(self, box: Box, indent: float) -> bool:
        reach = indent * self._typography.size + _EDGE
        return any(-reach <= box.x - column.left <= reach for column in self._columns)

    def _is_centred(self, box: Box) -> bool:
        return any(abs(box.centre_x - (column.left + column.right) / 2) <= _EDGE for column in self._columns)

    def _is_framed(self, box: Box) -> bool:
        return any(frame.holds(box, slack=_FRAME_PADDING) for frame in self._frames)


def _frames(page: Page) -> list[Box]:
    """What may stand behind text or around it, so that the text is part of a picture."""
    largest = _LARGEST_FRAME * page.width * page.height
    return [
        graphic.box
        for graphic in page.graphics
        if graphic.box.area <= largest and graphic.box.height >= 12 and graphic.box.width >= 12
    ]


def _apart(rows: Sequence[Row]) -> Iterable[Sequence[Row]]:
    """Take a heading off the paragraph that begins right below it."""
    for i in range(1, min(3, len(rows))):
        if all(row.boldness > 0.9 for row in rows[:i]) and rows[i].boldness < 0.5:
            return [rows[:i], rows[i:]]
    return [rows]


def _is_wordy(text: str) -> bool:
    letters = sum(character.isalpha() or character.isspace() for character in text)
    return letters >= _LETTERS * len(text)
