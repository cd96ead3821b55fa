"""Owns which sentence comes closest to a wish: the best that can be said within its bound."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from bot.catalogue.terms import STOP_WORDS, terms
from bot.editorial.drafting.saying.grammar import has_main_verb
from bot.editorial.drafting.saying.material import Said
from bot.editorial.drafting.saying.remarks import Costs, cost
from bot.editorial.drafting.saying.wishes import Wish
from bot.editorial.phrasing import count_words
from bot.model.panel import Shorter

_MEDIUM, _SHORT = 0.78, 0.55  # of the words of the long form
_TELLING_WORTH, _MOST_TELLING = 0.2, 12
_OF_ABSTRACT = 2.0
_REPORTING = re.compile(
    r"(?:The authors?|Experiments|Results|The results|Extensive experiments|The experiments|"
    r"(?:Through|In|With) \w+ experiments)\b"
)
_REPORTING_COSTS = 1.5  # telling terms
_ASIDE = re.compile(
    r"^(?:Moreover|Furthermore|Additionally|In addition|Also|Further|Second|Third|Besides|For example|"
    r"For instance|In future|Future|As (?:an?|concrete) \w+)\b|\bwe (?:also|further|additionally|"
    r"conclude by|plan|hope)\b"
)
_ASIDE_COSTS = 1.0
_ALIKE = 6  # words: what begins alike reads alike
_SAME = 0.75  # of the terms of the shorter of two sentences: they say the same
_TITLED_WORTH, _MOST_TITLED = 0.3, 3  # terms of the title: how close it stays to the subject
_TITLE_COSTS = 0.5  # for what says the title again
_LONG, _LONG_COSTS = 20, 0.25  # words that are read at a glance; what each further one costs
_SHARED_COSTS = 5.0
_DOUBTED = 1.0  # for what may lack its verb
_FORM_COSTS = 2.0  # telling terms that a remark costs
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
class Choice:
    """What is said, in up to three lengths.

    Attributes:
        said: The sentence of the paper it was made of.
        shorter: The longest first.
    """

    said: Said
    text: str
    shorter: Shorter = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What a sentence will stand beside.

    Attributes:
        title: Of the paper.
        told: What the collage says already.
        accepts: Whether a form may be shown.
    """

    title: str = ""
    told: tuple[str, ...] = ()
    accepts: Callable[[str], bool] = bool


def choose(said: Iterable[Said], wish: Wish, beside: Beside) -> Choice | None:
    """Choose the sentence that comes closest to *wish*.

    Returns:
        It, with its medium and short form where it has such; None where no sentence can be said that way.
    """
    best = max(_offers(said, wish, beside), key=lambda offer: offer.score, default=None)
    if best is None:
        return None
    return Choice(best.said, best.forms[0], _shorter(best.forms))


def telling(text: str) -> int:
    """How many different terms of *text* say something of this paper and not of any."""
    return len(telling_terms(text))


def telling_terms(text: str) -> set[str]:
    """The terms of *text* that say something of this paper and not of any."""
    return set(terms(text)) - _EMPTY - STOP_WORDS


@dataclass(frozen=True, slots=True)
class _Offer:
    said: Said
    forms: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Form:
    text: str
    tells: set[str]

    def repeats(self, other: Self) -> bool:
        begins_alike = self.text.split()[:_ALIKE] == other.text.split()[:_ALIKE]
        return begins_alike or self.shared(other) >= _SAME

    def shared(self, other: Self) -> float:
        """How much of it, or of *other*, the two have in common, from 0 to 1."""
        return len(self.tells & other.tells) / max(1, min(len(self.tells), len(other.tells)))

    def worth(self, costs: Costs) -> tuple[float, int]:
        """What tells most in the fewest words; *the authors show that* tells nothing."""
        reporting = _REPORTING_COSTS if _REPORTING.match(self.text) else 0.0
        return (len(self.tells) - reporting - _FORM_COSTS * cost(self.text, costs), -len(self.text))


def _offers(said: Iterable[Said], wish: Wish, beside: Beside) -> Iterator[_Offer]:
    title, told = telling_terms(beside.title), [_Form(each, telling_terms(each)) for each in beside.told]
    for each in said:
        if each.move not in wish.moves or not (each.is_of_abstract or each.scores[each.move] >= wish.cued):
            continue
        forms = [_Form(form, telling_terms(form)) for form in each.alone(wish.most) if beside.accepts(form)]
        near = [form for form in forms if each.is_of_abstract or form.tells & title]
        new = [form for form in near if not any(form.repeats(other) for other in told)]
        best = sorted(
            (form for form in new if len(form.tells) >= wish.least),
            key=lambda form: form.worth(wish.costs),
            reverse=True,
        )
        if best and (score := _score(each, best[0], wish, title, told)) >= wish.floor:
            yield _Offer(each, tuple(form.text for form in best), score)


def _score(said: Said, form: _Form, wish: Wish, title: set[str], told: Sequence[_Form]) -> float:
    return _gained(said, form, wish, title) - _lost(said, form, wish, title, told)


def _gained(said: Said, form: _Form, wish: Wish, title: set[str]) -> float:
    worth = sum(wish.weights.get(move, 0.0) * score for move, score in said.scores.items())
    return (
        worth
        + _TELLING_WORTH * min(_MOST_TELLING, len(form.tells))
        + _TITLED_WORTH * min(_MOST_TITLED, len(form.tells & title))
        + (_OF_ABSTRACT if said.is_of_abstract else 0.0)
    )


def _lost(said: Said, form: _Form, wish: Wish, title: set[str], told: Sequence[_Form]) -> float:
    asks = form.text.endswith("?")
    is_title = not asks and len(form.tells & title) >= _SAME * max(1, len(form.tells))
    is_whole = asks or has_main_verb(form.text)
    return (
        cost(form.text, wish.costs)
        + (_TITLE_COSTS if is_title else 0.0)
        + (0.0 if is_whole else _DOUBTED)
        + (_ASIDE_COSTS if _ASIDE.search(said.text) else 0.0)
        + _LONG_COSTS * max(0, count_words(form.text) - _LONG)
        + _SHARED_COSTS * max((form.shared(each) for each in told), default=0.0)
    )


def _shorter(forms: Sequence[str]) -> Shorter:
    """The medium and the short form behind the first of *forms*, as far as there are such."""
    words = count_words(forms[0])
    if words <= _SHORTEST:
        return ()
    medium, short = _longest(forms, _MEDIUM * words), _longest(forms, _SHORT * words)
    kept = [forms[0]]
    for form in (medium, short):
        if form and len(form) < len(kept[-1]):
            kept.append(form)
    return tuple(kept[1:])


def _longest(forms: Iterable[str], most: float) -> str:
    return max((form for form in forms if count_words(form) <= most), key=len, default="")
