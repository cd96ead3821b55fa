"""Owns the plans of a draft: what its collage may show, in falling order of preference, and which plan works out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.collage.check.report import Report
from bot.collage.frame import Raster
from bot.collage.trial import tried
from bot.errors import CollageError
from bot.model.canvas import Canvas
from bot.model.entry import Entry
from bot.model.panel import BigNumber, Chart, Equation, Figure, Panel, Quote, Table

_MOST_PANELS = 4
_MOST_TRIED = 12  # plans; each costs about a second
_TRIED_ON = (Canvas.SLIDE, Canvas.PORTRAIT)

Plan = tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """A figure that may lead.

    Attributes:
        beside: Those that add something to it, the best first.
        spare: Those that merely fill a place, because nothing is said of them.
    """

    figure: Figure
    beside: tuple[Figure, ...] = ()
    spare: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Stock:
    """What a collage could show, each kind with the best first.

    Attributes:
        result: Drawn from a table.
    """

    leads: tuple[Lead, ...] = ()
    result: Chart | Table | None = None
    equations: tuple[Equation, ...] = ()
    numbers: tuple[BigNumber, ...] = ()
    quotes: tuple[Quote, ...] = ()


def plans(stock: Stock) -> Iterator[Plan]:
    """Every plan worth trying, without repetition."""
    found = (*_pictured(stock), *_drawn(stock))
    return iter(dict.fromkeys(plan[:_MOST_PANELS] for plan in found if plan))


def best_plan(stock: Stock, entry: Entry, *, files: Mapping[str, bytes]) -> Plan:
    """Find the first plan that makes a collage fit to be sent on every canvas, else the one that comes nearest.

    Takes CPU time: each plan that is tried is arranged.

    Args:
        entry: The draft without panels, its numbers not yet listed.
        files: The bytes of all figures, by sha256.
    """
    known: dict[Figure, Raster] = {}
    found: list[tuple[tuple[float, float], Plan]] = []
    for plan in islice(plans(stock), _MOST_TRIED):
        draft = replace(entry, panels=plan)
        rank = _rank([_tried(draft, canvas, files, known) for canvas in _TRIED_ON])
        if rank[0] == len(_TRIED_ON):
            return plan
        found.append((rank, plan))
    return max(found, key=lambda pair: pair[0], default=((0.0, 0.0), ()))[1]


def _pictured(stock: Stock) -> Iterator[Plan]:
    """The first figure with company of all kinds, then others that may lead, then the first with fewer others."""
    if not stock.leads:
        return
    number, equation, quote = stock.numbers[:1], stock.equations[:1], stock.quotes[:1]
    first, result = stock.leads[0], _some(stock.result)
    hero, company = first.figure, (*first.beside, *result, *first.spare)
    yield from _led(stock, first)
    yield (hero, *company[:2], *number)
    yield (hero, *company[:1], *(number or equation or quote))
    for other in stock.leads[1:]:
        yield from _led(stock, other)
    yield (hero, *number, *equation, *quote)
    yield (hero, *result, *number, *quote)


def _led(stock: Stock, lead: Lead) -> Iterator[Plan]:
    """Of equal worth in two orders: the composer keeps them, and one may fit where the other does not."""
    beside = lead.beside[:1] or _some(stock.result)
    yield (lead.figure, *beside, *stock.numbers[:1], *stock.equations[:1])
    yield (lead.figure, *stock.numbers[:1], *beside, *stock.equations[:1])


def _drawn(stock: Stock) -> Iterator[Plan]:
    """Without a figure: what can be drawn first, then what can only be said."""
    result, numbers, equations, quotes = _some(stock.result), stock.numbers, stock.equations, stock.quotes
    yield (*result, *numbers[:1], *equations[:1], *quotes[:1])
    yield (*result, *numbers[:1], *equations[:1])
    yield (*equations[:1], *numbers[:1], *quotes[:1])
    yield (*equations[:2], *numbers[:1], *quotes[:1])
    yield (*numbers[:2], *equations[:1], *quotes[:1])
    yield (*numbers[:1], *quotes[:2])
    yield (*equations[:2], *numbers[:2])
    yield (*numbers[:1], *quotes[:1])
    yield quotes[:2]
    yield quotes[:3]
    yield (*quotes[:1], *numbers[:1], *quotes[1:2])
    yield (*quotes[:1], *equations[:1], *quotes[1:2])
    yield (*quotes[:1], *equations[:2])


def _some(panel: Panel | None) -> Plan:
    return (panel,) if panel else ()


def _tried(entry: Entry, canvas: Canvas, files: Mapping[str, bytes], known: dict[Figure, Raster]) -> Report | None:
    try:
        return tried(entry, canvas, files=files, known=known)
    except CollageError:
        return None


def _rank(reports: Sequence[Report | None]) -> tuple[float, float]:
    """On how many canvases it ships, then how good it is."""
    done = [report for report in reports if report]
    quality = (report.mean + (report.worst.score if report.worst else 1.0) - len(report.failures) for report in done)
    return sum(report.ships for report in done), sum(quality)
