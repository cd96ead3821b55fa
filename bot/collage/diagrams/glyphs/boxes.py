"""Owns the shapes that hold their words."""

from bot.collage.box import Box
from bot.collage.diagrams.brush import Brush
from bot.collage.diagrams.drawing import Node, Tone
from bot.collage.diagrams.shapes import arc, ellipse, ring, rounded, softened
from bot.collage.frame import Item

_SOFT = 0.45  # em: how much corners are rounded off
_SLANT = 0.16  # of the height: how much an encoder narrows
_BLOB = ((0.02, 0.5), (0.2, 0.1), (0.52, 0.03), (0.86, 0.14), (0.98, 0.5), (0.8, 0.9), (0.46, 0.97), (0.14, 0.86))


def box(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A card."""
    return brush.plate(place, brush.em * 0.5)


def pill(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A card with round ends."""
    return brush.plate(place, place.height / 2)


def circle(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A disc."""
    return brush.framed(ellipse(place))


def diamond(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A decision."""
    x, y = place.centre_x, place.centre_y
    corners = ((x, place.y), (place.right, y), (x, place.bottom), (place.x, y))
    return brush.framed(softened(corners, _SOFT * brush.em))


def encoder(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A trapezium that narrows to the right."""
    cut = _SLANT * place.height
    right, left = place.right, place.x
    corners = ((left, place.y), (right, place.y + cut), (right, place.bottom - cut), (left, place.bottom))
    return brush.framed(softened(corners, _SOFT * brush.em))


def decoder(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A trapezium that widens to the right."""
    cut = _SLANT * place.height
    right, left = place.right, place.x
    corners = ((left, place.y + cut), (right, place.y), (right, place.bottom), (left, place.bottom - cut))
    return brush.framed(softened(corners, _SOFT * brush.em))


def cylinder(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A store of things."""
    lid = lid_of(place, brush)
    x, rx = place.centre_x, place.width / 2
    top, foot = place.y + lid, place.bottom - lid
    body = (*arc((x, foot), (rx, lid), stop=0.5), *arc((x, top), (rx, lid), start=0.5, stop=1.0))
    rim = brush.words if brush.tone is Tone.ACCENT else brush.line
    return (
        *brush.framed((*body, body[0])),
        brush.stroke(arc((x, top), (rx * 0.985, lid), stop=0.5), width=brush.thin, colour=rim),
    )


def lid_of(place: Box, brush: Brush) -> float:
    """Half the height of the ellipse on top of a cylinder."""
    return min(place.height * 0.16, brush.em * 0.9)


def blob(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A region of some space."""
    return brush.framed(ring([(place.x + x * place.width, place.y + y * place.height) for x, y in _BLOB]))


def cloud(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """Something vague: a distribution, a prior."""
    lumps = ((0.24, 0.36, 0.2, 0.3), (0.46, 0.3, 0.24, 0.3), (0.72, 0.38, 0.2, 0.28))
    base = Box(place.x + place.width * 0.04, place.y + place.height * 0.32, place.width * 0.92, place.height * 0.66)
    discs = [
        arc((place.x + x * place.width, place.y + y * place.height), (rx * place.width, ry * place.height))
        for x, y, rx, ry in lumps
    ]
    return tuple(brush.area(each, brush.fill) for each in (*discs, rounded(base, place.height * 0.3)))


def text(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """Words alone."""
    return ()
