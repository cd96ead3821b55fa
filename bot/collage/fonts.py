"""Owns the fonts: which exist, which characters they hold, and where the glyphs of a text fall."""

import threading
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont, features

from bot.collage.frame import TextStyle

CAP = 0.727  # of the em: the height of Inter's capitals

_FONTS_PER_THREAD = 128
_BLANKS = frozenset(
    "\u00a0\u2007\u2009\u200a\u202f"
)  # fixed spaces keep words together; the fonts have glyphs for them
_MISSING = "…"  # stands for letters no font of ours has


class Family(StrEnum):
    """A font file."""

    TEXT = "text"
    """Inter."""
    SYMBOL = "symbol"
    """STIX Two Math, for the mathematical characters Inter lacks."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs of one font that are drawn together, *offset* design units right of the start."""

    text: str
    offset: float
    family: Family


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


def font(family: Family, style: TextStyle) -> ImageFont.FreeTypeFont:
    """The font for *style*, at its size in output pixels; each thread has its own, because FreeType shares no face."""
    key = (family, style.weight, style.pixels)
    fonts: dict[tuple[Family, int, float], ImageFont.FreeTypeFont] | None = getattr(_local, "fonts", None)
    if fonts is None or len(fonts) >= _FONTS_PER_THREAD:
        fonts = _local.fonts = {}
    if key not in fonts:
        fonts[key] = _load(family, style)
    return fonts[key]


_local = threading.local()


def _load(family: Family, style: TextStyle) -> ImageFont.FreeTypeFont:
    engine = ImageFont.Layout.RAQM if layout_engine() == "raqm" else ImageFont.Layout.BASIC
    loaded = ImageFont.truetype(str(_path(family)), style.pixels, layout_engine=engine)
    if family is Family.TEXT:
        loaded.set_variation_by_axes([style.weight])
    return loaded


def _path(family: Family) -> Path:
    if family is Family.TEXT:
        return Path(__file__).parent / "fonts" / "Inter-roman.var.ttf"
    return Path(str(files("ziamath"))) / "fonts" / "STIXTwoMath-Regular.ttf"


@cache
def _characters(family: Family) -> frozenset[int]:
    with TTFont(_path(family), lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def family_of(character: str) -> Family | None:
    """The first font that has *character*; None when none has."""
    return next((family for family in Family if ord(character) in _characters(family)), None)


def can_draw(text: str) -> bool:
    """True when every letter and digit of *text* has a glyph."""
    return all(family_of(character) for character in text if character.isalnum())


@lru_cache(maxsize=4096)
def drawable(text: str) -> str:
    """Rewrite *text* so that every character has a glyph and stands on one line.

    Control and formatting characters go, pictographs go, accents no font combines are taken off, and a run of letters
    nobody can draw becomes one ``…``.
    """
    characters: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        substitute = _substitute(character)
        if substitute and (substitute != _MISSING or characters[-1:] != [_MISSING]):
            characters.append(substitute)
    joined = "".join(characters)
    return " ".join(word for word in joined.split(" ") if word)


@lru_cache(maxsize=4096)
def _substitute(character: str) -> str:
    if character.isspace():
        return character if character in _BLANKS else " "
    category = unicodedata.category(character)
    if category in {"Cc", "Cf", "Cs", "Co", "Cn"} or category == "Mn":
        return ""
    if family_of(character):
        return character
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if family_of(part) and part.isprintable())
    if plain:
        return plain
    return _MISSING if character.isalnum() else ""


@lru_cache(maxsize=16384)
def shape(text: str, style: TextStyle) -> Shaped:
    """Place the glyphs of *text*, which is `drawable`, on one line."""
    pieces: list[Piece] = []
    x = 0.0
    for family, run in _runs(text):
        placed, advance = _place(run, family, style)
        pieces += [Piece(piece, x + offset, family) for piece, offset in placed]
        x += advance
    return Shaped(tuple(pieces), x)


@lru_cache(maxsize=4096)
def extent(text: str, style: TextStyle) -> tuple[float, float]:
    """How far the ink of *text* rises above the baseline and falls below it, rounded outwards, in design units."""
    pieces = shape(text, style).pieces
    boxes = [font(piece.family, style).getbbox(piece.text, anchor="ls") for piece in pieces]
    inked = [box for box in boxes if box[3] > box[1]]
    rise = max((-box[1] for box in inked), default=0.0) + 1
    fall = max((box[3] for box in inked), default=0.0) + 1
    return rise / style.scale, fall / style.scale


def _runs(text: str) -> list[tuple[Family, str]]:
    runs: list[tuple[Family, str]] = []
    for character in text:
        family = family_of(character) or Family.TEXT
        if runs and runs[-1][0] is family:
            runs[-1] = (family, runs[-1][1] + character)
        else:
            runs.append((family, character))
    return runs


def _place(run: str, family: Family, style: TextStyle) -> tuple[list[tuple[str, float]], float]:
    face = font(family, style)
    advance = face.getlength(run) / style.scale
    if not style.tracking:
        return [(run, 0.0)], advance
    extra = style.size * style.tracking
    starts = [(face.getlength(run[: i + 1]) - face.getlength(run[i])) / style.scale for i in range(len(run))]
    letters = [(letter, start + i * extra) for i, (letter, start) in enumerate(zip(run, starts, strict=True))]
    return letters, advance + (len(run) - 1) * extra
