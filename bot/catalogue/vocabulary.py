"""Owns the words that can be found, and which of them somebody meant to type."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log2
from string import ascii_lowercase

from bot.catalogue.terms import is_han, pairs_of, stem
from bot.catalogue.typing_errors import effort

_SHORTEST = 3  # letters; shorter words are close to everything
_SHORT = 5  # letters; below, one slip at most, and not in the first letter
_MOST_EFFORT = 2.2  # of a slip of the finger each is about one
_LEAST_PART = 3  # letters of each of two words that were typed as one
_PER_DOUBLING = 0.06  # of effort: a word that is twice as frequent may be a little farther off


class Vocabulary:
    """Words in the order of how many entries have them, the most frequent first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._rank = {word: place for place, word in enumerate(dict.fromkeys(words), 1)}
        self._sorted = sorted(self._rank)
        self._alike: defaultdict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
        self._following: defaultdict[str, set[str]] = defaultdict(set)
        self._preceding: defaultdict[str, set[str]] = defaultdict(set)
        for word in self._rank:
            if len(word) == 2 and is_han(word):
                self._following[word[0]].add(word[1])
                self._preceding[word[1]].add(word[0])
            elif len(word) >= _SHORTEST and word.isalpha():
                self._alike[word[0], len(word)].append((_letters(word), word))

    def __len__(self) -> int:
        return len(self._rank)

    def knows(self, word: str) -> bool:
        """Tell whether *word*, folded, is there in some ending; a Chinese run, whether all of its pairs are."""
        if is_han(word):
            return all(pair in self._rank for pair in pairs_of(word)) or (len(word) == 1 and word in self._following)
        root = stem(word)
        return word in self._rank or any(stem(other) == root for other in self._starting(root[: max(3, len(root) - 1)]))

    def respelled(self, word: str) -> str:
        """The same word as it is written, when *word*, folded, is known by its stem and a slip away from that."""
        if word in self._rank or is_han(word):
            return word
        plural = {word + "s", word.removesuffix("s")}
        same = (other for other in _one_slip(word) if other in self._rank and stem(other) == stem(word))
        return min((other for other in same if other not in plural), key=self._rank.__getitem__, default=word)

    def nearest(self, typed: str, *, limit: int = 3) -> list[str]:
        """What *typed*, folded, may have been meant to be, the likeliest first; two words where a space was forgotten.

        Of one stem there is one, and none of the stem that was typed.
        """
        if is_han(typed):
            return self._nearest_runs(typed)[:limit]
        if len(typed) < _SHORTEST or not typed.isalpha():
            return []
        close = [(effort(typed, word), word) for word in self._close(typed)]
        found = [(slips + self._rareness(word), word) for slips, word in close if slips <= _MOST_EFFORT]
        if not self.knows(typed):
            found += [(1.0, f"{left} {right}") for left, right in self._parted(typed)]
        ordered = (word for _, word in sorted(found))
        of_stem: dict[str, str] = {stem(typed): ""}
        for word in ordered:
            of_stem.setdefault(stem(word), word)
        return [word for word in of_stem.values() if word][:limit]

    def _starting(self, prefix: str) -> Iterator[str]:
        for at in range(bisect_left(self._sorted, prefix), len(self._sorted)):
            if not self._sorted[at].startswith(prefix):
                return
            yield self._sorted[at]

    def _rareness(self, word: str) -> float:
        return _PER_DOUBLING * log2(self._rank[word])

    def _close(self, typed: str) -> list[str]:
        """One slip away; where there is none and the word is long enough, two."""
        once = [word for word in dict.fromkeys(_one_slip(typed)) if word in self._rank and len(word) >= _SHORTEST]
        if len(typed) < _SHORT:
            return [word for word in once if word[0] == typed[0]]
        return once or list(self._two_slips(typed))

    def _two_slips(self, typed: str) -> Iterator[str]:
        """Words that begin as *typed* does, give or take a slip, and have nearly the same letters."""
        letters, (left, middle, right) = _letters(typed), _thirds(typed)
        for initial in dict.fromkeys(typed[:2]):
            for longer in range(-2, 3):
                most = 4 - abs(longer)  # a wrong letter changes the set by two, a missing one by one
                for theirs, word in self._alike.get((initial, len(typed) + longer), ()):
                    if (letters ^ theirs).bit_count() <= most and (left in word or middle in word or right in word):
                        yield word

    def _parted(self, typed: str) -> list[tuple[str, str]]:
        cuts = range(_LEAST_PART, len(typed) - _LEAST_PART + 1)
        return [(typed[:at], typed[at:]) for at in cuts if typed[:at] in self._rank and typed[at:] in self._rank]

    def _nearest_runs(self, run: str) -> list[str]:
        """Runs with one character changed, added, taken away or moved, all of whose pairs are known."""
        changed = {other for other in self._one_character(run) if other != run and len(other) > 1 and self.knows(other)}
        return sorted(changed, key=lambda other: (*_reshaped(run, other), self._rarest(other), other))

    def _rarest(self, run: str) -> int:
        return max(self._rank[pair] for pair in pairs_of(run))

    def _one_character(self, run: str) -> Iterator[str]:
        for at in range(len(run) + 1):
            before, after = run[:at], run[at:]
            for char in self._between(before[-1:], after[:1]):
                yield before + char + after
            for char in self._between(before[-1:], after[1:2]) if after else ():
                yield before + char + after[1:]
            yield before + after[1:]
            if len(after) > 1:
                yield before + after[1] + after[0] + after[2:]

    def _between(self, left: str, right: str) -> Sequence[str]:
        """The characters that stand between two others somewhere."""
        following, preceding = self._following.get(left, set()), self._preceding.get(right, set())
        if left and right:
            return sorted(following & preceding)
        return sorted(following or preceding)


def _reshaped(run: str, other: str) -> tuple[bool, bool]:
    """Whether a character was taken away, and whether it begins otherwise: both are less likely."""
    return len(other) < len(run), other[0] != run[0]


def _thirds(word: str) -> tuple[str, str, str]:
    """The word in three parts: two slips leave one of them as it is."""
    cut = len(word) // 3
    return word[:cut], word[cut:-cut], word[-cut:]


def _letters(word: str) -> int:
    """The set of letters of a word, as bits."""
    bits = 0
    for char in word:
        bits |= 1 << (ord(char) % 64)
    return bits


def _one_slip(word: str) -> Iterator[str]:
    """Every word that is one slip away.

    Source: https://norvig.com/spell-correct.html
    """
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
