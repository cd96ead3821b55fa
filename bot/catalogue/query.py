"""Owns the grammar of a search: words, years among them, and `#topics`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.catalogue.document import topic_term
from bot.catalogue.terms import STOP_WORDS, compound_terms, compounds, is_han, parts_of, stem

_MAX_CHARACTERS = 400
_MAX_WORDS = 12
_MAX_COMPLETIONS = 12
_PREFIX_LETTERS = 3
_HASHTAG = re.compile(r"#([^\s#]+)")
_YEAR = re.compile(r"199\d|20\d\d")


@dataclass(frozen=True, slots=True)
class Word:
    """One word somebody typed, and all the spellings under which it counts as found.

    Attributes:
        spellings: Each is a set of terms that must all be there: ``n-beats`` is ``nbeat``, or ``n`` and ``beat``.
    """

    typed: str
    spellings: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asks the catalogue.

    Attributes:
        text: What was typed, on one line and bounded; fit to be shown.
        words: At most twelve.
        topics: One term per `#topic`, and the year when one is asked for; every one of them must be known of the paper.
    """

    text: str
    words: tuple[Word, ...] = ()
    topics: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.topics)

    @property
    def terms(self) -> tuple[str, ...]:
        """Every term that makes an entry a candidate, each once."""
        return tuple(dict.fromkeys(term for word in self.words for spelling in word.spellings for term in spelling))

    @property
    def year(self) -> str | None:
        """The year every hit must be of."""
        return next(filter(_YEAR.fullmatch, self.topics), None)

    @property
    def prefix(self) -> str | None:
        """The last word typed, when it is long enough to be completed."""
        last = "".join(parts_of(self.words[-1].typed)) if self.words else ""
        return last if len(last) >= _PREFIX_LETTERS or is_han(last) else None

    def completed(self, completions: Iterable[str]) -> "Query":
        """The same question with its last word standing for any of *completions*; without it when there are none."""
        *words, last = self.words
        spellings = tuple(dict.fromkeys((stem(word),) for word in completions))[:_MAX_COMPLETIONS]
        return replace(self, words=(*words, replace(last, spellings=spellings)) if spellings else tuple(words))

    def without_hashtags(self) -> "Query":
        """The same question with its topics as ordinary words."""
        return parse_query(self.text.replace("#", " ").replace("_", " "))

    def of_any_year(self) -> "Query":
        """The same question without its year."""
        return replace(self, topics=tuple(term for term in self.topics if term != self.year))


def parse_query(text: str) -> Query:
    """Read whatever somebody typed; it never fails, at worst nothing is asked.

    Words that say nothing (``the``, ``of``) are left out; nothing is found when there are no others. Neighbours are
    also tried as one word, so that ``few shot`` finds ``fewshot``. One year is a condition; several are words.
    """
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())[:_MAX_CHARACTERS]
    topics = dict.fromkeys(topic_term(name) for name in _HASHTAG.findall(line) if parts_of(name))
    typed = list(dict.fromkeys(compounds(_HASHTAG.sub(" ", line))))
    years = [word for word in typed if _YEAR.fullmatch(word)]
    year = years if len(years) == 1 else []
    words = [word for word in typed if word not in year]
    telling = [word for word in words if word not in STOP_WORDS] or words
    return Query(line, _words(telling[:_MAX_WORDS]), (*tuple(topics)[: _MAX_WORDS - 1], *year))


def _words(typed: list[str]) -> tuple[Word, ...]:
    together: dict[str, list[tuple[str, ...]]] = {word: [] for word in typed}
    for left, right in pairwise(typed):
        if not is_han(left) and not is_han(right):
            joined = (stem("".join(parts_of(left) + parts_of(right))),)
            together[left].append(joined)
            together[right].append(joined)
    return tuple(Word(word, tuple(dict.fromkeys((*_spellings(word), *together[word])))) for word in typed)


def _spellings(compound: str) -> tuple[tuple[str, ...], ...]:
    if is_han(compound) or len(parts_of(compound)) == 1:
        return (tuple(compound_terms(compound)),)
    *parts, joined = compound_terms(compound)
    return (joined,), tuple(parts)
