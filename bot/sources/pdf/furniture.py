"""Owns what stands on page after page at the same place: running heads, page numbers, logos, line numbers, stamps."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.collage.box import Box
from bot.sources.pdf.page import Graphic, Line, Page

_EDGE = 0.12  # of the height of a page: running heads stand nowhere else
_FEWEST_PAGES, _ENOUGH_PAGES = 2, 4  # on which the same stands, in short papers and in long ones
_NEAR = 12.0  # points from a figure: what stands there may be a label of it
_GRID = 3  # points: what stands so near to a place stands there
_PAGE_NUMBER = re.compile(r"(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s+of\s+\d{1,4})?", re.IGNORECASE)
_FEWEST_NUMBERED = 8  # lines of a page in a row: then they are numbered for reviewers
_MARGIN = 0.08  # of the width of a page, where stamps stand

_Key = tuple[object, ...]
_Thing = TypeVar("_Thing", Line, Graphic)


def set_apart(pages: Sequence[Page]) -> list[Page]:
    """Take what belongs to the layout and not to the paper out of the lines and graphics of *pages*."""
    lines = _repeated(pages, lambda page: page.lines, _key_of_line)
    graphics = _repeated(pages, lambda page: page.graphics, _key_of_graphic)
    return [_without(page, lines, graphics) for page in pages]


def _repeated(
    pages: Sequence[Page], of: Callable[[Page], Iterable[_Thing]], key: Callable[[Page, _Thing], _Key]
) -> set[_Key]:
    counted = Counter(found for page in pages for found in {key(page, thing) for thing in of(page)})
    fewest = min(_ENOUGH_PAGES, max(_FEWEST_PAGES, len(pages) // 4))
    return {found for found, count in counted.items() if count >= fewest}


def _key_of_line(page: Page, line: Line) -> _Key:
    return round(line.box.y / _GRID), re.sub(r"\d+", "", line.text)


def _key_of_graphic(page: Page, graphic: Graphic) -> _Key:
    box = graphic.box
    return graphic.shape, *(round(side / _GRID) for side in (box.x, box.y, box.right, box.bottom))


def _without(page: Page, lines: set[_Key], graphics: set[_Key]) -> Page:
    numbered = _numbered(page)

    def is_repeated(graphic: Graphic) -> bool:
        return _is_at_edge(page, graphic.box) and _key_of_graphic(page, graphic) in graphics

    def is_furniture(line: Line) -> bool:
        if line in numbered or _is_stamp(page, line):
            return True
        if line.is_drawn or not _is_at_edge(page, line.box) or _has_near(line.box, drawn):
            return False
        return _key_of_line(page, line) in lines or _is_number(page, line)

    drawn = [graphic for graphic in page.graphics if not is_repeated(graphic)]
    kept = [line for line in page.lines if not is_furniture(line)]
    taken = [thing.box for thing in page.graphics if is_repeated(thing)]
    taken += [line.box for line in page.lines if is_furniture(line)]
    return replace(page, lines=tuple(kept), graphics=tuple(drawn), furniture=tuple(taken))


def _has_near(box: Box, graphics: Iterable[Graphic]) -> bool:
    around = box.inset(-_NEAR)
    return any(not graphic.is_rule and graphic.box.inset(-0.1).overlap(around) for graphic in graphics)


def _is_at_edge(page: Page, box: Box) -> bool:
    return box.bottom <= _EDGE * page.height or box.y >= (1 - _EDGE) * page.height


def _is_number(page: Page, line: Line) -> bool:
    is_outermost = line.box.bottom <= _EDGE * page.height or line.box.y >= (1 - _EDGE) * page.height
    return (
        is_outermost and not line.is_drawn and _PAGE_NUMBER.fullmatch(line.text) is not None and _is_alone(page, line)
    )


def _is_alone(page: Page, line: Line) -> bool:
    """Nothing stands beside it or beyond it, as beside the labels of an axis."""
    beyond = [
        other
        for other in page.lines
        if other is not line
        and (other.box.bottom > line.box.y if line.box.y > page.height / 2 else other.box.y < line.box.bottom)
    ]
    return len(beyond) <= 2 and all(_is_at_edge(page, other.box) for other in beyond)


def _is_stamp(page: Page, line: Line) -> bool:
    return not line.is_upright and not line.is_drawn and line.box.right <= _MARGIN * page.width


def _numbered(page: Page) -> set[Line]:
    """The numbers that reviewers are given for lines: many, one below the other, all in the margin."""
    numbers = [line for line in page.lines if line.text.isdigit() and not line.is_drawn]
    at = Counter(round(line.box.right / _GRID) for line in numbers)
    columns = {place for place, count in at.items() if count >= _FEWEST_NUMBERED}
    text = [line.box for line in page.lines if not line.text.isdigit() and line.is_upright]
    if not text or not columns:
        return set()
    left, right = min(box.x for box in text), max(box.right for box in text)
    return {
        line
        for line in numbers
        if round(line.box.right / _GRID) in columns and (line.box.right <= left or line.box.x >= right)
    }
