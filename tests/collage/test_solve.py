from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage.arranging.grid import Cell, Grid, Row, grids
from bot.collage.arranging.solve import Solver, shared
from bot.collage.box import Box
from bot.collage.panels.block import Placed
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
    assert shared(100, [(20, 20), (30, 40)], [0, 1]) == [20, 80]


def test_who_is_more_eager_grows_first() -> None:
    assert shared(100, [(20, 60), (20, 60)], [3, 1]) == pytest.approx([60, 40])


def test_nothing_can_be_shared_among_what_does_not_fit() -> None:
    assert shared(10, [(20, 20)]) is None
    assert shared(10, [(float("inf"), float("inf"))]) is None


def solver(*panels: Block, texts: tuple[Block, ...] = ()) -> Solver:
    tokens = tokens_of(Canvas.SLIDE)
    return Solver(tokens, Box(tokens.margin, 200, tokens.content_width, 624), (*texts, *panels), len(texts))


def solved(grid: Grid, *panels: Block) -> list[Box]:
    table = solver(*panels)
    found = table.solve(grid)
    assert found
    return [box for _, box in table.places(found)]


def test_cells_stand_on_the_grid_with_one_gutter_between() -> None:
    left, right = solved(Grid((Row((Cell(4, (0,)), Cell(8, (1,)))),)), Block(100, 900), Block(100, 900))
    assert right.x - left.right == pytest.approx(24)
    assert right.right == pytest.approx(1920 - 56)
    assert left.bottom == right.bottom == 824


def test_blocks_of_a_cell_share_its_height_and_the_hero_gets_more_of_it() -> None:
    upper, lower = solved(Grid((Row((Cell(12, (0, 1)),)),)), Block(100, 500), Block(100, 500))
    assert upper.height + lower.height == pytest.approx(600)
    assert upper.height > 1.5 * lower.height
    assert lower.y == upper.bottom + 24


def test_texts_are_counted_before_the_panels_and_take_no_more_than_they_need() -> None:
    table = solver(Block(100, 500), texts=(Block(50, 50, "text"),))
    found = table.solve(Grid((Row((Cell(12, (0, 1)),)),)))
    assert found
    assert [(block.kind, box.height) for block, box in table.places(found)] == [("text", 50), ("chart", 550)]


def test_what_does_not_fit_is_no_candidate() -> None:
    assert solver(Block(400, 500), Block(400, 500)).solve(Grid((Row((Cell(12, (0, 1)),)),))) is None


def test_the_better_candidate_shows_the_hero_larger() -> None:
    table = solver(Block(100, 900), Block(100, 900))
    wide, narrow = (table.solve(Grid((Row((Cell(columns, (0,)), Cell(12 - columns, (1,)))),))) for columns in (8, 4))
    assert wide
    assert narrow
    assert table.score(wide) > table.score(narrow)


@pytest.mark.parametrize("canvas", list(Canvas))
@pytest.mark.parametrize("texts", [0, 1, 2])
@pytest.mark.parametrize("panels", [1, 2, 3, 4])
def test_every_candidate_holds_every_block_once_on_a_full_grid(canvas: Canvas, texts: int, panels: int) -> None:
    found = grids(texts, panels, canvas)
    assert found
    for grid in found:
        blocks = [index for row in grid.rows for cell in row.cells for index in cell.blocks]
        assert sorted(blocks) == list(range(texts + panels))
        assert {sum(cell.columns for cell in row.cells) for row in grid.rows} == {tokens_of(canvas).columns}
    assert len(found) == len(set(found))
