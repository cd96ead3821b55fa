"""Owns taking an amount away where the sentence claims the same thing, and no more, without it."""

import re
from collections.abc import Iterator

_FIGURES = (
    r"(?:(?:up to|over|more than|an average of|about|around|approximately|nearly|almost|at least|roughly|as much as|"
    r"a factor of|a margin of|a)\s|[~≈>])*\d(?:[\d.,]*\d)?"
    r"(?:\s?(?:%|×|x\b|percent\b|dB\b|pp\b)|-?\s?fold\b|\s(?:times|(?:percentage |absolute )?points?)\b)"
)
_BY = re.compile(rf"\sby\s{_FIGURES}(?:\son average)?(?=[,.;]|\s(?!to\b|and\b|or\b|in\b))")
_FACTOR = re.compile(rf"\s{_FIGURES}\s(?=(?:faster|smaller|cheaper|fewer|less|more|higher|lower|better|shorter)\b)")
_SIZE = re.compile(
    rf"\s(an?|the)\s{_FIGURES}[\s-](?:(?:average|relative|absolute)\s)?"
    r"(?=(reduction|improvement|increase|decrease|gain|speed-?up|boost|drop)\b)"
)
_BOUND = re.compile(r"\b(?:not|no|never|cannot|respectively|only|from|between)\b|n't\b")


def without_amount(said: str) -> Iterator[str]:
    """``X improves Y by 4 % on Z.`` as ``X improves Y on Z.``"""
    if not _BOUND.search(said):
        yield _SIZE.sub(lambda match: f" {_article(*match.groups())} ", _FACTOR.sub(" ", _BY.sub("", said)))


def _article(article: str, following: str) -> str:
    return article if article == "the" else "an" if following.startswith("i") else "a"
