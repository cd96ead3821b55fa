"""Owns the guess at what somebody meant to type."""

from collections.abc import Iterable
from difflib import get_close_matches

from bot.catalogue.terms import stem

_SIMILARITY = 0.78  # of difflib's ratio: about one wrong letter in five is still the same word
_LETTERS = 5  # shorter words are close to everything
_FORGOTTEN = 2  # letters that may be missing or too many


def nearest_words(typed: Iterable[str], vocabulary: Iterable[str], *, limit: int = 3) -> list[str]:
    """The words of *vocabulary* closest to any of those *typed*, the closest of each first.

    None is one of the typed, none is shorter than five letters, and of one stem there is one.
    """
    known = [word for word in dict.fromkeys(vocabulary) if len(word) >= _LETTERS and word.isalpha()]
    asked = list(typed)
    close = [_close(word, known, 2 * limit) for word in asked]
    of_stem: dict[str, str] = {}
    for word in (matches[turn] for turn in range(2 * limit) for matches in close if turn < len(matches)):
        of_stem.setdefault(stem(word), word)
    return [word for word in of_stem.values() if word not in asked][:limit]


def _close(typed: str, known: Iterable[str], limit: int) -> list[str]:
    as_long = [word for word in known if abs(len(word) - len(typed)) <= _FORGOTTEN]
    return get_close_matches(typed, as_long, n=limit, cutoff=_SIMILARITY)
