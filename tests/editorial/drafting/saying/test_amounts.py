"""An amount goes where the sentence claims no more without it."""

import pytest

from bot.editorial.drafting.saying.amounts import without_amount


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("The gate improves accuracy by 4.2% on speech.", "The gate improves accuracy on speech."),
        ("The gate reduces memory by up to 40 % on average.", "The gate reduces memory."),
        ("The gate is 2.3x faster than WideNet.", "The gate is faster than WideNet."),
        ("It brings a 4.3-fold improvement in speed.", "It brings an improvement in speed."),
    ],
)
def test_the_claim_stays(said: str, left: str) -> None:
    assert list(without_amount(said)) == [left]


@pytest.mark.parametrize(
    "said",
    [
        "The gate does not improve accuracy by 4.2% on speech.",
        "The gate improves accuracy by 4% and 3% on speech.",
        "The gate rates them between 7% to 260% more kindly.",
        "The gates improve by 4% and 3%, respectively.",
        "The gate has 85 % accuracy.",
    ],
)
def test_what_hangs_on_the_amount_keeps_it(said: str) -> None:
    assert list(without_amount(said)) in ([], [said])
