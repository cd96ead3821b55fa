"""Owns taking citations out of running text, where the sentence does not need them."""

import re
from collections.abc import Iterable

_NUMBERED = re.compile(r"\s?\[[1-9]\d{0,2}(?:\s?[,–-]\s?[1-9]\d{0,2})*\]")
_KEYED = re.compile(r"\s?\[[A-Z][A-Za-z]{0,6}\+?\d{2}[a-z]?(?:\s?[,;]\s?[A-Z][A-Za-z]{0,6}\+?\d{2}[a-z]?)*\]")
_NAMED = re.compile(r"\s?\([^()]{2,300},\s?(?:19|20)\d\d[a-z]?(?:[;,][^()]{1,300})?\)")
_CALLS_FOR_NAMES = re.compile(
    r"(?:^|[.?!:;]|\b(?:by|of|in|from|and|with|to|like|following|see|than|as|both|unlike|while|that|for|on))$",
    re.IGNORECASE,
)
_FEWEST = 5  # of a kind that might be something else: an interval looks like [1, 2]
_BEFORE = 20  # characters that tell whether a sentence needs a citation


def has_numbered(texts: Iterable[str]) -> bool:
    """The paper cites by numbers in brackets."""
    return sum(len(_NUMBERED.findall(text)) for text in texts) >= _FEWEST


def without_citations(text: str, *, numbered: bool) -> str:
    """Leave citations out, except where they are a part of the sentence: ``proposed by [19]``.

    Args:
        numbered: The paper cites by numbers in brackets.
    """
    for kind in (_NAMED, _KEYED, *((_NUMBERED,) if numbered else ())):
        text = kind.sub(_left_out, text)
    return text


def _left_out(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - _BEFORE) : found.start()]
    return found[0] if _CALLS_FOR_NAMES.search(before) else ""
