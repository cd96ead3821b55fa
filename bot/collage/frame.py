"""Owns the frame: a finished layout with items at fixed positions, in design units."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PIL.Image import Image

from bot.collage.box import Box, cover
from bot.model.canvas import Canvas

HEAD_WIDTH = 0.9
"""Width of an arrow head by its length."""


class Role(StrEnum):
    """What an item is for."""

    BADGE = "badge"
    META = "meta"
    TITLE = "title"
    AUTHORS = "authors"
    LABEL = "label"
    BODY = "body"
    CAPTION = "caption"
    NUMBER = "number"
    TICK = "tick"
    SERIES_NAME = "series name"
    VALUE = "value"
    EQUATION = "equation"
    TAKE_AWAY = "take-away"
    CREDIT = "credit"
    CODE = "code"
    RULE = "rule"
    CARD = "card"
    BAR = "bar"
    CURVE = "curve"
    POINT = "point"
    FIGURE = "figure"
    NODE = "node"
    """A shape of a diagram, and the words in it."""
    ARROW = "arrow"
    """Of a diagram: from one node to another."""
    CELL = "cell"
    """A cell of a table."""
    ANNOTATION = "annotation"
    """Words that point into a visual, and the arrow that does."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a line of text is set.

    Attributes:
        size: Em in design units.
        weight: 100 to 900.
        scale: Output pixels per design unit; the text is measured at the size at which it is drawn.
        leading: Distance of baselines, in em.
        tracking: Extra space behind each letter, in em.
    """

    size: float
    weight: int
    scale: float
    leading: float = 1.32
    tracking: float = 0.0

    @property
    def pixels(self) -> float:
        """The em in output pixels."""
        return self.size * self.scale

    @property
    def pitch(self) -> float:
        """Distance of baselines, in design units."""
        return self.size * self.leading


@dataclass(frozen=True, slots=True)
class Text:
    """One run of text on one line.

    Attributes:
        box: As high as its ink, as wide as its glyphs advance.
        background: The colour it stands on, for whoever checks the contrast.
        halo: Width of a rim in that colour, where hairlines run behind the letters.
    """

    text: str
    box: Box
    baseline: float
    style: TextStyle
    colour: str
    background: str
    role: Role
    halo: float = 0.0


@dataclass(frozen=True, slots=True)
class Surface:
    """A filled rectangle, round at its corners; holds other items unless it is a bar or a rule."""

    box: Box
    fill: str
    role: Role
    radius: float = 0.0
    outline: str | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """A polyline with round joints.

    Attributes:
        head: Length of the arrow head at the last point, in design units; 0 for none.
        dash: Length of dashes and of the gaps between them, in design units; 0 for an unbroken line.
    """

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float
    role: Role = Role.CURVE
    head: float = 0.0
    dash: float = 0.0

    @property
    def box(self) -> Box:
        return cover(Box(x, y, 0, 0) for x, y in self.points).inset(-max(self.width, self.head * HEAD_WIDTH) / 2)


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled polygon, perhaps with an outline.

    Attributes:
        width: Of the outline, in design units.
    """

    points: tuple[tuple[float, float], ...]
    fill: str | None
    role: Role
    outline: str | None = None
    width: float = 0.0

    @property
    def box(self) -> Box:
        return cover(Box(x, y, 0, 0) for x, y in self.points).inset(-self.width / 2)


@dataclass(frozen=True, slots=True)
class Point:
    """A dot at a place of a chart."""

    x: float
    y: float
    radius: float
    colour: str
    role: Role = Role.POINT

    @property
    def box(self) -> Box:
        return Box(self.x - self.radius, self.y - self.radius, 2 * self.radius, 2 * self.radius)


@dataclass(frozen=True, slots=True)
class Formula:
    """A typeset formula that fills its box exactly."""

    latex: str
    box: Box
    colour: str
    background: str
    role: Role = Role.EQUATION


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code that leads to *url*; its box is the modules without the quiet zone.

    Attributes:
        quiet: Width of the empty border it needs on every side.
    """

    url: str
    box: Box
    quiet: float
    colour: str
    background: str
    role: Role = Role.CODE


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure from the paper, filling its box without being stretched.

    Attributes:
        raster: What is drawn; it says how many pixels it has by nature.
        is_hero: It carries the collage, so it must not be enlarged.
    """

    raster: "Raster"
    box: Box
    is_hero: bool = False
    role: Role = Role.FIGURE


class Raster(Protocol):
    """A figure that can be drawn at any size.

    Attributes:
        width, height: In its own pixels, after cropping and trimming; they give its shape.
        is_vector: It can be enlarged without becoming blurred.
        label: Em of its median label as a share of its width; None where nobody knows.
    """

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...

    @property
    def is_vector(self) -> bool: ...

    @property
    def label(self) -> float | None: ...

    def locate(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the cropped figure lies in what is left after trimming; all are shares."""
        ...

    def render(self, width: int, height: int) -> Image:
        """Draw it in RGB at exactly this size in pixels."""
        ...


Item = Text | Surface | Curve | Shape | Point | Formula | Code | Picture


@dataclass(frozen=True, slots=True)
class PlacedPanel:
    """Where a panel of the spec ended up; all its items lie inside the box.

    Attributes:
        kind: ``text``, ``number``, ``equation``, ``chart``, ``figure``, ``diagram``, ``table``, ``quote``, ``steps``,
            ``note`` or ``statement``; on a cover ``tile``.
        visual: The area that carries the picture, without padding and captions; None for text.
        about: What an annotation in it may speak of: caption and title of the panel.
    """

    kind: str
    box: Box
    visual: Box | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A finished layout.

    Attributes:
        margin: Nothing is drawn nearer than this to an edge, in design units.
        scale: Output pixels per design unit.
    """

    canvas: Canvas
    width: int
    height: int
    margin: float
    scale: float
    paper: str
    items: tuple[Item, ...]
    panels: tuple[PlacedPanel, ...]

    @property
    def pixel_size(self) -> tuple[int, int]:
        """Width and height of the picture."""
        return round(self.width * self.scale), round(self.height * self.scale)
