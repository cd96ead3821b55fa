"""Owns how measured text becomes items of a frame."""

from dataclasses import dataclass
from enum import Enum

from bot.collage.box import Box
from bot.collage.frame import Role, Text, TextStyle
from bot.collage.lettering import fonts
from bot.collage.lettering.measure import Paragraph, width_of


class Align(Enum):
    """On which side of its anchor a line stands; the value is the share of its width left of the anchor."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Ink:
    """What a text is for, its colour, and the colour it stands on."""

    role: Role
    colour: str
    background: str
    halo: float = 0.0


def set_line(text: str, at: tuple[float, float], style: TextStyle, ink: Ink, *, align: Align = Align.LEFT) -> Text:
    """Set one line at *at*: the anchor's x and the baseline's y."""
    clean = fonts.drawable(text)
    width = width_of(clean, style)
    return _text(clean, at[0] - align.value * width, at[1], style, ink)


def set_paragraph(
    block: Paragraph, at: tuple[float, float], ink: Ink, *, align: Align = Align.LEFT
) -> tuple[Text, ...]:
    """Set the lines of *block* below *at*: the anchor's x, and the y of the first capitals' tops."""
    baseline = at[1] + block.size * fonts.CAP
    texts: list[Text] = []
    for number, line in enumerate(block.lines):
        width = line[-1].offset + line[-1].width
        for span in line:
            x = at[0] - align.value * width + span.offset
            texts.append(_text(span.text, x, baseline + number * block.pitch, span.style, ink))
    return tuple(texts)


def _text(text: str, x: float, baseline: float, style: TextStyle, ink: Ink) -> Text:
    rise, fall = fonts.extent(text, style)
    box = Box(x, baseline - rise, width_of(text, style), rise + fall)
    return Text(text, box, baseline, style, ink.colour, ink.background, ink.role, ink.halo)
