"""Owns how text that nobody vouches for becomes plain: one line, bounded, without characters that are not seen."""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BREAKS = str.maketrans(dict.fromkeys((*range(0x09, 0x0E), 0x85, 0xA0, 0x2028, 0x2029), " "))
_LETTERS_OF_MATHS = range(0x1D400, 0x1D800)
_MARKS = frozenset({"Mn", "Me"})
_MOST_MARKS = 3
"""On one letter; no script of our papers needs more. Longer piles reach into other lines."""


def plain(text: str, *, longest: int) -> str:
    """Reduce *text* to one line that can be read and cannot do harm.

    Args:
        text: Anything; bidirectional marks, control characters and private ones are taken out.
        longest: Characters that are kept at most, from the beginning.

    Returns:
        Text in NFC without white space at its ends or doubled in it; mathematical letters as plain ones.
    """
    seen = "".join(_seen(character) for character in text[: 2 * longest].translate(_BREAKS))
    composed = unicodedata.normalize("NFC", seen)
    return " ".join(unpiled(composed).split())[:longest].rstrip()


def unpiled(text: str) -> str:
    """Take off the marks that are too many on one letter; *text* is in NFC and stays so."""
    if text.isascii():
        return text
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in _MARKS else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _seen(character: str) -> str:
    if character.isascii():
        return character if character.isprintable() else ""
    if ord(character) in _LETTERS_OF_MATHS:
        return unicodedata.normalize("NFKC", character)
    return "" if unicodedata.category(character) in _UNSEEN else character
