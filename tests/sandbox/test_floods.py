"""Flood limits: exactly as many as are allowed, in any window, and a record of when they came."""

from collections.abc import Callable

import pytest
from telegram import Bot, InputMediaPhoto
from telegram.error import RetryAfter

from bot.sandbox import ADA, GROUP, Limits, Sandbox
from bot.sandbox.answers import Refusal
from bot.sandbox.api.call import Call
from bot.sandbox.floods import Arrival, Floods, busiest
from bot.sandbox.world.files import Upload


class Clock:
    """Shows the time it was set to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def floods(clock: Clock) -> Floods:
    made = Floods(clock=clock)
    made.limits = Limits()
    return made


def send(floods: Floods, chat_id: int, method: str = "sendmessage", *, items: int = 0) -> int:
    """Send something; give for how many seconds it is refused, 0 when it is not."""
    values = {"chat_id": chat_id, **({"media": [{}] * items} if items else {})}
    try:
        floods.admit(Call(method, values))
    except Refusal as refusal:
        return int(refusal.parameters["retry_after"])
    return 0


def test_thirty_pass_in_any_second_and_not_one_more(floods: Floods, clock: Clock) -> None:
    for number in range(30):
        clock.now = 100 + number / 40
        assert send(floods, 1000 + number) == 0
    clock.now = 100.99
    assert send(floods, 2000) == 1
    clock.now = 101.0  # the first is a whole second ago
    assert send(floods, 2000) == 0
    assert send(floods, 2001) == 1
    assert busiest(floods.arrivals) == 30
    assert [(arrival.at, arrival.refused_for) for arrival in floods.refusals] == [(100.99, "second"), (101.0, "second")]


def test_an_album_counts_its_items_and_in_a_chat_is_one(floods: Floods) -> None:
    assert [send(floods, 1000 + number, "sendmediagroup", items=10) for number in range(4)] == [0, 0, 0, 1]
    assert busiest(floods.arrivals) == 30


def test_answers_and_edits_count_and_questions_do_not(floods: Floods) -> None:
    for method in ("editmessagetext", "editmessagemedia", "senddocument", "copymessage"):
        assert send(floods, 1, method) == 0
    assert send(floods, 1, "sendphoto") == 1
    for method in ("sendchataction", "deletemessage", "answercallbackquery", "getme", "getchat"):
        assert send(floods, 1, method) == 0
    assert len(floods.arrivals) == 5


def test_a_chat_gets_a_short_burst_and_then_one_a_second(floods: Floods, clock: Clock) -> None:
    assert [send(floods, 1) for _ in range(5)] == [0, 0, 0, 0, 1]
    clock.now += 1
    assert [send(floods, 1) for _ in range(2)] == [0, 1]
    assert send(floods, 2) == 0


def test_a_group_gets_twenty_in_any_minute(floods: Floods, clock: Clock) -> None:
    for _ in range(20):
        assert send(floods, -5) == 0
        clock.now += 2
    assert send(floods, -5) == 20  # the first was 40 seconds ago
    assert send(floods, 5) == 0
    clock.now += 20
    assert send(floods, -5) == 0


def test_the_busiest_window_is_found_wherever_it_begins() -> None:
    arrivals = [Arrival(at, "1", 1) for at in (0.0, 0.6, 0.7, 1.5, 1.6, 1.61, 3.0)]
    assert busiest(arrivals) == 4  # from 0.7 on, or from 0.6 to 1.6 without its end
    assert busiest([]) == 0


def test_uploads_of_one_size_are_spaced_and_a_long_line_is_sent_away(clock: Clock) -> None:
    floods = Floods(clock=clock)
    floods.limits = Limits(0, 0, 0, 0, spaces_uploads=True)
    upload = {"photo": Upload("a.jpg", "image/jpeg", b"x" * 5_000_000)}
    waits = [floods.admit(Call("sendphoto", {"chat_id": number}, upload)) for number in range(11)]
    assert waits == pytest.approx([0.5 * number for number in range(11)])
    with pytest.raises(Refusal, match="retry after 60"):
        floods.admit(Call("sendphoto", {"chat_id": 99}, upload))
    other = {"photo": Upload("b.jpg", "image/jpeg", b"x" * 4_000_000)}
    assert floods.admit(Call("sendphoto", {"chat_id": 99}, other)) == 0


async def test_over_http_what_is_too_much_is_refused_with_a_time(
    bot: Bot, sandbox: Sandbox, png: Callable[..., bytes]
) -> None:
    sandbox.floods.limits = Limits(per_second=1000, burst=0)
    await bot.send_message(ADA, "x")
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(ADA, "y")
    assert flood.value.retry_after == 1
    await bot.send_media_group(GROUP, [InputMediaPhoto(png())] * 4)
    assert [arrival.cost for arrival in sandbox.floods.arrivals] == [1, 1, 4]
    assert len(sandbox.delivered(ADA)) == 1


async def test_by_default_everything_passes_and_is_counted(bot: Bot, sandbox: Sandbox) -> None:
    for _ in range(40):
        await bot.send_message(GROUP, "x")
    assert sandbox.floods.refusals == []
    assert len(sandbox.floods.arrivals) == 40
