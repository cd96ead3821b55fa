"""Owns what the letters do: their ink stays in their boxes and on their cards, and every character has a glyph."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from PIL import Image, ImageDraw

from bot.collage.check.bounds import Range
from bot.collage.check.reading import Reading, named, quoted
from bot.collage.check.report import Finding, Measure, count
from bot.collage.formulas.equation import typeset
from bot.collage.frame import Formula, Item, Role, Shape, Surface, Text, TextStyle
from bot.collage.lettering import fonts

_AIR = 24  # pixels around a text that is drawn alone
_ROUNDING = 1.5  # pixels
_BEARING = 0.08  # of the em: what a letter may reach beyond its advance
_RISE = 0.32  # of the em: panels begin at the height of capitals, accents rise above
_GROUND_SLACK = 1.0  # design units
_ALIKE = 6.0  # times the area of the smallest: parts of one shape
_AT_HOME = frozenset(
    {
        Role.BODY,
        Role.CAPTION,
        Role.ANNOTATION,
        Role.VALUE,
        Role.SERIES_NAME,
        Role.TICK,
        Role.NODE,
        Role.CELL,
        Role.FIGURE,
    }
)
"""Roles that are found in panels only."""

_REPLACED = re.compile("(?<!…)…(?!…)")  # two of them are the Chinese mark
_NO_GLYPH = re.compile(r'id="\w*_0"')  # the typesetter numbers its symbols as the font numbers its glyphs


def spilled(reading: Reading) -> Finding:
    """H3: ink that leaves the box of its text, texts that leave their card or their panel."""
    faults = [f"{named(text)} has ink outside its box" for text in reading.texts if not _holds_ink(text)]
    faults += [f"{named(text)} leaves what it stands on" for text in reading.texts if not _is_on_ground(reading, text)]
    faults += [f"{named(item)} leaves its panel" for item in reading.frame.items if _is_torn(reading, item)]
    return count("H3", "spills", faults)


def glyphs(reading: Reading) -> Finding:
    """H7: characters no font can draw; runs that were replaced beforehand are named."""
    missing = [f"{named(text)} holds {faults}" for text in reading.texts if (faults := _undrawable(text.text))]
    formulas = [item for item in reading.frame.items if isinstance(item, Formula)]
    missing += [f"a formula lacks a glyph: {quoted(item.latex)}" for item in formulas if _is_gappy(item)]
    replaced = [f"shortened or replaced in {named(text)}" for text in reading.texts if _REPLACED.search(text.text)]
    return Finding("H7", (Measure("missing glyphs", len(missing), Range(high=0)),), (*missing, *replaced))


def _holds_ink(text: Text) -> bool:
    left, top, right, bottom = _ink(text.text, text.style)
    scale = text.style.scale
    aside = _ROUNDING + _BEARING * text.style.pixels
    baseline = (text.baseline - text.box.y) * scale
    return (
        left >= -aside
        and right <= text.box.width * scale + aside
        and top + baseline >= -_ROUNDING
        and bottom + baseline <= text.box.height * scale + _ROUNDING
    )


@lru_cache(maxsize=8192)
def _ink(text: str, style: TextStyle) -> tuple[float, float, float, float]:
    """Where the ink of *text* lies when it is drawn alone, in pixels right of its start and below its baseline."""
    shaped = fonts.shape(text, style)
    rise = round(1.6 * style.pixels)
    sheet = Image.new("L", (round(shaped.width * style.scale) + 2 * _AIR, 2 * rise))
    pen = ImageDraw.Draw(sheet)
    for piece in shaped.pieces:
        pen.text((_AIR + piece.offset * style.scale, rise), piece.text, 255, fonts.font(piece.family, style), "ls")
    left, top, right, bottom = sheet.getbbox() or (_AIR, rise, _AIR, rise)
    return left - _AIR, top - rise, right - _AIR, bottom - rise


def _is_on_ground(reading: Reading, text: Text) -> bool:
    """True when a shape of the text's own background that lies under its middle holds all of it.

    The smallest one counts, and others of about its size: a cloud is made of several discs.
    """
    grounds = [item.box for item in reading.grounds.get(text.background, ()) if _is_under(item, text)]
    smallest = min((box.area for box in grounds), default=0.0)
    near = [box for box in grounds if box.area <= _ALIKE * smallest]
    return not near or any(box.holds(text.box, slack=_GROUND_SLACK) for box in near)


def _is_under(ground: Surface | Shape, text: Text) -> bool:
    x, y, box = text.box.centre_x, text.box.centre_y, ground.box
    return box.x <= x <= box.right and box.y <= y <= box.bottom


def _is_torn(reading: Reading, item: Item) -> bool:
    """True when *item* lies partly outside its panel, or has lost it."""
    panel = reading.panel_of(item)
    if panel is None:
        return bool(reading.frame.panels) and item.role in _AT_HOME
    return not panel.box.holds(item.box, slack=_RISE * item.style.size if isinstance(item, Text) else 1.0)


def _undrawable(text: str) -> str:
    return ", ".join(_missing(text))


def _missing(text: str) -> Iterator[str]:
    for character in dict.fromkeys(text):
        if not character.isspace() and fonts.family_of(character) is None:
            yield f"{character!r} ({unicodedata.name(character, 'unnamed')})"


def _is_gappy(item: Formula) -> bool:
    return _NO_GLYPH.search(typeset(item.latex, item.colour).svg) is not None
