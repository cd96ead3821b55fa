"""Owns where a sentence ends in scientific prose, English and Chinese."""

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

_END = re.compile(r"(?:[.!?…]++|[。！？]++)[\"'”’»)\]}）」』】》〉]*+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_WORD = re.compile(r"\w{1,30}")
_OPENING = re.compile(r"[\"'“‘«(\[{（「『【《〈¿¡]{0,3}")
_FULL_WIDTH = frozenset("。！？")
_LONGEST_ABBREVIATION = 24
_LONGEST_ASIDE = 300
"""Characters in brackets within which no sentence ends; what is longer was never closed, or is no aside."""

_HEAD = 200
"""Characters of a sentence that are searched for a word."""

_NEVER_LAST = frozenset({
    "approx", "ca", "c.f", "cf", "dept", "dr", "e.g", "eg", "esp", "et", "i.e", "ie", "incl", "mr", "mrs",
    "prof", "resp", "st", "univ", "viz", "vs",
})  # fmt: skip
_BEFORE_A_NUMBER = frozenset({
    "alg", "algs", "app", "appx", "arg", "ch", "chap", "cor", "def", "defs", "eq", "eqn", "eqns", "eqs", "ex",
    "fig", "figs", "lem", "no", "nos", "nr", "p", "pp", "prop", "ref", "refs", "sec", "secs", "sect", "supp",
    "tab", "tabs", "thm", "thms", "vol", "jan", "feb", "mar", "apr", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
_ITEM = re.compile(r"\((?:[a-z]|[ivx]{1,4})\)\s")
_NUMBER = re.compile(r"[(\[~§\\$]{0,2}(?:\d|[A-Z]{1,3}(?![a-z])|[ivx]{1,4}\b|\?\?)")
# Words that open sentences and no names: after "et al.", an initial or "i.i.d." only these begin a new one.
_OPENERS = frozenset({
    "A", "Additionally", "After", "All", "Although", "An", "And", "Another", "As", "At", "Based", "Because",
    "Besides", "Both", "But", "By", "Can", "Code", "Compared", "Consequently", "Could", "Despite", "Do", "Does",
    "Due", "During", "Each", "Empirical", "Empirically", "Even", "Experimental", "Experiments", "Extensive",
    "Finally", "First", "For", "From", "Furthermore", "Given", "Hence", "Here", "How", "However", "If", "In",
    "Indeed", "Instead", "Is", "It", "Its", "Large", "Many", "More", "Moreover", "Most", "Motivated", "Next",
    "Nevertheless", "No", "Not", "Notably", "On", "Once", "One", "Our", "Overall", "Recent", "Recently",
    "Results", "Second", "Several", "Similarly", "Since", "So", "Some", "Specifically", "Such", "Surprisingly",
    "That", "The", "Their", "Then", "There", "Therefore", "These", "They", "This", "Those", "Though", "Thus",
    "To", "Two", "Under", "Unlike", "Using", "Via", "We", "What", "When", "Where", "Whereas", "Whether",
    "Which", "While", "Why", "With", "Within", "Without", "You",
})  # fmt: skip


def sentences(text: str) -> tuple[str, ...]:
    """Split prose into sentences.

    Args:
        text: One or more paragraphs; a blank line always ends a sentence.

    Returns:
        The sentences in order, white space in them reduced to single spaces; joined they are the text again.
    """
    return tuple(said for start, end in pairwise(_bounds(text)) if (said := " ".join(text[start:end].split())))


def _bounds(text: str) -> Iterator[int]:
    yield 0
    last = 0
    asides = _depths(text)
    paragraphs = {found.end() for found in _BLANK_LINE.finditer(text)}
    marks = {found.end(): found for found in _END.finditer(text)}
    for place in sorted(paragraphs | marks.keys()):
        if place in paragraphs or (
            not asides[place]
            and _ends_sentence(text, marks[place])
            and _has_word(text[last : min(place, last + _HEAD)])
        ):
            yield place
            last = place
    yield len(text)


def _ends_sentence(text: str, mark: re.Match[str]) -> bool:
    if mark[0][0] in _FULL_WIDTH:
        return True
    following = _first_ink(text, mark.end())
    if following == len(text):
        return True
    opening = _word_at(text, _skip_opening(text, following))
    if following == mark.end() and not (opening in _OPENERS and _stands_behind_a_word(text, mark)):
        return False
    if not (_may_open(opening) or _ITEM.match(text, following)):
        return False
    return mark[0][0] != "." or not _is_abbreviated(text, mark, opening)


def _first_ink(text: str, place: int) -> int:
    while place < len(text) and text[place].isspace():
        place += 1
    return place


def _skip_opening(text: str, place: int) -> int:
    opening = _OPENING.match(text, place)
    return opening.end() if opening else place


def _word_at(text: str, place: int) -> str:
    """The word that begins there; the mere character where it is no word."""
    word = _WORD.match(text, place)
    return word[0] if word else text[place : place + 1]


def _may_open(word: str) -> bool:
    """Tell whether a sentence may begin so: not in lower case, unless it is a name such as *mBERT*."""
    return bool(word) and (not word[0].islower() or any(letter.isupper() for letter in word[1:3]))


def _is_abbreviated(text: str, mark: re.Match[str], following: str) -> bool:
    before = _token_before(text, mark.start())
    lower = before if _is_acronym(before) else before.lower()
    if lower in _NEVER_LAST:
        return True
    if lower in _BEFORE_A_NUMBER:
        return _NUMBER.match(text, _first_ink(text, mark.end())) is not None
    is_doubtful = lower == "al" or mark[0].startswith("..") or _is_initial(before) or _has_points(before)
    return is_doubtful and not _is_opener(following)


def _token_before(text: str, place: int) -> str:
    window = text[max(0, place - _LONGEST_ABBREVIATION) : place]
    words = window.split()
    return words[-1].lstrip("\"'“‘«([{") if words and not window[-1].isspace() else ""


def _is_acronym(token: str) -> bool:
    return len(token) > 1 and token.isupper()


def _is_initial(token: str) -> bool:
    return len(token) == 1 and token.isupper()


def _has_points(token: str) -> bool:
    """Tell ``i.i.d`` and ``U.S`` from numbers, addresses and file names."""
    return all(len(part) == 1 and part.isalpha() for part in token.replace("-", ".").split(".")[-2:]) and "." in token


def _is_opener(word: str) -> bool:
    return word in _OPENERS or (word[0].isupper() and len(word) > 5 and word.endswith("ing"))


def _stands_behind_a_word(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a mark without a space behind it ends a sentence all the same: *done.We show*, *(so).This is*."""
    before = _token_before(text, mark.start())
    if before[-1:] in (")", "]", "$", "%", "’"):
        return True
    return len(before) >= 2 and before.isalpha() and before[1:].islower() and before.lower() not in _NEVER_LAST


def _has_word(text: str) -> bool:
    """Tell whether there is more than the number of a list item."""
    return sum(letter.isalpha() for letter in text) >= 2


def _depths(text: str) -> list[int]:
    """How many asides each place of *text* stands in."""
    steps = [0] * (len(text) + 1)
    for opening, closing in ("()", "[]", "（）"):
        opened: list[int] = []
        for found in re.finditer(rf"[{re.escape(opening + closing)}]", text):
            if found[0] == opening:
                opened.append(found.start())
            elif opened and found.start() - (start := opened.pop()) <= _LONGEST_ASIDE:
                steps[start + 1] += 1
                steps[found.start() + 1] -= 1
    return list(accumulate(steps))
