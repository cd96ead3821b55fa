"""Owns getting the pixels that a source names: which file, which page, and which part of it."""

import re
import struct
from collections.abc import Mapping, Sequence

import pypdfium2

from bot.collage.figures.formats import format_of
from bot.collage.figures.limits import FigureFault
from bot.model.manuscript import Image, Origin
from bot.model.panel import Crop
from bot.sources.eprint.files import Files
from bot.sources.eprint.paper.float_scan import Picture
from bot.sources.eprint.paper.lengths import big_points
from bot.wording.plain import plain

_EXTENSIONS = (".pdf", ".png", ".jpg", ".jpeg", ".eps", ".svg", ".gif", ".ps")
_INSTEAD_OF_EPS = ("-eps-converted-to.pdf", ".pdf", ".png", ".jpg", ".jpeg")
_EPS = re.compile(r"\.(?:eps|epsi|ps)$", re.IGNORECASE)
_PATHS = re.compile(r"\\graphicspath[ \t\n]*\{((?:[^{}]|\{[^{}]{0,200}\}){0,3000})\}")
_PATH = re.compile(r"\{([^{}]{0,200})\}")
_LENGTH_MARKS = re.compile(r"[{},]")
_LONGEST_NAME = 120
_PAGE = re.compile(r"[1-9][0-9]{0,2}")
_PNG = b"\x89PNG\r\n\x1a\n"
_INCH_IN_METRES = 0.0254
_SMALLEST_SHARE = 0.02  # of a side: a crop that leaves less was read wrongly


def folders_of(latex: str, main_folder: str) -> tuple[str, ...]:
    """Where pictures are looked for: beside the main file, and where ``\\graphicspath`` says."""
    said = [path[1] for found in _PATHS.finditer(latex) for path in _PATH.finditer(found[1])]
    named = [f"{main_folder}/{path}" for path in said[:40]]
    return tuple(dict.fromkeys((main_folder, *named, *said[:40], "")))


def image_of(picture: Picture, files: Files, *, folders: Sequence[str]) -> Image | None:
    """Find the file of *picture* and say which part of it is shown.

    Returns:
        None where TeX draws it, its file is not there or of no format that can be shown, or the paper turns it round.
    """
    options = dict(picture.options)
    is_drawn = picture.command == "includestandalone"
    path = None if is_drawn or _turned(options) else _file(picture, files, folders)
    if path is None:
        return None
    content = files.contents[path]
    try:
        format_of(content)
    except FigureFault:
        return None
    page = options.get("page", "1")
    number = int(page) if _PAGE.fullmatch(page) else 1
    return Image(
        name=plain(path.rsplit("/", 1)[-1], longest=_LONGEST_NAME),
        content=content,
        origin=Origin.EPRINT,
        page=number,
        crop=crop_of(options, content, page=number),
    )


def crop_of(options: Mapping[str, str], content: bytes, *, page: int) -> Crop | None:
    """The part of a picture that ``trim`` or ``viewport`` leaves, as shares; None for all of it.

    Source: the graphicx package; ``trim`` is left, bottom, right, top, and cuts only together with ``clip``.
    """
    is_clipped = options.get("clip", "false").lower() != "false"
    said = options.get("viewport") or options.get("trim") or options.get("bb")
    if not said or not is_clipped or (size := natural_size(content, page)) is None:
        return None
    width, height = size
    sides = [big_points(part, width=width, height=height) for part in _LENGTH_MARKS.sub(" ", said).split()]
    if len(sides) == 1:
        sides *= 4
    elif len(sides) == 2:
        sides *= 2
    if len(sides) != 4 or None in sides:
        return None
    left, bottom, right, top = (side for side in sides if side is not None)
    if "trim" in options and "viewport" not in options:
        right, top = width - right, height - top
    return _crop(left / width, 1 - top / height, right / width, 1 - bottom / height)


def natural_size(content: bytes, page: int) -> tuple[float, float] | None:
    """Width and height of a picture as TeX takes them, in big points; None where they are not known."""
    if content.startswith(_PNG):
        size = _png_size(content)
    elif content.startswith(b"\xff\xd8"):
        size = _jpeg_size(content)
    elif b"%PDF-" in content[:1024]:
        size = _page_size(content, page)
    else:
        return None
    return size if size and min(size) > 0 else None


def _crop(left: float, top: float, right: float, bottom: float) -> Crop | None:
    left, top, right, bottom = (round(min(1.0, max(0.0, share)), 5) for share in (left, top, right, bottom))
    if right - left < _SMALLEST_SHARE or bottom - top < _SMALLEST_SHARE or (left, top, right, bottom) == (0, 0, 1, 1):
        return None
    return Crop(left, top, right, bottom)


def _file(picture: Picture, files: Files, folders: Sequence[str]) -> str | None:
    name = picture.name
    if picture.command == "includesvg":
        stem = name.removesuffix(".svg")
        return files.find(stem, extensions=(".svg", ".pdf"), folders=folders)
    found = files.find(name, extensions=_EXTENSIONS, folders=folders)
    found = found or files.find_anywhere(name, extensions=_EXTENSIONS)
    if found is None or _EPS.search(found):
        stem = _EPS.sub("", found or name)
        return files.find(stem, extensions=_INSTEAD_OF_EPS, folders=("", *folders)) or found
    return found


def _turned(options: Mapping[str, str]) -> bool:
    try:
        return float(options.get("angle") or 0) % 360 != 0
    except ValueError:
        return False


def _png_size(content: bytes) -> tuple[float, float] | None:
    if len(content) < 33:
        return None
    width, height = struct.unpack(">II", content[16:24])
    place, x, y = 33, 72.0, 72.0
    while place + 12 <= len(content) and place < 1_000_000:
        length, kind = struct.unpack(">I4s", content[place : place + 8])
        if kind == b"pHYs" and length == 9 and place + 17 <= len(content):
            per_x, per_y, unit = struct.unpack(">IIB", content[place + 8 : place + 17])
            if unit == 1 and per_x and per_y:
                x, y = per_x * _INCH_IN_METRES, per_y * _INCH_IN_METRES
            break
        if kind == b"IDAT":
            break
        place += 12 + length
    return width * 72 / x, height * 72 / y


def _jpeg_size(content: bytes) -> tuple[float, float] | None:
    place, x, y = 2, 72.0, 72.0
    while place + 9 < len(content) and content[place] == 0xFF:
        kind, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4])
        if kind == 0xE0 and content[place + 4 : place + 8] == b"JFIF" and place + 16 < len(content):
            unit, per_x, per_y = struct.unpack(">BHH", content[place + 11 : place + 16])
            if unit in (1, 2) and per_x and per_y:
                x, y = (per_x, per_y) if unit == 1 else (per_x * 2.54, per_y * 2.54)
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width * 72 / x, height * 72 / y
        place += 2 + max(2, length)
    return None


def _page_size(content: bytes, page: int) -> tuple[float, float] | None:
    try:
        with pypdfium2.PdfDocument(content) as document:
            if page > len(document):
                return None
            width, height = document.get_page_size(page - 1)
            return float(width), float(height)
    except (pypdfium2.PdfiumError, ValueError):
        return None
