"""Owns where a line of text may break: at spaces, and between Chinese characters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.collage.lettering.coverage import is_square
from bot.collage.lettering.phrases import phrase_starts

_NO_BREAK = "\u00a0"
_STARTS_NO_LINE = frozenset(
    "!%),.:;?]}’”…‥·–—~•"  # the Latin ones, too: beside Chinese they follow the same rule
    "、。〉》」』】〕〗〙〛〞〟〜〰–！％），．：；？］｝～｡｣､･"
    "々〻ゝゞヽヾーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    "°℃℉‰"
)
_ENDS_NO_LINE = frozenset("([{‘“$£¥#〈《「『【〔〖〘〚〝（［｛｢￥＄￡＃")
_LEAN_ON_THE_NEXT = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "that", "the", "to", "with"}
).union("在从对把被将与和及或向由为以让使是这那每各第不未很更最")
_LEAN_ON_THE_LAST = frozenset("的地得了着过们吗呢吧性化率者")
_LEANING = 0.03  # in units of squared raggedness: a line may be a sixth shorter for it
_TRAILING = 0.06  # a Chinese line that begins with a particle has lost it from the word it belongs to
_BETWEEN = 0.012  # between two Chinese phrases: better at a mark
_WITHIN = (
    0.08  # inside one: a line may be a quarter shorter, that is two characters of eight, so that a word stays whole
)
_MEASURES = frozenset("个倍层年月日次种张维步秒分时天周万亿元位篇条页节")  # what a number counts stays with it
_WORD = re.compile("[^ ]+")
_TIED = re.compile(
    rf"(?<=\d) (?=%|×|[kMGT]?B\b|M\b|K\b|ms\b|s\b|h\b|px\b|[{''.join(sorted(_MEASURES))}])|(?<=[图表式第]) (?=\d)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """What stays whole in a line.

    Attributes:
        is_joined: No space stands before it.
        is_within: A Chinese phrase goes on from the part before.
    """

    text: str
    is_joined: bool = False
    is_within: bool = False


@lru_cache(maxsize=2048)
def parts_of(text: str) -> tuple[Part, ...]:
    """Cut *text* into the parts that stay whole.

    A number is one part with its unit and with what it counts. Between Chinese characters a line may break, but not
    before closing marks and not after opening ones.

    Source: https://www.unicode.org/reports/tr14/ (ID, CL, NS, OP, and NU with PO); GB/T 15834-2011, 5.1
    """
    tied = _TIED.sub(_NO_BREAK, text)
    return tuple(part for word in _WORD.finditer(tied) for part in _parts(tied, word.start(), word.end()))


def reluctance(before: str, after: str, *, is_within: bool = False) -> float:
    """What it costs to break between two parts, in units of squared raggedness.

    A word that leans on its neighbour wants to stay with it, a Chinese phrase wants to stay whole; between Chinese
    clauses a line breaks best.
    """
    if is_within:
        return _WITHIN
    if after[:1] in _LEAN_ON_THE_LAST:
        return _TRAILING
    if before in _LEAN_ON_THE_NEXT:
        return _LEANING
    return _BETWEEN if _are_characters(before[-1], after[0]) else 0.0


def is_tight(text: str) -> bool:
    """True when no space belongs behind *text*, because it ends with a Chinese character or mark."""
    return is_square(text[-1:] or " ")


def _parts(text: str, start: int, end: int) -> Iterator[Part]:
    """The parts of a word of *text*, which goes from *start* to *end*."""
    word = text[start:end]
    if word.isascii():
        yield Part(word)
        return
    cuts = [start, *(i for i in range(start + 1, end) if _may_break(text[i - 1], text[i])), end]
    for first, last in pairwise(cuts):
        yield Part(text[first:last], is_joined=first > start, is_within=first > start and _is_within(text, first))


def _is_within(text: str, place: int) -> bool:
    return _are_characters(text[place - 1], text[place]) and place not in phrase_starts(text)


def _are_characters(before: str, after: str) -> bool:
    """True between two Chinese characters; a mark behind one of them stays with it anyway."""
    return before.isalpha() and is_square(before) and is_square(after)


def _may_break(before: str, after: str) -> bool:
    if not (is_square(before) or is_square(after)):
        return False
    if after in _STARTS_NO_LINE or before in _ENDS_NO_LINE or _NO_BREAK in (before, after):
        return False
    return not (before.isdecimal() and after in _MEASURES)
