"""Owns the sentences of a paper that a draft quotes letter by letter."""

import re
from collections.abc import Iterable, Iterator

from bot.editorial.drafting.saying.soundness import is_sound, stands_alone
from bot.editorial.drafting.showing.captions import clean
from bot.editorial.panels.bounds import QUOTE
from bot.editorial.phrasing import count_words
from bot.model.manuscript import Manuscript, SectionKind
from bot.model.panel import Quote
from bot.wording.sentences import sentences

_FEWEST_WORDS = 9
_IDEAL_WORDS = 18
_SAME = 0.6  # of the shorter one's words: two sentences that say the same
_LOOKED_AT = 400  # sentences
_TELLING = re.compile(
    r"\b(?:we (?:show|find|found|observe|demonstrate|prove|argue|believe)|surprisingly|remarkably|interestingly"
    r"|our (?:results|findings|"
    r"experiments)|suggests?|reveals?|outperforms?|achieves?|state of the art|state-of-the-art|enables?|can be"
    r"|need not|instead of|rather than"
    r"|first|only|without|most|key|important(?:ly)?|fundamental(?:ly)?)\b",
    re.IGNORECASE,
)
_DULL = re.compile(
    r"\b(?:section|paper is organi[sz]ed|table|figure|appendix|et al|thank|funded|grant|code is|available at"
    r"|related work|future work"
    r"|^(?:Finally|However|Moreover|Furthermore|Thus|Hence|Therefore|In addition|Additionally|Also|Second(?:ly)?"
    r"|Third(?:ly)?|Then)\b"
    r"|dataset consists|also|we hope|lastly|hyperparameters?|reviewers?|github|supplementary)\b",
    re.IGNORECASE,
)


def quotes_of(manuscript: Manuscript, *, said: Iterable[str]) -> tuple[Quote, ...]:
    """Find sentences of the paper that are worth quoting, the best first.

    Args:
        said: What the draft says anyway; a quote says something else.
    """
    others = [_words(text) for text in said]
    found = sorted(_sentences(manuscript), key=lambda pair: -_worth(*pair))
    fresh = (pair for pair in found if not any(_is_same(_words(pair[0]), other) for other in others))
    return tuple(Quote(text, source) for text, source in fresh)


def _sentences(manuscript: Manuscript) -> Iterator[tuple[str, str]]:
    abstract = manuscript.record.abstract or manuscript.reading.abstract
    yield from _quotable(abstract, "Abstract")
    for section in manuscript.reading.sections:
        if section.kind in {SectionKind.CONCLUSION, SectionKind.INTRODUCTION}:
            name = section.kind.value.capitalize()
            for paragraph in section.paragraphs:
                yield from _quotable(paragraph, name)


def _quotable(text: str, source: str) -> Iterator[tuple[str, str]]:
    for sentence in sentences(clean(text))[:_LOOKED_AT]:
        is_fit = _FEWEST_WORDS <= count_words(sentence) <= QUOTE
        if is_fit and is_sound(sentence) and stands_alone(sentence) and not _DULL.search(sentence):
            yield sentence, source


def _worth(sentence: str, source: str) -> float:
    place = {"Conclusion": 1.0, "Abstract": 0.6}.get(source, 0.0)
    cues = min(3, len(_TELLING.findall(sentence)))
    return place + 0.7 * cues - 0.06 * abs(count_words(sentence) - _IDEAL_WORDS)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.lower()) if len(word) > 3)


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > _SAME * max(1, min(len(one), len(other)))
