from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import (
    ChatGone,
    ChatMigrated,
    ChatSuspended,
    ContentRejected,
    DeliveryError,
    Flooded,
    InDoubt,
    NotSent,
    TokenRejected,
    TopicGone,
)
from bot.model.edition import DeliveryState
from bot.publishing.retry import LONGEST_WAIT, backoff, decide

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (NotSent("no route"), DeliveryState.PENDING),
        (Flooded("slow down", retry_after=timedelta(seconds=7)), DeliveryState.PENDING),
        (TokenRejected("401"), DeliveryState.PENDING),
        (ChatMigrated("moved", new_chat_id=-100), DeliveryState.PENDING),
        (TopicGone("gone"), DeliveryState.PENDING),
        (InDoubt("timed out"), DeliveryState.IN_DOUBT),
        (ChatGone("blocked"), DeliveryState.FAILED),
        (ChatSuspended("no rights"), DeliveryState.FAILED),
        (ContentRejected("too long"), DeliveryState.FAILED),
    ],
)
def test_each_failure_has_its_state(error: DeliveryError, state: DeliveryState) -> None:
    assert decide(error, attempts=1, now=NOW, in_topic=True).state is state


def test_what_may_have_arrived_is_never_tried_again() -> None:
    assert decide(InDoubt("answer lost"), attempts=1, now=NOW).not_before is None


def test_a_flood_is_waited_out_in_full_however_long() -> None:
    decision = decide(Flooded("slow down", retry_after=timedelta(seconds=10072)), attempts=1, now=NOW)
    assert decision.not_before == NOW + timedelta(seconds=10072)


def test_a_flood_lets_everybody_rest_but_not_for_hours() -> None:
    short = decide(Flooded("slow down", retry_after=timedelta(seconds=7)), attempts=1, now=NOW)
    long = decide(Flooded("slow down", retry_after=timedelta(hours=2)), attempts=1, now=NOW)
    assert short.pause_until == NOW + timedelta(seconds=7)
    assert long.pause_until == NOW + timedelta(minutes=1)


def test_a_wrong_token_never_costs_a_chat_its_place() -> None:
    assert decide(TokenRejected("401"), attempts=1, now=NOW).state is DeliveryState.PENDING


def test_what_surely_did_not_leave_is_tried_until_it_is_too_late_for_it() -> None:
    assert decide(NotSent("no route"), attempts=1000, now=NOW).state is DeliveryState.PENDING


def test_a_new_address_is_not_followed_in_circles() -> None:
    moved = ChatMigrated("moved", new_chat_id=-100)
    assert decide(moved, attempts=1, now=NOW).not_before == NOW
    assert decide(moved, attempts=9, now=NOW) == decide(NotSent("no route"), attempts=9, now=NOW)


def test_a_flood_that_hides_in_half_an_album_lets_everybody_rest() -> None:
    decision = decide(InDoubt("half", missing=(2,), retry_after=timedelta(seconds=8)), attempts=1, now=NOW)
    assert (decision.state, decision.not_before) == (DeliveryState.IN_DOUBT, None)
    assert decision.pause_until == NOW + timedelta(seconds=8)


@given(st.integers(1, 10_000))
def test_waiting_grows_and_stays_bounded(attempts: int) -> None:
    assert timedelta(0) < backoff(attempts) <= backoff(attempts + 1) <= LONGEST_WAIT


def test_a_chat_without_topics_that_lacks_one_does_not_take_the_message() -> None:
    assert decide(TopicGone("gone"), attempts=1, now=NOW).state is DeliveryState.FAILED
