"""Owns the running text of a page: what it says, and what each of its sentences refers to."""

import re
from dataclasses import dataclass

from lxml import etree

from bot.sources.page.maths import is_formula, latex_of
from bot.sources.page.tree import Element, fragment, has, text_of
from bot.wording.formulas import readable
from bot.wording.plain import plain
from bot.wording.sentences import sentences

_LONGEST = 20_000
"""Characters of one paragraph."""
_LONGEST_FORMULA = 300
_MARKS = range(0xE000, 0xF8FF)
"""Private characters; one stands behind each reference while sentences are told apart."""
_MARK = re.compile("[\ue000-\uf8ff]")
_BLOCKS = frozenset({"p", "div", "td", "th", "tr", "li", "br", "dd", "dt", "figcaption"})
_LEFT_OUT = frozenset(
    {"script", "style", "noscript", "template", "svg", "img", "object", "iframe", "button", "form", "select"}
)
_LEFT_OUT_CLASSES = (
    "ltx_note", "ltx_bibliography", "ltx_rdf", "ltx_pagination", "ltx_page_footer", "ltx_page_navbar", "ltx_TOC",
)  # fmt: skip
_CALLS_FOR_NAMES = re.compile(
    r"(?:^|[.?!:;]|\b(?:by|of|in|from|and|with|to|like|following|see|than|as|e\.g\.,?|both|unlike|while|that|for))\s*$",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"\(\s*(?:see|e\.\s?g\.|cf\.|i\.\s?e\.)?[\s,;]*\)|\[[\s,;]*\]")
_GAP = re.compile(r"\s+(?=[,;.:!?)\]](?:\s|$))")


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of text.

    Attributes:
        marked: With one private character behind each reference.
        targets: The ids referred to, in the order of the marks.
    """

    marked: str
    targets: tuple[str, ...] = ()

    def __str__(self) -> str:
        return _plain(self.marked)

    def sentences(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Each sentence with the ids that it refers to."""
        return tuple(
            (_plain(said), self._referred_to(said)) for said in sentences(_tidied(self.marked)) if _plain(said)
        )

    def _referred_to(self, sentence: str) -> frozenset[str]:
        places = (ord(mark) - _MARKS.start for mark in _MARK.findall(sentence))
        return frozenset(self.targets[place] for place in places if place < len(self.targets))


def joined(pieces: list[Prose]) -> Prose:
    """One stretch of text out of several."""
    marked: list[str] = []
    targets: list[str] = []
    for piece in pieces:
        marked.append(_moved(piece.marked, len(targets)))
        targets.extend(piece.targets)
    return Prose(" ".join(marked), tuple(targets))


def prose(element: Element, *, leave_out: Element | None = None) -> Prose:
    """Read the text of an element.

    Formulas are said in readable characters; citations that only number, notes, pictures and the bibliography are
    left out.

    Args:
        leave_out: A part of it that is not wanted; what follows that part is.
    """
    pieces: list[str] = []
    targets: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            said = "" if node is leave_out else _said_instead(node, after=pieces)
            pieces.append(_MARK.sub("", (node.text or "") if said is None else said))
            if said is not None:
                walk.skip_subtree()
            continue
        if node.tag == "a" and (target := fragment(node)) and len(targets) < len(_MARKS):
            pieces.append(chr(_MARKS.start + len(targets)))
            targets.append(target)
        if node.tag in _BLOCKS or has(node, "ltx_p", "ltx_tr", "ltx_td"):
            pieces.append(" ")
        if node is not element:
            pieces.append(_MARK.sub("", node.tail or ""))
    return Prose("".join(pieces), tuple(targets))


def said_of(formula: str) -> Prose:
    """A displayed formula as a part of its paragraph; a long one as an ellipsis."""
    said = readable(formula)
    return Prose(said if len(said) <= _LONGEST_FORMULA else "…")


def _said_instead(node: Element, *, after: list[str]) -> str | None:
    """What stands for an element that is not walked into; None for one that is."""
    if node.tag in _LEFT_OUT or has(node, *_LEFT_OUT_CLASSES):
        return ""
    if is_formula(node):
        return readable(latex_of(node)) or text_of(node)[:_LONGEST_FORMULA]
    return _said_citation(node, after=after) if node.tag == "cite" else None


def _said_citation(cite: Element, *, after: list[str]) -> str:
    """The names in a citation that is a part of its sentence; nothing for one that only points."""
    said = " ".join(text_of(cite).split())
    if not said[:1].isalpha() or has(cite, "ltx_citemacro_citep"):
        return ""
    is_part = has(cite, "ltx_citemacro_citet") or _CALLS_FOR_NAMES.search("".join(after[-4:])[-40:])
    return said if is_part else ""


def _plain(marked: str) -> str:
    return plain(_tidied(_MARK.sub("", marked)), longest=_LONGEST)


def _tidied(text: str) -> str:
    """Close the gaps that left-out parts leave behind."""
    return _GAP.sub("", _EMPTY.sub("", " ".join(text.split())))


def _moved(marked: str, by: int) -> str:
    return _MARK.sub(lambda mark: chr(place) if (place := ord(mark[0]) + by) in _MARKS else "", marked)
