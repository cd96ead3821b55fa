"""Owns the figures: drawn in their own shape, not enlarged, and the hero as sharp as it claims to be."""

from PIL import Image

from bot.collage.check.bounds import Range
from bot.collage.check.reading import Reading, where
from bot.collage.check.report import Finding, Measure
from bot.collage.figures.steepness import steepest
from bot.collage.frame import Picture

_ROUNDING = 0.002  # of the scale: a picture is drawn on whole pixels


def shapes(reading: Reading) -> Finding:
    """H6: how far figures are stretched, and how much rasters are enlarged."""
    pictures = [item for item in reading.frame.items if isinstance(item, Picture)]
    bounds = reading.bounds
    measures: list[Measure] = []
    faults: list[str] = []
    for item in pictures:
        allowed = bounds.hero_scale if item.is_hero else bounds.raster_scale
        found = [Measure("aspect error", _aspect_error(item, reading.frame.scale), bounds.aspect_error)]
        if not item.raster.is_vector:
            scale = _pixel_size(item, reading.frame.scale)[0] / item.raster.width
            found.append(Measure("scale", scale, Range(high=allowed.high + _ROUNDING)))
        measures += found
        faults += [f"figure {where(item.box)}: {measure}" for measure in found if not measure.is_met]
    return Finding("H6", _worst(measures), tuple(faults))


def sharpness(reading: Reading, picture: Image.Image) -> tuple[Measure, ...]:
    """S17, as drawn: the steepest steps between neighbouring pixels of the hero, by its range; small when enlarged."""
    found = [item for item in reading.frame.items if isinstance(item, Picture) and item.is_hero]
    heroes = [_seen(item, picture, reading.frame.scale) for item in found if not item.raster.is_vector]
    steps = [step for seen in heroes if (step := steepest(seen)) is not None]
    return (Measure("steepest step", min(steps), reading.bounds.sharpness),) if steps else ()


def _worst(measures: list[Measure]) -> tuple[Measure, ...]:
    """The failing measures, or the largest of each name."""
    failing = [measure for measure in measures if not measure.is_met]
    largest = {measure.name: measure for measure in sorted(measures, key=lambda measure: measure.value)}
    return tuple(failing or largest.values())


def _pixel_size(item: Picture, scale: float) -> tuple[int, int]:
    """The whole pixels it is drawn on."""
    width = round(item.box.right * scale) - round(item.box.x * scale)
    height = round(item.box.bottom * scale) - round(item.box.y * scale)
    return max(1, width), max(1, height)


def _aspect_error(item: Picture, scale: float) -> float:
    width, height = _pixel_size(item, scale)
    return abs(width / height / (item.raster.width / item.raster.height) - 1)


def _seen(item: Picture, picture: Image.Image, scale: float) -> Image.Image:
    left, top = round(item.box.x * scale), round(item.box.y * scale)
    width, height = _pixel_size(item, scale)
    return picture.crop((left, top, left + width, top + height)).convert("L")
