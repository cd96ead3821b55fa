from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage.frame import Box
from bot.collage.grid import Cell, Grid, Row, grids
from bot.collage.panels.block import Placed
from bot.collage.solve import Solver, shared
from bot.collage.themes import tokens_of
from bot.model.canvas import Canvas

LIMITS = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)).map(lambda p: (min(p), max(p))), min_size=1)


@dataclass(frozen=True)
class Block:
    """A block of fixed appetite."""

    low: float
    high: float
    kind: str = "chart"

    def least(self, width: float) -> float:
        return self.low

    def most(self, width: float) -> float:
        return self.high

    def filled(self, box: Box) -> float:
        return min(box.height, self.high) * box.width

    def place(self, box: Box) -> Placed:
        return Placed(())


@given(LIMITS, st.floats(0, 2000))
def test_all_height_is_shared_out_and_nobody_gets_less_than_needed(
    limits: list[tuple[float, float]], height: float
) -> None:
    found = shared(height, limits)
    if found is None:
        assert sum(low for low, _ in limits) > height
        return
    assert sum(found) == pytest.approx(max(height, sum(low for low, _ in limits)), abs=1e-4)
    assert all(each >= low - 1e-6 for each, (low, _) in zip(found, limits, strict=True))


def test_what_is_over_goes_to_those_that_can_stretch() -> None:
    assert shared(100, [(20, 20), (30, 40)], [False, True]) == [20, 80]


def test_nothing_can_be_shared_among_what_does_not_fit() -> None:
    assert shared(10, [(20, 20)]) is None
    assert shared(10, [(float("inf"), float("inf"))]) is None


def solved(grid: Grid, *visuals: Block) -> list[Box]:
    tokens = tokens_of(Canvas.SLIDE)
    found = Solver(tokens, Box(tokens.margin, 200, tokens.content_width, 624), visuals).solve(grid)
    assert found
    return [box for _, box in found.places]


def test_cells_stand_on_the_grid_with_one_gutter_between() -> None:
    block = Block(100, 900)
    left, right = solved(Grid((Row((Cell(4, (block,)), Cell(8, (block,)))),)), block)
    assert right.x - left.right == pytest.approx(24)
    assert right.right == pytest.approx(1920 - 56)
    assert left.bottom == right.bottom == 824


def test_blocks_of_a_cell_share_its_height() -> None:
    block = Block(100, 500)
    upper, lower = solved(Grid((Row((Cell(12, (block, block)),)),)), block)
    assert upper.height == lower.height == 300
    assert lower.y == upper.bottom + 24


def test_the_better_candidate_shows_the_hero_larger() -> None:
    hero, other = Block(100, 900), Block(100, 900)
    tokens = tokens_of(Canvas.SLIDE)
    solver = Solver(tokens, Box(56, 200, tokens.content_width, 624), (hero, other))
    wide, narrow = (
        solver.solve(Grid((Row((Cell(columns, (hero,)), Cell(12 - columns, (other,)))),))) for columns in (8, 4)
    )
    assert wide
    assert narrow
    assert wide.score > narrow.score


@pytest.mark.parametrize("canvas", list(Canvas))
@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_candidate_holds_every_block_once_on_a_full_grid(canvas: Canvas, count: int) -> None:
    texts = [Block(1, 1, "text"), Block(2, 2, "text")]
    visuals = [Block(10.0 + i, 100) for i in range(count)]
    found = list(grids(texts, visuals, canvas))
    assert found
    for grid in found:
        rows = [[block for cell in row.cells for block in cell.blocks] for row in grid.rows]
        assert sorted(block.low for row in rows for block in row if isinstance(block, Block)) == sorted(
            block.low for block in [*texts, *visuals]
        )
        columns = {sum(cell.columns for cell in row.cells) for row in grid.rows}
        assert columns == {tokens_of(canvas).columns}
