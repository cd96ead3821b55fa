"""Owns what a section is for, as far as its heading tells."""

import re

from bot.model.manuscript import SectionKind

_NUMBER = re.compile(
    r"(?:section|appendix|§)?\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivxIVX]{1,5}|[A-Z])[.:)]?\s+(?=\S)", re.IGNORECASE
)
_LONGEST_HEADING = 300
"""Characters that are looked at; a longer one is no heading, and its kind does not matter."""

_APPENDIX = re.compile(r"\b(?:append(?:ix|ices)|supplement\w*)\b", re.IGNORECASE)

# Kinds of one row are equally strong: of these the one that is named first wins ("Results and discussion"); a row that
# stands earlier wins anyhow ("Model evaluation" is about results, "Related methods" is not about the method).
_WORDS: tuple[dict[SectionKind, str], ...] = (
    {SectionKind.RELATED: r"related|prior (?:work|art)|previous work|literature|state of the art"},
    {SectionKind.INTRODUCTION: r"introduction|motivation"},
    {
        SectionKind.CONCLUSION: r"conclu\w+|discussions?|limitations?|future (?:work|directions)|outlook"
        r"|summary|closing",
        SectionKind.RESULTS: r"experiment\w*|results?|evaluat\w+|empirical\w*|ablations?|benchmark\w*|comparisons?"
        r"|analys[ei]s|findings|simulations?|case stud(?:y|ies)|numerical|applications?|performance",
    },
    {
        SectionKind.METHOD: r"method\w*|approach\w*|model\w*|architecture\w*|algorithms?|framework|proposed|training"
        r"|design|implementation|systems?|setup|formulation|formali[sz]\w+|theory|pipeline|procedure|construct\w+|networks?"
        r"|learning"
    },
)
_ROWS = tuple({kind: re.compile(rf"\b(?:{said})\b", re.IGNORECASE) for kind, said in row.items()} for row in _WORDS)


def without_number(title: str) -> str:
    """Take the number off a heading: ``4.1 Training`` gives ``Training``, ``IV. Results`` gives ``Results``."""
    tidy = " ".join(title[:_LONGEST_HEADING].split())
    found = _NUMBER.match(tidy)
    return tidy[found.end() :] if found and _is_number(found[0]) else tidy


def kind_of(title: str, *, in_appendix: bool) -> SectionKind:
    """Say what a section is for.

    Args:
        title: The heading, with or without its number.
        in_appendix: The section stands behind the appendix mark.

    Returns:
        APPENDIX for everything in the appendix, OTHER where the heading tells nothing.
    """
    if in_appendix or _APPENDIX.search(title[:_LONGEST_HEADING]):
        return SectionKind.APPENDIX
    said = without_number(title)
    for row in _ROWS:
        found = [(hit.start(), kind) for kind, words in row.items() if (hit := words.search(said))]
        if found:
            return min(found)[1]
    return SectionKind.OTHER


def _is_number(text: str) -> bool:
    """Tell ``A.`` and ``3`` from the article that begins *A study of …*, and ``V.`` from a word."""
    bare = text.strip()
    return bare[-1] in ".:)" or bare[-1].isdigit() or (len(bare) > 1 and bare.isupper()) or " " in bare
