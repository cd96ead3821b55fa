"""Owns the targets of reading: how many words, in what lines, and whether annotations speak of their figure."""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from bot.collage.check.bounds import SHORT_LAST_LINE, Range
from bot.collage.check.reading import Passage, Reading, is_wide, quoted, where
from bot.collage.check.report import Finding, Measure, count
from bot.collage.frame import Role

_WORD = re.compile(r"\w+")
_SHORTEST = 3  # letters of a content word
_STEM = 4  # letters two forms of a word share at least: "gates" and "gated"
_EMPTY = frozenset(
    """
    the and for are was were with from that this these those than then its their into onto each every all any
    one two not but nor has have had can may will only more most less least very here there where when which
    while what who how you your our they them over under after before still same other such both out off via
    per
    """.split()  # noqa: SIM905 - far easier to read than forty strings
)


def amount(reading: Reading) -> Finding:
    """S1: words of panel text."""
    return Finding("S1", (Measure("words", sum(each.words for each in reading.prose), reading.bounds.words),))


def lines(reading: Reading) -> Finding:
    """S10: characters in the lines of running text; the last line of a paragraph may be short."""
    running = [each for each in _running(reading) if len(each.lines) > 1]
    if not running:
        return Finding("S10")
    typical = [(median(_length(line.text) for line in each.lines[:-1]), each) for each in running]
    shortest, longest = min(typical, key=lambda pair: pair[0]), max(typical, key=lambda pair: pair[0])
    measures = (
        Measure("shortest", shortest[0], Range(low=reading.bounds.line.low)),
        Measure("longest", longest[0], Range(high=reading.bounds.line.high)),
    )
    return Finding("S10", measures, tuple(dict.fromkeys(quoted(each.text) for _, each in (shortest, longest))))


def widows(reading: Reading) -> Finding:
    """S14: last lines of a single short word."""
    return count("S14", "widows", [_said(each) for each in reading.passages if each.is_prose and _is_widowed(each)])


def annotations(reading: Reading) -> Finding:
    """S18: annotations that share no content word with what is said of their figure."""
    found = [each for each in reading.passages if each.role is Role.ANNOTATION]
    if not found:
        return Finding("S18")
    return count("S18", "unrelated", [_said(each) for each in found if not _is_related(each)])


def panels(reading: Reading) -> Finding:
    """S15: how many panels there are, and the words of those without a visual."""
    texts = [sum(each.words for each in reading.prose if each.panel is panel) for panel in _without_visual(reading)]
    measures = (
        Measure("panels", len(reading.frame.panels), reading.bounds.panels),
        Measure("most words", max(texts, default=0), reading.bounds.panel_words),
    )
    return Finding("S15", measures)


def _without_visual(reading: Reading) -> Iterator[object]:
    return (panel for panel in reading.frame.panels if panel.visual is None)


def _running(reading: Reading) -> Iterator[Passage]:
    """Paragraphs of body text in panels that hold nothing else; words beside a number or a picture may be narrow."""
    for each in reading.prose:
        if each.role is Role.BODY and each.panel is not None and each.panel.visual is None:
            yield each


def _length(line: str) -> float:
    """Characters of a line; a wide one takes the room of two."""
    return len(line) + sum(map(is_wide, line))


def _is_widowed(passage: Passage) -> bool:
    last = passage.lines[-1]
    is_short = last.box.width < SHORT_LAST_LINE * passage.box.width
    return len(passage.lines) > 1 and is_short and len(last.text.split()) == 1


def _is_related(passage: Passage) -> bool:
    about = _content(passage.panel.about) if passage.panel else set()
    return any(_same(one, other) for one in _content(passage.text) for other in about)


def _content(text: str) -> set[str]:
    """The words that carry meaning; of Chinese and the like every pair of neighbours."""
    words = _WORD.findall(text.casefold())
    long = {word for word in words if len(word) >= _SHORTEST and not any(map(is_wide, word))}
    return (long - _EMPTY) | {one + other for word in words for one, other in pairwise(word) if is_wide(one)}


def _same(one: str, other: str) -> bool:
    """True for equal words and for forms of one word."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    stem = max(_STEM, len(shorter) - 2)
    return len(shorter) >= stem and longer.startswith(shorter[:stem]) and len(longer) - stem <= _STEM


def _said(passage: Passage) -> str:
    return f"{passage.role} {quoted(passage.text)} {where(passage.box)}"
