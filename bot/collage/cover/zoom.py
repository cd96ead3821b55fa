"""Owns how a picture is brought to the size of its room: as a whole, without changing its shape."""

from collections.abc import Iterable
from dataclasses import replace

from bot.collage.box import Box, cover
from bot.collage.frame import Curve, Item, Point, Shape, Surface

Places = tuple[tuple[float, float], ...]


def zoomed(items: Iterable[Item], room: Box, *, most: float) -> tuple[Item, ...]:
    """Scale shapes and lines until they fill *room* in one direction, in its middle.

    Args:
        most: They grow no more than so many times.

    Raises:
        TypeError: There are letters among them, whose size is not ours to change.
    """
    drawn = tuple(items)
    if not drawn:
        return ()
    bounds = cover(item.box for item in drawn)
    scale = min(most, room.width / bounds.width, room.height / bounds.height)
    shift = room.centre_x - scale * bounds.centre_x, room.centre_y - scale * bounds.centre_y
    return tuple(_moved(item, scale, shift) for item in drawn)


def _moved(item: Item, scale: float, shift: tuple[float, float]) -> Item:
    match item:
        case Surface():
            return replace(item, box=_box(item.box, scale, shift), radius=scale * item.radius)
        case Curve():
            places, width = _places(item.points, scale, shift), scale * item.width
            return replace(item, points=places, width=width, head=scale * item.head, dash=scale * item.dash)
        case Shape():
            return replace(item, points=_places(item.points, scale, shift), width=scale * item.width)
        case Point():
            ((x, y),) = _places(((item.x, item.y),), scale, shift)
            return replace(item, x=x, y=y, radius=scale * item.radius)
        case _:
            raise TypeError(f"{type(item).__name__} cannot be scaled with a picture")


def _box(box: Box, scale: float, shift: tuple[float, float]) -> Box:
    return Box(scale * box.x + shift[0], scale * box.y + shift[1], scale * box.width, scale * box.height)


def _places(places: Places, scale: float, shift: tuple[float, float]) -> Places:
    return tuple((scale * x + shift[0], scale * y + shift[1]) for x, y in places)
