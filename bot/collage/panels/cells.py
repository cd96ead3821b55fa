"""Owns the cells of a table: which columns are numbers, how wide columns are, and where their words stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.collage.frame import Role, Text, TextStyle
from bot.collage.lettering.coverage import is_square
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import Paragraph, longest_word, paragraph, width_of
from bot.collage.lettering.typeset import Align, Ink, set_line, set_paragraph
from bot.collage.panels.block import Look
from bot.model.panel import Table

_NUMERIC = re.compile(r"[<>≤≥≈~±+−–-]*\s?\d[\d.,\s]*(\s?±\s?[\d.,]+)?\s?(%|×|[^\W\d_]{0,3})")
_WHOLE = re.compile(r"[^\d]*[\d,\s]*\d")  # up to the decimal point
_VOID = frozenset({"", "-", "–", "—", "n/a"})
_GAP = 1.3  # em between columns
_LEADING = 1.25
_LEAST_AIR, _MOST_AIR = 0.42, 0.95  # em above and below the words of a row
_LINES = 3  # of a cell, at most: a cell of more is a paragraph
_ROUNDING = 1.0  # a cell's room is this much wider than its words
_ONE_WORD = 4  # Chinese characters at most: a cell of so few is a word, and is not broken


@dataclass(frozen=True)
class Cells:
    """The cells of *table* in type of *size*, on *width*; all in design units."""

    table: Table
    look: Look
    size: float
    width: float

    @property
    def fits(self) -> bool:
        """True when no word is cut and no cell has too many lines."""
        return bool(self.widths) and all(len(self._words(*place).lines) <= _LINES for place in self._places)

    @property
    def least(self) -> float:
        """Height with the rows close together."""
        return sum(self.bare) + 2 * _LEAST_AIR * self.size * len(self.bare)

    @property
    def most(self) -> float:
        """Height with the rows far apart."""
        return sum(self.bare) + 2 * _MOST_AIR * self.size * len(self.bare)

    @cached_property
    def needed(self) -> float:
        """The width at which no cell has more than one line."""
        return sum(self._naturals) + self._gaps

    @cached_property
    def bare(self) -> tuple[float, ...]:
        """Height of the words in each row, the head first."""
        count = len(self.table.columns)
        return tuple(max(self._words(row, column).height for column in range(count)) for row in self._rows)

    @cached_property
    def widths(self) -> tuple[float, ...]:
        """Of the columns without the gaps; empty when they cannot be that narrow."""
        room = self.width - self._gaps
        spare = room - sum(self._naturals)
        if spare >= 0:
            return tuple(width + spare / len(self._naturals) for width in self._naturals)
        give = [wide - narrow for wide, narrow in zip(self._naturals, self._narrowest, strict=True)]
        if -spare > sum(give):
            return ()
        return tuple(width + spare * part / sum(give) for width, part in zip(self._naturals, give, strict=True))

    def texts(self, x: float, tops: tuple[float, ...], heights: tuple[float, ...]) -> Iterator[Text]:
        """Set every cell in its row, numbers under each other at their decimal points.

        Args:
            x: The left edge of the first column.
            tops, heights: Of the rows, the head first.
        """
        for column, width in enumerate(self.widths):
            for row, top, height in zip(self._rows, tops, heights, strict=True):
                yield from self._cell(row, column, (x, top + height / 2))
            x += width + _GAP * self.size

    def _cell(self, row: int, column: int, at: tuple[float, float]) -> Iterator[Text]:
        """Set one cell, *at* being the left edge of its column and the middle of its row."""
        words, style, ink = self._words(row, column), self._style(row, column), self._ink(row, column)
        right = at[0] + self.widths[column]
        if row >= 0 and column in self._numeric and (text := self._text(row, column)):
            x = right - self._tail(column) - width_of(_whole(text), style)
            yield set_line(text, (x, at[1] + CAP * style.size / 2), style, ink)
            return
        is_right = column in self._numeric
        top = at[1] - (words.height - 0.12 * style.size) / 2
        yield from set_paragraph(
            words, (right if is_right else at[0], top), ink, align=Align.RIGHT if is_right else Align.LEFT
        )

    @cached_property
    def _numeric(self) -> frozenset[int]:
        """The columns that hold numbers; the first never does, it names the rows."""
        columns = range(1, len(self.table.columns))
        return frozenset(column for column in columns if self._is_numeric(column))

    def _is_numeric(self, column: int) -> bool:
        cells = [text for row in range(len(self.table.rows)) if (text := self._text(row, column)) not in _VOID]
        return bool(cells) and all(_NUMERIC.fullmatch(cell) for cell in cells)

    def _tail(self, column: int) -> float:
        """The width of the longest part behind a decimal point."""
        cells = [(row, self._text(row, column)) for row in range(len(self.table.rows))]
        return max(
            (
                width_of(text, self._style(row, column)) - width_of(_whole(text), self._style(row, column))
                for row, text in cells
                if text not in _VOID
            ),
            default=0.0,
        )

    @cached_property
    def _naturals(self) -> tuple[float, ...]:
        return tuple(self._natural(column) for column in range(len(self.table.columns)))

    def _natural(self, column: int) -> float:
        rows = range(len(self.table.rows))
        if column in self._numeric:
            whole = max(width_of(_whole(self._text(row, column)), self._style(row, column)) for row in rows)
            cells = whole + self._tail(column)
        else:
            cells = max((width_of(self._text(row, column), self._style(row, column)) for row in rows), default=0.0)
        return max(cells, _least(self._text(-1, column), self._style(-1, column))) + _ROUNDING

    @cached_property
    def _narrowest(self) -> tuple[float, ...]:
        return tuple(
            natural
            if column in self._numeric
            else max(_least(self._text(row, column), self._style(row, column)) for row in self._rows) + _ROUNDING
            for column, natural in enumerate(self._naturals)
        )

    def _words(self, row: int, column: int) -> Paragraph:
        return paragraph(self._text(row, column), self._style(row, column), self.widths[column], balanced=True)

    def _text(self, row: int, column: int) -> str:
        return self.table.columns[column] if row < 0 else self.table.rows[row][column].strip()

    @property
    def _rows(self) -> range:
        """Every row by its index; the head is -1."""
        return range(-1, len(self.table.rows))

    @property
    def _places(self) -> Iterator[tuple[int, int]]:
        return ((row, column) for row in self._rows for column in range(len(self.table.columns)))

    @property
    def _gaps(self) -> float:
        return _GAP * self.size * (len(self.table.columns) - 1)

    def _is_lit(self, row: int, column: int) -> bool:
        wanted = self.table.highlight
        if not wanted:
            return False
        if wanted in self.table.columns:
            return self.table.columns[column] == wanted
        return row >= 0 and self.table.rows[row][0] == wanted

    def _style(self, row: int, column: int) -> TextStyle:
        weight = 700 if self._is_lit(row, column) else 550 if row < 0 or column == 0 else 450
        return self.look.tokens.style(self.size, weight, leading=_LEADING)

    def _ink(self, row: int, column: int) -> Ink:
        palette = self.look.palette
        colour = palette.accent if self._is_lit(row, column) else palette.muted if row < 0 else palette.ink
        return Ink(Role.CELL, colour, palette.card)


def _whole(text: str) -> str:
    """The part of a number before its decimal point."""
    match = _WHOLE.match(text)
    return match[0] if match else text


def _least(text: str, style: TextStyle) -> float:
    """The width below which a word of a cell would be cut."""
    is_one = len(text) <= _ONE_WORD and all(map(is_square, text))
    return width_of(text, style) if is_one else longest_word(text, style)
