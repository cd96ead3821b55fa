"""Owns where a line of text may break: at spaces, and between Chinese characters."""

import re
from itertools import pairwise

from bot.collage.lettering.coverage import is_square

_NO_BREAK = "\u00a0"
_UNIT = re.compile(r"(?<=\d) (?=(?:%|×|[kMGT]?B\b|M\b|K\b|ms\b|s\b|h\b|px\b))")

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
_WITHIN = 0.012  # between two Chinese characters, of which we do not know whether they are one word
_MEASURES = frozenset("个倍层年月日次种张维步秒分时天周万亿元位篇条页")  # what a number counts stays with it


def words_of(text: str) -> list[tuple[str, bool]]:
    """Cut *text* into the parts that stay whole, each with True where no space stands before it.

    A number with its unit is one part. Between Chinese characters a line may break, but not before closing marks and
    not after opening ones.

    Source: https://www.unicode.org/reports/tr14/ (ID, CL, NS, OP, and NU with PO); GB/T 15834-2011, 5.1
    """
    words = [word for word in _UNIT.sub(_NO_BREAK, text).split(" ") if word]
    return [part for word in words for part in _parts(word)]


def reluctance(before: str, after: str) -> float:
    """What it costs to break between two parts, in units of squared raggedness.

    A word that leans on its neighbour wants to stay with it; between Chinese clauses a line breaks best.
    """
    if before in _LEAN_ON_THE_NEXT or after[:1] in _LEAN_ON_THE_LAST:
        return _LEANING
    return _WITHIN if is_square(before[-1]) and before[-1].isalpha() and is_square(after[0]) else 0.0


def is_tight(text: str) -> bool:
    """True when no space belongs behind *text*, because it ends with a Chinese character or mark."""
    return is_square(text[-1:] or " ")


def _parts(word: str) -> list[tuple[str, bool]]:
    if word.isascii():
        return [(word, False)]
    starts = [0, *(i for i in range(1, len(word)) if _may_break(word[i - 1], word[i])), len(word)]
    return [(word[start:end], start > 0) for start, end in pairwise(starts)]


def _may_break(before: str, after: str) -> bool:
    if not (is_square(before) or is_square(after)):
        return False
    if after in _STARTS_NO_LINE or before in _ENDS_NO_LINE or _NO_BREAK in (before, after):
        return False
    return not (before.isdecimal() and after in _MEASURES)
