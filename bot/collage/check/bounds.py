"""Owns the bounds of every rule, per canvas; nothing else in this package holds a number that a rule is judged by.

They are those of the specification but for four, which were calibrated on 42 collages of 21 papers by looking at them:

- S3 on a slide begins at .08, not .10: good slides lie between .085 and .12, and pictures are meant to carry them.
- S4 ends at .50, not .45: those with up to half of their tiles empty look calm, those above look bare.
- S8 allows .10 and .12, not .08 and .10: title at the left, code at the right and the dark bar at the foot are the same
  on all collages, and move the centre by about .03.
- S17 asks for steep edges, too (`Bounds.sharpness`).
"""

from dataclasses import dataclass

from bot.model.canvas import Canvas

LEAST_MEAN, LEAST_SCORE = 0.8, 0.5
"""Of the soft scores: what a collage needs to be sent."""

MOST_BYTES = 9_500_000
MOST_SIDES = 10_000
"""Width and height together, in pixels. Source: Telegram's ``sendPhoto``, with a little less than its 10 MB."""

MOST_RATIO = 2.0

SAFE = 16.0
"""Design units by which items may reach into the margin (H1)."""

RING = 24.0
"""Width of the outermost ring, in design units, that stays paper (H1)."""

TILE = 24.0
"""Side of a tile that counts as empty or not, in design units (S4, S5)."""

RULES = {
    "H1": "nothing outside the safe area, and a ring of paper around it",
    "H2": "nothing overlaps, no arrow crosses words",
    "H3": "no text is clipped or overflows",
    "H4": "contrast of text and strokes, as declared and as drawn",
    "H5": "type is large enough on a phone",
    "H6": "figures are neither stretched nor enlarged",
    "H7": "every character has a glyph",
    "H8": "title, authors and numbers are those of the entry",
    "H9": "credit, source id and a code that leads to the paper",
    "H10": "the file is one that Telegram takes",
    "S1": "words of panel text",
    "S2": "share of the canvas that is visual",
    "S3": "share of the canvas that is panel text",
    "S4": "share of empty tiles",
    "S5": "largest empty rectangle",
    "S6": "columns end together and are filled",
    "S7": "few left edges, on the grid",
    "S8": "the ink is centred",
    "S9": "type sizes",
    "S10": "characters in a line of running text",
    "S11": "accent hues",
    "S12": "title, number and hero stand out",
    "S13": "labels in visuals are readable",
    "S14": "no widows",
    "S15": "panels, each a visual or a few words",
    "S16": "distinct gaps between panels",
    "S17": "the hero is sharp",
    "S18": "annotations speak of their figure",
}


@dataclass(frozen=True, slots=True)
class Range:
    """The values a measure may have.

    Attributes:
        limit: Beyond it nothing is left of the score.
    """

    low: float = float("-inf")
    high: float = float("inf")
    limit: float = float("inf")

    def __str__(self) -> str:
        if self.low == float("-inf"):
            return f"≤ {self.high:g}"
        return f"≥ {self.low:g}" if self.high == float("inf") else f"{self.low:g}–{self.high:g}"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the rules allow on one canvas. Areas are shares of the canvas, lengths design units.

    Attributes:
        css_width: CSS pixels the canvas is wide where it is read: a phone held upright, or turned for the slide.
        body_css, label_css, credit_css: Smallest type there, in CSS pixels (H5).
        words: Of panel text (S1).
        visual, text, empty: Areas (S2, S3, S4).
        hole: Area of the largest empty rectangle (S5).
        line: Characters in a line of running text (S10).
        title_ratio: Title by body (S12).
        sharpness: Steepest step between neighbouring pixels, by the range of the picture (S17). Measured on 30 figures
            of papers: .54 to 1 as they are, .21 to .36 enlarged three times, .08 to .14 enlarged eight times.
    """

    css_width: float
    body_css: Range
    label_css: Range
    credit_css: Range
    words: Range
    line: Range
    title_ratio: Range
    visual: Range = Range(0.32, 0.60)
    text: Range = Range(0.10, 0.24)
    empty: Range = Range(0.22, 0.50)
    hole: Range = Range(high=0.06)
    bottoms: Range = Range(high=8)
    utilisation: Range = Range(0.85, 1.0)
    left_edges: Range = Range(high=9)
    centre_x: Range = Range(high=0.10)
    centre_y: Range = Range(high=0.12)
    type_sizes: Range = Range(high=8)
    hues: Range = Range(high=2)
    number_ratio: Range = Range(low=2.5)
    hero_ratio: Range = Range(low=1.5)
    figure_label_css: Range = Range(low=6.5)
    panels: Range = Range(3, 6)
    panel_words: Range = Range(high=30)
    gaps: Range = Range(high=3)
    hero_scale: Range = Range(high=1.0)
    raster_scale: Range = Range(high=1.25)
    aspect_error: Range = Range(high=0.005)
    sharpness: Range = Range(low=0.3)
    contrast: Range = Range(low=4.5)
    large_contrast: Range = Range(low=3.0)


_SLIDE = Bounds(
    css_width=844,
    body_css=Range(low=8.3),
    label_css=Range(low=8.3),
    credit_css=Range(low=7.0),
    words=Range(60, 130, limit=160),
    line=Range(25, 62),
    title_ratio=Range(low=1.7),
    text=Range(0.08, 0.24),
)
_PORTRAIT = Bounds(
    css_width=390,
    body_css=Range(low=8.9),
    label_css=Range(low=7.5),
    credit_css=Range(low=5.9),
    words=Range(45, 85, limit=105),
    line=Range(25, 58),
    title_ratio=Range(low=1.6),
)
_BOUNDS = {Canvas.SLIDE: _SLIDE, Canvas.PORTRAIT: _PORTRAIT, Canvas.SQUARE: _PORTRAIT}


def bounds_of(canvas: Canvas) -> Bounds:
    """What the rules allow on *canvas*."""
    return _BOUNDS[canvas]


LARGE_TYPE = 32.0
"""Design units from which `Bounds.large_contrast` is enough (H4)."""

GRID_SLACK = 2.0
"""How far a left edge may lie beside the grid, in design units (S7)."""

OVERLAP = 0.01
"""Of the smaller box: what two boxes may share (H2)."""

SHORT_LAST_LINE = 0.12
"""Of the width of its paragraph: a last line of one word below this is a widow (S14)."""
