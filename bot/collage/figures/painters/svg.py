"""Owns drawing an SVG. A program of its own: it knows nothing of the bot, and may crash or be stopped.

Reads the SVG from standard input and the order as JSON from its first argument; answers as `painters` do, see
`bot.collage.figures.vector`. Nothing outside the file is ever read, and no font but ours.
"""

import contextlib
import json
import re
import sys
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

import resvg_py

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_POINTS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}  # in px
_LENGTH = re.compile(r"\s*([0-9.]+(?:[eE][+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|)\s*$")
_SECONDS, _MEMORY = 15, 500_000_000  # of CPU time, and bytes of address space
_SHEET_PX = 16_000_000  # most pixels of the whole picture when only a part of it is wanted
_NAMES = ("font_family", "serif_family", "sans_serif_family", "cursive_family", "fantasy_family", "monospace_family")


@dataclass(slots=True)
class Scan:
    """What must be known of an SVG before it is drawn.

    Attributes:
        size: Width and height in pixels by nature.
        letters: All that its texts say.
    """

    size: tuple[float, float] | None = None
    letters: set[str] = field(default_factory=set)
    path: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Read the beginning of an element."""
        tag = name.removeprefix(_SVG + " ")
        if not self.path:
            if tag != "svg":
                _refuse("it is XML but no SVG; take the picture itself")
            self.size = _size_of(attributes)
        if tag == "script":
            _refuse("it holds a script; export it as a plain SVG or as PDF")
        if tag == "foreignObject" and self.path[-1:] != ["switch"]:
            _refuse("it holds HTML, which would be missing; export it as PDF")
        if tag in {"image", "feImage"}:
            target = attributes.get("href", attributes.get(f"{_XLINK} href", "")).strip()
            if not target.startswith(("data:", "#")):
                _refuse(f"it refers to {target[:60]!r} outside it; embed that picture, or export it as PDF")
        self.path.append(tag)

    def end(self, _: str) -> None:
        """Leave an element."""
        self.path.pop()

    def say(self, text: str) -> None:
        """Read letters."""
        if "text" in self.path:
            self.letters |= set(text)


def main() -> None:
    """Answer one order."""
    order = json.loads(sys.argv[1])
    content = sys.stdin.buffer.read()
    scan = _scanned(content)
    if scan.size is None or min(scan.size) <= 0:
        _refuse("it states no size; add a viewBox")
    _check_letters(scan.letters, order["font"])
    size, png = _painted(content.decode("utf-8-sig"), scan.size, order)
    answer = {"size": scan.size, "label": None, "pixels": size}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + png)


def _scanned(content: bytes) -> Scan:
    scan = Scan()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.CharacterDataHandler = scan.say
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        _refuse(f"it is damaged or cut off (line {error.lineno}: {expat.ErrorString(error.code)}); export it again")
    return scan


def _size_of(attributes: dict[str, str]) -> tuple[float, float] | None:
    width, height = _length(attributes.get("width", "")), _length(attributes.get("height", ""))
    if width and height:
        return width, height
    numbers = [float(each) for each in re.findall(r"-?[0-9.]+(?:[eE][+-]?\d+)?", attributes.get("viewBox", ""))]
    return (numbers[2], numbers[3]) if len(numbers) == 4 else None


def _length(said: str) -> float | None:
    found = _LENGTH.match(said)
    return float(found[1]) * _POINTS[found[2]] if found else None


def _check_letters(letters: set[str], font: str) -> None:
    rare = {letter for letter in letters if ord(letter) > 0xFF}
    if not rare:
        return
    from fontTools.ttLib import TTFont  # only here: it takes longer to load than most figures to draw

    missing = sorted(letter for letter in rare if ord(letter) not in TTFont(font, lazy=True).getBestCmap())
    if missing:
        _refuse(f"its text has letters our font does not know ({''.join(missing[:10])}); export it with text as paths")


def _painted(svg: str, size: tuple[float, float], order: dict[str, Any]) -> tuple[tuple[int, int], bytes]:
    """Draw the whole; the part is cut out by whoever ordered it."""
    if "width" in order:
        left, _, right, _ = order["part"]
        width = order["width"] / (right - left)
    else:
        width = order["longest"] * min(1.0, size[0] / size[1])
    width = max(1, round(min(width, (_SHEET_PX * size[0] / size[1]) ** 0.5)))
    families = dict.fromkeys(_NAMES, "Inter")
    fonts: dict[str, Any] = {"skip_system_fonts": True, "font_files": [order["font"]], **families}
    png = resvg_py.svg_to_bytes(svg_string=svg, width=width, background="#ffffff", dpi=96, **fonts)
    return (width, 0), bytes(png)


def _refuse(fault: str) -> NoReturn:
    sys.stderr.write(fault)
    raise SystemExit(2)


def _limit() -> None:
    try:
        import resource  # not everywhere
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    _limit()
    try:
        main()
    except UnicodeDecodeError:
        _refuse("it is not in UTF-8; export it again")
    except ValueError as error:
        _refuse(f"it cannot be drawn ({error}); export it as PDF or PNG")
