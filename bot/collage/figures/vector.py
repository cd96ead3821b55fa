"""Owns figures made of lines and letters: drawn by a painter, a process of its own, at the very size that is shown.

Such files are programs in all but name, and the libraries that draw them are written in C. So a painter gets no
environment, little time and little memory; what it does wrong ends with it.

An order is JSON: ``part`` (left, top, right, bottom as shares), ``width`` and ``height`` in pixels or the ``longest``
side, ``page`` and ``font``. The answer is a line of JSON (``size`` by nature, ``label`` in the same unit) and then PNG,
or RGB of as many ``pixels``. A refusal ends with status 2 and one sentence on standard error.
"""

import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from bot.collage.figures.border import ink_edges
from bot.collage.figures.formats import Format
from bot.collage.figures.limits import FigureFault, shape_fault
from bot.collage.figures.parts import WHOLE, edges_of, located, part_of, within
from bot.model.panel import Crop

_PAINTERS = Path(__file__).parent / "painters"
_FONT = Path(__file__).parents[1] / "fonts" / "Inter-roman.var.ttf"
_PROBE_PX = 800  # longest side of the picture that the border is measured on
_NATURAL_PX = 4000  # longest side a vector figure says it has: enough for its exact shape
_SECONDS = 10.0
_REFUSED = 2


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a painter draws.

    Attributes:
        page: Of a PDF, counted from 1.
    """

    format: Format
    content: bytes
    page: int = 1

    def paint(self, part: Crop, **size: int) -> tuple[Image.Image, dict[str, Any]]:
        """Draw *part* with ``width`` and ``height``, or with its ``longest`` side, in pixels.

        Returns:
            The picture in RGB, and what the painter says of the file.

        Raises:
            FigureFault: The painter refuses, fails, or takes too long.
        """
        answer, body = self._asked({"part": _edges(part), "page": self.page, "font": str(_FONT), **size})
        if self.format is Format.PDF:
            return Image.frombytes("RGB", tuple(answer["pixels"]), body), answer
        with Image.open(io.BytesIO(body), formats=("PNG",)) as sheet:
            whole = sheet.convert("RGB")
        cut = whole.crop(edges_of(part, whole.size)) if part != WHOLE else whole
        return cut.resize((size["width"], size["height"])) if "width" in size else cut, answer

    def _asked(self, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        program = [sys.executable, "-I", str(_PAINTERS / f"{self.format.value}.py"), json.dumps(order)]
        try:
            found = subprocess.run(
                program, input=self.content, capture_output=True, timeout=_SECONDS, env={}, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise FigureFault(f"it takes more than {_SECONDS:.0f} s to draw; save it as PNG") from error
        if found.returncode == _REFUSED:
            raise FigureFault(found.stderr.decode("utf-8", "replace"))
        if found.returncode:
            raise FigureFault("it cannot be drawn; save it as PNG")
        line, _, body = found.stdout.partition(b"\n")
        return json.loads(line), body


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """A figure of lines and letters.

    Attributes:
        part: What is shown of the whole file.
        shown: The part of the cropped figure that is left without its white border.
        label: Em of the median letter by the width of what is shown; None where nobody knows.
    """

    source: Source
    part: Crop
    shown: Crop
    width: int
    height: int
    label: float | None

    @property
    def is_vector(self) -> bool:
        return True

    def locate(self, x: float, y: float) -> tuple[float, float]:
        return located(self.shown, x, y)

    def render(self, width: int, height: int) -> Image.Image:
        return self.source.paint(self.part, width=width, height=height)[0]


def read_vector(source: Source, crop: Crop) -> Vector:
    """Find the shape of a figure.

    Raises:
        FigureFault: It cannot be drawn, is blank, or a mere strip.
    """
    probe, answer = source.paint(crop, longest=_PROBE_PX)
    if fault := shape_fault(*answer["size"]):
        raise FigureFault(fault)
    shown = part_of(_ink(probe, answer), probe.size)
    part = within(crop, shown)
    width, height = (part.right - part.left) * answer["size"][0], (part.bottom - part.top) * answer["size"][1]
    if fault := shape_fault(width, height):
        raise FigureFault(fault)
    scale = _NATURAL_PX / max(width, height)
    label = answer["label"] / width if answer["label"] else None
    return Vector(source, part, shown, round(width * scale), round(height * scale), label)


def _edges(part: Crop) -> tuple[float, float, float, float]:
    return part.left, part.top, part.right, part.bottom


def _ink(probe: Image.Image, answer: dict[str, Any]) -> tuple[int, int, int, int]:
    try:
        return ink_edges(probe)
    except FigureFault as fault:
        if answer["label"]:
            raise FigureFault("its letters cannot be drawn; export it with its fonts embedded") from fault
        raise
