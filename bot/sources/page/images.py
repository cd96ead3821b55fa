"""Owns which pictures a page wants, and by which names they may be fetched."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from bot.model.manuscript import Image, Origin
from bot.sources.page.captions import figures_of
from bot.sources.page.tree import Element, has, parse
from bot.wording.plain import plain

_MOST = 150
_LONGEST = 300
_SMALLEST = 24
"""Pixels; what is smaller is an icon in the text."""
_SAFE = re.compile(r"/?[\w.+@~%()&=,'! -]+(?:/[\w.+@~%()&=,'! -]+)*")


def image_names(html: bytes, places: Collection[int] | None = None) -> tuple[str, ...]:
    """Name the pictures of a page's figures.

    Args:
        places: The positions of the figures whose pictures are wanted; None for all.

    Returns:
        At most 150 names in the order of the page, each once: paths relative to the page's address, or from the root
        of its server. Never another server, never upwards, no query.

    Raises:
        SourceRefused: This is no page of a paper.
    """
    root = parse(html)
    base = base_of(root)
    frames = [frame for place, (frame, _) in enumerate(figures_of(root)) if places is None or place in places]
    found = (name for frame in frames for element in pictures(frame) if (name := name_of(element, base)))
    return tuple(dict.fromkeys(found))[:_MOST]


def pictures(figure: Element) -> Iterator[Element]:
    """The bitmaps and SVG files in a figure, in reading order; icons and what stands in a caption are no pictures."""
    for element in figure.iter("img", "object", "embed"):
        is_said = any(above.tag in {"figcaption", "cite"} for above in element.iterancestors())
        if not is_said and not has(element, "ltx_missing", "ltx_missing_image") and not _is_icon(element):
            yield element


def base_of(root: Element) -> str:
    """The path that the page's names are relative to; empty where it is the page's own."""
    for element in root.iter("base"):
        return _path(element.get("href") or "") or ""
    return ""


def name_of(picture: Element, base: str) -> str:
    """By which name a picture is fetched; empty where it may not be."""
    path = _path(picture.get("src") or picture.get("data") or "", is_local=True)
    if not path or path.startswith("/") or not base:
        return path
    return posixpath.join(posixpath.dirname(base), path)


def image_of(picture: Element, *, base: str, images: Mapping[str, bytes], caption: str) -> Image | None:
    """A picture with its pixels; None where these were not fetched."""
    name = name_of(picture, base)
    content = images.get(name)
    if not content:
        return None
    return Image(plain(posixpath.basename(name), longest=80), content, Origin.HTML, caption=caption)


def _path(address: str, *, is_local: bool = False) -> str:
    """The path of an address if it is a harmless one, else nothing."""
    try:
        parts = urlsplit(address.strip()[: _LONGEST + 1])
    except ValueError:
        return ""
    path = parts.path.removeprefix("./")
    is_elsewhere = bool(parts.scheme or parts.netloc) if is_local else parts.scheme not in {"", "http", "https"}
    if is_elsewhere:
        return ""
    bare = unquote(unquote(path))
    is_upwards = ".." in bare.split("/") or "\\" in bare or "%" in bare or not bare.isprintable()
    if is_upwards or len(path) > _LONGEST or not _SAFE.fullmatch(path.rstrip("/")):
        return ""
    return path


def _is_icon(element: Element) -> bool:
    sides = [
        side for side in (element.get("width"), element.get("height")) if side and side.isdecimal() and len(side) < 6
    ]
    return bool(sides) and max(int(side) for side in sides) < _SMALLEST
