"""Owns which sentence becomes the question, the key idea, the take-away: the best that can be said within its bound."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.catalogue.terms import STOP_WORDS, terms
from bot.editorial.drafting.material import Said
from bot.editorial.drafting.rhetoric import Move
from bot.editorial.sections import WORDS, words_in
from bot.model.panel import Shorter

_MEDIUM, _SHORT = 0.78, 0.55  # of the words of the long form
_TELLING_WORTH, _MOST_TELLING = 0.15, 12
_OF_ABSTRACT = 2.0
_REPORTING = re.compile(r"(?:The authors?|Experiments|Results|The results|Extensive experiments|The experiments)\b")
_REPORTING_COSTS = 1.5  # telling terms
_ASIDE = re.compile(
    r"^(?:Moreover|Furthermore|Additionally|In addition|Also|Further|Second|Third|Besides|For example|"
    r"For instance|In future|Future|As (?:an?|concrete) \w+)\b|\bwe (?:also|further|additionally|"
    r"conclude by|plan|hope)\b"
)
_ASIDE_COSTS = 1.0
_CUED = 2.0  # the score of a sentence whose words, not only its place, tell what it does
_SHORTEST = 9  # words: what is as short needs no shorter form

# Terms that are in every abstract and tell nothing of this one.
_EMPTY = frozenset(
    terms(
        """paper work study article author authors novel new method methods approach framework model models
        technique algorithm survey review overview analysis introduction investigation results experiments
        extensive show demonstrate propose present introduce develop effectiveness performance achieve state-of-
        the-art significant significantly improve outperform existing baseline task tasks challenge problem
        problems issue limitation system efficient effective based use various several different multiple
        datasets dataset benchmark benchmarks remain important critical has have been also not however than other
        these both proposed we our two three first many such more most well promising competitive superior strong
        simple empirical example comprehensive consistently real-world experimental data state art address
        explore insight key strategy strategies component components stage step contribution contributions
        twofold two-fold threefold provide findings evaluation highlight potential practical solution learning
        deep neural network"""
    )
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What kind of sentence is looked for.

    Attributes:
        weights: How much each move counts.
        moves: The sentence must do one of these above all.
        most: Words of the longest form.
        least: Terms that tell something of this paper and not of any.
    """

    weights: Mapping[Move, float]
    moves: frozenset[Move]
    most: int
    least: int = 4


QUESTION = Wish(
    {Move.QUESTION: 1.3, Move.GAP: 1.0, Move.PURPOSE: 0.9, Move.METHOD: -0.5, Move.RESULT: -0.6, Move.CONCLUSION: -0.5},
    frozenset({Move.QUESTION, Move.GAP, Move.PURPOSE, Move.BACKGROUND}),
    most=30,
    least=3,
)
KEY_IDEA = Wish(
    {
        Move.METHOD: 1.0,
        Move.PURPOSE: 0.5,
        Move.RESULT: -0.35,
        Move.GAP: -0.4,
        Move.BACKGROUND: -0.5,
        Move.CONCLUSION: -0.3,
    },
    frozenset({Move.METHOD, Move.PURPOSE}),
    most=WORDS["Key idea"][1],
)
ANY_KEY_IDEA = replace(KEY_IDEA, moves=frozenset({Move.METHOD, Move.PURPOSE, Move.RESULT, Move.CONCLUSION}), least=3)
"""For a paper that does not say how it goes about it."""
TAKE_AWAY = Wish(
    {
        Move.RESULT: 1.0,
        Move.CONCLUSION: 0.6,
        Move.METHOD: -0.3,
        Move.GAP: -0.4,
        Move.BACKGROUND: -0.7,
        Move.PURPOSE: -0.3,
    },
    frozenset({Move.RESULT, Move.CONCLUSION, Move.METHOD}),
    most=WORDS["Take-away"][1],
)
ANY_TAKE_AWAY = replace(TAKE_AWAY, moves=frozenset({Move.PURPOSE, Move.METHOD, Move.RESULT, Move.CONCLUSION}), least=3)
"""For a paper without a result that can be said in so few words."""
INSIGHT = replace(TAKE_AWAY, most=30)
METHOD_INSIGHT = replace(KEY_IDEA, most=30)
WHY = Wish(
    {Move.GAP: 1.0, Move.BACKGROUND: 0.6, Move.CONCLUSION: 0.2, Move.METHOD: -0.5, Move.RESULT: -0.5},
    frozenset({Move.GAP, Move.BACKGROUND, Move.QUESTION, Move.CONCLUSION, Move.PURPOSE}),
    most=40,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is said, in up to three lengths.

    Attributes:
        said: The sentence of the paper it was made of.
        shorter: The longest first.
    """

    said: Said
    text: str
    shorter: Shorter = ()


def choose(said: Iterable[Said], wish: Wish, *, accepts: Callable[[str], bool]) -> Choice | None:
    """Choose the sentence that comes closest to *wish*.

    Args:
        accepts: Whether a form may be shown.

    Returns:
        It, with its medium and short form where it has such; None where no sentence can be said that way.
    """
    best = max(_offers(said, wish, accepts), key=lambda offer: offer.score, default=None)
    if best is None:
        return None
    return Choice(best.said, best.forms[0], _shorter(best.forms))


def telling(text: str) -> int:
    """How many different terms of *text* say something of this paper and not of any."""
    return len(set(terms(text)) - _EMPTY - STOP_WORDS)


@dataclass(frozen=True, slots=True)
class _Offer:
    said: Said
    forms: tuple[str, ...]
    score: float


def _offers(said: Iterable[Said], wish: Wish, accepts: Callable[[str], bool]) -> Iterator[_Offer]:
    for each in said:
        forms = [form for form in each.alone(wish.most) if telling(form) >= wish.least and accepts(form)]
        if forms and each.move in wish.moves and (each.is_of_abstract or each.scores[each.move] >= _CUED):
            forms.sort(key=_worth, reverse=True)
            yield _Offer(each, tuple(forms), _score(each, forms[0], wish.weights))


def _worth(form: str) -> tuple[float, int]:
    """What tells most in the fewest words; *the authors show that* tells nothing."""
    return (telling(form) - (_REPORTING_COSTS if _REPORTING.match(form) else 0.0), -len(form))


def _score(said: Said, text: str, weights: Mapping[Move, float]) -> float:
    worth = sum(weights.get(move, 0.0) * score for move, score in said.scores.items())
    return (
        worth
        + _TELLING_WORTH * min(_MOST_TELLING, telling(text))
        + (_OF_ABSTRACT if said.is_of_abstract else 0.0)
        - (_ASIDE_COSTS if _ASIDE.search(said.text) else 0.0)
    )


def _shorter(forms: Sequence[str]) -> Shorter:
    """The medium and the short form behind the first of *forms*, as far as there are such."""
    words = words_in(forms[0])
    if words <= _SHORTEST:
        return ()
    medium, short = _longest(forms, _MEDIUM * words), _longest(forms, _SHORT * words)
    kept = [forms[0]]
    for form in (medium, short):
        if form and len(form) < len(kept[-1]):
            kept.append(form)
    return tuple(kept[1:])


def _longest(forms: Iterable[str], most: float) -> str:
    return max((form for form in forms if words_in(form) <= most), key=len, default="")
