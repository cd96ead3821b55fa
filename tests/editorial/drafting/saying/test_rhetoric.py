"""What a sentence does shows in its words and its place."""

import pytest

from bot.editorial.drafting.saying.rhetoric import Move, move_of, moves


@pytest.mark.parametrize(
    ("sentence", "place", "move"),
    [
        ("Transformers have recently become popular in vision.", 0.0, Move.BACKGROUND),
        ("However, how they learn remains poorly understood.", 0.2, Move.GAP),
        ("Can a network begin as a convolution?", 0.3, Move.QUESTION),
        ("We study how networks forget what they learned.", 0.3, Move.PURPOSE),
        ("We propose GateNet, a novel network that forgets.", 0.5, Move.METHOD),
        ("Experiments show that GateNet outperforms DeiT by 4 points.", 0.8, Move.RESULT),
        ("These findings suggest new directions and pave the way for smaller models.", 1.0, Move.CONCLUSION),
        ("Code is available on our project page.", 1.0, Move.AVAILABILITY),
    ],
)
def test_cues_tell_the_move(sentence: str, place: float, move: Move) -> None:
    assert move_of(moves(sentence, place=place)) is move


def test_what_follows_the_proposal_is_hardly_background() -> None:
    said = "Gates are widely used."
    assert moves(said, place=0.6, behind=1)[Move.BACKGROUND] < moves(said, place=0.6)[Move.BACKGROUND]
