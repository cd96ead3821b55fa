"""Owns how text becomes terms: the units that are indexed, asked for and compared."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from Stemmer import Stemmer

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_COMPOUND = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:[-‐‑–·'’][^\W_{_HAN}]+)*")
_PART = re.compile(r"[^\W_]+")
_IS_HAN = re.compile(rf"[{_HAN}]+")
_ENGLISH = Stemmer("english", 0)  # what it gave is remembered below
_CONTROLS = dict.fromkeys((*range(32), 127), " ")

# Words that say nothing about a paper; neither indexed nor asked for.
STOP_WORDS = frozenset(
    """a about an and are as at be by can do does for from how in into is it its of on or that the their this to
    was we what when which why with you your""".split()  # noqa: SIM905  # a paragraph reads better than 37 quotes
)


def terms(text: str) -> list[str]:
    """The terms of *text* in order, repeated ones included.

    Case, accents and English endings are taken off; a compound gives its parts and their joined form, so that
    ``N-BEATS``, ``n beats`` and ``nbeats`` find each other; a Chinese run gives its pairs of characters.
    """
    return [term for compound in compounds(text) for term in compound_terms(compound)]


def compounds(text: str) -> list[str]:
    """The words of *text* as they were typed, folded; hyphenated ones in one piece."""
    return [found[0] for found in compound_matches(fold(text))]


def compound_matches(folded: str) -> Iterator[re.Match[str]]:
    """Where the words of a folded text stand; hyphenated ones in one piece."""
    return _COMPOUND.finditer(folded)


def compound_terms(compound: str) -> list[str]:
    """The terms of one folded word: its parts, then their joined form when there are several."""
    if is_han(compound):
        return pairs_of(compound)
    parts = parts_of(compound)
    joined = [stem("".join(parts))] if len(parts) > 1 else []
    return [stem(part) for part in parts] + joined


def parts_of(compound: str) -> list[str]:
    """The parts of a hyphenated word."""
    return _PART.findall(compound)


def part_matches(compound: str) -> Iterator[re.Match[str]]:
    """Where the parts of a hyphenated word stand in it."""
    return _PART.finditer(compound)


def pairs_of(run: str) -> list[str]:
    """The pairs of neighbouring characters in a Chinese run; one character stands alone."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def words(text: str) -> Iterator[str]:
    """The words of *text* with their endings: what completions and suggestions are made of."""
    for compound in compounds(text):
        parts = pairs_of(compound) if is_han(compound) else parts_of(compound)
        yield from parts
        if len(parts) > 1 and not is_han(compound):
            yield "".join(parts)


def fold(text: str) -> str:
    """Take off what must not matter: width, ligatures, case, accents, control characters."""
    if text.isascii():  # most of what is indexed: no accents and no widths to take off
        return text.lower().translate(_CONTROLS)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", "".join(map(_kept, plain)))


def is_han(word: str) -> bool:
    """True for a word written in Chinese characters."""
    return _IS_HAN.fullmatch(word) is not None


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Take the English ending off a folded word: ``transformers`` gives ``transform``."""
    return str(_ENGLISH.stemWord(word))


def _kept(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Mn", "Cf"}:  # accents; soft hyphens, joiners and the marks that turn the direction of writing
        return ""
    return " " if category[0] == "C" else char
