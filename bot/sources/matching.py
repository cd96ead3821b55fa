"""Owns which figure of one reader is the same as which of another."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.model.manuscript import FoundFigure

_WORD = re.compile(r"\w+")
_WORDS_COMPARED = 60
_MOST_REMEMBERED = 2_000  # captions and sentences: those of a long paper
_CERTAIN = 0.75
"""Likeness of captions that makes two figures one, whatever their numbers."""
_CONTRARY = 0.3
"""Likeness of captions below which two figures of one number are two figures."""

Pairs = dict[int, int]


def matches(ours: Sequence[FoundFigure], theirs: Sequence[FoundFigure]) -> Pairs:
    """Pair the figures that two readers found in one paper.

    By label, then by number and the likeness of their captions, the surest pairs first; what is left on both sides
    without number or caption is paired in order, if it is as many.

    Returns:
        Places in *theirs* by places in *ours*.
    """
    ranked = sorted(_candidates(ours, theirs), reverse=True)
    pairs: Pairs = {}
    taken: set[int] = set()
    for _, mine, other in ranked:
        if -mine not in pairs and -other not in taken:
            pairs[-mine] = -other
            taken.add(-other)
    return pairs | _in_order(ours, theirs, pairs)


def likeness(one: str, other: str) -> float | None:
    """How many of their first words two captions share, from 0 to 1; None where one of them says nothing."""
    words, others = _words(one), _words(other)
    count = words.total() + others.total()
    return 2 * (words & others).total() / count if words and others else None


def _candidates(ours: Sequence[FoundFigure], theirs: Sequence[FoundFigure]) -> Iterator[tuple[float, int, int]]:
    """Pairs that may be one figure, with how sure that is; places are negative, so that the first ones win ties."""
    for mine, one in enumerate(ours):
        for its, other in enumerate(theirs):
            sureness = _sureness(one, other)
            if sureness > 0:
                yield sureness, -mine, -its


def _sureness(one: FoundFigure, other: FoundFigure) -> float:
    is_same_label = bool(one.label) and one.label == other.label
    is_same_number = bool(one.number) and one.number == other.number
    alike = likeness(one.caption, other.caption)
    is_accepted = (
        is_same_label
        or (alike is not None and alike >= _CERTAIN)
        or (is_same_number and (alike is None or alike >= _CONTRARY))
    )
    return 4 * is_same_label + 2 * (alike or 0) + is_same_number if is_accepted else 0


def _in_order(ours: Sequence[FoundFigure], theirs: Sequence[FoundFigure], pairs: Pairs) -> Pairs:
    left = [place for place, figure in enumerate(ours) if place not in pairs]
    others = [place for place, figure in enumerate(theirs) if place not in pairs.values()]
    together = list(zip(left, others, strict=False))
    is_silent = all(_is_silent(ours[mine]) or _is_silent(theirs[its]) for mine, its in together)
    return dict(together) if len(left) == len(others) and is_silent else {}


def _is_silent(figure: FoundFigure) -> bool:
    return not figure.number and not figure.caption


@lru_cache(maxsize=_MOST_REMEMBERED)
def _words(caption: str) -> Counter[str]:
    return Counter(_WORD.findall(caption[:2000].lower())[:_WORDS_COMPARED])
