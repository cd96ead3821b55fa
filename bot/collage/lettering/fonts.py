"""Owns the fonts: which one draws a character, and where the glyphs of a text fall."""

import threading
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageFont, features

from bot.collage.frame import TextStyle
from bot.collage.lettering.coverage import SYMBOL, TEXT, font_of, is_square, path_of

CAP = 0.727  # of the em: the height of Inter's capitals

_FONTS_PER_THREAD = 40  # of up to 0.7 MB; a picture uses about 20
_RULER = 256.0  # pixels
_BLANKS = frozenset(
    "\u00a0\u2007\u2009\u200a\u202f"
)  # fixed spaces keep words together; the fonts have glyphs for them
_MISSING = "…"  # stands for letters no font of ours has


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs of one font that are drawn together, *offset* design units right of the start."""

    text: str
    offset: float
    family: str


@dataclass(frozen=True, slots=True)
class Shaped:
    """A line of text with its glyphs in place.

    Attributes:
        width: How far it advances, in design units.
    """

    pieces: tuple[Piece, ...]
    width: float


def layout_engine() -> str:
    """Name the engine that places glyphs: ``raqm`` (kerning), or ``basic`` where libfribidi is missing."""
    return "raqm" if features.check("raqm") else "basic"


def font(family: str, style: TextStyle) -> ImageFont.FreeTypeFont:
    """The font for *style*, at its size in output pixels; each thread has its own, because FreeType shares no face.

    Args:
        family: A name that `coverage` knows.
    """
    key = (family, style.weight, style.pixels)
    fonts: OrderedDict[tuple[str, int, float], ImageFont.FreeTypeFont] | None = getattr(_local, "fonts", None)
    if fonts is None:
        fonts = _local.fonts = OrderedDict()
    if key in fonts:
        fonts.move_to_end(key)
        return fonts[key]
    if len(fonts) >= _FONTS_PER_THREAD:
        fonts.popitem(last=False)
    fonts[key] = _load(family, style)
    return fonts[key]


_local = threading.local()


def _load(family: str, style: TextStyle) -> ImageFont.FreeTypeFont:
    engine = ImageFont.Layout.RAQM if layout_engine() == "raqm" else ImageFont.Layout.BASIC
    loaded = ImageFont.truetype(str(path_of(family)), style.pixels, layout_engine=engine)
    if family != SYMBOL:
        loaded.set_variation_by_axes([style.weight])
    return loaded


def family_of(character: str) -> str | None:
    """The first font that has *character*; None when none has."""
    return font_of(character)


def can_draw(text: str) -> bool:
    """True when every letter and digit of *text* has a glyph."""
    return all(font_of(character) for character in text if character.isalnum())


@lru_cache(maxsize=4096)
def drawable(text: str) -> str:
    """Rewrite *text* so that every character has a glyph and stands on one line.

    Control and formatting characters go, pictographs go, accents no font combines are taken off, and a run of letters
    nobody can draw becomes one ``…``.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    characters: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        substitute = _substitute(character)
        is_repeated = substitute == _MISSING != character and characters[-1:] == [_MISSING]
        if not is_repeated:
            characters.append(substitute)
    joined = "".join(characters)
    return " ".join(word for word in joined.split(" ") if word)


@lru_cache(maxsize=4096)
def _substitute(character: str) -> str:
    if character.isspace():
        return character if character in _BLANKS else " "
    category = unicodedata.category(character)
    if category in {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}:
        return ""
    if font_of(character):
        return character
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if font_of(part) and part.isprintable())
    if plain:
        return plain
    return _MISSING if character.isalnum() else ""


@lru_cache(maxsize=8192)
def shape(text: str, style: TextStyle) -> Shaped:
    """Place the glyphs of *text*, which is `drawable`, on one line."""
    ruler = _large(style) if layout_engine() == "raqm" else TextStyle(style.size, style.weight, style.scale)
    measured = _shape(text, ruler, style.tracking)
    factor = style.size / ruler.size
    pieces = tuple(Piece(piece.text, piece.offset * factor, piece.family) for piece in measured.pieces)
    return Shaped(pieces, measured.width * factor)


@lru_cache(maxsize=4096)
def extent(text: str, style: TextStyle) -> tuple[float, float]:
    """How far the ink of *text* rises above the baseline and falls below it, rounded outwards, in design units."""
    rise, fall = _ink(text, _large(style), style.tracking)
    rounded = max(
        1 / style.scale, style.size / _RULER
    )  # a pixel of the picture, or one of the ruler where that is more
    return rise * style.size + rounded, fall * style.size + rounded


def _large(style: TextStyle) -> TextStyle:
    """The style at the size at which it is measured for all others: open fonts are dear, and Raqm's widths linear.

    The basic engine rounds each advance to whole pixels, so that its widths hold for one size only.
    """
    return TextStyle(_RULER, style.weight, 1.0)


@lru_cache(maxsize=4096)
def _ink(text: str, ruler: TextStyle, tracking: float) -> tuple[float, float]:
    """Rise and fall in em; tracked letters stand alone, without the forms that neighbours give each other."""
    pieces = _shape(text, ruler, tracking).pieces
    boxes = [font(piece.family, ruler).getbbox(piece.text, anchor="ls") for piece in pieces]
    inked = [box for box in boxes if box[3] > box[1]]
    rise, fall = max((-box[1] for box in inked), default=0.0), max((box[3] for box in inked), default=0.0)
    return rise / ruler.size, fall / ruler.size


@lru_cache(maxsize=8192)
def _shape(text: str, ruler: TextStyle, tracking: float) -> Shaped:
    pieces: list[Piece] = []
    x = 0.0
    for family, run in _runs(text):
        placed, advance = _place(run, family, ruler, tracking)
        pieces += [Piece(piece, x + offset, family) for piece, offset in placed]
        x += advance
    return Shaped(tuple(pieces), x)


def _runs(text: str) -> list[tuple[str, str]]:
    """Runs of one font; a Chinese character is a run of its own."""
    runs: list[tuple[str, str]] = []
    is_open = False
    for character in text:
        family, alone = font_of(character) or TEXT, is_square(character)
        if is_open and not alone and runs[-1][0] == family:
            runs[-1] = (family, runs[-1][1] + character)
        else:
            runs.append((family, character))
        is_open = not alone
    return runs


def _place(run: str, family: str, style: TextStyle, tracking: float) -> tuple[list[tuple[str, float]], float]:
    if is_square(run[0]):  # needs no font to be measured, so that none of the many slices is opened for it
        return [(run, 0.0)], style.size
    face = font(family, style)
    advance = face.getlength(run) / style.scale
    if not tracking:
        return [(run, 0.0)], advance
    extra = style.size * tracking
    starts = [(face.getlength(run[: i + 1]) - face.getlength(run[i])) / style.scale for i in range(len(run))]
    letters = [(letter, start + i * extra) for i, (letter, start) in enumerate(zip(run, starts, strict=True))]
    return letters, advance + (len(run) - 1) * extra
