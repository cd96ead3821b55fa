"""Owns the figures of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from bot.model.manuscript import FoundFigure, Image
from bot.sources.page.captions import Caption, caption_of, is_of_appendix
from bot.sources.page.images import image_of, pictures
from bot.sources.page.tree import Element, every, has, within

_MOST_IMAGES = 40
_ROW_ENDS = ("ltx_flex_break", "ltx_break")


@dataclass(frozen=True, slots=True)
class Pictured:
    """A figure, and the ids by which the text refers to it or to its parts."""

    figure: FoundFigure
    ids: frozenset[str]


def read_figure(frame: Element, caption: Caption, *, position: int, base: str, images: Mapping[str, bytes]) -> Pictured:
    """Read one figure.

    Args:
        frame: The outermost ``figure`` element.
        images: Pixels by name; a picture whose pixels are missing is left out.
    """
    wanted = list(pictures(frame))[:_MOST_IMAGES]
    captions = [_part_caption(picture, frame) for picture in wanted]
    found = [
        image_of(picture, base=base, images=images, caption=said)
        for picture, said in zip(wanted, captions, strict=True)
    ]
    figure = FoundFigure(
        number=caption.number,
        caption=caption.words,
        images=tuple(image for image in found if image),
        position=position,
        is_appendix=within(frame, "ltx_appendix") or is_of_appendix(caption.number),
        columns=_columns(frame, wanted, found),
    )
    return Pictured(figure, frozenset(name for element in frame.iter("figure") if (name := element.get("id"))))


def _part_caption(picture: Element, frame: Element) -> str:
    part = next(picture.iterancestors("figure"), frame)
    return "" if part is frame else caption_of(part).words


def _columns(frame: Element, wanted: Sequence[Element], found: Sequence[Image | None]) -> int:
    """How many pictures stand before the first end of a row that follows a picture."""
    places = {element: image for element, image in zip(wanted, found, strict=True) if image}
    count = 0
    walk = etree.iterwalk(frame, events=("start", "end"))
    for event, node in walk:
        if event == "start" and node in places:
            count += 1
        is_row_end = (event == "start" and has(node, *_ROW_ENDS)) or (event == "end" and node.tag == "tr")
        if count and is_row_end and not _is_said(node):
            break
    return max(1, min(count, _stated_columns(frame) or count))


def _is_said(node: Element) -> bool:
    return any(above.tag == "figcaption" for above in node.iterancestors())


def _stated_columns(frame: Element) -> int:
    """What LaTeXML says: ``ltx_flex_size_2`` on a cell means two of its kind in a row; 0 where it says nothing."""
    for cell in every(frame, "ltx_flex_cell"):
        for name in (cell.get("class") or "").split():
            size = name.removeprefix("ltx_flex_size_")
            if size != name and size.isdecimal() and len(size) == 1:
                return int(size)
    return 0
