"""Scores the figure finder against figures whose places were measured by eye.

``python -m tests.sources.pdf.score`` prints a line per file; ``-v`` every figure that is not clean.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.collage.box import Box
from bot.sources.pdf.furniture import set_apart
from bot.sources.pdf.ink import Ink
from bot.sources.pdf.layout import lay_out
from bot.sources.pdf.limits import Limits
from bot.sources.pdf.opening import opened, read_pages
from bot.sources.pdf.regions import Region, find_regions
from bot.sources.pdf.typography import measure

LABELS = Path(__file__).parent / "labels"
PAPERS = Path(__file__).parents[3].parent / "shared" / "data" / "C-pdf"
CUT = 1.0  # points of a figure that may be missing at an edge: less than a hairline and its white
FOREIGN = 2.5  # points beyond a figure: less than the lowest letter
FOUND = 0.6  # share of both boxes together that they have in common


class Grade(StrEnum):
    """How well a figure was found."""

    CLEAN = "clean"
    """Nothing of it is missing, and nothing else is in it."""
    FOUND = "found"
    WRONG = "wrong"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Label:
    """Where a figure is, as a person sees it: in points from the upper left corner of its page."""

    number: str
    page: int
    region: Box
    caption: Box


@dataclass(frozen=True, slots=True)
class Score:
    """How one file fared.

    Attributes:
        grades: By the number of the figure.
        false: Numbers of captions and figures that are none.
        captions: How many captions were measured right, to three points.
        seconds: For the whole file, without drawing its figures.
    """

    file: str
    pages: int
    grades: dict[str, Grade]
    false: tuple[str, ...]
    captions: int
    seconds: float

    def count(self, grade: Grade) -> int:
        """How many figures have this grade."""
        return sum(found is grade for found in self.grades.values())


def labels_of(file: Path) -> list[Label]:
    """The figures of a file; none where nobody measured any."""
    path = LABELS / f"{file.stem}.yaml"
    found = yaml.safe_load(path.read_text())["figures"] if path.exists() else []
    return [Label(each["number"], each["page"], _box(each["region"]), _box(each["caption"])) for each in found]


def score(file: Path) -> Score:
    """Find the figures of a file and compare them with its labels."""
    start = time.perf_counter()
    regions, pages = regions_of(file.read_bytes())
    seconds = time.perf_counter() - start
    labels = labels_of(file)
    by_place = {(region.caption.page, region.caption.number): region for region in regions}
    known = {(label.page, label.number) for label in labels}
    return Score(
        file=file.stem,
        pages=pages,
        grades={label.number: grade(label, by_place.get((label.page, label.number))) for label in labels},
        false=tuple(f"{number} on page {page}" for page, number in by_place if (page, number) not in known),
        captions=sum(_has_caption(label, by_place.get((label.page, label.number))) for label in labels),
        seconds=seconds,
    )


def regions_of(content: bytes) -> tuple[list[Region], int]:
    """The figures of a PDF, and how many pages were read."""
    limits = Limits()
    with opened(content, limits) as document:
        pages = set_apart(read_pages(document, limits, until=time.monotonic() + limits.seconds)[0])
        typography = measure(pages)

        @lru_cache(maxsize=2)
        def ink(number: int) -> Ink:
            with closing(document[number - 1]) as page:
                return Ink.of_page(page)

        return find_regions([lay_out(page, typography) for page in pages], typography, ink), len(pages)


def grade(label: Label, region: Region | None) -> Grade:
    """Compare what was found with what is there."""
    box = region.box if region is not None else None
    if box is None:
        return Grade.MISSED
    true = label.region
    cut = max(box.x - true.x, box.y - true.y, true.right - box.right, true.bottom - box.bottom)
    foreign = max(true.x - box.x, true.y - box.y, box.right - true.right, box.bottom - true.bottom)
    if cut <= CUT and foreign <= FOREIGN:
        return Grade.CLEAN
    common = box.overlap(true)
    return Grade.FOUND if common >= FOUND * (box.area + true.area - common) else Grade.WRONG


def _has_caption(label: Label, region: Region | None) -> bool:
    if region is None:
        return False
    found, true = region.caption.box, label.caption
    sides = (found.x - true.x, found.y - true.y, found.right - true.right, found.bottom - true.bottom)
    return all(abs(side) <= 3 for side in sides)


def _box(sides: Any) -> Box:
    left, top, right, bottom = sides
    return Box(left, top, right - left, bottom - top)


def _table(scores: list[Score]) -> Iterator[str]:
    yield f"{'file':24} pages figures  clean  found  wrong missed  false captions  s/file ms/page"
    for each in scores:
        counts = "".join(f"{each.count(grade):7}" for grade in Grade)
        per_page = 1000 * each.seconds / max(1, each.pages)
        yield (
            f"{each.file:24} {each.pages:5} {len(each.grades):7}{counts}{len(each.false):7} {each.captions:8}"
            f" {each.seconds:7.2f} {per_page:7.0f}"
        )
    totals = "".join(f"{sum(each.count(grade) for each in scores):7}" for grade in Grade)
    figures, false = sum(len(each.grades) for each in scores), sum(len(each.false) for each in scores)
    captions, pages = sum(each.captions for each in scores), sum(each.pages for each in scores)
    median = statistics.median(1000 * each.seconds / max(1, each.pages) for each in scores)
    yield f"{'all':24} {pages:5} {figures:7}{totals}{false:7} {captions:8} {'':7} {median:7.0f} (median)"


def main() -> None:
    """Print the table."""
    scores = [score(file) for file in sorted(PAPERS.glob("*.pdf"))]
    print("\n".join(_table(scores)) if scores else f"There are no PDFs in {PAPERS.name}.")
    if "-v" in sys.argv:
        for each in scores:
            unclean = {number: grade.value for number, grade in each.grades.items() if grade is not Grade.CLEAN}
            if unclean or each.false:
                print(each.file, unclean, "false:", each.false)


if __name__ == "__main__":
    main()
