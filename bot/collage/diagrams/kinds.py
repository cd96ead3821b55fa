"""Owns the kinds of nodes: how each is drawn, how large it is, and what it wants to know."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from bot.collage.box import Box
from bot.collage.diagrams.brush import Brush
from bot.collage.diagrams.drawing import Node
from bot.collage.diagrams.glyphs import boxes, cells, plots, things
from bot.collage.diagrams.glyphs.reading import (
    cells_fault,
    cells_of,
    numbers_fault,
    numbers_of,
    pairs_fault,
    said_and_lit,
    words_fault,
)
from bot.collage.formulas.equation import fault_of, typeset
from bot.collage.frame import Formula, Item, Role, TextStyle
from bot.collage.lettering.measure import width_of

Em = tuple[float, float]
Parameters = tuple[str, ...]
_FINE = 100.0  # the size at which letters are measured for what has no size yet
_FORMULA_AIR = 0.5  # em
_FORMULA = 1.15  # of the em of the words: formulas have smaller letters


@dataclass(frozen=True, slots=True)
class Kind:
    """What a node of one kind is.

    Attributes:
        least: The smallest width and height, in em of the words; for shapes that hold words, the air around them.
        reach: How many times it may grow, in width and in height.
        slack: How much more it may grow in one direction than in the other.
        holds_words: The words stand inside; else below.
        fault: Says what is wrong with its parameters.
    """

    draw: Callable[[Box, Node, Brush], tuple[Item, ...]]
    least: Callable[[Parameters], Em]
    reach: Em
    slack: float = 1.0
    holds_words: bool = False
    fault: Callable[[Parameters], str | None] = lambda words: "it takes no parameters" if words else None


def _lit(words: Parameters) -> str | None:
    if words and (words[0] != "lit" or not words[1:]):
        return "it takes `lit` with the numbers of lines, or nothing"
    return numbers_fault(words[1:], least=0, most=9, low=1, high=9)


def _bars(words: Parameters) -> str | None:
    cut = words.index("lit") if "lit" in words else len(words)
    return numbers_fault(words[:cut], least=2, most=24, low=0, high=1e6) or numbers_fault(
        words[cut + 1 :], least=0, most=24, low=1, high=24
    )


def _wave(words: Parameters) -> str | None:
    return numbers_fault([number for word in words for number in word.split("+")], least=1, most=8, low=0.25, high=16)


def _choice(words: Parameters, *, of: Sequence[str]) -> str | None:
    return None if len(words) <= 1 and all(word in of for word in words) else f"it takes one of: {', '.join(of)}"


def _cells(words: Parameters, *, side: float, most: float) -> Em:
    found = cells_of(words)
    each = min(side, most / max(found.columns, found.rows))
    return found.columns * each, found.rows * each


def _vector(words: Parameters) -> Em:
    width, height = _cells(words, side=0.62, most=5)
    return height, width


def _read_words(words: Parameters) -> Em:
    said, _ = said_and_lit(words)
    style = TextStyle(_FINE, cells.WORD_WEIGHT, 1.0)
    letters = sum(width_of(word, style) / _FINE + 2 * cells.WORD_AIR for word in said)
    return letters * 1.01 + cells.WORD_GAP * (len(said) - 1), 1.8


def _net(words: Parameters) -> Em:
    counts = numbers_of(words)
    return 1.7 * len(counts), 0.75 * max(counts)


def _formula_size(words: Parameters) -> Em:
    found = typeset(words[0], "#000000")
    return found.width * _FORMULA + _FORMULA_AIR, found.height * _FORMULA


def _draw_formula(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    found = typeset(node.parameters[0], brush.palette.ink)
    scale = min(0.96 * place.width / found.width, place.height / found.height)
    width, height = found.width * scale, found.height * scale
    box = Box(place.centre_x - width / 2, place.centre_y - height / 2, width, height)
    colour = brush.strong if brush.tone is not brush.tone.SOFT else brush.palette.ink
    return (Formula(node.parameters[0], box, colour, brush.palette.card, Role.NODE),)


def _formula_fault(words: Parameters) -> str | None:
    return fault_of(words[0]) if len(words) == 1 else "it wants one formula in quotes"


def _size(width: float, height: float) -> Callable[[Parameters], Em]:
    return lambda words: (width, height)


def _count(most: int, low: int = 1) -> Callable[[Parameters], str | None]:
    return partial(numbers_fault, least=0, most=1, low=low, high=most)


_HOLDER = partial(Kind, holds_words=True, slack=1.7)
_PICTURE = partial(Kind, reach=(5.0, 5.0), slack=1.25)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "box": _HOLDER(boxes.box, _size(1.7, 1.25), reach=(2.2, 2.6)),
        "pill": _HOLDER(boxes.pill, _size(2.0, 1.1), reach=(2.0, 1.8)),
        "circle": _HOLDER(boxes.circle, _size(1.2, 1.2), reach=(3.0, 3.0), slack=1.0),
        "diamond": _HOLDER(boxes.diamond, _size(2.0, 1.6), reach=(2.0, 2.0)),
        "encoder": _HOLDER(boxes.encoder, _size(1.8, 2.6), reach=(2.4, 2.6)),
        "decoder": _HOLDER(boxes.decoder, _size(1.8, 2.6), reach=(2.4, 2.6)),
        "database": _HOLDER(boxes.cylinder, _size(1.6, 2.6), reach=(2.6, 2.6)),
        "blob": _HOLDER(boxes.blob, _size(3.0, 2.6), reach=(4.0, 4.0)),
        "cloud": _HOLDER(boxes.cloud, _size(3.2, 2.8), reach=(3.0, 3.0)),
        "text": _HOLDER(boxes.text, _size(0.3, 0.3), reach=(1.0, 1.0)),
        "grid": _PICTURE(cells.grid, partial(_cells, side=0.62, most=4.4), slack=1.0, fault=cells_fault),
        "tokens": _PICTURE(cells.tokens, partial(_cells, side=0.85, most=7), slack=1.2, fault=cells_fault),
        "words": Kind(cells.words, _read_words, reach=(1.0, 1.3), fault=words_fault),
        "vector": _PICTURE(cells.vector, _vector, slack=1.2, fault=cells_fault),
        "stack": _PICTURE(cells.stack, _size(3.6, 3.2), fault=_count(8, 2)),
        "bars": _PICTURE(cells.bars, lambda words: (max(3.2, 0.6 * len(words)), 3.0), slack=1.7, fault=_bars),
        "gauge": _PICTURE(
            cells.gauge,
            _size(4.4, 1.3),
            reach=(4.0, 1.6),
            slack=4.0,
            fault=partial(numbers_fault, least=1, most=1, low=0, high=1),
        ),
        "dial": _PICTURE(
            cells.dial, _size(3.6, 2.0), slack=1.0, fault=partial(numbers_fault, least=1, most=1, low=0, high=1)
        ),
        "net": _PICTURE(cells.net, _net, fault=partial(numbers_fault, least=2, most=6, low=1, high=9)),
        "wave": _PICTURE(plots.wave, lambda words: (5.0, 1.5 * len(words) + 0.4), slack=2.0, fault=_wave),
        "curve": _PICTURE(plots.curve, _size(4.6, 3.2), slack=1.7, fault=pairs_fault),
        "band": _PICTURE(plots.band, _size(5.0, 3.2), slack=1.7, fault=pairs_fault),
        "scatter": _PICTURE(plots.scatter, _size(4.2, 3.6), fault=_count(5)),
        "hull": _PICTURE(plots.hull, _size(4.2, 3.6), fault=partial(_choice, of=("in", "out"))),
        "valley": _PICTURE(plots.valley, _size(5.0, 3.6), slack=1.6),
        "terrain": _PICTURE(plots.terrain, _size(6.0, 4.2), slack=1.5, fault=partial(_choice, of=plots.LANDSCAPES)),
        "plane": _PICTURE(plots.plane, _size(4.6, 2.0), slack=1.5),
        "image": _PICTURE(things.image, _size(3.6, 2.9), slack=1.2),
        "face": _PICTURE(things.face, _size(3.2, 3.2), slack=1.0),
        "document": _PICTURE(things.document, _size(2.8, 3.6), fault=_lit),
        "dice": _PICTURE(things.dice, _size(2.2, 2.2), reach=(3.0, 3.0), slack=1.0, fault=_count(6)),
        "person": _PICTURE(things.person, _size(2.4, 2.8), reach=(3.0, 3.0), slack=1.0),
        "switch": _PICTURE(
            things.switch, _size(2.6, 1.45), reach=(2.0, 2.0), slack=1.0, fault=partial(_choice, of=("on", "off"))
        ),
        "plus": Kind(things.plus, _size(1.7, 1.7), reach=(1.8, 1.8)),
        "minus": Kind(things.minus, _size(1.7, 1.7), reach=(1.8, 1.8)),
        "times": Kind(things.times, _size(1.7, 1.7), reach=(1.8, 1.8)),
        "dot": Kind(things.dot, _size(0.7, 0.7), reach=(2.0, 2.0)),
        "tick": Kind(things.tick, _size(1.7, 1.7), reach=(2.0, 2.0)),
        "cross": Kind(things.cross, _size(1.7, 1.7), reach=(2.0, 2.0)),
        "formula": Kind(_draw_formula, _formula_size, reach=(2.0, 2.0), fault=_formula_fault),
    }
)
