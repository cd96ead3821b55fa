"""Owns the guess at what somebody meant to type."""

from collections.abc import Iterable
from difflib import get_close_matches

_SIMILARITY = 0.75  # of difflib's ratio: one wrong letter in four is still the same word


def nearest_words(typed: Iterable[str], vocabulary: Iterable[str], *, limit: int = 3) -> list[str]:
    """The words of *vocabulary* closest to any of those *typed*, the closest of each first; never one of the typed."""
    known = list(dict.fromkeys(vocabulary))
    asked = list(typed)
    close = [get_close_matches(word, known, n=limit, cutoff=_SIMILARITY) for word in asked]
    turns = (matches[turn] for turn in range(limit) for matches in close if turn < len(matches))
    return [word for word in dict.fromkeys(turns) if word not in asked][:limit]
