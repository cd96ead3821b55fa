"""Owns the geometry of simple outlines, as points in design units."""

import math
from collections.abc import Sequence
from itertools import pairwise

from bot.collage.box import Box

Place = tuple[float, float]
Places = tuple[Place, ...]

_STEPS = 20  # of a curve between two of its points


def arc(centre: Place, radii: Place, *, start: float = 0.0, stop: float = 1.0, turn: float = 0.0) -> Places:
    """A part of an ellipse, clockwise; *start*, *stop* and *turn* in full turns, 0 pointing right."""
    count = max(4, round(48 * abs(stop - start)))
    angles = (2 * math.pi * (start + (stop - start) * i / count) for i in range(count + 1))
    sine, cosine = math.sin(2 * math.pi * turn), math.cos(2 * math.pi * turn)
    flat = [(radii[0] * math.cos(angle), radii[1] * math.sin(angle)) for angle in angles]
    return tuple((centre[0] + x * cosine - y * sine, centre[1] + x * sine + y * cosine) for x, y in flat)


def ellipse(box: Box) -> Places:
    """The ellipse that fills *box*."""
    return arc((box.centre_x, box.centre_y), (box.width / 2, box.height / 2))


def rounded(box: Box, radius: float) -> Places:
    """A rectangle with round corners."""
    r = max(0.0, min(radius, box.width / 2, box.height / 2))
    corners = (
        ((box.right - r, box.y + r), 0.75),
        ((box.right - r, box.bottom - r), 0.0),
        ((box.x + r, box.bottom - r), 0.25),
        ((box.x + r, box.y + r), 0.5),
    )
    points = [place for centre, at in corners for place in arc(centre, (r, r), start=at, stop=at + 0.25)]
    return (*points, points[0])


def bezier(start: Place, one: Place, two: Place, end: Place) -> Places:
    """A cubic curve."""
    return tuple(_cubic(start, one, two, end, i / _STEPS) for i in range(_STEPS + 1))


def _cubic(a: Place, b: Place, c: Place, d: Place, t: float) -> Place:
    s = 1 - t
    weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
    return (
        sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
        sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
    )


def swing(start: Place, end: Place, *, is_level: bool) -> Places:
    """A curve that leaves and arrives level (or plumb)."""
    along, across = (abs(end[0] - start[0]), abs(end[1] - start[1]))
    if not is_level:
        along, across = across, along
    share = min(0.95, 0.5 + 0.13 * across / max(along, 1e-6))
    if is_level:
        reach = share * (end[0] - start[0])
        return bezier(start, (start[0] + reach, start[1]), (end[0] - reach, end[1]), end)
    reach = share * (end[1] - start[1])
    return bezier(start, (start[0], start[1] + reach), (end[0], end[1] - reach), end)


def smooth(places: Sequence[Place]) -> Places:
    """A curve through *places*.

    Source: E. Catmull, R. Rom, A Class of Local Interpolating Splines, 1974.
    """
    if len(places) < 3:
        return tuple(places)
    padded = [places[0], *places, places[-1]]
    points: list[Place] = [places[0]]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        one = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        two = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        points += bezier(start, one, two, end)[1:]
    return tuple(points)


def ring(places: Sequence[Place]) -> Places:
    """A closed curve through *places*."""
    count = len(places)
    around = smooth([places[-1], *places, places[0], places[1]])
    return around[_STEPS : _STEPS * (count + 1) + 1]


def softened(places: Sequence[Place], radius: float) -> Places:
    """A closed polygon with its corners rounded off."""
    (x0, y0), (x1, y1) = places[0], places[1]
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    return with_round_corners([middle, *places[1:], places[0], middle], radius)


def with_round_corners(places: Sequence[Place], radius: float) -> Places:
    """The polyline with its corners rounded off."""
    points: list[Place] = [places[0]]
    for before, corner, after in zip(places, places[1:], places[2:], strict=False):
        reach = min(radius, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        near, far = toward(corner, before, reach), toward(corner, after, reach)
        points += bezier(near, toward(near, corner, reach * 0.55), toward(far, corner, reach * 0.55), far)
    return (*points, places[-1])


def toward(start: Place, end: Place, distance: float) -> Place:
    """The place *distance* away from *start* on the way to *end*."""
    length = math.dist(start, end)
    if length == 0:
        return start
    share = distance / length
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def length_of(places: Sequence[Place]) -> float:
    """How long a polyline is."""
    return sum(math.dist(start, end) for start, end in pairwise(places))


def along(places: Sequence[Place], share: float) -> tuple[Place, Place]:
    """The place after *share* of a polyline's length, and the direction there as a unit vector."""
    left = share * length_of(places)
    for start, end in pairwise(places):
        step = math.dist(start, end)
        if step > 0 and left <= step + 1e-9:
            return toward(start, end, left), ((end[0] - start[0]) / step, (end[1] - start[1]) / step)
        left -= step
    return places[-1], (1.0, 0.0)


def golden(count: int) -> list[Place]:
    """*count* places spread evenly over the unit disc, always the same.

    Source: H. Vogel, A better way to construct the sunflower head, 1979.
    """
    return [
        (math.sqrt((i + 0.5) / count) * math.cos(i * 2.399963), math.sqrt((i + 0.5) / count) * math.sin(i * 2.399963))
        for i in range(count)
    ]
