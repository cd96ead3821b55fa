"""Owns the numbers an entry lists with their source, and the sums that follow from them."""

import ast
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.collage.check.hard.numerals import Numeral, numerals_in
from bot.collage.check.reading import quoted
from bot.model.entry import Entry
from bot.model.panel import BigNumber, Chart, Diagram, Equation, Figure, Number, Panel, Quote, Table

_CLOSE = 1e-9  # relative: equal but for rounding in binary
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", ",": "", "%": "", "\u00a0": " ", "\u202f": ""}
)
_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True, slots=True)
class Stated:
    """The values an entry lists.

    Attributes:
        drawn: Those of its charts, which are written with few digits.
    """

    values: frozenset[float]
    drawn: frozenset[float]

    def has(self, numeral: Numeral, *, is_rounded: bool = False) -> bool:
        """True when *numeral* is one of them.

        Args:
            is_rounded: A value of a chart rounded to the digits of *numeral* will do.
        """
        if any(_is_equal(value, known) for value in (numeral.value, numeral.plain) for known in self.values):
            return True
        half = 0.5 * numeral.unit * (1 + _CLOSE)
        return is_rounded and any(abs(abs(known) - numeral.value) <= half for known in self.drawn)


def stated_in(entry: Entry) -> Stated:
    """Gather what *entry* lists: its numbers, and what charts, tables, formulas, quotes and the paper itself say."""
    paper = entry.paper
    texts = [paper.title, paper.venue or "", str(paper.year), str(paper.arxiv_id)]
    texts += [link.url for link in entry.links]
    panels = _panels(entry)
    texts += [text for number in entry.numbers for text in _number_texts(number)]
    texts += [text for panel in panels for text in _texts(panel)]
    drawn = frozenset(value for panel in panels if isinstance(panel, Chart) for value in _values(panel))
    found = {value for text in texts for numeral in numerals_in(text) for value in (numeral.value, numeral.plain)}
    return Stated(frozenset(found | drawn), drawn)


def formula_faults(entry: Entry, stated: Stated) -> Iterator[str]:
    """Say which formulas do not give their number, or use one that is not listed."""
    for number in entry.numbers:
        if number.formula is None:
            continue
        result = _evaluated(number.formula)
        printed = next(numerals_in(number.value), None)
        if result is None or printed is None:
            yield f"the formula {quoted(number.formula)} cannot be computed"
        elif abs(abs(result) - printed.plain) > 0.5 * printed.unit * (1 + _CLOSE):
            yield f"{quoted(number.formula)} gives {result:g}, not {number.value}"
        yield from (
            f"{numeral.text} in the formula {quoted(number.formula)} is no number of the entry"
            for numeral in numerals_in(number.formula)
            if not stated.has(numeral)
        )


def unsourced(entry: Entry) -> Iterator[str]:
    """Name the numbers and panels that do not say where they come from."""
    yield from (f"the number {number.value} has no source" for number in entry.numbers if not number.source.strip())
    for panel in _panels(entry):
        if isinstance(panel, Chart | Table | Diagram | Equation | Figure | Quote) and not panel.source.strip(" ,"):
            yield f"a {type(panel).__name__.lower()} has no source"


def _panels(entry: Entry) -> tuple[Panel, ...]:
    """The panels in every language; the numbers are the same in all."""
    return (*entry.panels, *(panel for panels in entry.panels_in.values() for panel in panels))


def _is_equal(one: float, other: float) -> bool:
    return abs(abs(one) - abs(other)) <= _CLOSE * max(abs(one), abs(other))


def _number_texts(number: Number) -> tuple[str, ...]:
    return (number.value, number.meaning, number.against or "", *number.meaning_shorter)


def _texts(panel: Panel) -> tuple[str, ...]:
    """What a panel quotes from its source; captions and annotations are our own words and count for nothing here."""
    match panel:
        case Chart():
            names = (text for series in panel.series for text in (series.name, *series.labels))
            axes = (panel.x_label, panel.y_label, panel.unit, panel.baseline.label if panel.baseline else "")
            return (*panel.categories, *names, *axes)
        case Table():
            return (*panel.columns, *(cell for row in panel.rows for cell in row))
        case Equation():
            return (panel.latex, panel.short or "")
        case Quote():
            return (panel.text,)
        case BigNumber():
            return _number_texts(panel.number)
        case _:
            return ()


def _values(chart: Chart) -> Iterator[float]:
    for series in chart.series:
        yield from (value for value in (*series.values, *series.x, *series.low, *series.high) if value is not None)
    if chart.baseline:
        yield chart.baseline.value


def _evaluated(formula: str) -> float | None:
    """What a sum comes to; None when it is none."""
    try:
        return _value(ast.parse(formula.translate(_SIGNS).strip(), mode="eval").body)
    except (SyntaxError, ZeroDivisionError, OverflowError, ValueError):
        return None


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            return _OPERATIONS[type(op)](_value(left), _value(right))
    raise ValueError(ast.dump(node))
