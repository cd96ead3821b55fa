from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.errors import ContentRejected, DeliveryError, InDoubt, TokenRejected
from bot.model.address import Address
from bot.model.edition import Delivery, DeliveryState, Edition, EditionKind, EditionState
from bot.model.entry import Series
from bot.publishing.settlement import (
    AT_FIRST,
    LONGEST_REST,
    REFUSALS_TO_HOLD,
    REJECTIONS_TO_BELIEVE,
    Refusals,
    Rejections,
    Settlement,
    Window,
)
from bot.store.claims import Outcome

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SERIES = Series("ml-collage", "ML-Collage", "", "UTC", "mon 09:00", None)
EDITION = Edition(1, SERIES, EditionKind.WEEKLY, "2026-W48", EditionState.OPEN, NOON, ())


def back(state: DeliveryState, error: DeliveryError | None = None, *, part: int = 0) -> Settlement:
    delivery = Delivery(1, EDITION.id, Address(1), part, NOON, 1)
    return Settlement(delivery, EDITION, Outcome(state), error)


SENT, DOUBT = back(DeliveryState.SENT), back(DeliveryState.IN_DOUBT, InDoubt("lost"))
REJECTED = back(DeliveryState.PENDING, TokenRejected("401"))
REFUSED = back(DeliveryState.FAILED, ContentRejected("too long"))


def learned(most: int, *rounds: Sequence[Settlement]) -> int:
    window = Window(most)
    for each in rounds:
        window.learn(each)
    return window.size


def test_few_are_under_way_at_first_and_twice_as_many_after_each_round() -> None:
    assert learned(128) == AT_FIRST
    assert learned(128, [SENT] * 4) == 8
    assert learned(128, [SENT] * 4, [SENT] * 8) == 16
    assert learned(10, [SENT] * 100) == 10
    assert learned(1) == 1


def test_a_doubt_halves_them_down_to_one() -> None:
    assert learned(128, [SENT] * 60, [DOUBT]) == 32
    assert learned(128, [SENT] * 60, [DOUBT] * 20) == 1
    assert learned(128, [SENT] * 60, [DOUBT] * 20, [SENT]) == 2


def test_a_refused_token_rests_everybody_longer_each_time_until_it_is_believed() -> None:
    rejections, rests = Rejections(), []
    while not rejections.are_believed:
        rests.append(rejections.rest_after([REJECTED] * 4))
    assert len(rests) == REJECTIONS_TO_BELIEVE
    assert rests[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert rests[-1] == LONGEST_REST


def test_a_refusal_of_the_token_that_was_not_meant_is_forgotten() -> None:
    rejections = Rejections()
    rejections.rest_after([REJECTED])
    assert rejections.rest_after([SENT]) is None
    assert rejections.rest_after([REJECTED]) == timedelta(seconds=30)


def test_a_message_is_held_when_several_chats_refuse_it_and_none_takes_it() -> None:
    refusals = Refusals()
    assert list(refusals.refused([REFUSED] * (REFUSALS_TO_HOLD - 1))) == []
    assert [(edition.id, part) for edition, part, _ in refusals.refused([REFUSED])] == [(EDITION.id, 0)]


def test_whoever_takes_it_clears_the_message() -> None:
    refusals = Refusals()
    assert list(refusals.refused([REFUSED, REFUSED, SENT, REFUSED, REFUSED])) == []


def test_parts_are_judged_by_themselves() -> None:
    other = back(DeliveryState.FAILED, ContentRejected("too long"), part=1)
    assert list(Refusals().refused([REFUSED, REFUSED, other, other])) == []
