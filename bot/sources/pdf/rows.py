"""Owns rows: the lines of a page that run on from one another, joined where they stand on one level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.collage.box import Box, cover
from bot.sources.pdf.page import Line

_SAME_LEVEL = 0.35  # em between baselines of one row
_WIDEST_SPACE = 2.5  # em between words of one row
_PITCH = 0.6, 1.45  # em from one baseline to the next of the same text
_OTHER_SIZE = 0.9  # points


@dataclass(frozen=True, slots=True)
class Row:
    """One row of text, perhaps with wide spaces in it.

    Attributes:
        pieces: The lines it is joined from.
    """

    pieces: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def box(self) -> Box:
        return cover(piece.box for piece in self.pieces)

    @property
    def main(self) -> Line:
        """The longest of its pieces."""
        return max(self.pieces, key=lambda piece: len(piece.text))

    @property
    def size(self) -> float:
        return self.main.size

    @property
    def baseline(self) -> float:
        return self.main.baseline

    @property
    def boldness(self) -> float:
        letters = sum(len(piece.text) for piece in self.pieces)
        return sum(piece.boldness * len(piece.text) for piece in self.pieces) / max(1, letters)


def runs_of(lines: Iterable[Line], gutters: Sequence[float]) -> list[list[Row]]:
    """Join upright lines to rows, and rows to runs of text of one size and pitch, in the order they were written.

    Args:
        gutters: Where columns meet, in points; no row goes on beyond.
    """
    runs: list[list[Row]] = []
    for line in lines:
        if runs and _is_beside(runs[-1][-1], line, gutters):
            runs[-1][-1] = Row((*runs[-1][-1].pieces, line))
        elif runs and _is_below(runs[-1], line):
            runs[-1].append(Row((line,)))
        else:
            runs.append([Row((line,))])
    return runs


def _is_beside(row: Row, line: Line, gutters: Sequence[float]) -> bool:
    size = max(row.size, line.size)
    last = row.pieces[-1].box
    is_level = abs(row.baseline - line.baseline) <= _SAME_LEVEL * size or _is_index(row, line)
    is_near = -size <= line.box.x - last.right <= _WIDEST_SPACE * size
    return is_level and is_near and not any(last.right <= gutter <= line.box.x for gutter in gutters)


def _is_index(row: Row, line: Line) -> bool:
    """A superscript, an index, or the text that goes on behind one."""
    height = min(row.box.bottom, line.box.bottom) - max(row.box.y, line.box.y)
    return abs(row.size - line.size) > _OTHER_SIZE and height >= 0.3 * min(row.box.height, line.box.height)


def _is_below(rows: Sequence[Row], line: Line) -> bool:
    row = rows[-1]
    pitch = (line.baseline - row.baseline) / max(row.size, 1)
    shared = min(row.box.right, line.box.right) - max(row.box.x, line.box.x)
    return _PITCH[0] <= pitch <= _PITCH[1] and abs(line.size - row.size) <= _OTHER_SIZE and shared > 0
