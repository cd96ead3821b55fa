"""Owns which sentences stand beside each other on the collage: question, key idea, take-away, none said twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.catalogue.terms import terms
from bot.editorial.drafting.saying.choice import Beside, Choice, choose
from bot.editorial.drafting.saying.claims import Claim
from bot.editorial.drafting.saying.material import Said
from bot.editorial.drafting.saying.numbers import has_unread
from bot.editorial.drafting.saying.wishes import (
    ANY_KEY_IDEA,
    ANY_QUESTION,
    ANY_TAKE_AWAY,
    KEY_IDEA,
    LAST_TAKE_AWAY,
    NEAR_TAKE_AWAY,
    PLAIN_TAKE_AWAY,
    QUESTION,
    TAKE_AWAY,
    Wish,
    elsewhere,
)
from bot.model.panel import Number

_SAME = 0.75  # of the terms of the shorter of two sentences: they say the same


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on the collage, with the sentences it was made of."""

    question: Choice | None
    key_idea: Choice | None
    take_away: Choice | None

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(each for each in (self.question, self.key_idea, self.take_away) if each)

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(form for each in self.choices for form in (each.text, *each.shorter))


@dataclass(frozen=True, slots=True)
class _Paper:
    """What may be said.

    Attributes:
        said: What the authors say of the whole: title, abstract, introduction, conclusion.
        rest: The body of the paper; asked only for what *said* does not give.
        numbers: Those that may be printed.
    """

    said: Sequence[Said]
    rest: Sequence[Said]
    title: str
    numbers: tuple[Number, ...]

    def first(self, wishes: Iterable[Wish], *taken: Choice | None) -> Choice | None:
        """What comes closest to the first of *wishes* that can be met, beside what is *taken*."""
        return next((each for wish in wishes if (each := self._chosen(wish, taken, self.said))), None)

    def elsewhere(self, wish: Wish, *taken: Choice | None) -> Choice | None:
        """What the body of the paper says that comes close to *wish*."""
        return self._chosen(wish, taken, self.rest)

    def _chosen(self, wish: Wish, taken: Iterable[Choice | None], among: Sequence[Said]) -> Choice | None:
        told = [each for each in taken if each]
        left = among if wish.may_share else besides(among, [each.said for each in told])
        return choose(left, wish, Beside(self.title, tuple(each.text for each in told), self._may_print))

    def _may_print(self, form: str) -> bool:
        return not has_unread(form, self.numbers, self.title)


def choose_shown(said: Sequence[Said], rest: Sequence[Said], title: str, claims: Sequence[Claim]) -> Shown:
    """Choose what stands on the collage.

    Args:
        said: What the authors say of the whole paper, in order.
        rest: The body of the paper; asked only for what *said* does not give.
        claims: The numbers that may be printed.
    """
    paper = _Paper(said, rest, title, tuple(claim.number for claim in claims))
    return _completed(paper, _with_take_away(paper, _opened(paper)))


def _opened(paper: _Paper) -> Shown:
    key_idea = paper.first([KEY_IDEA])
    question = paper.first([QUESTION], key_idea)
    if not question and (other := paper.first([KEY_IDEA], key_idea)) and (asked := paper.first([QUESTION], other)):
        key_idea, question = other, asked  # one sentence says what they study, another how
    return Shown(question, key_idea, None)


def _with_take_away(paper: _Paper, shown: Shown) -> Shown:
    key_idea, question = shown.key_idea, shown.question
    if found := (
        paper.first([TAKE_AWAY], key_idea, question)
        or paper.elsewhere(elsewhere(TAKE_AWAY), key_idea, question)
        or paper.first([ANY_TAKE_AWAY], key_idea, question)
    ):
        return replace(shown, take_away=found)
    # What was the key idea, or the question, can be said in fewer words than what may stand in its place.
    if (other := paper.first([KEY_IDEA], key_idea, question)) and (
        found := paper.first([ANY_TAKE_AWAY], other, question)
    ):
        return Shown(question, other, found)
    if (other := paper.first([ANY_QUESTION], key_idea, question)) and (
        found := paper.first([ANY_TAKE_AWAY], key_idea, other)
    ):
        return Shown(other, key_idea, found)
    return replace(shown, take_away=paper.first([PLAIN_TAKE_AWAY, LAST_TAKE_AWAY, NEAR_TAKE_AWAY], key_idea, question))


def _completed(paper: _Paper, shown: Shown) -> Shown:
    key_idea, question, take_away = shown.key_idea, shown.question, shown.take_away
    key_idea = key_idea or _found(paper, (KEY_IDEA, ANY_KEY_IDEA), question, take_away)
    question = question or _found(paper, (QUESTION, ANY_QUESTION), key_idea, take_away)
    return Shown(question, key_idea, take_away or paper.elsewhere(ANY_TAKE_AWAY, question, key_idea))


def _found(paper: _Paper, wishes: tuple[Wish, Wish], *taken: Choice | None) -> Choice | None:
    wish, any_like_it = wishes
    return (
        paper.first([wish], *taken)
        or paper.elsewhere(elsewhere(wish), *taken)
        or paper.first([any_like_it], *taken)
        or paper.elsewhere(any_like_it, *taken)
    )


def besides(said: Iterable[Said], used: Iterable[Said]) -> list[Said]:
    """Those of *said* that do not say again what one of *used* says."""
    told = [set(terms(each.text)) for each in used]
    return [each for each in said if not any(_repeats(set(terms(each.text)), other) for other in told)]


def _repeats(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= _SAME * max(1, min(len(one), len(other)))
