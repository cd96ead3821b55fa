"""Owns what the pixels of a figure tell whoever chooses one: its size, its letters, and what kind of picture it is."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from PIL import Image

from bot.collage.figures.formats import Format, format_of
from bot.collage.figures.letters import letter_size
from bot.collage.figures.limits import FigureFault
from bot.collage.figures.parts import WHOLE
from bot.collage.figures.reading import read_raster
from bot.collage.figures.steepness import steepest
from bot.collage.frame import Raster
from bot.model.panel import Crop

_LOOKED_AT_PX = 360  # longest side of the copy that is looked at
_LETTERS_PX = 2000  # width, at most, of the copy in which letters are looked for
_WHITE = 247  # of 255: from here on a pixel is ground
_BLOCK = 8  # pixels: side of the blocks in which photographs are told from drawings
_SHADES = 14  # grey levels in a block of a photograph, and hardly any white
_GUTTER = 2  # pixels of white that part two pictures
_FINGERPRINT = 8  # rows and columns
_SIGNATURES = ((b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"RIFF", "webp"))


@dataclass(frozen=True, slots=True)
class Looks:
    """What is seen of a figure, without its white border.

    Attributes:
        suffix: Of a file that holds it: ``png``, ``pdf``.
        width, height: In pixels of a bitmap; of a vector figure in any unit, for its shape.
        label: Em of the median letter by the width, as the file says it or as its pixels look; None where nobody knows.
        steepness: Of its edges, as `steepness` measures it; below .3 it was enlarged. None where nothing tells.
        ink: Share of pixels that are not white.
        photo: Share of the picture that looks like a photograph.
        lines: Bands of ink that are parted by white over the whole width: many are lines of text, or rows of pictures.
        pictures: How many rectangles white gutters part it into.
        largest: The share of its area that the largest of them has.
        fingerprint: 64 bits; near-duplicates differ in few of them.
    """

    suffix: str
    width: int
    height: int
    is_vector: bool
    label: float | None
    steepness: float | None
    ink: float
    photo: float
    lines: int
    pictures: int
    largest: float
    fingerprint: int

    @property
    def shape(self) -> float:
        """Width by height."""
        return self.width / self.height

    def is_like(self, other: "Looks", *, bits: int = 6) -> bool:
        """True when both show the same, but for *bits* of their fingerprints at most."""
        return (self.fingerprint ^ other.fingerprint).bit_count() <= bits and 0.8 < self.shape / other.shape < 1.25


def look_at(content: bytes, *, page: int = 1, crop: Crop | None = None) -> Looks | None:
    """Look at a figure.

    Args:
        content: A bitmap, an SVG or a PDF.
        page: Of a PDF, counted from 1.
        crop: The part that is shown, as shares.

    Returns:
        None where it cannot be shown: damaged, blank, far too large, or nothing we can draw.
    """
    try:
        raster = read_raster(content, page, crop or WHOLE)
        suffix = _suffix(content)
        fine = _copy(raster)
        small = _reduced(fine)
    except FigureFault:
        return None
    areas = _areas(small)
    return Looks(
        suffix=suffix,
        width=raster.width,
        height=raster.height,
        is_vector=raster.is_vector,
        label=raster.label or _label(fine),
        steepness=None if raster.is_vector else steepest(fine),
        ink=_ink(small),
        photo=_photo(small),
        lines=len(_bands(small)),
        pictures=len(areas),
        largest=max(areas, default=0) / (small.width * small.height),
        fingerprint=_fingerprint(small),
    )


def _copy(raster: Raster) -> Image.Image:
    """In grey, no wider than letters need and not much higher; of a bitmap no larger than itself, either."""
    most = math.inf if raster.is_vector else 1.0
    scale = min(_LETTERS_PX / raster.width, 1.2 * _LETTERS_PX / raster.height, most)
    return raster.render(max(1, round(raster.width * scale)), max(1, round(raster.height * scale))).convert("L")


def _reduced(grey: Image.Image) -> Image.Image:
    scale = _LOOKED_AT_PX / max(grey.size)
    width, height = (max(1, round(side * scale)) for side in grey.size)
    return grey.resize((width, height), Image.Resampling.LANCZOS)


def _label(grey: Image.Image) -> float | None:
    size = letter_size(grey)
    return size / grey.width if size else None


def _suffix(content: bytes) -> str:
    kind = format_of(content)
    if kind is not Format.BITMAP:
        return str(kind.value)
    return next((suffix for start, suffix in _SIGNATURES if content.startswith(start)), "img")


def _ink(grey: Image.Image) -> float:
    ground = sum(grey.histogram()[_WHITE:])
    return 1 - ground / (grey.width * grey.height)


def _photo(grey: Image.Image) -> float:
    """The share of blocks with many shades and no white ground: a drawing has few of either."""
    blocks = [
        grey.crop((x, y, x + _BLOCK, y + _BLOCK)).histogram()
        for y in range(0, grey.height - _BLOCK + 1, _BLOCK)
        for x in range(0, grey.width - _BLOCK + 1, _BLOCK)
    ]
    found = sum(sum(map(bool, block)) >= _SHADES and sum(block[_WHITE:]) < _BLOCK for block in blocks)
    return found / len(blocks) if blocks else 0.0


def _areas(grey: Image.Image) -> list[int]:
    """The areas of the rectangles that white gutters leave, band by band."""
    return [
        (bottom - top) * (right - left)
        for top, bottom in _bands(grey)
        for left, right in _bands(grey.crop((0, top, grey.width, bottom)).transpose(Image.Transpose.TRANSPOSE))
    ]


def _bands(grey: Image.Image) -> list[tuple[int, int]]:
    """Top and bottom of each run of rows with ink."""
    darkest = [min(row) for row in _rows(grey)]
    found: list[tuple[int, int]] = []
    place = 0
    for is_inked, run in groupby(darkest, lambda level: level < _WHITE):
        length = len(list(run))
        if is_inked:
            if found and place - found[-1][1] < _GUTTER:
                found[-1] = (found[-1][0], place + length)
            else:
                found.append((place, place + length))
        place += length
    return found


def _rows(grey: Image.Image) -> Iterator[bytes]:
    content = grey.tobytes()
    return (content[start : start + grey.width] for start in range(0, len(content), grey.width))


def _fingerprint(grey: Image.Image) -> int:
    """Where it gets brighter from left to right on a very small copy (dHash)."""
    small = grey.resize((_FINGERPRINT + 1, _FINGERPRINT), Image.Resampling.BOX)
    found = 0
    for row in _rows(small):
        for left, right in pairwise(row):
            found = found << 1 | (right > left)
    return found
