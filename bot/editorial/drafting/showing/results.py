"""Owns the table of results that a draft draws: as bars where it says who is best, as a small table where it is one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.editorial.drafting.showing.captions import clean, phrased, standing_alone
from bot.editorial.panels.bounds import CAPTION, TITLE
from bot.editorial.panels.tables import CELL_CHARACTERS, COLUMNS, ROWS
from bot.editorial.phrasing import Phrasing
from bot.model.manuscript import FoundTable, Record
from bot.model.panel import Chart, ChartKind, ChartSeries, Table

_FEWEST_BARS, _MOST_BARS = 3, 7
_LARGEST_BAR = 1e15  # what is more is no result, but digits run together
_LONGEST_NAME = 32  # characters
_LOOKED_AT = 20  # tables
_MOST_CELLS = 2_000

_VALUE = re.compile(
    r"(?P<figures>[-−+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−+]?\d*\.?\d+)\s*(?P<unit>%|×|x|[KMBkms])?\s*(?:(?:±|\+/-|\+-"
    r"|\().*)?",
    re.DOTALL,
)
_OWN = re.compile(r"\bours?\b|\bproposed\b|this (?:work|paper)", re.IGNORECASE)
_AVERAGE = re.compile(r"\b(?:avg|average|mean|overall|total|all)\b", re.IGNORECASE)
_METRIC = re.compile(
    r"acc(?:uracy)?\b|top-?[15]|\bF-?1|\bmAP\b|\bAP\b|\bAUC|BLEU|ROUGE|\bEM\b|score|precision|recall|IoU|PSNR|SSIM"
    r"|NDCG|MRR|spearman|"
    r"pearson|R2|R²|success|return|reward|win rate|%",
    re.IGNORECASE,
)
_LOWER = re.compile(
    r"↓|err(?:or)?\b|\bloss\b|perplexity|\bppl\b|\bWER\b|\bCER\b|\bFID\b|\bMAE\b|\bMSE\b|RMSE|latency|\btime\b"
    r"|seconds|\bFLOPs?\b|NLL|\bEER\b",
    re.IGNORECASE,
)
_COMPARING = re.compile(
    r"\b(?:results?|compar\w+|performance|evaluat\w+|ablation|state.of.the.art|benchmark\w*|improvements?|baselines?|stability)\b",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w-]*[A-Z0-9][\w-]*"
_INTRODUCED = re.compile(
    rf"\b(?:propose|introduce|present|develop|release|call(?:ed)?|named|dubbed)\b(?: ({_NAME})\b"
    rf"|[^.(]{{0,90}}\(({_NAME})\))"
)
_COUNTING = re.compile(
    r"param|#|size|\byear\b|layers?|dim|epochs?|batch|seed|\bk\b|\bn\b|samples|tokens", re.IGNORECASE
)
_ARROWS = str.maketrans("", "", "↑↓⇑⇓")


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table whose first column names the rows.

    Attributes:
        rows: Those with a name and at least one more cell.
    """

    found: FoundTable
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def source(self) -> str:
        return f"Table {self.found.number[:8]}" if self.found.number else "a table of the paper"


def result_of(tables: Sequence[FoundTable], record: Record) -> Chart | Table | None:
    """Draw the most telling table: bars with the paper's own rows lit where there are such, else a small table."""
    grids = [grid for table in tables[:_LOOKED_AT] if not table.is_appendix and (grid := _grid(table))]
    ranked = sorted(grids, key=_worth, reverse=True)
    own = _own_names(record)
    charts = (chart for grid in ranked if (chart := _chart(grid, own)))
    tabled = (table for grid in ranked if _worth(grid) > 0 and (table := _table(grid)))
    return next(charts, None) or next(tabled, None)


def _worth(grid: _Grid) -> float:
    """How much it looks like results; of equals the first of the paper."""
    heads = " ".join(grid.heads[1:])
    cues = (_METRIC.search(heads), _METRIC.search(grid.found.caption), _COMPARING.search(grid.found.caption))
    return sum(1.0 for cue in cues if cue) - 0.01 * grid.found.position


def _grid(table: FoundTable) -> _Grid | None:
    heads = max(1, table.heads)
    cells = [tuple(clean(cell) for cell in row) for row in table.rows]
    if len(cells) <= heads or len(cells) * len(cells[0]) > _MOST_CELLS or len({len(row) for row in cells}) != 1:
        return None
    filled = [column for column in range(len(cells[0])) if any(row[column] for row in cells[heads:])]
    named = tuple(" ".join(dict.fromkeys(row[column] for row in cells[:heads] if row[column])) for column in filled)
    body = [tuple(row[column] for column in filled) for row in cells[heads:]]
    named, body = _with_one_name(named, body)
    rows = tuple(row for row in body if row and row[0] and len(set(row)) > 1 and any(row[1:]))
    names = [row[0] for row in rows]
    is_named = len(named) >= 2 and len(set(names)) == len(names) and not all(map(_value, names))
    return _Grid(table, named, rows) if rows and is_named else None


