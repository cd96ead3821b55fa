"""Owns what is computed with colours: contrast, mixing, and moving a hue until it can be read."""

import colorsys
from collections.abc import Sequence
from functools import lru_cache

_STEPS = 100  # from a colour to black or white
_VIVID = 0.62  # saturation: above it a light colour glows like neon


@lru_cache(maxsize=2048)
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


def darkened(colour: str, grounds: Sequence[str], ratio: float) -> str:
    """The lightest shade of *colour* that has at least this contrast on each of the *grounds*, which are light."""
    shades = (mix(colour, "#000000", step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in shades if _reads(shade, grounds, ratio))


def lightened(colour: str, grounds: Sequence[str], ratio: float) -> str:
    """*colour*, or else its darkest vivid tint, that has at least this contrast on each of the *grounds*, all dark."""
    if _reads(colour, grounds, ratio):
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    vivid = min(_VIVID, 1.5 * saturation)  # light colours look paler than dark ones
    steps = (lightness + (1 - lightness) * step / _STEPS for step in range(_STEPS + 1))
    return next(tint for step in steps if _reads(tint := _hls(hue, step, vivid), grounds, ratio))


def _reads(colour: str, grounds: Sequence[str], ratio: float) -> bool:
    return all(contrast(colour, ground) >= ratio for ground in grounds)


def _hls(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(f"{round(255 * share):02x}" for share in colorsys.hls_to_rgb(hue, lightness, saturation))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
