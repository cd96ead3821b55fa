"""Owns the noun phrases around a number: what it counts, where it holds, what it is read against."""

import re

from bot.editorial.drafting.saying.lexicon import SINGULAR_VERBS

_MOST_WORDS = 7  # a longer phrase was not understood
_ARTICLES = frozenset({"the", "a", "an"})
_OWNERS = frozenset({"its", "their", "our"})
STOP = frozenset(
    """while when which that with by using compared than over across without from through via as is are was were has
    have on in at for to and or but respectively relative both where if under only achieving outperforming surpassing
    demonstrating despite after before among between against during within per according measured it they we our its
    their this these those such yet because including even vs versus thereby""".split()  # noqa: SIM905
)
"""Words that end a noun phrase."""
_NO_PART = frozenset("that which while when this these it them those is are than by from such".split())  # noqa: SIM905
_NO_END = frozenset({"and", "or", "of", "up", "significantly"})
_NO_START = frozenset({"all", "various", "several", "other", "different", "each"})
_WORD = re.compile(r"\s*(?P<word>[A-Za-z0-9τ²π][\w'’+@./-]*[\w+²]|[A-Za-z0-9])(?P<mark>[,.;:)(\]–—]?)")
_FIGURES = re.compile(r"[\d.,]+%?")
_PLACE = re.compile(r"\s(on|for|in)\s(?:the\s)?")
_GOES_ON = re.compile(r",?\s(?:and|or)\s(?!(?:by )?\d)|,\s(?:\w+,|\w+ and)")
_COMPARED = re.compile(
    r",?\s(?:than|over|compared (?:to|with)|relative to|versus|vs\.?|against)\s(?:that of\s|those of\s)?"
)
_LISTED = re.compile(r",?\s(?:and|or)\s|,\s\w+,")


def phrase_at(text: str, start: int) -> tuple[str, int]:
    """Read the noun phrase that begins at *start*.

    Returns:
        It, and where it ends; nothing where none can be made out for sure.
    """
    words: list[str] = []
    at = start
    while match := _WORD.match(text, at):
        if match["word"].lower() in STOP or match["word"].lower() in SINGULAR_VERBS:
            break
        words.append(match["word"])
        at = match.end("word")
        if match["mark"] or len(words) > _MOST_WORDS:
            break
    return (" ".join(words), at) if _is_phrase(words) else ("", start)


def _is_phrase(words: list[str]) -> bool:
    bare = words[1:] if words and words[0].lower() in _ARTICLES else words
    if not 0 < len(bare) <= _MOST_WORDS or bare[0].lower() in _NO_START:
        return False
    return not bare[-1].lower().endswith(("ly", "ed")) and not any(_FIGURES.fullmatch(word) for word in bare)


def within(said: str, *, article: str = "") -> str:
    """*said*, all that stands between a verb and a number, as a noun phrase; nothing where it is none.

    Args:
        article: Put before it where *said* has one.
    """
    words = said.removesuffix(" on average").split()
    has_article = words[:1] == ["the"]
    while words and words[0].lower() in _ARTICLES | _OWNERS:
        words.pop(0)
    bare = " ".join(words)
    if not 0 < len(words) <= _MOST_WORDS or words[-1].lower() in _NO_END or re.search(r"[,;:()\d%]|\bto\b", bare):
        return ""
    if any(word.lower() in _NO_PART | SINGULAR_VERBS for word in words):
        return ""
    return article + bare if has_article else bare


def where(text: str, start: int) -> str:
    """``on ImageNet`` and the like at *start*, with a blank before it; nothing where it is part of a list."""
    if not (match := _PLACE.match(text, start)):
        return ""
    phrase, end = phrase_at(text, match.end())
    return f" {match[1]} {phrase}" if phrase and not _GOES_ON.match(text, end) else ""


def baseline(text: str, start: int) -> str:
    """What is compared at *start* (``than X``, ``over X``, ``compared to X``); nothing where it is a list."""
    if not (match := _COMPARED.match(text, start)):
        return ""
    phrase, end = phrase_at(text, match.end())
    return "" if _LISTED.match(text, end) else phrase