def _with_one_name(
    heads: tuple[str, ...], rows: list[tuple[str, ...]]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Two columns of words in front name a row together: *PubTabNet · OTSL*."""
    if len(heads) < 3 or any(_value(row[1]) for row in rows) or len({row[0] for row in rows}) == len(rows):
        return heads, rows
    joined = [(" · ".join(dict.fromkeys(filter(None, row[:2]))), *row[2:]) for row in rows]
    return (" · ".join(filter(None, heads[:2])), *heads[2:]), joined


def _chart(grid: _Grid, own: Sequence[str]) -> Chart | None:
    lit = [row[0] for row in grid.rows if _is_own(row[0], own)]
    column = _metric(grid)
    if not lit or len(lit) == len(grid.rows) or column is None:
        return None
    lower = bool(_LOWER.search(grid.heads[column] + " " + grid.found.caption)) and "↑" not in grid.heads[column]
    rows = _strongest([row for row in grid.rows if _value(row[column])], column, lit, lower=lower)
    names = tuple(row[0] for row in rows)
    if len(rows) < _FEWEST_BARS or any(len(name) > _LONGEST_NAME for name in names) or not set(lit) & set(names):
        return None
    metric = grid.heads[column].translate(_ARROWS).strip()
    said = _title_and_caption(grid, plain=_short(metric))
    part = f" ({len(rows)} of {len(grid.rows)} rows)" if len(rows) < len(grid.rows) else ""
    units = {found["unit"] or "" for row in rows if (found := _VALUE.fullmatch(row[column]))}
    return Chart(
        kind=ChartKind.BAR,
        title=said[0],
        caption=said[1].text,
        caption_shorter=said[1].shorter,
        source=grid.source + part,
        series=(ChartSeries(metric, tuple(_number(row[column]) for row in rows), highlight=True),),
        categories=names,
        y_label="" if said[0] == metric else metric,
        unit="%" if units == {"%"} else "",
        lower_is_better=lower,
        emphasis=tuple(name for name in names if name in lit),
    )


def _metric(grid: _Grid) -> int | None:
    """The column whose numbers are drawn: the average where there is one, else the first that measures something."""
    columns = [column for column in range(1, len(grid.heads)) if _is_numeric(grid, column) and grid.heads[column]]
    for wanted in (_AVERAGE, _METRIC, _LOWER):
        if found := next((each for each in columns if wanted.search(grid.heads[each])), None):
            return found
    return next((each for each in columns if not _COUNTING.search(grid.heads[each])), None)


def _is_numeric(grid: _Grid, column: int) -> bool:
    """True when all cells but a few empty ones are numbers of one unit, none of them negative or endless."""
    found = [match for row in grid.rows if (match := _VALUE.fullmatch(row[column]))]
    others = [
        row[column]
        for row in grid.rows
        if not _value(row[column]) and row[column] not in {"", "-", "–", "—", "N/A", "n/a"}
    ]
    is_drawable = all(0 < _number(match[0]) <= _LARGEST_BAR for match in found)
    return len(found) >= _FEWEST_BARS and not others and len({match["unit"] for match in found}) == 1 and is_drawable


def _strongest(rows: list[tuple[str, ...]], column: int, lit: Sequence[str], *, lower: bool) -> list[tuple[str, ...]]:
    """At most as many rows as a chart can name: the paper's own and the best of the others, in their order."""
    ranked = sorted(rows, key=lambda row: (row[0] not in lit, _number(row[column]) * (1 if lower else -1)))
    own = [row for row in ranked if row[0] in lit][: _MOST_BARS // 2]
    others = [row for row in ranked if row[0] not in lit][: _MOST_BARS - len(own)]
    return [row for row in rows if row in own or row in others]


def _table(grid: _Grid) -> Table | None:
    cells = [*grid.heads, *(cell for row in grid.rows for cell in row)]
    is_small = COLUMNS[0] <= len(grid.heads) <= COLUMNS[1] and 2 <= len(grid.rows) <= ROWS[1]
    if not is_small or any(len(cell) > CELL_CHARACTERS for cell in cells) or not any(map(_value, cells)):
        return None
    title, said = _title_and_caption(grid, plain=grid.source.capitalize())
    return Table(title, grid.heads, grid.rows, said.text, grid.source, caption_shorter=said.shorter)


def _title_and_caption(grid: _Grid, *, plain: str) -> tuple[str, Phrasing]:
    """Its caption as a title where that is short, else *plain* above its caption."""
    number = grid.found.number[:8]
    fallback = f"Table {number} of the paper." if number else "From a table of the paper."
    kept = standing_alone(grid.found.caption)
    if not kept:
        return plain, Phrasing(fallback)
    title = phrased(kept[:1], most=TITLE)
    rest = phrased(kept[1:] if title and title.text == kept[0] else kept, most=CAPTION)
    return title.text.removesuffix(".") if title else plain, rest or Phrasing(fallback)


def _short(text: str) -> str:
    return " ".join(text.split()[:TITLE])


def _value(cell: str) -> bool:
    return _VALUE.fullmatch(cell) is not None


def _number(cell: str) -> float:
    found = _VALUE.fullmatch(cell)
    return float(found["figures"].replace(",", "").replace("−", "-")) if found else 0.0


def _own_names(record: Record) -> tuple[str, ...]:
    """What the paper calls its own: the name before the colon of its title, and what its abstract introduces."""
    head, colon, _ = record.paper.title.partition(":")
    named = [head.strip()] if colon and len(head.split()) == 1 else []
    introduced = (found[1] or found[2] for found in _INTRODUCED.finditer(record.abstract))
    return tuple(dict.fromkeys(each.lower() for each in (*named, *introduced) if len(each) >= 3))


def _is_own(name: str, own: Sequence[str]) -> bool:
    words = frozenset(re.findall(r"\w+(?:-\w+)*", name.lower()))
    return bool(_OWN.search(name)) or any(each in words for each in own)
