"""Owns the geometry of one candidate: how its height is shared out, and how good the outcome looks."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.collage.frame import Box
from bot.collage.grid import Cell, Grid, Row
from bot.collage.panels.block import Block
from bot.collage.themes import Tokens

_RANK_WORTH = (1.0, 0.62, 0.5, 0.4)
_BLANK_COST = 1.6
_BARE_COST = 1.2  # on top of it, for paper that no panel covers
_RIVAL_COST = 0.8
_LATE_COST = 0.02  # for each visual that comes before the hero
_LEAD = 1.3  # times the area of any other visual the hero should have


@dataclass(frozen=True, slots=True)
class Solved:
    """A candidate whose blocks have their boxes."""

    score: float
    places: tuple[tuple[Block, Box], ...]


@dataclass(frozen=True, slots=True)
class Solver:
    """Gives every block of a grid its box in *room*; remembers what blocks answered, which must outlive it.

    Attributes:
        visuals: The blocks that carry the picture, the most telling first.
    """

    tokens: Tokens
    room: Box
    visuals: tuple[Block, ...]
    _limits: dict[tuple[int, int], tuple[float, float]] = field(default_factory=dict)
    _filled: dict[tuple[int, float, float], float] = field(default_factory=dict)

    def solve(self, grid: Grid) -> Solved | None:
        """Share the height out; None when it is too little."""
        limits = [self._row_limits(row) for row in grid.rows]
        heights = shared(self.room.height - self._gaps(len(grid.rows)), limits, [_is_elastic(row) for row in grid.rows])
        if heights is None:
            return None
        places: list[tuple[Block, Box]] = []
        y = self.room.y
        for row, height in zip(grid.rows, heights, strict=True):
            places += self._row_places(row, y, height)
            y += height + self.tokens.gutter
        return Solved(self._score(places), tuple(places))

    def _row_places(self, row: Row, y: float, height: float) -> Iterator[tuple[Block, Box]]:
        x = self.room.x
        for cell in row.cells:
            width = self.tokens.span(cell.columns)
            top = y
            for block, each in zip(cell.blocks, self._cell_heights(cell, height), strict=True):
                yield block, Box(x, top, width, each)
                top += each + self.tokens.gutter
            x += width + self.tokens.gutter

    def _cell_heights(self, cell: Cell, height: float) -> list[float]:
        limits = [self._block_limits(block, cell.columns) for block in cell.blocks]
        elastic = [block.kind != "text" for block in cell.blocks]
        found = shared(height - self._gaps(len(cell.blocks)), limits, elastic)
        return found or [low for low, _ in limits]

    def _row_limits(self, row: Row) -> tuple[float, float]:
        cells = [self._cell_limits(cell) for cell in row.cells]
        return max(low for low, _ in cells), max(high for _, high in cells)

    def _cell_limits(self, cell: Cell) -> tuple[float, float]:
        limits = [self._block_limits(block, cell.columns) for block in cell.blocks]
        gaps = self._gaps(len(cell.blocks))
        return sum(low for low, _ in limits) + gaps, sum(high for _, high in limits) + gaps

    def _block_limits(self, block: Block, columns: int) -> tuple[float, float]:
        key = (id(block), columns)
        if key not in self._limits:
            width = self.tokens.span(columns)
            low = block.least(width)
            self._limits[key] = (low, max(low, block.most(width)) if math.isfinite(low) else low)
        return self._limits[key]

    def _gaps(self, count: int) -> float:
        return (count - 1) * self.tokens.gutter

    def _score(self, places: Sequence[tuple[Block, Box]]) -> float:
        """Large visuals, the most telling largest, and little blank."""
        canvas = self.tokens.width * self.tokens.height
        filled = {id(block): self._fill(block, box) for block, box in places}
        ranked = [filled[id(visual)] for visual in self.visuals]
        size = sum(worth * math.sqrt(area / canvas) for worth, area in zip(_RANK_WORTH, ranked, strict=False))
        areas = {id(block): box.area for block, box in places}
        hero = areas[id(self.visuals[0])]
        rivals = sum(max(0.0, _LEAD * areas[id(visual)] - hero) for visual in self.visuals[1:])
        blank = self.room.area - sum(filled.values())
        late = [block for block, _ in places if block.kind != "text"].index(self.visuals[0])
        bare = self.room.area - sum(areas.values())
        return size - _LATE_COST * late - (_BLANK_COST * blank + _BARE_COST * bare + _RIVAL_COST * rivals) / canvas

    def _fill(self, block: Block, box: Box) -> float:
        key = (id(block), box.width, round(box.height, 1))
        if key not in self._filled:
            self._filled[key] = block.filled(box)
        return self._filled[key]


def _is_elastic(row: Row) -> bool:
    return any(block.kind != "text" for cell in row.cells for block in cell.blocks)


def shared(
    height: float, limits: Sequence[tuple[float, float]], elastic: Sequence[bool] | None = None
) -> list[float] | None:
    """Share *height* out among blocks within their *limits*; what is over goes to the *elastic* ones.

    Args:
        limits: The least and the most height of each block.

    Returns:
        One height per block, None when *height* is less than all need.
    """
    spare = height - sum(low for low, _ in limits)
    if spare < -1e-6 or not math.isfinite(spare):
        return None
    growth = sum(high - low for low, high in limits)
    part = min(1.0, max(0.0, spare) / growth) if growth > 0 else 0.0
    heights = [low + part * (high - low) for low, high in limits]
    over = max(0.0, height - sum(heights))
    takers = [i for i, takes in enumerate(elastic or [True] * len(heights)) if takes]
    for i in takers:
        heights[i] += over / len(takers)
    return heights
