"""Owns what a figure is there for, told from its caption and from the sentences that refer to it."""

import re
from collections.abc import Iterator

from bot.model.draft import Role
from bot.model.manuscript import FoundFigure

# What a caption says of its figure, and how sure that makes us. The first words of a caption count twice.
# Source: the cues named in the measured facts on captions, and the captions of some hundred papers.
_CUES: tuple[tuple[Role, float, str], ...] = (
    (
        Role.OVERVIEW,
        3.0,
        r"overview|overall (?:architecture|framework|pipeline|structure|process|procedure)|at a glance|in a nutshell"
        r"|graphical abstract|teaser|conceptual (?:illustration|diagram|framework)"
        r"|(?:our|the) (?:[\w-]+ ){0,3}(?:pipeline|framework|approach|procedure)",
    ),
    (
        Role.OVERVIEW,
        2.0,
        r"pipeline|workflow|framework|schematic(?:ally)?|flow ?chart|high-level|end-to-end|life ?cycle",
    ),
    (
        Role.METHOD,
        2.0,
        r"architectures?|(?:our|the) (?:[\w-]+ ){0,3}(?:method|model|network|algorithm|system)\b|block diagram|diagram"
        r"|illustrat(?:ion|es|ing)|sketch|depict(?:s|ion)|structure of|how .{1,40} works",
    ),
    (
        Role.METHOD,
        1.0,
        r"modules?|layers?|encoders?|decoders?|attention|training (?:procedure|process|objective)|mechanism"
        r"|components?",
    ),
    (
        Role.RESULT,
        2.0,
        r"results?|performance|accurac(?:y|ies)|compar(?:ison|ed|ing|e)|ablat(?:ion|ing)|vs\.?|versus|curves?"
        r"|trade-?offs?"
        r"|scaling|convergence|benchmark|error bars?|speed-?ups?|outperform\w*|confusion matri(?:x|ces)|histogram",
    ),
    (
        Role.RESULT,
        1.0,
        r"as a function of|against|effect of|impact of|across|distributions?|scores?|\bF1\b|\bAUC\b|\bBLEU\b|perplexity"
        r"|loss(?:es)?\b|err?ors?|rates?|plots?|percentages?|proportions?|correlation|heat ?maps?|number of"
        r"|frequenc(?:y|ies)",
    ),
    (
        Role.EXAMPLE,
        2.0,
        r"examples?|samples?|screen ?shots?|qualitative|visuali[sz]ations?|generated (?:images|text|samples)|case study"
        r"|user interface|photographs?|snapshots?",
    ),
)
_COMPILED = tuple((role, weight, re.compile(rf"\b(?:{cue})", re.IGNORECASE)) for role, weight, cue in _CUES)
_HEAD = 60  # characters: what a caption begins with says what it is
_LOOKED_AT = 600  # characters of a caption, and of each sentence
_CITED = 0.35  # of what the caption's own words count
_SENTENCES = 6
_ENOUGH = 1.0


def role_of(figure: FoundFigure) -> Role:
    """Tell what *figure* shows; OTHER where no word gives it away."""
    scores = dict.fromkeys(Role, 0.0)
    for role, score in _scores(figure):
        scores[role] += score
    best = max(Role, key=lambda role: scores[role])  # of equals the first: an overview before a method
    return best if scores[best] >= _ENOUGH else Role.OTHER


def _scores(figure: FoundFigure) -> Iterator[tuple[Role, float]]:
    own = " ".join((figure.caption, *(image.caption for image in figure.images)))
    yield from _found(own[:_LOOKED_AT], 1.0)
    yield from _found(own[:_HEAD], 1.0)
    for sentence in figure.citing[:_SENTENCES]:
        yield from _found(sentence[:_LOOKED_AT], _CITED)


def _found(text: str, factor: float) -> Iterator[tuple[Role, float]]:
    """Each cue once: a caption that says *accuracy* five times is no surer for it."""
    return ((role, factor * weight) for role, weight, cue in _COMPILED if cue.search(text))
