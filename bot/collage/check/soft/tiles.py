"""Owns the targets of air and balance: empty tiles, the largest hole, the centre of the ink."""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from bot.collage.check.bounds import TILE
from bot.collage.check.reading import Reading
from bot.collage.check.report import Finding, Measure
from bot.collage.frame import Role, Text

_EDGE = 14  # of 255: a step in brightness that is seen
_BUSY = 1.2  # of 255: mean of a tile's edge pixels above which it is not empty
_COLUMNS = 960  # pixels: at this width edges are looked for
_FILLED = frozenset({Role.BAR, Role.FIGURE})

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tiles:
    """Which tiles of a picture hold something, row by row, and where its ink has its centre.

    Attributes:
        centre: Shares of width and height; half by where there is detail, half by how dark it is: a filled card weighs
            much, but so does a page of letters.
    """

    busy: tuple[tuple[bool, ...], ...]
    centre: Place


def tiles_of(picture: Image.Image, reading: Reading) -> Tiles:
    """Look at *picture*, the whole collage at any size."""
    columns, rows = round(reading.frame.width / TILE), round(reading.frame.height / TILE)
    factor = max(1, picture.width // _COLUMNS)
    grey = picture.reduce(factor).convert("L") if factor > 1 else picture.convert("L")
    edges = grey.filter(ImageFilter.FIND_EDGES).point([255 if level > _EDGE else 0 for level in range(256)])
    edges = ImageOps.expand(ImageOps.crop(edges, 2), 2, 0)
    edges.paste(255, mask=_marks(reading, edges.size))
    means = edges.resize((columns, rows), Image.Resampling.BOX).tobytes()
    busy = tuple(tuple(means[row * columns + i] > _BUSY for i in range(columns)) for row in range(rows))
    return Tiles(busy, _middle(_centre_of_darkness(grey, reading), _centre_of_detail(busy)))


def empty(reading: Reading, tiles: Tiles) -> Finding:
    """S4: the share of tiles without edges."""
    total = sum(len(row) for row in tiles.busy)
    share = sum(not busy for row in tiles.busy for busy in row) / total
    return Finding("S4", (Measure("empty", share, reading.bounds.empty),))


def hole(reading: Reading, tiles: Tiles) -> Finding:
    """S5: the largest rectangle of empty tiles, as a share of the canvas."""
    area, (left, top, columns, rows) = _largest_hole(tiles.busy)
    share = area / sum(len(row) for row in tiles.busy)
    seen = f"at {left * TILE:.0f}, {top * TILE:.0f} ({columns * TILE:.0f} × {rows * TILE:.0f})"
    return Finding("S5", (Measure("hole", share, reading.bounds.hole),), (seen,))


def balance(reading: Reading, tiles: Tiles) -> Finding:
    """S8: how far the centre of the ink lies from the middle."""
    x, y = tiles.centre
    measures = (
        Measure("off centre across", abs(x - 0.5), reading.bounds.centre_x),
        Measure("off centre down", abs(y - 0.5), reading.bounds.centre_y),
    )
    return Finding("S8", measures, (f"centre at {x:.2f}, {y:.2f}",))


def _marks(reading: Reading, size: tuple[int, int]) -> Image.Image:
    """Where bars and figures are: a bar is no empty room though it has no edges inside."""
    mask, scale = Image.new("L", size), size[0] / reading.frame.width
    pen = ImageDraw.Draw(mask)
    for item in reading.frame.items:
        if item.role in _FILLED and not isinstance(item, Text):
            box = item.box
            pen.rectangle((box.x * scale, box.y * scale, box.right * scale, box.bottom * scale), fill=255)
    return mask


def _middle(one: Place, other: Place) -> Place:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _centre_of_detail(busy: tuple[tuple[bool, ...], ...]) -> Place:
    places = [(x + 0.5, y + 0.5) for y, row in enumerate(busy) for x, is_busy in enumerate(row) if is_busy]
    if not places:
        return 0.5, 0.5
    across, down = (sum(place[i] for place in places) / len(places) for i in (0, 1))
    return across / len(busy[0]), down / len(busy)


def _centre_of_darkness(grey: Image.Image, reading: Reading) -> Place:
    """The centre of what differs from the paper."""
    paper = Image.new("L", (1, 1), 0)
    paper.paste(Image.new("RGB", (1, 1), reading.frame.paper).convert("L"))
    level = paper.tobytes()[0]
    ink = ImageChops.difference(grey, Image.new("L", grey.size, level)).convert("F")
    across = ink.resize((grey.width, 1), Image.Resampling.BOX)
    down = ink.resize((1, grey.height), Image.Resampling.BOX)
    return _mean_place(across), _mean_place(down)


def _mean_place(profile: Image.Image) -> float:
    weights = [float(weight) for weight in memoryview(profile.tobytes()).cast("f")]
    total = sum(weights)
    return sum((i + 0.5) * weight for i, weight in enumerate(weights)) / total / len(weights) if total else 0.5


def _largest_hole(busy: tuple[tuple[bool, ...], ...]) -> tuple[int, tuple[int, int, int, int]]:
    """The area of the largest empty rectangle, and its left, top, columns and rows, in tiles."""
    best = (0, (0, 0, 0, 0))
    heights = [0] * len(busy[0])
    for bottom, row in enumerate(busy):
        heights = [0 if taken else height + 1 for taken, height in zip(row, heights, strict=True)]
        best = max(best, _largest_under(heights, bottom), key=lambda found: found[0])
    return best


def _largest_under(heights: list[int], bottom: int) -> tuple[int, tuple[int, int, int, int]]:
    """The largest rectangle that stands on row *bottom* below the skyline *heights*."""
    best = (0, (0, 0, 0, 0))
    open_: list[tuple[int, int]] = []
    for i, height in enumerate([*heights, 0]):
        start = i
        while open_ and open_[-1][1] >= height:
            start, tall = open_.pop()
            if tall * (i - start) > best[0]:
                best = (tall * (i - start), (start, bottom - tall + 1, i - start, tall))
        open_.append((start, height))
    return best
