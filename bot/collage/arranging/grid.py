"""Owns the candidates: every way to put the blocks of a collage on the grid that is worth measuring."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.model.canvas import Canvas

Blocks = tuple[int, ...]
"""Places of blocks in the sequence of all of them: the texts first, then the panels, the hero ahead."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Blocks one below the other, some columns of the grid wide."""

    columns: int
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side; together they are as wide as the canvas."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows one below the other."""

    rows: tuple[Row, ...]

    @property
    def order(self) -> list[int]:
        """The blocks as they are read: row by row, cell by cell."""
        return [index for row in self.rows for cell in row.cells for index in cell.blocks]


_COLUMNS = 12
_WIDE_SPLITS = {
    1: ((12,),),
    2: ((3, 9), (4, 8), (5, 7), (6, 6), (7, 5), (8, 4), (9, 3)),
    3: ((3, 3, 6), (3, 4, 5), (3, 5, 4), (3, 6, 3), (4, 3, 5), (4, 4, 4), (4, 5, 3), (5, 3, 4), (5, 4, 3), (6, 3, 3)),
    4: ((3, 3, 3, 3),),
}
_HERO_SPLITS = ((8, 4), (7, 5), (9, 3))  # the hero and what stands beside it
_PAIRS = ((3, 3), (2, 4), (4, 2))  # on the six columns of the narrow canvases


@lru_cache(maxsize=64)
def grids(text_count: int, panel_count: int, canvas: Canvas) -> tuple[Grid, ...]:
    """Every arrangement worth measuring: texts first, the panels in their order, only the hero moves among them."""
    texts = tuple(range(text_count))
    panels = tuple(range(text_count, text_count + panel_count))
    return tuple(dict.fromkeys(_wide(texts, panels) if canvas is Canvas.SLIDE else _narrow(texts, panels)))


def _wide(texts: Blocks, panels: Blocks) -> Iterator[Grid]:
    for order in _orders(panels):
        yield from _columns((2, 3, 4), texts, order)
        yield from _text_row(texts, order)
    yield from _hero_rows(texts, panels)
    if not texts:
        yield Grid((_row((_COLUMNS,), [panels]),))


def _narrow(texts: Blocks, panels: Blocks) -> Iterator[Grid]:
    for order in _orders(panels):
        yield from _rows(texts, order)


def _orders(panels: Blocks) -> Iterator[Blocks]:
    """The hero at every place among the others."""
    for place in range(max(1, len(panels))):
        yield (*panels[1 : place + 1], *panels[:1], *panels[place + 1 :])


def _columns(counts: Sequence[int], texts: Blocks, panels: Blocks) -> Iterator[Grid]:
    """Columns, the texts heading the first, or one text heading each of the first two."""
    for count in counts:
        for parts in _partitions(panels, count, may_start_empty=bool(texts)):
            for stacks in _headed(texts, parts):
                for split in _WIDE_SPLITS[count]:
                    yield Grid((_row(split, stacks),))


def _headed(texts: Blocks, parts: list[Blocks]) -> Iterator[list[Blocks]]:
    yield [(*texts, *parts[0]), *parts[1:]]
    if len(texts) == 2 and parts[0]:
        yield [(*texts[:1], *parts[0], *texts[1:]), *parts[1:]]


def _hero_rows(texts: Blocks, panels: Blocks) -> Iterator[Grid]:
    """The hero in a row of its own or beside the texts, on top or below, the others in columns."""
    hero, rest = panels[:1], panels[1:]
    if not rest:
        return
    for row in _hero_row(texts, hero):
        for others in _plain_columns(rest):
            yield Grid((row, others))
            yield Grid((others, row))
    for others in _plain_columns(rest, texts):
        yield Grid((_row((_COLUMNS,), [hero]), others))


def _hero_row(texts: Blocks, hero: Blocks) -> Iterator[Row]:
    if not texts:
        yield _row((_COLUMNS,), [hero])
        return
    for wide, narrow in _HERO_SPLITS:
        yield _row((wide, narrow), [hero, texts])
        yield _row((narrow, wide), [texts, hero])


def _plain_columns(panels: Blocks, texts: Blocks = ()) -> Iterator[Row]:
    for count in range(1, 5):
        for parts in _partitions(panels, count, may_start_empty=bool(texts)):
            if texts and count == 1:
                continue
            for split in _WIDE_SPLITS[count]:
                yield _row(split, [(*texts, *parts[0]), *parts[1:]])


def _text_row(texts: Blocks, panels: Blocks) -> Iterator[Grid]:
    """The texts side by side, the panels in a row of columns below; the second text begins where a column does."""
    if len(texts) != 2 or not panels:
        return
    for row in _plain_columns(panels):
        for edge in _edges(row):
            yield Grid((_row((edge, _COLUMNS - edge), [texts[:1], texts[1:]]), row))


def _edges(row: Row) -> list[int]:
    """Where the columns of a row begin, apart from the first; the middle where there is but one."""
    found = [sum(cell.columns for cell in row.cells[:count]) for count in range(1, len(row.cells))]
    return found or [_COLUMNS // 2]


def _rows(texts: Blocks, panels: Blocks) -> Iterator[Grid]:
    """Texts across the page, or the last of them beside a panel; then rows of one to three panels."""
    across = tuple(_row((6,), [(text,)]) for text in texts)
    for rows in _panel_rows(panels):
        yield Grid((*across, *rows))
        if len(texts) == 2:
            yield Grid((*across[:1], *rows, *across[1:]))
    if texts and panels:
        for split in _PAIRS:
            mixed = _row(split, [texts[-1:], panels[:1]])
            for rows in _panel_rows(panels[1:]):
                yield Grid((*across[:-1], mixed, *rows))
                yield Grid((*across[:-1], *rows, mixed))


def _panel_rows(panels: Blocks) -> Iterator[tuple[Row, ...]]:
    if not panels:
        yield ()
        return
    for count in range(1, min(3, len(panels)) + 1):
        for row in _panel_row(panels[:count]):
            for rest in _panel_rows(panels[count:]):
                yield (row, *rest)


def _panel_row(panels: Blocks) -> Iterator[Row]:
    """One panel across, two side by side, or one beside a stack of two."""
    if len(panels) == 1:
        yield _row((6,), [panels])
        return
    for split in _PAIRS:
        if len(panels) == 2:
            yield _row(split, [panels[:1], panels[1:]])
        else:
            yield _row(split, [panels[:1], panels[1:]])
            yield _row(split, [panels[:2], panels[2:]])


def _row(split: Sequence[int], stacks: Sequence[Blocks]) -> Row:
    return Row(tuple(Cell(columns, stack) for columns, stack in zip(split, stacks, strict=True)))


def _partitions(blocks: Blocks, count: int, *, may_start_empty: bool = False) -> Iterator[list[Blocks]]:
    """Every way to cut *blocks* into *count* runs, none empty but perhaps the first."""
    if count == 1:
        if blocks or may_start_empty:
            yield [blocks]
        return
    for first in range(0 if may_start_empty else 1, len(blocks) - count + 2):
        for rest in _partitions(blocks[first:], count - 1):
            yield [blocks[:first], *rest]
