"""Owns how large the letters in a picture are, told from its pixels alone: a bitmap does not say."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from PIL import Image

_INK = 110  # of 255 darker than paper: letters that are light on dark are not looked for
_SMALLEST, _LARGEST = 4, 72  # pixels: height of a mark that may be a letter
_SLIMMEST, _WIDEST = 0.12, 1.7  # width by height
_THINNEST, _FULLEST = 0.18, 0.85  # share of its box that is ink: a frame has less, a bar more
_ENOUGH = 14  # marks of about one height
_ALIKE = 1.45  # times as high: capitals stand among small letters
_BY_EM = 0.6  # height of the median mark by the em: between small letters (.52) and capitals (.72)
_MOST_RUNS = 150_000

Run = tuple[int, int]  # first column, and the one behind the last


def letter_size(grey: Image.Image) -> float | None:
    """Estimate the em of the median letter.

    Args:
        grey: A picture in one band, 1000 to 2000 pixels wide.

    Returns:
        Pixels; None where too few marks look like letters, or too many marks are there at all.
    """
    marks = _marks(grey.point([255 if level < 255 - _INK else 0 for level in range(256)]))
    heights = sorted(mark.height for mark in marks if mark.is_letter)
    if len(heights) < _ENOUGH:
        return None
    middle = median(heights)
    alike = [height for height in heights if middle / _ALIKE <= height <= middle * _ALIKE]
    return median(alike) / _BY_EM if len(alike) >= _ENOUGH else None


@dataclass(slots=True)
class _Mark:
    """Ink that hangs together."""

    left: int
    top: int
    right: int
    bottom: int
    ink: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def is_letter(self) -> bool:
        shape = (self.right - self.left) / self.height
        if not (_SMALLEST <= self.height <= _LARGEST and _SLIMMEST <= shape <= _WIDEST):
            return False
        return _THINNEST <= self.ink / (self.height * (self.right - self.left)) <= _FULLEST

    def take(self, other: "_Mark") -> None:
        self.left, self.top = min(self.left, other.left), min(self.top, other.top)
        self.right, self.bottom = max(self.right, other.right), max(self.bottom, other.bottom)
        self.ink += other.ink


def _marks(ink: Image.Image) -> list[_Mark]:
    """The marks of a picture that is 255 where there is ink, else 0; runs that touch in neighbouring rows are one."""
    width, content = ink.width, ink.tobytes()
    found: list[_Mark] = []
    home: list[int] = []  # of each mark: the one it became part of
    above: list[tuple[Run, int]] = []
    for y in range(ink.height):
        here: list[tuple[Run, int]] = []
        for run in _runs(content[y * width : (y + 1) * width]):
            mark = len(found)
            found.append(_Mark(run[0], y, run[1], y + 1, run[1] - run[0]))
            home.append(mark)
            for other in _touching(above, run):
                _join(found, home, _root(home, other), _root(home, mark))
            here.append((run, mark))
        above = here
        if len(found) > _MOST_RUNS:
            return []
    return [mark for at, mark in enumerate(found) if home[at] == at]


def _runs(row: bytes) -> Iterator[Run]:
    start = row.find(b"\xff")
    while start >= 0:
        end = row.find(b"\x00", start)
        yield start, end if end >= 0 else len(row)
        start = row.find(b"\xff", end) if end >= 0 else -1


def _touching(above: list[tuple[Run, int]], run: Run) -> Iterator[int]:
    """The marks above a run; the runs of a row stand in order and do not touch each other."""
    at = bisect_left(above, run[0], key=lambda each: each[0][1])
    while at < len(above) and above[at][0][0] <= run[1]:
        yield above[at][1]
        at += 1


def _join(found: list[_Mark], home: list[int], one: int, other: int) -> None:
    if one != other:
        found[one].take(found[other])
        home[other] = one


def _root(home: list[int], mark: int) -> int:
    while home[mark] != mark:
        home[mark] = home[home[mark]]
        mark = home[mark]
    return mark
