"""Owns what kind of sentence becomes the question, the key idea, the take-away: which moves, how long, how close."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.editorial.drafting.saying.remarks import OF_A_KEY_IDEA, OF_A_QUESTION, OF_A_TAKE_AWAY, Costs
from bot.editorial.drafting.saying.rhetoric import Move
from bot.editorial.sections import WORDS

_FLOOR_ELSEWHERE, _CUED_ELSEWHERE = 4.5, 2.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What kind of sentence is looked for.

    Attributes:
        weights: How much each move counts.
        moves: The sentence must do one of these above all.
        most: Words of the longest form.
        least: Terms that tell something of this paper and not of any.
        costs: What speaks against a sentence.
        may_share: Another part of a sentence that is shown already will do.
        floor: What a sentence must score.
        cued: What its words alone must score for what it does, where its authors did not put it into the abstract.
    """

    weights: Mapping[Move, float]
    moves: frozenset[Move]
    most: int
    least: int = 4
    costs: Costs = ()
    may_share: bool = False
    floor: float = -9.0
    cued: float = 2.0


QUESTION = Wish(
    {
        Move.QUESTION: 1.3,
        Move.GAP: 1.0,
        Move.PURPOSE: 0.9,
        Move.BACKGROUND: -0.4,
        Move.METHOD: -0.5,
        Move.RESULT: -0.6,
        Move.CONCLUSION: -0.5,
    },
    frozenset({Move.QUESTION, Move.GAP, Move.PURPOSE, Move.BACKGROUND}),
    most=30,
    least=3,
    costs=OF_A_QUESTION,
    floor=2.0,
)
ANY_QUESTION = replace(QUESTION, moves=QUESTION.moves | {Move.METHOD, Move.CONCLUSION}, floor=-9.0)
"""For a paper that says what it does and never what for."""
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
    costs=OF_A_KEY_IDEA,
    floor=2.0,
)
ANY_KEY_IDEA = replace(
    KEY_IDEA, moves=frozenset({Move.METHOD, Move.PURPOSE, Move.RESULT, Move.CONCLUSION}), least=3, floor=-0.5, cued=1.0
)
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
    frozenset({Move.RESULT, Move.CONCLUSION}),
    most=WORDS["Take-away"][1],
    least=2,
    costs=OF_A_TAKE_AWAY,
    floor=3.0,
)
ANY_TAKE_AWAY = replace(TAKE_AWAY, moves=TAKE_AWAY.moves | {Move.METHOD, Move.PURPOSE}, least=4, floor=-2.0, cued=1.0)
"""For a paper without a result that can be said in so few words."""
PLAIN_TAKE_AWAY = replace(TAKE_AWAY, least=1, floor=0.0)
"""For a paper whose result could be any paper's: that it outperforms what there is."""
LAST_TAKE_AWAY = replace(ANY_TAKE_AWAY, least=2, may_share=True, floor=-9.0)
"""For a paper of which hardly anything can be said in so few words."""
NEAR_TAKE_AWAY = replace(TAKE_AWAY, moves=frozenset({Move.GAP, Move.BACKGROUND}), floor=0.0)
"""For a paper that says only of its subject what can be said in so few words."""
INSIGHT = replace(TAKE_AWAY, moves=TAKE_AWAY.moves | {Move.METHOD}, most=30, floor=0.0)
METHOD_INSIGHT = replace(KEY_IDEA, most=30)
WHY = Wish(
    {Move.GAP: 1.0, Move.BACKGROUND: 0.6, Move.CONCLUSION: 0.2, Move.METHOD: -0.5, Move.RESULT: -0.5},
    frozenset({Move.GAP, Move.BACKGROUND, Move.QUESTION, Move.CONCLUSION, Move.PURPOSE}),
    most=40,
)


def elsewhere(wish: Wish) -> Wish:
    """*wish* for the body of a paper, where most sentences are details: only what comes very close to it."""
    return replace(wish, moves=wish.moves - {Move.BACKGROUND}, floor=_FLOOR_ELSEWHERE, cued=_CUED_ELSEWHERE)
