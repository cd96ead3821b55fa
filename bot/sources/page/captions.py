"""Owns the captions of a page: what kind of float one stands under, its number and its words."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.sources.page.prose import prose
from bot.sources.page.tree import Element, every, first, has, text_of
from bot.sources.supplements import number_in_paper
from bot.wording.plain import plain

_NUMBER = re.compile(r"(?:[A-Z]{1,2}[.\-]?)?\d{1,4}(?:[.\-]\d{1,4}){0,3}[a-z]?$|\b[IVXLC]{1,7}$|\b[A-Z]$")
_FIGURE = re.compile(r"fig|图|圖|abb|scheme|plate|chart|photo|picture|illustration", re.IGNORECASE)
_TABLE = re.compile(r"tab|表", re.IGNORECASE)
_LEAD = re.compile(r"^(?:fig(?:ure)?|table)s?\b\.?\s*[A-Z]{0,2}\.?\d[\w.]{0,6}\s*[:.|—–-]\s*", re.IGNORECASE)
_LONGEST = 5000
MOST = 300
"""Figures, tables and formulas of one page, each."""


class Float(StrEnum):
    """What stands in a frame of its own."""

    FIGURE = "figure"
    TABLE = "table"
    PANEL = "panel"
    OTHER = "other"
    """Algorithms, listings, boxes."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What is said under a float.

    Attributes:
        number: As printed, ``S1`` for ``Supplementary Figure 1``; empty where it has none.
        words: Without the number. What LaTeXML could not convert stands in it as ``\\macro``.
    """

    kind: Float
    number: str
    words: str


def caption_of(frame: Element) -> Caption:
    """Read the caption that belongs to *frame* itself, not to a figure in it."""
    said = next((found for found in frame.iter("figcaption") if _frame_of(found) is frame), None)
    if said is None:
        return Caption(_kind("", frame), "", "")
    tag = first(said, "ltx_tag")
    name = "" if tag is None else plain(text_of(tag), longest=60).strip(" :.|—–-")
    words = plain(str(prose(said, leave_out=tag)), longest=_LONGEST)
    return Caption(_kind(name, frame), _number(name), _LEAD.sub("", words, count=1).lstrip(" :.|—–-"))


def is_of_appendix(number: str) -> bool:
    """Tell ``A.1`` and ``S2`` from the Roman ``II``."""
    return number[:1].isalpha() and number[-1:].isdecimal()


def _frame_of(caption: Element) -> Element | None:
    return next(caption.iterancestors("figure"), None)


def _kind(name: str, frame: Element) -> Float:
    if name.startswith("("):
        return Float.PANEL
    if _FIGURE.search(name):
        return Float.FIGURE
    if _TABLE.search(name):
        return Float.TABLE
    if name and not _NUMBER.fullmatch(name):
        return Float.OTHER
    if has(frame, "ltx_table"):
        return Float.TABLE
    return Float.FIGURE if has(frame, "ltx_figure") else Float.OTHER


def _number(name: str) -> str:
    found = _NUMBER.search(name)
    return number_in_paper(found[0], name) if found else ""


def floats(root: Element) -> list[tuple[Element, Caption]]:
    """The figures and tables of a page in order, those in others left out unless they have a number of their own."""
    found: list[tuple[Element, Caption]] = []
    taken: set[Element] = set()
    for frame in root.iter("figure"):
        if any(above in taken for above in frame.iterancestors("figure")) or _is_left_out(frame):
            continue
        caption = caption_of(frame)
        is_container = not caption.number and _has_numbered(frame)
        if not is_container and caption.kind is not Float.PANEL:
            taken.add(frame)
            found.append((frame, caption))
    return found


def figures_of(root: Element) -> list[tuple[Element, Caption]]:
    """Those of them that are figures, at most 300."""
    return [(frame, said) for frame, said in floats(root) if said.kind is Float.FIGURE][:MOST]


def tables_of(root: Element) -> list[tuple[Element, Caption]]:
    """Those of them that are tables, at most 300."""
    return [(frame, said) for frame, said in floats(root) if said.kind is Float.TABLE][:MOST]


def _has_numbered(frame: Element) -> bool:
    inner = (caption_of(found) for found in frame.iter("figure") if found is not frame)
    return any(caption.number and caption.kind in {Float.FIGURE, Float.TABLE} for caption in inner)


def _is_left_out(frame: Element) -> bool:
    return any(has(above, "ltx_bibliography", "ltx_authors") for above in frame.iterancestors())


def broken_parts(root: Element) -> int:
    """How many places LaTeXML could not convert."""
    return sum(1 for _ in every(root, "ltx_ERROR"))
