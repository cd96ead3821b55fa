"""Owns pictures of things: images, documents, dice, people, signs."""

from bot.collage.box import Box
from bot.collage.colours import mix
from bot.collage.diagrams.brush import Brush
from bot.collage.diagrams.drawing import Node, Tone
from bot.collage.diagrams.glyphs.reading import numbers_of
from bot.collage.diagrams.shapes import Place, arc, ellipse, rounded
from bot.collage.frame import Item

_PIPS: dict[int, tuple[Place, ...]] = {
    1: ((0, 0),),
    2: ((-1, -1), (1, 1)),
    3: ((-1, -1), (0, 0), (1, 1)),
    4: ((-1, -1), (1, -1), (-1, 1), (1, 1)),
    5: ((-1, -1), (1, -1), (0, 0), (-1, 1), (1, 1)),
    6: ((-1, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (1, 1)),
}


def image(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A photograph: sun and mountains."""
    rim = brush.thick
    inner = place.inset(rim)

    def at(x: float, y: float) -> Place:
        return inner.x + x * inner.width, inner.y + y * inner.height

    sky = mix(brush.palette.card, brush.strong, 0.14)
    far = mix(brush.palette.card, brush.strong, 0.38)
    sun = min(inner.width, inner.height) * 0.11
    return (
        brush.panel(place, brush.line, brush.em * 0.35),
        brush.panel(inner, sky, brush.em * 0.2),
        brush.dot(at(0.74, 0.28), sun, brush.light),
        brush.area((at(0.34, 1), at(0.7, 0.42), at(1, 0.84), at(1, 1)), far),
        brush.area((at(0, 1), at(0, 0.8), at(0.32, 0.3), at(0.68, 0.88), at(0.76, 1)), brush.strong),
    )


def face(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A photograph of somebody."""
    rim = brush.thick
    inner = place.inset(rim)
    skin, cloth = mix(brush.palette.card, brush.strong, 0.45), brush.strong
    side = min(inner.width, inner.height)
    x, foot = inner.centre_x, inner.bottom
    return (
        brush.panel(place, brush.line, brush.em * 0.35),
        brush.panel(inner, mix(brush.palette.card, brush.strong, 0.14), brush.em * 0.2),
        brush.area(arc((x, foot), (side * 0.42, side * 0.3), start=0.5, stop=1.0), cloth),
        brush.area(arc((x, inner.y + side * 0.42), (side * 0.2, side * 0.25)), skin),
        brush.area(arc((x, inner.y + side * 0.36), (side * 0.215, side * 0.2), start=0.5, stop=1.0), cloth),
    )


def document(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A page of text; the lines named by ``lit`` stand out."""
    lit = {int(value) for value in numbers_of(node.parameters[1:])}
    fold = min(place.width, place.height) * 0.24
    page = (
        (place.x, place.y),
        (place.right - fold, place.y),
        (place.right, place.y + fold),
        (place.right, place.bottom),
        (place.x, place.bottom),
        (place.x, place.y),
    )
    corner = ((place.right - fold, place.y), (place.right - fold, place.y + fold), (place.right, place.y + fold))
    items: list[Item] = [
        brush.area(page, brush.wash, outline=brush.line),
        brush.area(corner, brush.line),
    ]
    rows = max(4, min(9, int(place.height * 0.7 / (brush.em * 0.62))))
    pitch = place.height * 0.76 / rows
    for i in range(rows):
        y = place.y + place.height * 0.17 + i * pitch + pitch * 0.5
        right = place.right - place.width * (0.42 if i in (0, rows - 1) else 0.14)
        is_lit = i + 1 in lit
        colour = brush.strong if is_lit else mix(brush.palette.card, brush.palette.muted, 0.42)
        line = Box(place.x + place.width * 0.14, y - pitch * 0.19, right - place.x - place.width * 0.14, pitch * 0.38)
        items.append(brush.panel(line, colour, pitch * 0.19))
    return tuple(items)


def dice(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """Chance."""
    count = int(numbers_of(node.parameters)[0]) if node.parameters else 5
    side = min(place.width, place.height)
    face = Box(place.centre_x - side / 2, place.centre_y - side / 2, side, side)
    pips = [(face.centre_x + x * side * 0.25, face.centre_y + y * side * 0.25) for x, y in _PIPS[count]]
    colour = brush.words if brush.tone is Tone.ACCENT else brush.line
    return (*brush.plate(face, side * 0.2), *(brush.dot(at, side * 0.09, colour) for at in pips))


def person(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A reader, a user, a labeller."""
    head = min(place.width * 0.46, place.height * 0.44) / 2
    top = place.y + 2 * head + place.height * 0.05
    width = min(place.width, 4.4 * head)
    radius = (width / 2, min(place.bottom - top, width * 0.62))
    return (
        brush.dot((place.centre_x, place.y + head), head, brush.main),
        brush.area(arc((place.centre_x, top + radius[1]), radius, start=0.5, stop=1.0), brush.main),
    )


def _sign(place: Box, brush: Brush, strokes: tuple[tuple[Place, Place], ...]) -> tuple[Item, ...]:
    radius = min(place.width, place.height) / 2
    centre = (place.centre_x, place.centre_y)
    disc = Box(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius)
    reach = radius * 0.48
    ink = brush.words if brush.tone is Tone.ACCENT else brush.palette.ink
    return (
        *brush.framed(ellipse(disc)),
        *(
            brush.stroke(
                tuple((centre[0] + x * reach, centre[1] + y * reach) for x, y in stroke),
                width=max(brush.thick, radius * 0.14),
                colour=ink,
            )
            for stroke in strokes
        ),
    )


def plus(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """Two things are added."""
    return _sign(place, brush, (((-1, 0), (1, 0)), ((0, -1), (0, 1))))


def minus(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """One thing is taken from another."""
    return _sign(place, brush, (((-1, 0), (1, 0)),))


def times(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """Two things are multiplied."""
    return _sign(place, brush, (((-0.75, -0.75), (0.75, 0.75)), ((-0.75, 0.75), (0.75, -0.75))))


def dot(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """A point, a state, a unit."""
    colour = brush.strong if brush.tone in (Tone.ACCENT, Tone.WARN) else brush.main
    return (brush.dot((place.centre_x, place.centre_y), min(place.width, place.height) / 2, colour),)


def cross(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """It does not work."""
    reach = min(place.width, place.height) * 0.36
    x, y = place.centre_x, place.centre_y
    colour = brush.palette.annotation
    return (
        brush.stroke(((x - reach, y - reach), (x + reach, y + reach)), width=brush.thick * 1.6, colour=colour),
        brush.stroke(((x - reach, y + reach), (x + reach, y - reach)), width=brush.thick * 1.6, colour=colour),
    )


def tick(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """It works."""
    reach = min(place.width, place.height) * 0.4
    x, y = place.centre_x, place.centre_y
    hook = ((x - reach, y + reach * 0.05), (x - reach * 0.25, y + reach * 0.75), (x + reach, y - reach * 0.75))
    return (brush.stroke(hook, width=brush.thick * 1.6, colour=brush.strong),)


def switch(place: Box, node: Node, brush: Brush) -> tuple[Item, ...]:
    """On or off."""
    is_on = node.parameters[:1] != ("off",)
    height = min(place.height, place.width / 1.8)
    track = Box(place.centre_x - height * 0.9, place.centre_y - height / 2, height * 1.8, height)
    knob = height * 0.38
    x = track.right - height / 2 if is_on else track.x + height / 2
    colour = brush.strong if is_on else mix(brush.palette.card, brush.palette.muted, 0.45)
    return (
        brush.area(rounded(track, height / 2), colour),
        brush.dot((x, track.centre_y), knob, brush.palette.card),
    )
