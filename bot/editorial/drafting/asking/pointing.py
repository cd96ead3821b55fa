"""Owns the annotations that a language model proposes for figures: kept where the caption bears them out."""

import re
from collections.abc import Iterable, Mapping

from bot.catalogue.terms import STOP_WORDS, terms
from bot.editorial.drafting.asking.answer import Pointer
from bot.editorial.drafting.asking.sieve import Sieve
from bot.model.manuscript import FoundFigure
from bot.model.panel import Annotation

_MOST = 3
_PLACES = {"left": 0.18, "centre": 0.5, "right": 0.82, "top": 0.2, "middle": 0.5, "bottom": 0.8, "": 0.5}
_CUES = {
    "left": r"left(?:most)?|first column",
    "right": r"right(?:most)?|last column",
    "centre": r"cent(?:re|er)|middle",
    "top": r"top|upper|above|first row",
    "bottom": r"bottom|lower|below|last row",
    "middle": r"middle|cent(?:re|er)",
}
_NUMBER = re.compile(r"(?:figure|fig\.?)?\s*", re.IGNORECASE)


def pointed(
    pointers: Iterable[Pointer], figures: Iterable[FoundFigure], sieve: Sieve
) -> Mapping[str, tuple[Annotation, ...]]:
    """Turn what was proposed into annotations, by number of the figure.

    Args:
        sieve: Of the English texts.
    """
    by_number = {each.number: each for each in figures}
    found: dict[str, tuple[Annotation, ...]] = {}
    for pointer in pointers:
        figure = by_number.get(_NUMBER.sub("", pointer.figure, count=1).strip())
        if figure is None or not _is_borne_out(pointer, figure.caption):
            continue
        said = sieve.label("annotation", pointer.english)
        here = found.get(figure.number, ())
        if said and len(here) < _MOST and _is_about(said, figure):
            place = f"{_PLACES[pointer.across]} {_PLACES[pointer.down]}"
            if place not in {each.to for each in here}:
                found[figure.number] = (*here, Annotation(said, place))
    return found


def _is_borne_out(pointer: Pointer, caption: str) -> bool:
    """True where the caption itself speaks of that place."""
    said = [place for place in (pointer.across, pointer.down) if place]
    return bool(said) and all(re.search(rf"\b(?:{_CUES[place]})\b", caption, re.IGNORECASE) for place in said)


def _is_about(said: str, figure: FoundFigure) -> bool:
    """True where the words share one with what the paper says of the figure."""
    about = {term for text in (figure.caption, *figure.citing) for term in terms(text)}
    return bool((set(terms(said)) - STOP_WORDS) & about)
