"""Owns QR codes."""

from functools import lru_cache

import segno

Matrix = tuple[tuple[bool, ...], ...]

QUIET_MODULES = 4
"""Width of the empty border. Source: ISO/IEC 18004:2015, 5.3.8."""


@lru_cache(maxsize=256)
def modules(url: str) -> Matrix:
    """The dark modules of the code for *url*, row by row, without the quiet zone; about 15 % of them may be damaged."""
    code = segno.make(url, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def module_pixels(url: str, room: float) -> int:
    """The output pixels of a module, a whole number, so that the code is at most *room* pixels wide; at least 2."""
    return max(2, int(room // len(modules(url))))
