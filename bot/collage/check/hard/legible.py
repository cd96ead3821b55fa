"""Owns legibility: contrast as it is declared and as it is drawn, and the size of type where it is read."""

from collections.abc import Iterable, Iterator

from PIL import Image

from bot.collage.box import Box
from bot.collage.check.bounds import LARGE_TYPE, Range
from bot.collage.check.reading import Reading, named
from bot.collage.check.report import Finding, Measure
from bot.collage.colours import contrast
from bot.collage.formulas.equation import typeset
from bot.collage.frame import Curve, Formula, Item, Point, Role, Shape, Surface, Text

_STROKES = frozenset({Role.CURVE, Role.POINT, Role.BAR, Role.ARROW, Role.ANNOTATION})
_NEAR = 12  # of 255 per channel: two colours that are meant to be one
_SAMPLE = (72, 12)  # pixels looked at per text
_LABELS = frozenset(
    {Role.LABEL, Role.META, Role.BADGE, Role.TICK, Role.SERIES_NAME, Role.VALUE, Role.CELL, Role.NODE, Role.EQUATION}
)

Found = list[tuple[float, Item]]
Sampled = list[tuple[int, tuple[int, ...]]]


def contrasts(reading: Reading, picture: Image.Image | None) -> Finding:
    """H4: letters and strokes against what they stand on, and whether they do stand on it."""
    bounds = reading.bounds
    small = _contrasts(item for item in reading.frame.items if not _is_large(item))
    large = _contrasts(item for item in reading.frame.items if _is_large(item))
    strokes: Found = [(contrast(colour, ground), item) for item, colour, ground in _strokes(reading)]
    lies = [f"{named(item)} {fault}" for item, fault in _lies(reading, picture)]
    measures = (
        *_lowest("text", small, bounds.contrast),
        *_lowest("large text", large, bounds.large_contrast),
        *_lowest("strokes", strokes, bounds.large_contrast),
        Measure("wrongly declared", len(lies), Range(high=0)),
    )
    faint = [*_faint(small, bounds.contrast), *_faint([*large, *strokes], bounds.large_contrast)]
    return Finding("H4", measures, (*faint, *lies))


def sizes(reading: Reading) -> Finding:
    """H5: the smallest type of each kind, in CSS pixels on the phone it is read on."""
    found: dict[str, Found] = {"body": [], "labels": [], "credit": []}
    for text in reading.texts:
        found[_kind(text)].append((text.style.size * reading.css, text))
    for item in reading.frame.items:
        if isinstance(item, Formula):
            em = item.box.height / typeset(item.latex, item.colour).height
            found["labels"].append((em * reading.css, item))
    allowed = {"body": reading.bounds.body_css, "labels": reading.bounds.label_css, "credit": reading.bounds.credit_css}
    measures = tuple(measure for kind, pairs in found.items() for measure in _lowest(kind, pairs, allowed[kind]))
    return Finding("H5", measures, tuple(fault for kind in found for fault in _faint(found[kind], allowed[kind])))


def _is_large(item: Item) -> bool:
    return isinstance(item, Text) and item.style.size >= LARGE_TYPE


def _contrasts(items: Iterable[Item]) -> Found:
    return [(contrast(item.colour, item.background), item) for item in items if isinstance(item, Text | Formula)]


def _kind(text: Text) -> str:
    if text.role is Role.CREDIT:
        return "credit"
    return "labels" if text.role in _LABELS else "body"


def _lowest(name: str, found: Found, bounds: Range) -> tuple[Measure, ...]:
    return (Measure(name, min(value for value, _ in found), bounds),) if found else ()


def _faint(found: Found, bounds: Range) -> Iterator[str]:
    for value, item in found:
        if value < bounds.low:
            yield f"{named(item)}: {value:.2f}"


def _strokes(reading: Reading) -> Iterator[tuple[Item, str, str]]:
    """The marks that carry data or point at it, with their colour and the colour below."""
    for item in reading.frame.items:
        if item.role in _STROKES and (colour := _colour(item)):
            yield item, colour, _ground(reading, item)


def _colour(item: Item) -> str | None:
    match item:
        case Curve() | Point():
            return item.colour
        case Surface() | Shape():
            return item.fill
        case _:
            return None


def _ground(reading: Reading, item: Item) -> str:
    """The colour of the smallest card that holds *item*."""
    cards = [card for card in reading.cards if card.box.holds(item.box, slack=1.0)]
    card = min(cards, key=lambda card: card.box.area, default=None)
    return card.fill if card else reading.frame.paper


def _lies(reading: Reading, picture: Image.Image | None) -> Iterator[tuple[Item, str]]:
    """What does not look as it is declared: letters on another ground, letters that something covers."""
    for item in reading.frame.items if picture else ():
        if isinstance(item, Text | Formula) and picture:
            colours = _sampled(picture, item.box, reading.frame.scale)
            if not colours:
                continue
            ground = max(colours, key=lambda pair: pair[0])[1]
            if not any(_distance(ground, colour) <= _NEAR for colour in (item.background, item.colour)):
                yield item, f"does not stand on {item.background}"
            elif isinstance(item, Text) and not _is_seen(item, colours):
                yield item, "is covered"


def _is_seen(text: Text, colours: Sampled) -> bool:
    """True when some pixels are nearer to the colour of the letters than to that of their ground."""
    return any(_distance(found, text.colour) < _distance(found, text.background) for _, found in colours)


def _sampled(picture: Image.Image, box: Box, scale: float) -> Sampled:
    """Colours in *box* with how often they occur, in a grid of pixels spread over it."""
    left, top = max(0.0, box.x * scale), max(0.0, box.y * scale)
    right, bottom = min(float(picture.width), box.right * scale), min(float(picture.height), box.bottom * scale)
    if right - left < 1 or bottom - top < 1:
        return []
    size = min(_SAMPLE[0], int(right - left)), min(_SAMPLE[1], int(bottom - top))
    sample = picture.resize(size, Image.Resampling.NEAREST, (left, top, right, bottom)).convert("RGB")
    found = sample.getcolors(size[0] * size[1]) or []
    return [(number, colour) for number, colour in found if isinstance(colour, tuple)]


def _distance(found: tuple[int, ...], colour: str) -> int:
    """The largest difference of a channel."""
    return max(abs(channel - int(colour[i : i + 2], 16)) for channel, i in zip(found, (1, 3, 5), strict=True))
