"""Owns pictures made of cells and bars: tokens, grids, stacks, bars, gauges, nets."""

from dataclasses import replace
from itertools import pairwise, product

from bot.collage.box import Box
from bot.collage.colours import mix
from bot.collage.diagrams.brush import Brush
from bot.collage.diagrams.drawing import Node, Tone
from bot.collage.diagrams.glyphs.reading import Cells, cells_of, numbers_of, said_and_lit
from bot.collage.diagrams.shapes import arc, rounded
from bot.collage.frame import Item, Role
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import width_of
from bot.collage.lettering.typeset import Align, Ink, set_line

WORD_WEIGHT = 550
"""Of tokens one can read."""
WORD_GAP, WORD_AIR = 0.25, 0.45
"""Em between such tokens, and beside the letters of each."""


def _shaded(brush: Brush, level: int | None) -> str:
    if level is None:
        return brush.main if brush.tone is not Tone.SOFT else mix(brush.palette.card, brush.palette.muted, 0.26)
    return brush.shade(level / 9)


def _mosaic(place: Box, cells: Cells, brush: Brush, gap: float) -> tuple[Item, ...]:
    across, down = place.width / cells.columns, place.height / cells.rows
    space = gap * min(across, down)
    radius = 0.16 * min(across, down)
    items: list[Item] = []
    for row, column in product(range(cells.rows), range(cells.columns)):
        cell = Box(place.x + column * across, place.y + row * down, across, down).inset(space / 2)
        items.append(brush.panel(cell, _shaded(brush, cells.levels[row * cells.columns + column]), radius))
    return tuple(items)


def grid(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """Pixels, an attention map, a matrix."""
    return _mosaic(place, cells_of(node.parameters), brush, 0.1)


def tokens(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A row of tokens."""
    return _mosaic(place, cells_of(node.parameters), brush, 0.22)


def words(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A row of tokens one can read; those after ``lit`` by their number stand out."""
    said, lit = said_and_lit(node.parameters)
    style = brush.tokens.style(brush.em, WORD_WEIGHT)
    gap, air = WORD_GAP * brush.em, WORD_AIR * brush.em
    total = sum(width_of(word, style) + 2 * air for word in said) + gap * (len(said) - 1)
    x = place.centre_x - total / 2
    items: list[Item] = []
    for number, word in enumerate(said, start=1):
        chip = Box(x, place.y, width_of(word, style) + 2 * air, place.height)
        mine = replace(brush, tone=Tone.ACCENT) if number in lit else brush
        baseline = place.centre_y + CAP * brush.em / 2
        items += mine.plate(chip, brush.em * 0.35)
        ink = Ink(Role.NODE, mine.words, mine.fill)
        items.append(set_line(word, (chip.centre_x, baseline), style, ink, align=Align.CENTRE))
        x = chip.right + gap
    return tuple(items)


def vector(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A column of numbers."""
    row = cells_of(node.parameters)
    return _mosaic(place, Cells(row.columns, 1, row.levels), brush, 0.16)


def stack(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """Sheets one behind the other: feature maps, layers, copies."""
    count = int(numbers_of(node.parameters)[0]) if node.parameters else 3
    step_x = place.width * 0.5 / max(count, 4)
    step_y = place.height * 0.5 / max(count, 4)
    width, height = place.width - step_x * (count - 1), place.height - step_y * (count - 1)
    items: list[Item] = []
    for i in range(count):
        sheet = Box(place.right - width - i * step_x, place.y + i * step_y, width, height)
        colour = mix(brush.wash, brush.main, (i + 1) / count)
        items.append(brush.area(rounded(sheet, brush.em * 0.3), colour, outline=brush.palette.card))
    return tuple(items)


def bars(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """Standing bars."""
    words = node.parameters
    cut = words.index("lit") if "lit" in words else len(words)
    values = numbers_of(words[:cut])
    lit = {int(value) for value in numbers_of(words[cut + 1 :])}
    step, top = place.width / len(values), max(*values, 1e-9)
    items: list[Item] = [
        brush.stroke(((place.x, place.bottom), (place.right, place.bottom)), width=brush.thin),
    ]
    for i, value in enumerate(values, start=1):
        height = max(brush.thin, place.height * 0.98 * value / top)
        bar = Box(place.x + (i - 0.86) * step, place.bottom - height, step * 0.72, height)
        items.append(brush.panel(bar, brush.strong if i in lit else brush.main, min(step * 0.12, brush.em * 0.25)))
    return tuple(items)


def gauge(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A slider between nothing and all."""
    value = numbers_of(node.parameters)[0]
    knob = min(place.height / 2, brush.em * 0.75)
    rail = knob * 0.62
    track = Box(place.x, place.centre_y - rail, place.width, 2 * rail)
    x = place.x + knob + value * (place.width - 2 * knob)
    filled = Box(place.x, track.y, x - place.x + rail, 2 * rail)
    return (
        brush.panel(track, mix(brush.palette.card, brush.palette.muted, 0.2), rail),
        *((brush.panel(filled, brush.strong, rail),) if value > 0 else ()),
        brush.dot((x, place.centre_y), knob, brush.strong),
        brush.dot((x, place.centre_y), knob * 0.62, brush.palette.card),
    )


def dial(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A needle between nothing and all."""
    value = numbers_of(node.parameters)[0]
    band = place.width * 0.09
    radius = min(place.width / 2, place.height) - band / 2
    centre = (place.centre_x, place.bottom - band * 0.6)
    rest = mix(brush.palette.card, brush.palette.muted, 0.24)
    tip = arc(centre, (radius * 0.72, radius * 0.72), start=0.5, stop=0.5 + max(value, 0.001) / 2)[-1]
    return (
        brush.stroke(arc(centre, (radius, radius), start=0.5, stop=1.0), width=band, colour=rest),
        *(
            (
                brush.stroke(
                    arc(centre, (radius, radius), start=0.5, stop=0.5 + value / 2), width=band, colour=brush.strong
                ),
            )
            if value > 0.02
            else ()
        ),
        brush.stroke((centre, tip), width=brush.thick * 1.3, colour=brush.palette.ink),
        brush.dot(centre, band * 0.6, brush.palette.ink),
    )


def net(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """Neurons in layers."""
    counts = [int(value) for value in numbers_of(node.parameters)]
    most = max(counts)
    radius = min(place.height / (2.5 * most), place.width / (2.5 * len(counts)))
    step = (place.width - 2 * radius) / max(1, len(counts) - 1)
    pitch = (place.height - 2 * radius) / max(1, most - 1)
    layers = [
        [(place.x + radius + i * step, place.centre_y + (k - (count - 1) / 2) * pitch) for k in range(count)]
        for i, count in enumerate(counts)
    ]
    wire = mix(brush.palette.card, brush.palette.muted, 0.45)
    wires = [
        brush.stroke((one, other), width=brush.thin, colour=wire)
        for layer, after in pairwise(layers)
        for one, other in product(layer, after)
    ]
    return (*wires, *(brush.dot(at, radius, brush.main) for layer in layers for at in layer))
