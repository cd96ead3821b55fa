"""Owns formulas: from LaTeX to a measured drawing."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from bot.collage.box import Box, cover
from bot.collage.lettering.coverage import is_square
from bot.errors import CollageError

_EM = 100.0  # formulas are set once at this size and scaled from there
_ESCAPED = re.compile(r"\\.")
_COMMAND = re.compile(r"\\[A-Za-z]+")  # what the parser does not know it leaves as it stands
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PAINTED = re.compile(r"\\textcolor\{(#[0-9a-f]{6})\}")
_MARK = re.compile(r"#f1e2([0-9a-f]{2})")
_SVG = "{http://www.w3.org/2000/svg}"
_lock = threading.Lock()  # ziamath keeps global state


@dataclass(frozen=True, slots=True)
class Typeset:
    """A formula as SVG, with its size in em."""

    svg: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """A mark of a formula: its ink in em from the top left corner of the formula, and its colour."""

    box: Box
    colour: str


@lru_cache(maxsize=256)
def fault_of(latex: str) -> str | None:
    """Say what is wrong with *latex*, where the typesetter itself would draw something else without a word."""
    bare = _ESCAPED.sub("", latex)
    if bare.count("{") != bare.count("}"):
        return "its braces do not pair"
    from ziamath.tex import tex2mml  # dear to import, and many collages have no formula

    try:
        with _lock:
            mathml = tex2mml(latex)
    except Exception as error:  # the parser raises whatever it stumbles over
        return f"it cannot be read ({error or type(error).__name__})"
    if unknown := _COMMAND.search(mathml):
        return f"{unknown[0]} is no command we know"
    missing = next((sign for sign in latex if sign.isalpha() and is_square(sign)), None)
    return f"{missing!r} has no glyph in the font of formulas; name it beside the formula" if missing else None


@lru_cache(maxsize=256)
def typeset(latex: str, colour: str) -> Typeset:
    """Set *latex* (maths mode, no dollar signs) in *colour*.

    Raises:
        CollageError: It is no LaTeX we can set.
    """
    inks = (colour, *_PAINTED.findall(latex))
    places = iter(range(1, len(inks)))
    plain = _typeset(_PAINTED.sub(lambda found: rf"\textcolor{{{_mark(next(places))}}}", latex))
    svg = _MARK.sub(lambda found: inks[int(found[1], 16)], plain.svg)
    return Typeset(svg, plain.width, plain.height)


@lru_cache(maxsize=128)
def _typeset(latex: str) -> Typeset:
    """Set *latex* with marks for its colours: setting is dear, and all colours of a formula are set alike."""
    from ziamath.zmath import Latex  # dear to import, and many collages have no formula

    try:
        with _lock:
            element = Latex(latex, size=_EM, color=_mark(0), margin=1.0).svgxml()
    except Exception as error:  # the parser raises whatever it stumbles over: KeyError, IndexError, its own classes
        shown = _MARK.sub("#000000", latex)
        raise CollageError(f"the formula {shown!r} cannot be typeset ({error}); correct its LaTeX") from error
    width, height = float(element.attrib["width"]), float(element.attrib["height"])
    svg = ElementTree.tostring(element, encoding="unicode")
    svg = svg.replace('fill="black"', f'fill="{_mark(0)}"')  # the typesetter forgets the colour of \overline
    return Typeset(svg, width / _EM, height / _EM)


def _mark(place: int) -> str:
    """What stands for a colour until it is known; 0 is that of the whole formula."""
    return f"#f1e2{place:02x}"


@lru_cache(maxsize=256)
def glyphs(latex: str, colour: str) -> tuple[Glyph, ...]:
    """Find the ink of every mark of *latex* as it is set in *colour*."""
    root = ElementTree.fromstring(typeset(latex, colour).svg)
    left, top, _, _ = _numbers(root.attrib["viewBox"])
    symbols = {symbol.attrib["id"]: symbol for symbol in root.iter(f"{_SVG}symbol")}
    return tuple(
        Glyph(Box((box.x - left) / _EM, (box.y - top) / _EM, box.width / _EM, box.height / _EM), found)
        for element, found in _inked(root)
        if (box := _extent(element, symbols))
    )


def _inked(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, str]]:
    for element in root:
        colour = element.attrib.get("fill", "none")
        if element.tag != f"{_SVG}symbol":
            yield element, element.attrib.get("stroke", "none") if colour == "none" else colour


def _extent(element: ElementTree.Element, symbols: dict[str, ElementTree.Element]) -> Box | None:
    """The ink of a mark in the units of the drawing; control points of curves count as ink."""
    match element.tag.removeprefix(_SVG):
        case "use":
            symbol = symbols[element.attrib["href"].removeprefix("#")]
            return _placed(symbol, _box_of(element))
        case "rect":
            return _box_of(element)
        case "path":
            return _around(element.attrib["d"])
        case _:
            return None


def _placed(symbol: ElementTree.Element, at: Box) -> Box | None:
    """The ink of *symbol* where its view box fills *at*."""
    left, top, width, height = _numbers(symbol.attrib["viewBox"])
    inks = [ink for path in symbol.iter(f"{_SVG}path") if (ink := _around(path.attrib["d"]))]
    if not inks or not width or not height:
        return None
    ink, across, down = cover(inks), at.width / width, at.height / height
    return Box(at.x + (ink.x - left) * across, at.y + (ink.y - top) * down, ink.width * across, ink.height * down)


@lru_cache(maxsize=512)
def _around(path: str) -> Box | None:
    values = _numbers(path)
    return cover(Box(x, y, 0, 0) for x, y in zip(values[::2], values[1::2], strict=False)) if values else None


def _box_of(element: ElementTree.Element) -> Box:
    return Box(*(float(element.attrib[name]) for name in ("x", "y", "width", "height")))


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]
