"""Owns how prose prints a quantity, and how our pictures print it: figures, unit, and whether it is a limit."""

import re

NUM = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_HEDGE = (
    r"(?:(?P<hedge>up ?to|as much as|as high as|as many as|as low as|as little as|as few as|"
    r"at most|at least|no less than|over|more than|exceeding|above|greater than|about|around|roughly|"
    r"approximately|nearly|almost|close to|some|"
    r"less than|fewer than|under|below|only|just|an average of|on average|a|an|~|≈|∼|>|<|≥|≤)\s?)?"
)
VALUE = rf"{_HEDGE}(?<![\w.,/–+-])(?P<value>{NUM}(?:\s?%?\s?(?:-|–|to)\s?{NUM})?)(?!\s?%?\s?[-–]\s?\d)"
"""A number or a range, with the groups ``hedge`` and ``value``; patterns add a group ``unit`` behind it."""

_SIGNS = {
    **dict.fromkeys(("over", "more than", "exceeding", "above", "greater than", ">"), ">"),
    **dict.fromkeys(("less than", "fewer than", "under", "below", "<"), "<"),
    **dict.fromkeys(("about", "around", "roughly", "approximately", "nearly", "almost", "close to", "some"), "≈"),
    **dict.fromkeys(("~", "≈", "∼"), "≈"),
    **dict.fromkeys(("at least", "no less than", "≥"), "≥"),
    "≤": "≤",
}
_AT_MOST = frozenset({"up to", "upto", "as much as", "as many as", "at most", "as high as"})
_AT_BEST = frozenset({"as low as", "as little as", "as few as"})
_RANGE = re.compile(r"(?<=\d)\s?%?\s?(?:-|–|to)\s?(?=\d)")


def printed(match: re.Match[str]) -> tuple[str, str]:
    """Print what *match* found as our pictures do.

    Returns:
        The value (``47.8 %``, ``2.3×``, ``>1,000``), and what its meaning must add: ``, at most`` or nothing.
    """
    hedge = (match["hedge"] or "").lower()
    figures = _RANGE.sub("–", match["value"])
    return _SIGNS.get(hedge, "") + figures + unit_of(match.groupdict().get("unit") or ""), _limit(hedge)


def unit_of(said: str) -> str:
    """A unit as it stands behind a number, with the blank before it."""
    unit = said.strip().strip("-").strip()
    if unit in {"%", "percent"}:
        return " %"
    if "point" in unit or unit in {"pp", "p.p.", "pts", "pt"}:
        return " points"
    if unit.lower() in {"×", "x", "fold", "times"}:
        return "×"
    return unit if len(unit) == 1 else f" {unit}" if unit else ""


def _limit(hedge: str) -> str:
    if hedge in _AT_MOST:
        return ", at most"
    if hedge in _AT_BEST:
        return ", at best"
    return ", on average" if "average" in hedge else ""
