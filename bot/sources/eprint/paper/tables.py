"""Owns reading a table of the source as text."""

import re
from collections.abc import Sequence

from bot.sources.eprint.paper.float_scan import Tabular
from bot.sources.eprint.tex.plain import Plain
from bot.sources.eprint.tex.rows import rows_and_cells
from bot.sources.eprint.tex.scanning import argument, braced, bracketed, environments, options, starred

Rows = tuple[tuple[str, ...], ...]

_MOST_ROWS = 200
_MOST_COLUMNS = 40
_MOST_HEADS = 4
_LONGEST_CELL = 400
_LONGEST = 60_000
# How many arguments in braces stand before the rows.
_ARGUMENTS = {
    "tabular": 1,
    "longtable": 1,
    "longtable*": 1,
    "array": 1,
    "tabular*": 2,
    "tabularx": 2,
    "tabulary": 2,
    "NiceTabular": 1,
}
_RULE = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|Xhline|hhline|specialrule|thickhline|hlineB|dashline|hdashline)(?![a-zA-Z])"
)
_LINES = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|thickhline|morecmidrules|hdashline|endhead|endfirsthead|endfoot|endlastfoot)"
    r"(?![a-zA-Z])(?:[ \t]*\[[^\]]{0,20}\])?"
    r"|\\(?:cmidrule|cdashlinelr|cdashline)(?![a-zA-Z])(?:\([^)]{0,8}\)|\[[^\]]{0,12}\]){0,2}(?:\{[^{}]{0,12}\})?"
    r"|\\(?:cline|hhline|Xhline|hlineB|noalign|rowcolor|arrayrulecolor|rule)(?![a-zA-Z])(?:\[[^\]]{0,12}\])?\{[^{}]{0,40}\}"
    r"|\\specialrule(?:\{[^{}]{0,12}\}){3}"
    r"|\\addlinespace(?:\[[^\]]{0,12}\])?"
)
_LONG = re.compile(r"\\end(?:firsthead|head|foot|lastfoot)(?![a-zA-Z])")
_MULTIROW = re.compile(r"\\multirow(?:cell)?(?![a-zA-Z])")
_MULTICOLUMN = re.compile(r"\\multicolumn(?![a-zA-Z])")
_NUMBER = re.compile(r"[+\-−<>~∼±$]?\s?\d")
_COUNT = re.compile(r"\s*(-?)(\d{1,2})")


def rows_of(tabulars: Sequence[Tabular], plain: Plain) -> tuple[Rows, int]:
    """Read the table in a float.

    Args:
        tabulars: All that stand in it.

    Returns:
        Cells, as many in every row, and how many of the rows are heads: those above the first rule, or else the first
        row unless it has numbers. A cell over several columns or rows stands in
        each of them. No rows where there are several tables, or none, or one that is no grid.
    """
    if len(tabulars) != 1 or tabulars[0].environment not in _ARGUMENTS or len(tabulars[0].latex) > _LONGEST:
        return (), 1
    body = _rows_part(tabulars[0].environment, tabulars[0].latex)
    rows: list[list[str]] = []
    pending: dict[int, tuple[int, str]] = {}  # by column: how many rows a tall cell still covers
    heads = 0
    for cells in rows_and_cells(body):
        if rows and not heads and _RULE.search(cells[0]):
            heads = len(rows)
        row = _row(cells, plain, pending)
        if any(row) and len(rows) < _MOST_ROWS:
            rows.append(row)
    _fill_upwards(rows, body)
    width = max((len(row) for row in rows), default=0)
    if len(rows) < 2 or not 2 <= width <= _MOST_COLUMNS:
        return (), 1
    full = tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)
    if 0 < heads <= min(_MOST_HEADS, len(rows) - 1):
        return full, heads
    return full, int(not any(_NUMBER.match(cell) for cell in full[0][1:]))


def _rows_part(environment: str, body: str) -> str:
    """The body without its arguments, without the heads that a long table repeats, and with plain inner tables."""
    _, position = options(body, 0)
    for _ in range(_ARGUMENTS[environment]):
        said = braced(body, position)
        position = options(body, said[1])[1] if said else position
    rest = _without_inner(body[position:])
    parts = _LONG.split(rest)
    return parts[0] + "\\midrule " + parts[-1] if len(parts) > 1 else rest


def _without_inner(body: str) -> str:
    """Tables within a cell only break its lines."""
    kept: list[str] = []
    position = 0
    for start, inner in environments(body).items():
        if start < position or inner.name not in _ARGUMENTS:
            continue
        rows = rows_and_cells(_rows_part(inner.name, body[inner.body : inner.body_end]))
        kept += [body[position:start], "{", " ".join(cell for row in rows for cell in row), "}"]
        position = inner.end
    return "".join([*kept, body[position:]])


def _row(cells: Sequence[str], plain: Plain, pending: dict[int, tuple[int, str]]) -> list[str]:
    row: list[str] = []
    for cell in cells:
        bare = _LINES.sub(" ", cell)
        count, bare = _spanned(bare)
        height, bare = _height(bare)
        said = plain.text(bare)[:_LONGEST_CELL]
        for _ in range(min(count, _MOST_COLUMNS)):
            column = len(row)
            left, tall = pending.pop(column, (0, ""))
            if height > 1 and said:
                left, tall = height, said
            if left > 1:
                pending[column] = (left - 1, tall)
            row.append(said or (tall if left else ""))
    return row


def _spanned(cell: str) -> tuple[int, str]:
    """How many columns a cell covers, and what stands in it."""
    found = _MULTICOLUMN.search(cell)
    count = braced(cell, found.end()) if found else None
    form = braced(cell, count[1]) if count else None
    said = braced(cell, form[1]) if form else None
    if not found or not count or not said:
        return 1, cell
    number = _COUNT.match(count[0])
    return max(1, int(number[2])) if number else 1, cell[: found.start()] + said[0] + cell[said[1] :]


def _height(cell: str) -> tuple[int, str]:
    """How many rows a cell covers, and what stands in it."""
    if not (found := _MULTIROW.search(cell)):
        return 1, cell
    _, position = starred(cell, found.end())
    given = bracketed(cell, position)
    count = argument(cell, given[1] if given else position)
    width = argument(cell, options(cell, count[1])[1]) if count else None
    said = argument(cell, options(cell, width[1])[1]) if width else None
    if not count or not said:
        return 1, cell
    number = _COUNT.match(count[0])
    height = int(number[2]) if number and not number[1] else 1
    return height, cell[: found.start()] + said[0] + cell[said[1] :]


def _fill_upwards(rows: list[list[str]], body: str) -> None:
    """Cells that were meant to reach upwards (``\\multirow{-2}``) are common where rows are coloured."""
    for reach in re.findall(r"\\multirow[ \t]*\{-(\d)\}", body)[:1]:
        for index in range(len(rows) - 1, 0, -1):
            above = rows[index - 1]
            if above and not above[0] and rows[index][0] and int(reach) > 1:
                above[0] = rows[index][0]
