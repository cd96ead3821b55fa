"""Owns the word of a question, and all the spellings under which it counts as found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.catalogue.terms import compound_terms, compounds, is_han, pairs_of, parts_of, stem

Spelling = tuple[str, ...]
"""Terms that must all be there."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word somebody typed, folded; of Chinese every pair of neighbouring characters is one.

    Attributes:
        spellings: Any of them will do: ``n-beats`` is ``nbeat``, or ``n`` and ``beat``.
        weight: How much it counts beside the others.
    """

    typed: str
    spellings: tuple[Spelling, ...]
    weight: float = 1.0


def words_of(typed: Sequence[str]) -> tuple[Word, ...]:
    """The words of folded compounds; neighbours are also tried as one, so that ``few shot`` finds ``fewshot``."""
    single = dict.fromkeys(piece for word in typed for piece in (pairs_of(word) if is_han(word) else [word]))
    together: dict[str, list[Spelling]] = {word: [] for word in single}
    for left, right in pairwise(typed):
        if not is_han(left) and not is_han(right):
            joined = (stem("".join(parts_of(left) + parts_of(right))),)
            together[left].append(joined)
            together[right].append(joined)
    return tuple(Word(word, tuple(dict.fromkeys((*_spellings(word), *together[word])))) for word in single)


def spelled(text: str) -> tuple[Spelling, ...]:
    """Everything *text* says, as spellings of one condition: all of its words, in any of their forms."""
    every = tuple(dict.fromkeys(term for word in words_of(compounds(text)) for term in word.spellings[0]))
    return (every,) if every else ()


def any_of(words: Iterable[Word]) -> tuple[Spelling, ...]:
    """All spellings of *words*, each once."""
    return tuple(dict.fromkeys(spelling for word in words for spelling in word.spellings))


def _spellings(compound: str) -> tuple[Spelling, ...]:
    if is_han(compound) or len(parts_of(compound)) == 1:
        return (tuple(compound_terms(compound)),)
    *parts, joined = compound_terms(compound)
    return (joined,), tuple(parts)
