"""Owns lengths as TeX writes them."""

import re

# In big points, of which an inch has 72; a TeX point is smaller. Source: The TeXbook, chapter 10.
_UNITS = {
    "bp": 1.0,
    "pt": 72 / 72.27,
    "px": 1.0,
    "in": 72.0,
    "cm": 72 / 2.54,
    "mm": 72 / 25.4,
    "pc": 12 * 72 / 72.27,
    "": 1.0,
}
_LENGTH = re.compile(r"\s*(-?\d*\.?\d*)\s*(?:(?:true)?\s*([a-z]{2})|\\(width|height))?\s*\Z")
_SHARE = re.compile(r"\s*(\d*\.?\d*)\s*\*?\s*\\(?:textwidth|linewidth|columnwidth|hsize|paperwidth|WIDTH)(?![a-zA-Z])")


def share_of_width(said: str) -> float:
    """How much of the width of the text a width is, from 0 to 1: ``0.48\\textwidth``; 0 where it is not known."""
    found = _SHARE.match(said)
    if not found:
        return 0.0
    number = found[1].strip(".") and found[1]
    return min(1.0, float(number)) if number else 1.0


def big_points(said: str, *, width: float, height: float) -> float | None:
    """Read a length, also one in shares of the picture's own size (``.1\\width``); None for anything else.

    Args:
        width: Of the picture, in big points, like *height*.
    """
    found = _LENGTH.match(said)
    if not found or not found[1].strip("-."):
        return None
    number = float(found[1])
    if found[3]:
        return number * (width if found[3] == "width" else height)
    unit = _UNITS.get(found[2] or "")
    return None if unit is None else number * unit
