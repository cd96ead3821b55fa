"""Owns the order in which the text of a page is read: down each column, between what spans them all."""

from collections.abc import Sequence

from bot.sources.pdf.layout import Block, Layout

_SPANS = 1.15  # times the width of a column: a wider block spans several


def in_order(layout: Layout) -> list[Block]:
    """The headings and paragraphs of a page as they are read."""
    blocks = [*layout.headings, *layout.paragraphs]
    wide = sorted(block.box.y for block in blocks if _spans(block, layout))
    return sorted(blocks, key=lambda block: _place(block, layout, wide))


def _place(block: Block, layout: Layout, wide: Sequence[float]) -> tuple[int, int, float]:
    """Its zone, which begins and ends at blocks that span the columns; its column there; its height."""
    above = sum(y < block.box.y for y in wide)
    if _spans(block, layout):
        return 2 * above + 1, 0, block.box.y
    column = sum(block.box.centre_x > column.right for column in layout.columns)
    return 2 * above, column, block.box.y


def _spans(block: Block, layout: Layout) -> bool:
    return len(layout.columns) > 1 and block.box.width > _SPANS * layout.columns[0].width
