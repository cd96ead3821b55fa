"""Owns pictures of functions and of points in space."""

import math
from collections.abc import Callable, Sequence

from bot.collage.box import Box
from bot.collage.colours import mix
from bot.collage.diagrams.brush import Brush
from bot.collage.diagrams.drawing import Node
from bot.collage.diagrams.glyphs.reading import numbers_of, pairs_of
from bot.collage.diagrams.shapes import Place, Places, arc, golden, smooth
from bot.collage.frame import Item, Role, Shape

_HULL = ((0.04, 0.5), (0.18, 0.14), (0.52, 0.04), (0.72, 0.3), (0.7, 0.7), (0.48, 0.96), (0.16, 0.84), (0.04, 0.5))
_CLOUDS = ((0.28, 0.32, 0.27), (0.72, 0.7, 0.26), (0.78, 0.2, 0.19), (0.22, 0.82, 0.17), (0.52, 0.5, 0.15))
_SCATTERED = 22  # points of one cloud


def _sine(place: Box, frequencies: Sequence[float]) -> Places:
    count = 40 + int(14 * max(frequencies))
    heights = [
        sum(math.sin(2 * math.pi * frequency * i / count) for frequency in frequencies) for i in range(count + 1)
    ]
    top = max(abs(height) for height in heights) or 1.0
    return tuple(
        (place.x + place.width * i / count, place.centre_y - height / top * place.height * 0.46)
        for i, height in enumerate(heights)
    )


