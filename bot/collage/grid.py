"""Owns the candidates: every way to put the blocks of a collage on the grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from bot.collage.panels.block import Block
from bot.model.canvas import Canvas


@dataclass(frozen=True, slots=True)
class Cell:
    """Blocks one below the other, some columns of the grid wide."""

    columns: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side; together they are as wide as the canvas."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows one below the other."""

    rows: tuple[Row, ...]


_SPLITS = {
    Canvas.SLIDE: {
        1: ((12,),),
        2: ((4, 8), (5, 7), (6, 6), (7, 5), (8, 4)),
        3: ((4, 4, 4), (4, 5, 3), (3, 6, 3), (5, 4, 3), (3, 5, 4), (6, 3, 3)),
    },
    Canvas.PORTRAIT: {1: ((6,),), 2: ((3, 3), (2, 4), (4, 2)), 3: ()},
}
_SIDE_BY_SIDE = {Canvas.SLIDE: 3, Canvas.PORTRAIT: 2}


def grids(texts: Sequence[Block], visuals: Sequence[Block], canvas: Canvas) -> Iterator[Grid]:
    """Every arrangement worth measuring: texts first, then the visuals, the hero ahead or not.

    Args:
        texts: In reading order.
        visuals: The most telling first.
    """
    for order in permutations(visuals):
        if canvas is Canvas.SLIDE:
            yield from _columns(texts, order)
            yield from _text_row_on_top(texts, order)
        else:
            yield from _rows(texts, order)


def _columns(texts: Sequence[Block], visuals: Sequence[Block]) -> Iterator[Grid]:
    """Columns, the texts heading the first; and the same below visuals that span the page."""
    for count in (2, 3):
        for parts in _partitions(visuals, count, may_start_empty=True):
            stacks = [(*texts, *parts[0]), *parts[1:]]
            for split in _SPLITS[Canvas.SLIDE][count]:
                yield Grid((_row(split, stacks),))
    if len(visuals) > 1:
        for rest in _columns(texts, visuals[1:]):
            yield Grid((_row((12,), [visuals[:1]]), *rest.rows))


def _text_row_on_top(texts: Sequence[Block], visuals: Sequence[Block]) -> Iterator[Grid]:
    """The texts side by side, the visuals in a row of columns below."""
    if len(texts) != 2:
        return
    for count in range(1, min(3, len(visuals)) + 1):
        for parts in _partitions(visuals, count):
            for split in _SPLITS[Canvas.SLIDE][count]:
                yield Grid((_row((6, 6), [texts[:1], texts[1:]]), _row(split, parts)))


def _rows(texts: Sequence[Block], visuals: Sequence[Block]) -> Iterator[Grid]:
    """Texts across the page, the last of them perhaps beside a visual; then rows of one or two visuals."""
    across = tuple(_row((6,), [(text,)]) for text in texts)
    for rows in _visual_rows(visuals):
        yield Grid((*across, *rows))
    if texts and visuals:
        mixed = _row((3, 3), [texts[-1:], visuals[:1]])
        for rows in _visual_rows(visuals[1:]):
            yield Grid((*across[:-1], mixed, *rows))


def _visual_rows(visuals: Sequence[Block]) -> Iterator[tuple[Row, ...]]:
    if not visuals:
        yield ()
        return
    for count in range(1, min(_SIDE_BY_SIDE[Canvas.PORTRAIT], len(visuals)) + 1):
        for split in _SPLITS[Canvas.PORTRAIT][count]:
            for rest in _visual_rows(visuals[count:]):
                yield (_row(split, [(block,) for block in visuals[:count]]), *rest)


def _row(split: Sequence[int], stacks: Sequence[Sequence[Block]]) -> Row:
    return Row(tuple(Cell(columns, tuple(stack)) for columns, stack in zip(split, stacks, strict=True)))


def _partitions(
    blocks: Sequence[Block], count: int, *, may_start_empty: bool = False
) -> Iterator[list[tuple[Block, ...]]]:
    """Every way to cut *blocks* into *count* runs, none empty but perhaps the first."""
    if count == 1:
        if blocks or may_start_empty:
            yield [tuple(blocks)]
        return
    for first in range(0 if may_start_empty else 1, len(blocks) - count + 2):
        for rest in _partitions(blocks[first:], count - 1):
            yield [tuple(blocks[:first]), *rest]
