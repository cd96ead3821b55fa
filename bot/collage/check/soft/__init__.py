"""The targets S1 to S18: what makes a collage good, each with a score."""

from collections.abc import Callable

from PIL import Image

from bot.collage.check.reading import Reading
from bot.collage.check.report import Finding, Report
from bot.collage.check.soft import areas, looks, order, words
from bot.collage.check.soft.sketch import sketch
from bot.collage.check.soft.tiles import balance, empty, hole, tiles_of
from bot.collage.frame import Frame

_BEFORE_TILES: tuple[Callable[[Reading], Finding], ...] = (words.amount, areas.visuals, areas.text)
_TILES = (empty, hole)
_AFTER: tuple[Callable[[Reading], Finding], ...] = (
    looks.type_sizes,
    words.lines,
    looks.hues,
    areas.contrasts,
    looks.labels,
    words.widows,
    words.panels,
    order.gaps,
    looks.hero,
    words.annotations,
)


def soft_of_frame(frame: Frame) -> Report:
    """Score the soft targets from *frame* alone, fast; air and balance are estimated from a sketch."""
    return Report(soft=soft_rules(Reading(frame)))


def soft_rules(reading: Reading, picture: Image.Image | None = None) -> tuple[Finding, ...]:
    """Measure every target.

    Args:
        picture: The collage in pixels; without it air and balance are judged by a rough sketch of the frame.
    """
    tiles = tiles_of(picture or sketch(reading.frame), reading)
    return (
        *(rule(reading) for rule in _BEFORE_TILES),
        *(rule(reading, tiles) for rule in _TILES),
        order.columns(reading),
        order.edges(reading),
        balance(reading, tiles),
        *(rule(reading) for rule in _AFTER),
    )
