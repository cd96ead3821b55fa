"""Owns the geometry of one candidate: how its height is shared out, and how good the outcome looks."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.collage.arranging.grid import Cell, Grid, Row
from bot.collage.box import Box
from bot.collage.panels.block import Block, Shaped
from bot.collage.themes import Tokens
from bot.model.canvas import Canvas

_RANK_WORTH = (1.0, 0.62, 0.5, 0.4)
_BLANK_COST = 1.6
_BARE_COST = 1.2  # on top of it, for paper that no panel covers
_RIVAL_COST = 1.5
# For each panel that is read before the hero or before the key idea: a phone shows the top first.
_LATE_COST = {Canvas.SLIDE: 0.02, Canvas.PORTRAIT: 0.1, Canvas.SQUARE: 0.1}
_EAGER = 2.5  # times as eagerly as other panels the hero grows
_LEAD = 1.55  # times the area of any other panel the hero should have
_LARGEST_HERO = 0.48  # of the canvas; beyond it a larger hero is no better

Limits = tuple[float, float]
_Outcome = tuple[tuple[int, float, float], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A candidate whose rows have their heights.

    Attributes:
        score: By sizes alone, quickly found; `Solver.score` looks closer.
    """

    score: float
    grid: Grid
    heights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """What blocks have answered; they must outlive it."""

    limits: dict[tuple[int, float], Limits] = field(default_factory=dict)
    filled: dict[tuple[int, float, float], float] = field(default_factory=dict)
    shaped: dict[int, Shaped | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Solver:
    """Gives every block of a grid its box in *room*.

    Attributes:
        blocks: Those a grid counts: the texts first, then the panels, the hero ahead.
        first: The place of the hero among them, which is the number of texts.
    """

    tokens: Tokens
    room: Box
    blocks: tuple[Block, ...]
    first: int
    memory: Memory = field(default_factory=Memory)
    _cells: dict[Cell, Limits] = field(default_factory=dict)
    _outcomes: dict[tuple[Cell, float], _Outcome] = field(default_factory=dict)

    def solve(self, grid: Grid) -> Draft | None:
        """Share the height out; None when it is too little."""
        room = self.room.height - self._gaps(len(grid.rows))
        limits = [self._row_limits(row) for row in grid.rows]
        if sum(low for low, _ in limits) > room + 1e-6:
            return None
        heights = shared(room, limits, [self._weight_of(row) for row in grid.rows])
        return Draft(self._estimate(grid, heights), grid, tuple(heights)) if heights else None

    def places(self, draft: Draft) -> tuple[tuple[Block, Box], ...]:
        """The box of every block, in reading order."""
        return tuple(self._places(draft))

    def score(self, draft: Draft) -> float:
        """Large panels, the most telling largest, and little blank, as the blocks would fill their boxes."""
        boxes = {id(block): box for block, box in self.places(draft)}
        found = [(boxes[id(block)], self._fill(block, boxes[id(block)])) for block in self.blocks]
        return self._score([fill for _, fill in found], [box.area for box, _ in found], draft.grid)

    def _estimate(self, grid: Grid, heights: Sequence[float]) -> float:
        """The score as if every block filled what it can take."""
        filled, areas = [0.0] * len(self.blocks), [0.0] * len(self.blocks)
        for row, height in zip(grid.rows, heights, strict=True):
            for cell in row.cells:
                for index, fill, area in self._outcome(cell, height):
                    filled[index], areas[index] = fill, area
        return self._score(filled, areas, grid)

    def _score(self, filled: Sequence[float], areas: Sequence[float], grid: Grid) -> float:
        canvas, first = self.tokens.width * self.tokens.height, self.first
        size = math.sqrt(min(filled[first] / canvas, _LARGEST_HERO))
        for worth, fill in zip(_RANK_WORTH[1:], filled[first + 1 :], strict=False):
            size += worth * math.sqrt(fill / canvas)
        hero = areas[first]
        rivals = sum(max(0.0, _LEAD * area - hero) for area in areas[first + 1 :])
        blank, bare = self.room.area - sum(filled), self.room.area - sum(areas)
        late = _LATE_COST[self.tokens.canvas] * _panels_before(grid, first)
        return size - late - (_BLANK_COST * blank + _BARE_COST * bare + _RIVAL_COST * rivals) / canvas

    def _outcome(self, cell: Cell, height: float) -> _Outcome:
        """Index, filled area and area of each block of a cell that is so high."""
        key = (cell, height)
        if key not in self._outcomes:
            width = self.tokens.span(cell.columns)
            found = zip(cell.blocks, self._blocks(cell), self._cell_heights(cell, height), strict=True)
            self._outcomes[key] = tuple(
                (index, self._most_filled(block, width, each), width * each) for index, block, each in found
            )
        return self._outcomes[key]

    def _blocks(self, cell: Cell) -> list[Block]:
        return [self.blocks[index] for index in cell.blocks]

    def _places(self, draft: Draft) -> Iterator[tuple[Block, Box]]:
        y = self.room.y
        for row, height in zip(draft.grid.rows, draft.heights, strict=True):
            yield from self._row_places(row, y, height)
            y += height + self.tokens.gutter

    def _row_places(self, row: Row, y: float, height: float) -> Iterator[tuple[Block, Box]]:
        x = self.room.x
        for cell in row.cells:
            width = self.tokens.span(cell.columns)
            top = y
            for block, each in zip(self._blocks(cell), self._cell_heights(cell, height), strict=True):
                yield block, Box(x, top, width, each)
                top += each + self.tokens.gutter
            x += width + self.tokens.gutter

    def _cell_heights(self, cell: Cell, height: float) -> list[float]:
        width, blocks = self.tokens.span(cell.columns), self._blocks(cell)
        limits = [self._block_limits(block, width) for block in blocks]
        weights = [self._weight(index) for index in cell.blocks]
        found = shared(height - self._gaps(len(blocks)), limits, weights)
        return found or [low for low, _ in limits]

    def _row_limits(self, row: Row) -> Limits:
        low = high = 0.0
        for cell in row.cells:
            limits = self._cells.get(cell) or self._cell_limits(cell)
            low, high = max(low, limits[0]), max(high, limits[1])
        return low, high

    def _cell_limits(self, cell: Cell) -> Limits:
        width = self.tokens.span(cell.columns)
        limits = [self._block_limits(block, width) for block in self._blocks(cell)]
        gaps = self._gaps(len(cell.blocks))
        self._cells[cell] = (sum(low for low, _ in limits) + gaps, sum(high for _, high in limits) + gaps)
        return self._cells[cell]

    def _block_limits(self, block: Block, width: float) -> Limits:
        key = (id(block), width)
        if key not in self.memory.limits:
            low = block.least(width)
            self.memory.limits[key] = (low, max(low, block.most(width)) if math.isfinite(low) else low)
        return self.memory.limits[key]

    def _most_filled(self, block: Block, width: float, height: float) -> float:
        if id(block) not in self.memory.shaped:
            self.memory.shaped[id(block)] = block if isinstance(block, Shaped) else None
        shaped = self.memory.shaped[id(block)]
        widest = shaped.widest(height) if shaped else width
        return min(width, widest) * min(height, self._block_limits(block, width)[1])

    def _weight_of(self, row: Row) -> float:
        return max(self._weight(index) for cell in row.cells for index in cell.blocks)

    def _weight(self, index: int) -> float:
        """How eagerly a block grows: the hero most, texts not at all."""
        return 0.0 if index < self.first else _EAGER if index == self.first else 1.0

    def _gaps(self, count: int) -> float:
        return (count - 1) * self.tokens.gutter

    def _fill(self, block: Block, box: Box) -> float:
        key = (id(block), box.width, round(box.height, 1))
        if key not in self.memory.filled:
            self.memory.filled[key] = block.filled(box)
        return self.memory.filled[key]


def _panels_before(grid: Grid, hero: int) -> int:
    """How many panels are read before the hero, and how many before the last text."""
    order = grid.order
    texts = order.index(hero - 1) - (hero - 1) if hero else 0
    return sum(index > hero for index in order[: order.index(hero)]) + texts


def shared(height: float, limits: Sequence[Limits], weights: Sequence[float] | None = None) -> list[float] | None:
    """Share *height* out among blocks within their *limits*; what is over goes to those that have a weight.

    Args:
        limits: The least and the most height of each block.
        weights: How eagerly each grows; 0 for what should not stretch beyond its most. All alike when left out.

    Returns:
        One height per block, None when *height* is less than all need.
    """
    heights = [low for low, _ in limits]
    spare = height - sum(heights)
    if spare < -1e-6 or not math.isfinite(spare):
        return None
    eager = list(weights or [1.0] * len(heights))
    for _ in range(2):  # what the first has no use for goes to the others
        wanted = [(high - at) * (weight or 1.0) for at, (_, high), weight in zip(heights, limits, eager, strict=True)]
        part = min(1.0, max(0.0, spare) / sum(wanted)) if sum(wanted) > 0 else 0.0
        heights = [min(high, at + part * want) for at, (_, high), want in zip(heights, limits, wanted, strict=True)]
        spare = height - sum(heights)
    takers = [index for index, weight in enumerate(eager) if weight > 0]
    for index in takers:
        heights[index] += max(0.0, spare) / len(takers)
    return heights
