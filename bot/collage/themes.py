"""Owns the tokens: sizes and distances per canvas, colours per theme."""

from dataclasses import dataclass, replace
from hashlib import sha256

from bot.collage.frame import TextStyle
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry

_LONG_SIDE_PX = 2560  # the largest size Telegram keeps of a photo
_READABLE = 4.6  # contrast of letters; a little more than the rule asks, for rounding


@dataclass(frozen=True, slots=True)
class TitleStep:
    """A size the title may have, and how many lines it may then take."""

    size: float
    lines: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Sizes and distances of one canvas, in design units.

    Attributes:
        margin: Left and right.
        edge: Above the header and below the credit.
        body: Sizes of running text from the ceiling to the floor.
        body_start: The size to prefer.
        tick, chart_title: Type of a chart, in a small and in a large one.
        words: Type beside a big number, in a small and in a roomy card.
        number, equation: Smallest and largest em of the big number and of a formula.
        bar: Thickest bar of a bar chart.
    """

    canvas: Canvas
    width: int
    height: int
    margin: float
    edge: float
    gutter: float
    padding: float
    gap: float
    columns: int
    title: tuple[TitleStep, ...]
    authors: float
    meta: float
    body: tuple[float, ...]
    body_start: float
    caption: float
    label: float
    tick: tuple[float, float]
    chart_title: tuple[float, float]
    words: tuple[float, float]
    number: tuple[float, float]
    equation: tuple[float, float]
    take_away: float
    credit: float
    radius: float
    hairline: float
    stroke: float
    bar: float

    @property
    def scale(self) -> float:
        """Output pixels per design unit."""
        return _LONG_SIDE_PX / max(self.width, self.height)

    @property
    def content_width(self) -> float:
        return self.width - 2 * self.margin

    def span(self, columns: int) -> float:
        """Width of *columns* neighbouring columns of the grid."""
        column = (self.content_width - (self.columns - 1) * self.gutter) / self.columns
        return columns * column + (columns - 1) * self.gutter

    def style(self, size: float, weight: int = 400, *, leading: float = 1.32, tracking: float = 0.0) -> TextStyle:
        """A text style at the scale of this canvas."""
        return TextStyle(size, weight, self.scale, leading, tracking)


_SLIDE = Tokens(
    canvas=Canvas.SLIDE,
    width=1920,
    height=1080,
    margin=56,
    edge=44,
    gutter=24,
    padding=28,
    gap=12,
    columns=12,
    title=(
        TitleStep(56, 1),
        TitleStep(50, 1),
        TitleStep(46, 1),
        TitleStep(54, 2),
        TitleStep(50, 2),
        TitleStep(46, 2),
        TitleStep(42, 2),
        TitleStep(38, 3),
        TitleStep(32, 4),
    ),
    authors=22,
    meta=20,
    body=(30, 28, 25, 22, 21),
    body_start=25,
    caption=22,
    label=20,
    tick=(20, 25),
    chart_title=(22, 30),
    words=(25, 30),
    number=(76, 150),
    equation=(26, 84),
    take_away=30,
    credit=16,
    radius=16,
    hairline=1.5,
    stroke=4,
    bar=72,
)

_PORTRAIT = Tokens(
    canvas=Canvas.PORTRAIT,
    width=1440,
    height=1800,
    margin=64,
    edge=56,
    gutter=24,
    padding=36,
    gap=16,
    columns=6,
    title=(
        TitleStep(78, 1),
        TitleStep(74, 2),
        TitleStep(66, 2),
        TitleStep(60, 2),
        TitleStep(66, 3),
        TitleStep(58, 3),
        TitleStep(50, 4),
        TitleStep(44, 5),
    ),
    authors=33,
    meta=30,
    body=(46, 42, 38, 34, 33),
    body_start=38,
    caption=34,
    label=30,
    tick=(30, 34),
    chart_title=(34, 38),
    words=(38, 46),
    number=(120, 240),
    equation=(38, 112),
    take_away=38,
    credit=22,
    radius=20,
    hairline=2,
    stroke=6,
    bar=100,
)

_SQUARE = replace(
    _PORTRAIT,
    canvas=Canvas.SQUARE,
    height=1440,
    title=(TitleStep(70, 1), TitleStep(70, 2), TitleStep(62, 2), TitleStep(54, 3), TitleStep(46, 4)),
    number=(110, 200),
)

_TOKENS = {Canvas.SLIDE: _SLIDE, Canvas.PORTRAIT: _PORTRAIT, Canvas.SQUARE: _SQUARE}


def tokens_of(canvas: Canvas) -> Tokens:
    """The sizes of *canvas*."""
    return _TOKENS[canvas]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one collage, as ``#rrggbb``.

    Attributes:
        accent: The one hue; readable on paper, card and tint, and under white.
        tint: A whiff of the accent, for the surface of equations.
        soft: For calm words on the accent.
        annotation: Words that point into a visual, and their arrows.
        on_accent: Letters on a surface of the accent.
        grey: Series of a chart that are not the point of it.
    """

    paper: str
    card: str
    ink: str
    muted: str
    line: str
    grey: str
    bar: str
    on_bar: str
    accent: str
    tint: str
    soft: str
    annotation: str
    on_accent: str


ACCENTS = (
    "#3346c7",  # indigo
    "#0b6b63",  # teal
    "#a8321c",  # vermilion
    "#6c2fa8",  # violet
    "#14602f",  # green
    "#9c1f5c",  # raspberry
    "#0b5a94",  # blue
    "#84490a",  # amber
)


def palette_of(entry: Entry, theme: Theme = Theme.LIGHT) -> Palette:
    """The colours for *entry*: its accent follows its number, so that neighbours in a series differ."""
    place = entry.number if entry.number is not None else sha256(entry.slug.encode()).digest()[0]
    return _PALETTES[theme](ACCENTS[place % len(ACCENTS)])


def _light(accent: str) -> Palette:
    return Palette(
        paper="#f6f5f1",
        card="#ffffff",
        ink="#14171f",
        muted="#566072",
        line="#dedcd4",
        grey="#a3aab6",
        bar="#1c2030",
        on_bar="#ffffff",
        accent=accent,
        tint=mix(accent, "#ffffff", 0.9),
        soft=mix(accent, "#ffffff", 0.86),
        annotation="#b03606",
        on_accent="#ffffff",
    )


def _dark(accent: str) -> Palette:
    """The same hue, lightened until it reads on the dark card; numbers stand in dark letters on it."""
    paper, card = "#14161c", "#1d2028"
    light = next(hue for step in range(21) if contrast(hue := mix(accent, "#ffffff", step / 20), card) >= _READABLE)
    return Palette(
        paper=paper,
        card=card,
        ink="#f2f3f5",
        muted="#a5adba",
        line="#353a46",
        grey="#6d7686",
        bar="#2b3150",
        on_bar="#f2f3f5",
        accent=light,
        tint=mix(light, card, 0.82),
        soft=mix(paper, light, 0.25),
        annotation="#ffae85",
        on_accent=paper,
    )


_PALETTES = {Theme.LIGHT: _light, Theme.DARK: _dark}


def mix(one: str, other: str, share: float) -> str:
    """The colour that lies *share* of the way from *one* to *other*, in sRGB."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21.

    Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
