"""Owns the tables of a page as text."""

import re
from collections.abc import Iterator

from bot.sources.page.prose import prose
from bot.sources.page.tree import Element, every, has
from bot.wording.plain import plain

_MOST_CELLS = 20_000
_WIDEST = 60
_TALLEST = 500
_LONGEST_CELL = 300
_MOST_HEADS = 4
_SPAN = re.compile(r"ltx_(col|row)span_(\d{1,3})")


def read_table(frame: Element) -> tuple[tuple[tuple[str, ...], ...], int]:
    """Read the largest table in *frame*.

    Returns:
        Its rows, all of one length, a cell that spans several standing in each of them; and how many of them are heads.
        No rows where there is no table, or one too large to be shown.
    """
    tables = [list(_rows(table)) for table in every(frame, "ltx_tabular") if not _is_in_cell(table, frame)]
    rows = max(tables, key=len, default=[])
    grid = _grid(rows)
    return grid, _heads(rows) if grid else 1


def _rows(table: Element) -> Iterator[Element]:
    return (row for row in every(table, "ltx_tr") if _table_of(row) is table)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if has(cell, "ltx_td") or cell.tag in {"td", "th"}]


def _table_of(row: Element) -> Element | None:
    return next((above for above in row.iterancestors() if has(above, "ltx_tabular")), None)


def _is_in_cell(table: Element, frame: Element) -> bool:
    for above in table.iterancestors():
        if above is frame:
            return False
        if has(above, "ltx_td"):
            return True
    return False


def _grid(rows: list[Element]) -> tuple[tuple[str, ...], ...]:
    """Lay the cells out, those that span several places repeated.

    Source: https://html.spec.whatwg.org/multipage/tables.html#forming-a-table
    """
    places: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows[:_TALLEST]):
        x = 0
        for cell in _cells(row):
            while (y, x) in places:
                x += 1
            said = plain(str(prose(cell)), longest=_LONGEST_CELL)
            for down in range(min(_span(cell, "row"), len(rows) - y)):
                for across in range(_span(cell, "col")):
                    places.setdefault((y + down, x + across), said)
            x += _span(cell, "col")
            if x > _WIDEST or len(places) > _MOST_CELLS:
                return ()
    width = max((x for _, x in places), default=-1) + 1
    height = max((y for y, _ in places), default=-1) + 1
    if width > _WIDEST or width * height > _MOST_CELLS or len(rows) > _TALLEST:
        return ()
    return tuple(tuple(places.get((y, x), "") for x in range(width)) for y in range(height))


def _span(cell: Element, way: str) -> int:
    said = cell.get(f"{way}span") or ""
    if not said:
        said = next((found[2] for found in _SPAN.finditer(cell.get("class") or "") if found[1] == way), "")
    return max(1, min(int(said), _WIDEST)) if said.isdecimal() and len(said) <= 4 else 1


def _heads(rows: list[Element]) -> int:
    """How many rows stand in ``thead``, or above the first rule inside the table."""
    spanned = max((_span(cell, "row") for row in rows[:1] for cell in _cells(row)), default=1)
    stated = sum(1 for row in rows if next(row.iterancestors("thead"), None) is not None)
    if 0 < stated < len(rows):
        return stated
    ruled = (y for y, row in enumerate(rows) if y and _has_rule_above(row))
    heads = max(next(ruled, 1), spanned)
    return heads if heads <= _MOST_HEADS else 1


def _has_rule_above(row: Element) -> bool:
    cells = _cells(row)
    ruled = sum(has(cell, "ltx_border_t", "ltx_border_tt") for cell in cells)
    return bool(cells) and ruled * 2 > len(cells)
