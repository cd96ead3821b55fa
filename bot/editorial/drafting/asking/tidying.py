"""Owns making what a language model wrote look like our own texts: plain characters, no cries, no pictures."""

import re
import unicodedata

from bot.model.language import ENGLISH
from bot.wording.chinese import set_chinese
from bot.wording.plain import plain

_LONGEST = 2_000  # characters
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|`{1,3})(?=\S)(.+?)(?<=\S)\1")
_HEADING = re.compile(
    r"^(?:(?:#{1,6}|[-*•>]|\d{1,2}[.)])\s+|(?:long|medium|short|headline|summary|take-?away|key idea)\s?[:：]\s*)*",
    re.IGNORECASE,
)
_ASTONISHED = re.compile(r"[!！]+(?=[?？])|(?<=[?？])[!！]+")
_CRY = re.compile(r"\s*[!！]+(?!=)")
_PERCENT = re.compile(r"(?<=\d)%")
_ENDED = re.compile(r"[.?…。？][\"'”’»)）」』]*$")
_KEPT_SIGNS = frozenset("°©®™")
_PICTURES = frozenset({"So", "Sk"})
_MARKS_PER_LETTER = re.compile(r"([\u0300-\u036f])[\u0300-\u036f]+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\u20e3]")


def tidied(text: str, *, language: str = ENGLISH) -> str:
    """Bring *text* into our form; what it says stays as it is.

    Invisible and bidirectional characters, emoji, Markdown emphasis and cries go; a blank stands before ``%``; Chinese
    gets its own punctuation.
    """
    seen = plain(_without_pictures(text), longest=_LONGEST)
    bare = unlabelled(_EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", seen)))
    spaced = _PERCENT.sub(" %", _CRY.sub(".", _ASTONISHED.sub("", bare)))
    return spaced if language == ENGLISH else set_chinese(spaced)


def unlabelled(text: str) -> str:
    """Take off the marks and labels that *text* begins with; in an entry file they mean something else."""
    return _HEADING.sub("", text)


def finished(text: str, *, language: str = ENGLISH) -> str:
    """Give *text* the full stop that it lacks."""
    if not text or _ENDED.search(text):
        return text
    return text.rstrip(",;:，；：、") + ("." if language == ENGLISH else "。")


def _without_pictures(text: str) -> str:
    single = _MARKS_PER_LETTER.sub(r"\1", _SELECTORS.sub("", text))
    return "".join(each for each in single if not _is_picture(each))


def _is_picture(character: str) -> bool:
    if character.isascii() or character in _KEPT_SIGNS:
        return False
    return unicodedata.category(character) in _PICTURES
