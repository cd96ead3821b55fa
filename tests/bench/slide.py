"""Owns the slide every renderer draws: four figures of 1600×1000 and six blocks of text."""

import io
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from PIL import Image, ImageDraw

from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, EntryState, EntryText, Series
from bot.model.panel import Figure
from bot.model.paper import Paper

WIDTH, HEIGHT = 1920, 1080
TITLE = "A Title of Ordinary Length for a Paper That Has Four Figures"
AUTHORS = ("Ada Example", "Ben Example", "Cleo Example")
QUESTION = "Four figures and six blocks of text have to share one slide. How long does it take to find their places?"
KEY_IDEA = "Measure every text with the font that draws it, and try all the ways to put the blocks on the grid."
CAPTIONS = (
    "The method, step by step, as the first figure of the paper shows it.",
    "Accuracy grows with the data, and levels off late.",
    "The errors gather where the classes are close.",
    "What the heads look at in the last layer.",
)
TAKE_AWAY = "Whoever measures first does not have to guess."
BLOCKS = (QUESTION, KEY_IDEA, *CAPTIONS)


@dataclass(frozen=True, slots=True)
class Sample:
    """The figures as PNG files, and the entry that shows them."""

    figures: tuple[bytes, ...]
    entry: Entry

    @property
    def files(self) -> dict[str, bytes]:
        """The figures by their digest, as the composer wants them."""
        return {sha256(content).hexdigest(): content for content in self.figures}


@cache
def sample() -> Sample:
    """The same slide every time."""
    figures = tuple(_figure(index) for index in range(4))
    panels = tuple(
        Figure(f"{index}.png", sha256(content).hexdigest(), caption, f"Fig. {index + 1}", "CC BY 4.0")
        for index, (content, caption) in enumerate(zip(figures, CAPTIONS, strict=True))
    )
    return Sample(figures, _entry(panels))


def _figure(index: int) -> bytes:
    """A plot over a picture in soft colours: as hard to decode as figures in papers are."""
    fractal = Image.effect_mandelbrot((1600, 1000), (-2.2 + 0.2 * index, -1.2, 1.0, 1.2), 60 + 10 * index)
    picture = Image.merge("RGB", (fractal, fractal.transpose(Image.Transpose.FLIP_TOP_BOTTOM), fractal))
    picture = Image.blend(picture, Image.new("RGB", picture.size, "white"), 0.6)
    pen = ImageDraw.Draw(picture)
    for line in range(8):
        points = [(x, 900 - (x * (line + 3 + index)) % 800 - line * 9) for x in range(60, 1560, 25)]
        pen.line(points, fill=(40 * line % 255, 70, 190), width=5)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _entry(panels: tuple[Figure, ...]) -> Entry:
    series = Series("bench", "Bench", "To be measured.", "UTC", None, None)
    return Entry(
        slug="bench/slide",
        series=series,
        number=1,
        month=None,
        state=EntryState.PUBLISHED,
        paper=Paper(ArxivId("2101.00001"), 1, TITLE, AUTHORS, 2021, None),
        links=(),
        topics=(),
        aliases=(),
        numbers=(),
        panels=panels,
        texts={"en": EntryText("A headline.", QUESTION, KEY_IDEA, "A summary.", TAKE_AWAY)},
    )
