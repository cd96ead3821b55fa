"""Owns which sentences refer to which figure."""

import re
from collections.abc import Iterable, Mapping

from bot.model.manuscript import Section
from bot.sources.supplements import SUPPLEMENT, number_in_paper
from bot.wording.sentences import sentences

_ONE = r"(?:[A-Z]{1,2}[.\-]?)?\d{1,3}(?:\.\d{1,2})?"
_NAMED = re.compile(
    rf"(?P<before>(?i:\b{SUPPLEMENT})?)\b(?:Figures?|Figs?)\b\.?\s?(?P<numbers>{_ONE}[a-z]?\b(?:\s?\([a-z]\))?"
    rf"(?:\s?(?:,\s?and|,|and|&|to|[-–])\s?(?:(?:Figure|Fig)\.?\s?)?{_ONE}[a-z]?\b(?:\s?\([a-z]\))?){{0,8}})"
)
_AGAIN = re.compile(r"(?=Fig)")
_RANGE = re.compile(r"(\d{1,3})\s?(?:[-–]|to)\s?(\d{1,3})")
_NUMBER = re.compile(_ONE)
_MOST = 12  # sentences for a figure
_LONGEST_RANGE = 30


def citing_sentences(sections: Iterable[Section]) -> Mapping[str, tuple[str, ...]]:
    """The sentences that refer to figures, by the number of the figure."""
    found: dict[str, list[str]] = {}
    for section in sections:
        for paragraph in section.paragraphs:
            for sentence in sentences(paragraph):
                for number in mentioned(sentence):
                    found.setdefault(number, []).append(sentence)
    return {number: tuple(dict.fromkeys(said))[:_MOST] for number, said in found.items()}


def mentioned(sentence: str) -> set[str]:
    """The numbers of the figures that a sentence names: ``Figures 3 and 5–7`` names four."""
    numbers: set[str] = set()
    for named in _NAMED.finditer(sentence):
        ours, *others = _AGAIN.split(named["numbers"])
        numbers.update(number_in_paper(number, named["before"]) for number in _listed(ours))
        numbers.update(number for said in others for number in _listed(said))
    return numbers


def _listed(said: str) -> set[str]:
    numbers = set(_NUMBER.findall(said))
    for first, last in _RANGE.findall(said):
        if int(first) < int(last) <= int(first) + _LONGEST_RANGE:
            numbers.update(str(number) for number in range(int(first), int(last) + 1))
    return numbers
