"""Owns the headline: a sentence short enough, or a phrase of the title, and what a title can stand in for."""

import re
from collections.abc import Iterable, Iterator

from bot.editorial.drafting.saying.choice import telling
from bot.editorial.drafting.saying.lexicon import DANGLING
from bot.editorial.drafting.saying.soundness import is_sound, stands_alone
from bot.editorial.phrasing import count_words
from bot.editorial.sections import MARKUP, WORDS

_MOST = WORDS["Headline"][1]
_FEWEST_OF_A_PHRASE = 3
_LEAST_TELLING = 3  # terms: *a comprehensive review* could be any paper's
_SUBTITLE = re.compile(r":\s+|\s[–—-]\s")
_JOINT = re.compile(
    r",?\s(?=(?:for|with|via|through|using|by|in|on|from|under|without|towards?|against|across|over|"
    r"at|based|beyond|within|during|"
    r"into)\s)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[#*•\s\-–—]+")  # in an entry file these and the labels mean something else
_LABEL = re.compile(r"^(Medium|Short)\s?[:：]\s*", re.IGNORECASE)
_UNTITLED = "A paper without a title"


def headline_of(title: str, sentences: Iterable[str]) -> str:
    """Say in at most 12 words what the paper is about.

    Args:
        title: Of the paper.
        sentences: What may be said of it, the best first; the first that is short enough and clear by itself is taken.
    """
    for sentence in sentences:
        if count_words(sentence) <= _MOST and is_sound(sentence) and stands_alone(sentence):
            return sentence
    return title_as_statement(title, most=_MOST)


def title_as_statement(title: str, *, most: int) -> str:
    """The title, or a part of it that is whole, with a full stop: at most *most* words.

    Its subtitle if there is one, the title if it is short enough, or what stands before one of its prepositions.
    """
    plain = _unmarked(" ".join(MARKUP.sub(" ", title).split()))
    if not count_words(plain):
        return f"{_UNTITLED}."
    fitting = (phrase for phrase in _phrases(plain) if count_words(phrase) <= most)
    return _stopped(next(fitting, " ".join(plain.split()[:most])))


def _unmarked(phrase: str) -> str:
    return _LABEL.sub(r"\1 – ", _BULLET.sub("", phrase))


def _phrases(title: str) -> Iterator[str]:
    parts = [_unmarked(part) for part in _SUBTITLE.split(title)]
    whole = [part for part in parts[1:] if count_words(part) >= _FEWEST_OF_A_PHRASE and telling(part) >= _LEAST_TELLING]
    yield from whole[:1]
    yield title
    yield from (part for part in parts if count_words(part) >= _FEWEST_OF_A_PHRASE)
    for part in (*whole, *parts, title):
        yield from _beginnings(part)


def _beginnings(phrase: str) -> Iterator[str]:
    for joint in reversed(list(_JOINT.finditer(phrase))):
        beginning = phrase[: joint.start()].rstrip(" ,;:")
        if (
            count_words(beginning) >= _FEWEST_OF_A_PHRASE
            and beginning.split()[-1].lower() not in DANGLING
            and not beginning.endswith("ed")
        ):
            yield beginning


def _stopped(phrase: str) -> str:
    words = phrase.split()
    while len(words) > 1 and words[-1].lower().strip(",;:") in DANGLING:
        words.pop()
    said = " ".join(words).rstrip(" ,;:-–—")
    return (said[:1].upper() + said[1:] if said[1:2].islower() else said) + (
        "" if said.endswith((".", "?", "!")) else "."
    )
