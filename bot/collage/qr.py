"""Owns QR codes: their modules, and how one stands in a corner of a collage."""

from dataclasses import dataclass
from functools import lru_cache

import segno

from bot.collage.box import Box
from bot.collage.frame import Code, Item, Role, Surface
from bot.collage.panels.block import Look

Matrix = tuple[tuple[bool, ...], ...]

QUIET_MODULES = 4
"""Width of the empty border. Source: ISO/IEC 18004:2015, 5.3.8."""

_PATCH_RADIUS = 2.0  # modules: round corners stay within the quiet zone


@dataclass(frozen=True, slots=True)
class Sign:
    """A code with the light patch it needs on a dark page.

    Attributes:
        box: What it takes of the page: the patch, or on a light page the modules.
    """

    items: tuple[Item, ...]
    box: Box
    quiet: float


@lru_cache(maxsize=256)
def modules(url: str) -> Matrix:
    """The dark modules of the code for *url*, row by row, without the quiet zone; about 15 % of them may be damaged."""
    code = segno.make(url, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def module_pixels(url: str, room: float, *, rim: int = 0) -> int:
    """The output pixels of a module, a whole number, at least 2.

    Args:
        room: How wide the code may be with *rim* empty modules on each side, in output pixels.
    """
    return max(2, int(room // (len(modules(url)) + 2 * rim)))


def sign(url: str, look: Look, *, right: float, top: float, room: float) -> Sign:
    """Place the code for *url* with its right top corner at *right*, *top*.

    Args:
        room: How wide and high it may be, in design units. A module is a whole number of output pixels, at least 2.
    """
    palette, scale = look.palette, look.tokens.scale
    count = len(modules(url))
    rim = 0 if palette.on_code == palette.paper else QUIET_MODULES
    pixel = module_pixels(url, room * scale, rim=rim) / scale
    side, border = pixel * count, pixel * rim
    code = Code(
        url,
        Box(right - side - border, top + border, side, side),
        QUIET_MODULES * pixel,
        palette.code,
        palette.on_code,
    )
    if not rim:
        return Sign((code,), code.box, code.quiet)
    patch = Surface(code.box.inset(-border), palette.on_code, Role.CARD, radius=_PATCH_RADIUS * pixel)
    return Sign((patch, code), patch.box, 0.0)
