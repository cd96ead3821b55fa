"""Owns the tokens: sizes and distances per canvas, colours per theme."""

from dataclasses import dataclass, replace
from hashlib import sha256

from bot.collage.colours import darkened, lightened, mix
from bot.collage.frame import TextStyle
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry

LONG_SIDE_PX = 2560
"""The longer side of a picture: the largest size Telegram keeps of a photo."""
_DEEP = 5.2  # contrast of the accent on light grounds: calm words on it, a little lighter than it, need 4.5
_BRIGHT = 6.0  # and on dark ones: words on it, a little lighter than the paper, need 4.5


@dataclass(frozen=True, slots=True)
class TitleStep:
    """A size the title may have, and how many lines it may then take."""

    size: float
    lines: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Sizes and distances of one canvas, in design units.

    The sizes of type repeat on purpose: a picture that uses all of them still has no more than eight.

    Attributes:
        margin: Left and right.
        edge: Above the header and below the credit.
        body: Sizes of running text from the ceiling to the floor, which is a last resort.
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
        return LONG_SIDE_PX / max(self.width, self.height)

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
    padding=24,
    gap=12,
    columns=12,
    title=(
        TitleStep(60, 1),
        TitleStep(54, 1),
        TitleStep(54, 2),
        TitleStep(50, 2),
        TitleStep(46, 2),
        TitleStep(42, 2),
        TitleStep(38, 3),
        TitleStep(32, 4),
    ),
    authors=22,
    meta=20,
    body=(28, 25, 22, 20),
    body_start=25,
    caption=22,
    label=20,
    tick=(20, 22),
    chart_title=(22, 25),
    words=(25, 28),
    number=(76, 150),
    equation=(26, 84),
    take_away=28,
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
    padding=30,
    gap=16,
    columns=6,
    title=(
        TitleStep(74, 1),
        TitleStep(62, 1),
        TitleStep(74, 2),
        TitleStep(66, 2),
        TitleStep(58, 2),
        TitleStep(66, 3),
        TitleStep(58, 3),
        TitleStep(50, 4),
        TitleStep(44, 5),
    ),
    authors=34,
    meta=30,
    body=(44, 38, 36, 34),
    body_start=38,
    caption=34,
    label=30,
    tick=(30, 34),
    chart_title=(34, 38),
    words=(38, 44),
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
    title=(
        TitleStep(70, 1),
        TitleStep(60, 1),
        TitleStep(70, 2),
        TitleStep(62, 2),
        TitleStep(56, 2),
        TitleStep(54, 3),
        TitleStep(46, 4),
    ),
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
        line: Hairlines and the rims of cards.
        grey: Series of a chart that are not the point of it; strokes on the card, never letters.
        accent: The one hue; readable on paper, card and tint.
        tint: A whiff of the accent, for the surface of equations.
        soft: For calm words on the accent.
        annotation: Words that point into a visual, and their arrows.
        on_accent: Letters on a surface of the accent.
        code, on_code: Dark modules of the QR code, and what it stands on; light on dark is beyond many scanners.
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
    code: str
    on_code: str


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


def palette_of(entry: Entry, theme: Theme = Theme.LIGHT, hue: str | None = None) -> Palette:
    """The colours for *entry*: its own accent, else *hue*, else one by its number, so that neighbours differ.

    Args:
        hue: A colour of its hero figure, as ``#rrggbb``. Like the entry's own it is made readable.
    """
    place = entry.number if entry.number is not None else sha256(entry.slug.encode()).digest()[0]
    return _PALETTES[theme](entry.accent or hue or ACCENTS[place % len(ACCENTS)])


def plain(theme: Theme) -> Palette:
    """The colours of what is about no entry."""
    return _PALETTES[theme](ACCENTS[0])


def _light(hue: str) -> Palette:
    paper, card = "#f6f5f1", "#ffffff"
    accent = darkened(hue, (paper, card, mix(hue, card, 0.9)), _DEEP)
    return Palette(
        paper=paper,
        card=card,
        ink="#14171f",
        muted="#566072",
        line="#dedcd4",
        grey="#808896",
        bar="#1c2030",
        on_bar="#ffffff",
        accent=accent,
        tint=mix(accent, card, 0.9),
        soft=mix(accent, card, 0.88),
        annotation="#b03606",
        on_accent="#ffffff",
        code="#14171f",
        on_code=paper,
    )


def _dark(hue: str) -> Palette:
    """The same hue, light on a dark card; numbers stand in dark letters on it."""
    paper, card = "#14161c", "#1d2028"
    tint = mix(_light(hue).accent, card, 0.72)
    accent = lightened(hue, (paper, card, tint), _BRIGHT)
    return Palette(
        paper=paper,
        card=card,
        ink="#f2f3f5",
        muted="#a5adba",
        line="#353a46",
        grey="#7b8494",
        bar="#2b3150",
        on_bar="#f2f3f5",
        accent=accent,
        tint=tint,
        soft=mix(paper, accent, 0.18),
        annotation="#ffae85",
        on_accent=paper,
        code=paper,
        on_code="#ffffff",
    )


_PALETTES = {Theme.LIGHT: _light, Theme.DARK: _dark}


def on_white(palette: Palette) -> Palette:
    """The colours for a card that stays white in every theme, as those of figures do."""
    return palette if palette.card == "#ffffff" else _light(palette.accent)
