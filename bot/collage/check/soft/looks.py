"""Owns the targets of restraint and sharpness: sizes of type, hues, labels in visuals, the hero's pixels."""

import colorsys
from collections.abc import Iterator
from statistics import median

from bot.collage.check.bounds import Range
from bot.collage.check.reading import Reading, clusters
from bot.collage.check.report import Finding, Measure
from bot.collage.frame import Code, Curve, Formula, Item, Picture, Point, Role, Shape, Surface, Text

_LABELS = frozenset({Role.TICK, Role.SERIES_NAME, Role.VALUE, Role.NODE, Role.CELL})
_GREY = 0.2  # colours whose channels differ by less have no hue to speak of
_SAME_HUE = 25 / 360  # of the circle


def type_sizes(reading: Reading) -> Finding:
    """S9: how many sizes of type there are."""
    sizes = sorted({round(text.style.size, 1) for text in reading.texts})
    shown = ", ".join(f"{size:g}" for size in sizes)
    return Finding("S9", (Measure("sizes", len(sizes), reading.bounds.type_sizes),), (shown,))


def hues(reading: Reading) -> Finding:
    """S11: how many hues there are outside figures."""
    colours = {colour for item in reading.frame.items for colour in colours_of(item)}
    found = [hue for colour in colours if (hue := _hue(colour)) is not None]
    groups = clusters(found, _SAME_HUE)
    if len(groups) > 1 and groups[0][0] + 1 - groups[-1][-1] <= _SAME_HUE:
        groups.pop()
    return Finding("S11", (Measure("hues", len(groups), reading.bounds.hues),))


def labels(reading: Reading) -> Finding:
    """S13: the smallest of the median labels of each visual; a raster does not say how large its letters are."""
    sizes: dict[int, list[float]] = {}
    for text in reading.texts:
        panel = reading.panel_of(text)
        if text.role in _LABELS and panel is not None:
            sizes.setdefault(id(panel), []).append(text.style.size)
    typical = [*map(median, sizes.values()), *_figure_labels(reading)]
    if not typical:
        return Finding("S13")
    smallest = min(typical) * reading.css
    return Finding("S13", (Measure("median label, CSS px", smallest, reading.bounds.figure_label_css),))


def hero(reading: Reading) -> Finding:
    """S17: whether the hero is enlarged; how sharp its pixels are is seen in the picture."""
    found = [item for item in reading.frame.items if isinstance(item, Picture) and item.is_hero]
    rasters = [item for item in found if not item.raster.is_vector]
    if not rasters:
        return Finding("S17")
    scale = max(item.box.width * reading.frame.scale / item.raster.width for item in rasters)
    return Finding("S17", (Measure("scale", scale, Range(high=reading.bounds.hero_scale.high + 0.002)),))


def _figure_labels(reading: Reading) -> Iterator[float]:
    for item in reading.frame.items:
        if isinstance(item, Picture) and item.raster.label is not None:
            yield item.raster.label * item.box.width


def colours_of(item: Item) -> tuple[str, ...]:
    """The colours an item is drawn in; a figure keeps its own."""
    match item:
        case Text() | Curve() | Point() | Formula() | Code():
            return (item.colour,)
        case Surface() | Shape():
            return tuple(colour for colour in (item.fill, item.outline) if colour)
        case _:
            return ()


def _hue(colour: str) -> float | None:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    if max(channels) - min(channels) < _GREY:
        return None
    return colorsys.rgb_to_hsv(channels[0], channels[1], channels[2])[0]
