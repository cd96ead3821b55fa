from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.errors import ContentRejected, DeliveryError, InDoubt, NotSent, TokenRejected
from bot.model.address import Address
from bot.model.edition import Delivery, DeliveryState, Edition, EditionKind, EditionState
from bot.model.entry import Series
from bot.model.preferences import Preferences
from bot.publishing.settlement import (
    AT_FIRST,
    DOUBTS_TO_REST,
    LONGEST_REST,
    REFUSALS_TO_HOLD,
    REJECTIONS_TO_BELIEVE,
    Doubts,
    Refusals,
    Rejections,
    Settlement,
    Window,
)
from bot.store.outcomes import Outcome

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SERIES = Series("ml-collage", "ML-Collage", "", "UTC", "mon 09:00", None)
EDITION = Edition(1, SERIES, EditionKind.WEEKLY, "2026-W48", EditionState.OPEN, NOON, ())


def back(state: DeliveryState, error: DeliveryError | None = None, *, part: int = 0) -> Settlement:
    delivery = Delivery(1, EDITION.id, Address(1), part, NOON, 1, NOON)
    return Settlement(delivery, EDITION, Outcome(state), error=error)


SENT, DOUBT = back(DeliveryState.SENT), back(DeliveryState.IN_DOUBT, InDoubt("lost"))
REJECTED = back(DeliveryState.PENDING, TokenRejected("401"))
UNSENT = back(DeliveryState.PENDING, NotSent("no connection"))
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
    rejections, rests, now = Rejections(), list[timedelta](), NOON
    while not rejections.are_believed:
        rest = rejections.rest_after([REJECTED] * 4, now)
        assert rest is not None
        rests.append(rest)
        now += rest
    assert len(rests) == REJECTIONS_TO_BELIEVE
    assert rests[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert rests[-1] == LONGEST_REST


def test_what_was_under_way_when_a_rest_began_counts_once() -> None:
    rejections, moment = Rejections(), timedelta(milliseconds=36)
    rests = [rejections.rest_after([REJECTED], NOON + number * moment) for number in range(20)]
    assert rests == [timedelta(seconds=30)] + [None] * 19
    assert not rejections.are_believed


def test_a_refusal_of_the_token_that_was_not_meant_is_forgotten() -> None:
    rejections = Rejections()
    rejections.rest_after([REJECTED], NOON)
    assert rejections.rest_after([SENT], NOON) is None
    assert rejections.rest_after([REJECTED], NOON) == timedelta(seconds=30)


def test_a_clock_that_is_set_back_ends_a_rest() -> None:
    rejections = Rejections()
    rejections.rest_after([REJECTED], NOON)
    assert rejections.rest_after([REJECTED], NOON - timedelta(hours=2)) == timedelta(minutes=1)


def test_lost_answers_one_after_the_other_are_one_outage() -> None:
    doubts, moment = Doubts(), timedelta(milliseconds=36)
    rests = [doubts.rest_after([DOUBT], NOON + number * moment) for number in range(12)]
    assert [rest for rest in rests if rest] == [timedelta(seconds=30)]
    assert doubts.rest_after([DOUBT], NOON + timedelta(seconds=40)) == timedelta(minutes=1)
    assert doubts.many


def test_an_outage_is_noticed_though_some_do_not_even_leave() -> None:
    doubts = Doubts()
    for _ in range(4):
        assert doubts.rest_after([DOUBT, UNSENT], NOON) is None
    assert doubts.rest_after([DOUBT, UNSENT], NOON) == timedelta(seconds=30)


def test_an_answer_ends_an_outage() -> None:
    doubts = Doubts()
    doubts.rest_after([DOUBT] * DOUBTS_TO_REST, NOON)
    assert doubts.rest_after([SENT], NOON + timedelta(minutes=1)) is None
    assert not doubts.many
    assert doubts.rest_after([DOUBT] * DOUBTS_TO_REST, NOON + timedelta(minutes=2)) == timedelta(seconds=30)


def test_a_message_is_held_when_several_chats_refuse_it_and_none_takes_it() -> None:
    refusals = Refusals()
    assert list(refusals.refused([REFUSED] * (REFUSALS_TO_HOLD - 1))) == []
    assert [(edition.id, part) for edition, part, _ in refusals.refused([REFUSED])] == [(EDITION.id, 0)]


def test_whoever_takes_it_clears_the_message() -> None:
    refusals = Refusals()
    assert list(refusals.refused([REFUSED, REFUSED, SENT, *[REFUSED] * 9])) == []


def test_what_was_written_anew_is_judged_anew() -> None:
    refusals = Refusals()
    assert list(refusals.refused([SENT])) == []
    refusals.begin()
    assert list(refusals.refused([REFUSED] * REFUSALS_TO_HOLD))


def test_what_one_language_takes_says_nothing_of_another() -> None:
    refusals = Refusals()
    chinese = replace(REFUSED, wanted=Preferences(chosen="zh_Hans"))
    assert list(refusals.refused([SENT, chinese, chinese])) == []
    assert list(refusals.refused([chinese]))


def test_parts_are_judged_by_themselves() -> None:
    other = back(DeliveryState.FAILED, ContentRejected("too long"), part=1)
    assert list(Refusals().refused([REFUSED, REFUSED, other, other])) == []
