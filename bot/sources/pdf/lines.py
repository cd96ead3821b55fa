"""Owns reading the lines of text of a page: letters that stand side by side in one direction."""

import ctypes
import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium

from bot.collage.box import Box, cover
from bot.sources.pdf.graphics import address
from bot.sources.pdf.page import Line
from bot.sources.pdf.plane import Plane

_LEAP = 0.7  # em across the direction of writing: more is another line, less an index
_GAP = 1.4  # em between letters: more is another column, or another cell
_BACK = 1.5  # em backwards: less is an accent
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "medi", "black", "heavy", "demi", "cmbx", "cmssbx", "sfbx", "semibold")
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
    | dict.fromkeys("\ufffe\u00ad\u0002", "-")
)
_LARGEST = 10_000.0  # points, of an em: more is an error of the file
_FORM_OF_EVERYTHING = 0.8  # of the letters of a page: then the form is the page, not a figure
_FEW_LETTERS = 1500


@dataclass(frozen=True, slots=True)
class _Run:
    """What the letters of one text object share."""

    size: float
    is_bold: bool
    is_drawn: bool
    direction: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    box: Box
    along: float
    end: float
    across: float
    run: _Run


@dataclass(slots=True)
class _Row:
    letters: list[_Letter] = field(default_factory=list)

    def takes(self, letter: _Letter) -> bool:
        if not self.letters:
            return True
        last = self.letters[-1]
        size = max(last.run.size, letter.run.size)
        step = letter.along - last.end
        return (
            last.run.is_drawn == letter.run.is_drawn
            and _is_same_way(last.run.direction, letter.run.direction)
            and abs(letter.across - self._level()) <= _LEAP * size
            and -_BACK * size <= step <= _GAP * size
        )

    def _level(self) -> float:
        """Where the largest of its last letters stand: an index does not draw the line along."""
        return max(self.letters[-4:], key=lambda letter: letter.run.size).across

    def line(self) -> Line | None:
        inked = self.letters
        if not inked:
            return None
        text = "".join(letter.text for letter in inked).translate(_LIGATURES)
        bold = sum(letter.run.is_bold for letter in inked)
        dx, dy = inked[0].run.direction
        return Line(
            text=" ".join(text.split()),
            box=cover(letter.box for letter in inked),
            size=statistics.median_high(letter.run.size for letter in inked),
            baseline=statistics.median_high(
                letter.box.bottom if not letter.across else letter.across for letter in inked
            ),
            boldness=bold / len(inked),
            has_bold_start=inked[0].run.is_bold,
            is_upright=dx > 0.99 and abs(dy) < 0.1,
            turn=round(math.atan2(-dy, dx) / (math.pi / 2)) % 4,
            is_drawn=inked[0].run.is_drawn,
        )


def read_lines(text_page: Any, plane: Plane, texts: set[int], *, seen: Box, most: int) -> tuple[Line, ...]:
    """Read the text of a page.

    Args:
        text_page: As pypdfium2 gives it.
        plane: From its coordinates to what is seen.
        texts: Addresses of the text objects that stand on the page itself.
        seen: What the page shows; text beyond is not read.
        most: Letters that are looked at.
    """
    rows = [_Row()]
    for letter in _letters(text_page, plane, texts, most):
        if not (seen.x <= letter.box.centre_x <= seen.right and seen.y <= letter.box.centre_y <= seen.bottom):
            continue
        if not rows[-1].takes(letter):
            rows.append(_Row())
        rows[-1].letters.append(letter)
    lines = [line for row in rows if (line := row.line()) is not None]
    return tuple(_on_the_page(lines))


def _letters(text_page: Any, plane: Plane, texts: set[int], most: int) -> Iterator[_Letter]:
    runs: dict[int, _Run] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    space = ""
    for i in range(min(most, pdfium.FPDFText_CountChars(text_page))):
        character = chr(pdfium.FPDFText_GetUnicode(text_page, i))
        if character.isspace() or character == "\0":
            space = " "
            continue
        thing = address(pdfium.FPDFText_GetTextObject(text_page, i))
        if thing not in runs:
            runs[thing] = _run(text_page, i, plane, is_drawn=thing not in texts)
        pdfium.FPDFText_GetCharOrigin(text_page, i, x, y)
        pdfium.FPDFText_GetCharBox(text_page, i, left, right, bottom, top)
        box = plane.box(left.value, bottom.value, right.value, top.value)
        yield _letter(space + character, box, plane.point(x.value, y.value), runs[thing])
        space = ""


def _letter(text: str, box: Box, origin: tuple[float, float], run: _Run) -> _Letter:
    dx, dy = run.direction
    along, across = origin[0] * dx + origin[1] * dy, origin[1] * dx - origin[0] * dy
    length = abs(box.width * dx) + abs(box.height * dy)
    return _Letter(text, box, along, along + length, across, run)


def _run(text_page: Any, i: int, plane: Plane, *, is_drawn: bool) -> _Run:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, i, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = pdfium.FPDFText_GetFontSize(text_page, i) * scale * math.hypot(plane.c, plane.d)
    return _Run(
        size=round(size, 1) if 0 < size < _LARGEST else 0.0,
        is_bold=_is_bold(text_page, i),
        is_drawn=is_drawn,
        direction=plane.direction(matrix.a, matrix.b),
    )


def _is_bold(text_page: Any, i: int) -> bool:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page, i, name, len(name), flags)
    said = name.value.decode("latin-1").lower()
    return any(word in said for word in _BOLD_NAMES) or pdfium.FPDFText_GetFontWeight(text_page, i) >= _BOLD_WEIGHT


def _is_same_way(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] * other[0] + one[1] * other[1] > 0.99


def _on_the_page(lines: list[Line]) -> Iterator[Line]:
    """Take the text of forms for the text of the page where nearly all of it stands in forms."""
    letters = sum(len(line.text) for line in lines)
    drawn = sum(len(line.text) for line in lines if line.is_drawn)
    is_everything = drawn > max(_FEW_LETTERS, _FORM_OF_EVERYTHING * letters)
    for line in lines:
        yield replace(line, is_drawn=False) if is_everything else line