def wave(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """One sine per parameter, one below the other; ``1+5`` is a sum."""
    rows = [numbers_of(word.split("+")) for word in node.parameters]
    height = place.height / len(rows)
    items: list[Item] = []
    for i, row in enumerate(rows):
        lane = Box(place.x, place.y + i * height, place.width, height * 0.86)
        items.append(brush.stroke(_sine(lane, row), width=brush.thick * 1.2, colour=brush.main))
    return tuple(items)


def _axes(place: Box, brush: Brush) -> Item:
    corner = (place.x, place.bottom)
    colour = mix(brush.palette.card, brush.palette.muted, 0.7)
    return brush.stroke(((place.x, place.y), corner, (place.right, place.bottom)), width=brush.thin, colour=colour)


def _scaled(pairs: Sequence[Place], place: Box) -> list[Place]:
    """*pairs*, y pointing up, filling *place*."""
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    across, up = max(xs) - min(xs) or 1.0, max(ys) - min(ys) or 1.0
    return [
        (place.x + (x - min(xs)) / across * place.width, place.bottom - (y - min(ys)) / up * place.height)
        for x, y in pairs
    ]


def curve(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A smooth curve over axes."""
    plane = Box(place.x + brush.thick, place.y, place.width - brush.thick, place.height - 2 * brush.thick)
    line = smooth(_scaled(pairs_of(node.parameters), plane))
    return (_axes(place, brush), brush.stroke(line, width=brush.thick * 1.4, colour=brush.strong))


def band(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A curve that is sure near its points and unsure between them."""
    edge = brush.thick * 1.9
    inner = Box(place.x + edge, place.y + place.height * 0.2, place.width - 2 * edge, place.height * 0.6)
    known = _scaled(pairs_of(node.parameters), inner)
    line = smooth(known)
    widths = [min(abs(x - at) for at, _ in known) for x, _ in line]
    most = max(*widths, 1e-9)
    reach = [place.height * 0.2 * math.sqrt(width / most) for width in widths]
    upper = [(x, y - each) for (x, y), each in zip(line, reach, strict=True)]
    lower = [(x, y + each) for (x, y), each in zip(line, reach, strict=True)]
    return (
        brush.area((*upper, *reversed(lower)), mix(brush.palette.card, brush.strong, 0.22)),
        brush.stroke(line, width=brush.thick * 1.2, colour=brush.strong),
        *(brush.dot(at, edge, brush.palette.ink) for at in known),
    )


def scatter(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """Clouds of points; the first stands out."""
    count = int(numbers_of(node.parameters)[0]) if node.parameters else 2
    side = min(place.width, place.height)
    radius = max(brush.thick * 0.8, side * 0.014)
    items: list[Item] = []
    for i, (x, y, reach) in enumerate(_CLOUDS[:count]):
        colour = brush.strong if i == 0 else mix(brush.palette.card, brush.palette.muted, 0.42 + 0.16 * (i % 2))
        for dx, dy in golden(_SCATTERED):
            at = (place.x + (x + dx * reach) * place.width, place.y + (y + dy * reach) * place.height)
            items.append(brush.dot(at, radius, colour))
    return tuple(items)


def hull(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """Points with the hull around them, and a new point inside or outside."""
    ring = tuple((place.x + x * place.width, place.y + y * place.height) for x, y in _HULL)
    side = min(place.width, place.height)
    middle = (place.x + 0.4 * place.width, place.y + 0.5 * place.height)
    inner = [(middle[0] + x * 0.25 * place.width, middle[1] + y * 0.32 * place.height) for x, y in golden(12)]
    is_in = node.parameters[:1] != ("out",)
    new = (middle[0] + 0.05 * place.width, middle[1] + 0.02 * place.height)
    if not is_in:
        new = (place.x + 0.93 * place.width, place.y + 0.3 * place.height)
    apart = side * 0.07
    return (
        brush.area(ring, brush.wash),
        brush.stroke(ring, colour=brush.line),
        *(brush.dot(at, side * 0.022, brush.line) for at in (*ring[:-1], *inner) if math.dist(at, new) > apart),
        brush.dot(new, side * 0.055, brush.palette.card),
        brush.dot(new, side * 0.042, brush.palette.annotation),
    )


def valley(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A loss landscape seen from above: the deepest part is the darkest."""
    rings = 6
    items: list[Item] = []
    for i in range(rings):
        share = 1 - i / rings
        centre = (place.centre_x + 0.1 * place.width * (1 - share), place.centre_y + 0.08 * place.height * (1 - share))
        ring = arc(centre, (place.width * 0.49 * share, place.height * 0.43 * share), turn=-0.03 * share)
        colour = mix(brush.palette.card, brush.strong, 0.05 + 0.5 * (i / (rings - 1)) ** 1.4)
        items.append(brush.area(ring, colour))
    return tuple(items)


def plane(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A flat subspace in perspective."""
    slant = place.width * 0.24
    corners = (
        (place.x + slant, place.y),
        (place.right, place.y),
        (place.right - slant, place.bottom),
        (place.x, place.bottom),
        (place.x + slant, place.y),
    )
    return (brush.area(corners, brush.wash), brush.stroke(corners, width=brush.thin))


_HEIGHTS: dict[str, Callable[[float, float], float]] = {
    "saddle": lambda x, y: 0.62 * (x * x - y * y),
    "bowl": lambda x, y: 0.6 * (x * x + y * y) - 0.55,
    "hills": lambda x, y: 0.42 * math.sin(3.4 * x + 0.6) * math.cos(2.9 * y - 0.4),
    "ridge": lambda x, y: 0.75 * math.exp(-6 * (x - 0.3 * math.sin(2 * y)) ** 2) - 0.35 - 0.2 * y,
}
LANDSCAPES = tuple(_HEIGHTS)
_MESH = 18
_AZIMUTH, _ELEVATION = math.radians(32), math.radians(38)  # from where a landscape is seen


def terrain(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A landscape as a mesh, the low parts in colour."""
    height = _HEIGHTS[node.parameters[0] if node.parameters else "hills"]
    seen = {
        (i, k): _seen(2 * i / _MESH - 1, 2 * k / _MESH - 1, height) for i in range(_MESH + 1) for k in range(_MESH + 1)
    }
    flat = dict(zip(seen, _scaled([(x, -y) for x, y, _ in seen.values()], place), strict=True))
    items: list[Item] = []
    for i, k in sorted(((i, k) for i in range(_MESH) for k in range(_MESH)), key=lambda cell: seen[cell][2]):
        level = height((2 * i + 1) / _MESH - 1, (2 * k + 1) / _MESH - 1)
        colour = mix(brush.palette.card, brush.strong, 0.36 - 0.42 * max(-0.75, min(0.75, level)))
        ring = (flat[i, k], flat[i + 1, k], flat[i + 1, k + 1], flat[i, k + 1])
        items.append(Shape(ring, colour, Role.NODE, mix(colour, brush.palette.card, 0.45), brush.thin))
    return tuple(items)


def _seen(x: float, y: float, height: Callable[[float, float], float]) -> tuple[float, float, float]:
    """Across, down, and how near a place of a landscape is to who looks at it."""
    across = x * math.cos(_AZIMUTH) - y * math.sin(_AZIMUTH)
    near = x * math.sin(_AZIMUTH) + y * math.cos(_AZIMUTH)
    return across, near * math.sin(_ELEVATION) - height(x, y) * math.cos(_ELEVATION), near
