"""Owns the question: its words, what it demands, what it excludes, and how it is read from what somebody typed."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations

from bot.catalogue import condition
from bot.catalogue.asking import essence
from bot.catalogue.condition import Condition, Demand
from bot.catalogue.filters import read_filters
from bot.catalogue.terms import STOP_WORDS, compounds, is_han, parts_of, stem
from bot.catalogue.word import Spelling, Word, any_of, words_of

_MAX_CHARACTERS = 400
_MAX_WORDS = 12
_MAX_CONDITIONS = 12
_MAX_COMPLETIONS = 12
_PREFIX_LETTERS = 3
_YEAR = re.compile(r"199\d|20\d\d")
_QUOTED = re.compile(r"(?<!\S)(?P<minus>-?)[\"“”「『](?P<inside>[^\"“”「」『』]*)[\"“”」』]")
_MINUS = re.compile(r"(?<!\S)-(?=\w)(?P<inside>\S+)")


@dataclass(frozen=True)  # without slots: what follows from its words is worked out once
class Query:
    """What somebody asks the catalogue.

    Attributes:
        text: What was typed, on one line and bounded; fit to be shown.
        words: At most twelve.
        conditions: Every one of them must hold.
        excluded: None of them may stand anywhere.
        phrases: What must be said just so; its words are among the words.
    """

    text: str
    words: tuple[Word, ...] = ()
    conditions: tuple[Condition, ...] = ()
    excluded: tuple[Word, ...] = ()
    phrases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.conditions)

    @cached_property
    def spellings(self) -> tuple[Spelling, ...]:
        """All spellings of its words, each once."""
        return any_of(self.words)

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Every term by which a word is found, each once."""
        return tuple(dict.fromkeys(term for spelling in self.spellings for term in spelling))

    @cached_property
    def demanded(self) -> frozenset[str]:
        """Every term by which a condition is met."""
        return frozenset(term for each in self.conditions for spelling in each.spellings for term in spelling)

    @property
    def year(self) -> str | None:
        """The year, or the years, every hit must be of, as they are shown."""
        return next((each.said for each in self.conditions if each.demand is Demand.YEAR), None)

    @property
    def prefix(self) -> str | None:
        """The last word typed, when it is long enough to be completed."""
        last = "".join(parts_of(self.words[-1].typed)) if self.words else ""
        return last if len(last) >= _PREFIX_LETTERS or is_han(last) else None

    def clauses(self, missing: int = 0) -> tuple[tuple[Spelling, ...], ...]:
        """What a candidate must fulfil: one spelling of each clause. At most *missing* words may be absent.

        Of n words n - k are there exactly when no k + 1 of them are absent together.
        """
        together = min(missing + 1, len(self.words))
        return tuple(any_of(words) for words in combinations(self.words, together)) if together else ()

    def completed(self, completions: Iterable[str]) -> "Query":
        """The same question with its last word standing for any of *completions*; without it when there are none."""
        *words, last = self.words
        spellings = tuple(dict.fromkeys((stem(word),) for word in completions))[:_MAX_COMPLETIONS]
        return replace(self, words=(*words, replace(last, spellings=spellings)) if spellings else tuple(words))

    def with_topics_as_words(self) -> "Query":
        """The same question with the names of its topics as ordinary words."""
        named = (each.said.replace("_", " ") for each in self.conditions if each.demand is Demand.TOPIC)
        typed = [word for name in named for word in compounds(name)]
        words = dict.fromkeys((*self.words, *words_of(typed)))
        others = tuple(each for each in self.conditions if each.demand is not Demand.TOPIC)
        return replace(self, words=tuple(words)[:_MAX_WORDS], conditions=others)

    def without(self, given_up: Sequence[Condition]) -> "Query":
        """The same question without some of its conditions."""
        return replace(self, conditions=tuple(each for each in self.conditions if each not in given_up))


@lru_cache(maxsize=500)  # finding and showing what was found both read the question
def parse_query(text: str) -> Query:
    """Read whatever somebody typed; it never fails, at worst nothing is asked.

    ``author:bengio``, ``topic:gan`` or ``#gan``, ``series:…``, ``2021``, ``2019..2021``, ``since 2020``, ``jan 2022``
    and their Chinese forms are conditions; ``"in quotes"`` must be said just so; ``-word`` must not be there. Words
    that say nothing (``the``, ``of``) and what frames a question are left out; nothing is found when there are no
    others. One year is a condition; several are words.
    """
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())[:_MAX_CHARACTERS]
    filters = read_filters(essence(unicodedata.normalize("NFKC", line)[:_MAX_CHARACTERS]))
    phrases, excluded, rest = _quotations(filters.rest)
    excluded += [match["inside"] for match in _MINUS.finditer(rest)]
    typed = list(dict.fromkeys(compounds(_MINUS.sub(" ", rest))))
    year = _only_year(typed)
    words = _telling([word for word in typed if word != year])
    conditions = [*filters.conditions, *([condition.years(int(year), int(year))] if year else [])]
    query = Query(
        line,
        words_of(words)[:_MAX_WORDS],
        tuple(dict.fromkeys(conditions))[:_MAX_CONDITIONS],
        (*_none_of(filters.excluded), *words_of(_telling(compounds(" ".join(excluded)))))[:_MAX_WORDS],
        tuple(phrases),
    )
    return query if query or not excluded else replace(query, words=query.excluded, excluded=())


def _quotations(text: str) -> tuple[list[str], list[str], str]:
    """What stands in quotation marks, what so is excluded, and the text with the former as words."""
    found = [(bool(match["minus"]), match["inside"]) for match in _QUOTED.finditer(text)]
    asked = [inside for minus, inside in found if not minus and len(compounds(inside)) > 1]
    rest = _QUOTED.sub(lambda match: " " if match["minus"] else f" {match['inside']} ", text)
    return asked, [inside for minus, inside in found if minus], rest


def _only_year(typed: Sequence[str]) -> str | None:
    years = [word for word in typed if _YEAR.fullmatch(word)]
    return years[0] if len(years) == 1 else None


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in STOP_WORDS] or list(words)


def _none_of(conditions: Iterable[Condition]) -> tuple[Word, ...]:
    return tuple(Word(each.said, each.spellings) for each in conditions)
