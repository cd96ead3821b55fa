from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.address import Address
from bot.model.edition import EditionKind
from bot.model.entry import Series
from bot.model.month import Month
from bot.model.subscription import Appointment, Moment, Subscription
from bot.publishing import calendar
from bot.publishing.calendar import next_instant

WEEKLY = Series("ml", "ML", "", "UTC", "mon 09:00", "last 18:00")
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Shanghai",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Kathmandu",
]


LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
A_WISH = Subscription(Address(1), LONG_AGO)
ROUNDUP = EditionKind.ROUNDUP


def next_pick(moment: Moment | None, after: datetime, ledger: Mapping[str, datetime] | None = None) -> datetime | None:
    return next_instant(WEEKLY, EditionKind.WEEKLY, replace(A_WISH, moment=moment), after, ledger or {})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_weekly_slot_is_due_at_the_moment_of_its_series() -> None:
    assert calendar.weekly_instant("2026-W47", WEEKLY) == at("2026-11-16 09:00")


def test_the_first_week_of_a_year_may_begin_in_the_year_before() -> None:
    assert calendar.weekly_instant("2026-W01", WEEKLY) == at("2025-12-29 09:00")


def test_a_chat_may_choose_its_own_moment_within_the_week() -> None:
    friday = Moment(4, 18, 0, "Europe/Berlin")
    assert calendar.weekly_instant("2026-W47", WEEKLY, friday) == at("2026-11-20 17:00")


def test_a_time_that_the_clock_change_skips_becomes_the_first_valid_instant_after_it() -> None:
    assert calendar.instant(date(2027, 3, 28), time(2, 30), BERLIN) == at("2027-03-28 01:00")


def test_a_time_that_occurs_twice_means_the_first() -> None:
    assert calendar.instant(date(2026, 10, 25), time(2, 30), BERLIN) == at("2026-10-25 00:30")


def test_a_roundup_is_due_on_the_last_day_of_its_month() -> None:
    assert calendar.roundup_instant(Month(2024, 2), WEEKLY) == at("2024-02-29 18:00")


def test_a_chat_gets_the_roundup_at_its_own_hour_once_the_month_is_complete() -> None:
    early_bird = Moment(0, 9, 0, "UTC")
    assert calendar.roundup_instant(Month(2026, 11), WEEKLY, early_bird) == at("2026-12-01 09:00")
    night_owl = Moment(0, 21, 0, "UTC")
    assert calendar.roundup_instant(Month(2026, 11), WEEKLY, night_owl) == at("2026-11-30 21:00")


def test_the_next_pick_of_a_chat_may_still_come_this_week() -> None:
    assert next_pick(Moment(4, 18, 0, "UTC"), at("2026-11-17 12:00")) == at("2026-11-20 18:00")
    assert next_pick(None, at("2026-11-17 12:00")) == at("2026-11-23 09:00")


def test_a_week_that_a_chat_has_had_is_not_promised_again() -> None:
    friday, tuesday = Moment(4, 18, 0, "UTC"), at("2026-11-17 12:00")
    assert next_pick(friday, tuesday, {"2026-W47": at("2026-11-16 09:00")}) == at("2026-11-27 18:00")
    assert next_pick(friday, tuesday, {"2026-W46": at("2026-11-13 18:00")}) == at("2026-11-20 18:00")


def test_the_instant_itself_belongs_to_the_past() -> None:
    assert next_pick(None, at("2026-11-16 09:00")) == at("2026-11-23 09:00")


def test_a_series_without_a_weekly_pick_has_no_next_one() -> None:
    roundups_only = Series("b", "B", "", "UTC", None, "last 18:00")
    assert next_instant(roundups_only, EditionKind.WEEKLY, A_WISH, at("2026-11-17 12:00")) is None


def test_the_next_roundup_comes_at_the_end_of_the_month_or_at_the_chat_s_hour_after_it() -> None:
    early_bird = replace(A_WISH, moment=Moment(0, 9, 0, "UTC"))
    assert next_instant(WEEKLY, ROUNDUP, A_WISH, at("2026-11-17 12:00")) == at("2026-11-30 18:00")
    assert next_instant(WEEKLY, ROUNDUP, A_WISH, at("2026-11-30 18:00")) == at("2026-12-31 18:00")
    assert next_instant(WEEKLY, ROUNDUP, early_bird, at("2026-11-30 20:00")) == at("2026-12-01 09:00")
    sent = {"2026-11": at("2026-11-30 19:00")}
    assert next_instant(WEEKLY, ROUNDUP, early_bird, at("2026-11-30 20:00"), sent) == at("2027-01-01 09:00")


def test_after_a_pause_comes_the_first_one_of_its_first_day_or_later() -> None:
    paused = replace(A_WISH, paused_until=date(2027, 1, 1))
    assert next_instant(WEEKLY, EditionKind.WEEKLY, paused, at("2026-11-17 12:00")) == at("2027-01-04 09:00")
    assert next_instant(WEEKLY, ROUNDUP, paused, at("2026-11-17 12:00")) == at("2027-01-31 18:00")
    over = replace(A_WISH, paused_until=date(2026, 11, 1))
    assert next_instant(WEEKLY, EditionKind.WEEKLY, over, at("2026-11-17 12:00")) == at("2026-11-23 09:00")


def test_a_pause_ends_at_midnight_by_the_clocks_of_the_chat() -> None:
    kiritimati = Moment(4, 0, 30, "Pacific/Kiritimati")  # half past midnight of 1 January is still December elsewhere
    paused = replace(A_WISH, moment=kiritimati, paused_until=date(2027, 1, 1))
    assert next_instant(WEEKLY, EditionKind.WEEKLY, paused, at("2026-12-01 12:00")) == at("2026-12-31 10:30")


def test_a_long_pause_is_waited_for() -> None:
    paused = replace(A_WISH, paused_until=date(2029, 1, 2))
    assert next_instant(WEEKLY, EditionKind.WEEKLY, paused, at("2026-12-01 12:00")) == at("2029-01-08 09:00")


def test_an_edition_opens_when_the_earliest_chat_is_due() -> None:
    kiritimati = Moment(0, 0, 30, "Pacific/Kiritimati")  # Monday there while it is still Sunday in Greenwich
    due = calendar.due_slots(
        WEEKLY,
        EditionKind.WEEKLY,
        [Appointment(kiritimati, LONG_AGO)],
        since=at("2026-11-10 00:00"),
        now=at("2026-11-15 11:00"),
    )
    assert [(d.slot.key, d.opens_at) for d in due] == [("2026-W47", at("2026-11-15 10:30"))]


def test_slots_that_passed_while_nobody_ran_are_all_named_oldest_first() -> None:
    since, now = at("2026-10-20 00:00"), at("2026-11-09 09:00")
    weeks = calendar.due_slots(WEEKLY, EditionKind.WEEKLY, [], since=since, now=now)
    months = calendar.due_slots(WEEKLY, EditionKind.ROUNDUP, [], since=since, now=now)
    assert [due.slot.key for due in weeks] == ["2026-W44", "2026-W45", "2026-W46"]
    assert [due.slot.key for due in months] == ["2026-10"]


def test_a_week_that_began_before_us_still_opens_for_a_chat_whose_moment_is_ahead() -> None:
    friday = Moment(4, 18, 0, "UTC")
    since = at("2026-11-18 12:00")
    assert not calendar.due_slots(
        WEEKLY, EditionKind.WEEKLY, [Appointment(friday, since)], since=since, now=at("2026-11-20 17:59")
    )
    (due,) = calendar.due_slots(
        WEEKLY, EditionKind.WEEKLY, [Appointment(friday, since)], since=since, now=at("2026-11-20 18:00")
    )
    assert (due.slot.key, due.opens_at) == ("2026-W47", at("2026-11-20 18:00"))


def test_a_moment_that_a_chat_chose_too_late_for_it_opens_nothing() -> None:
    thursday, saturday = Moment(3, 10, 0, "UTC"), at("2026-11-21 12:00")
    since = at("2026-11-18 12:00")
    assert not calendar.due_slots(
        WEEKLY, EditionKind.WEEKLY, [Appointment(thursday, saturday)], since=since, now=saturday
    )


def test_a_chat_that_pauses_opens_nothing_until_its_pause_is_over() -> None:
    early = Moment(0, 0, 0, "Pacific/Kiritimati")  # 10:00 UTC on the day before
    since, now = at("2026-11-15 00:00"), at("2026-11-15 10:00")
    opens = {
        until: calendar.due_slots(
            WEEKLY, EditionKind.WEEKLY, [Appointment(early, LONG_AGO, until)], since=since, now=now
        )
        for until in (None, date(2026, 11, 16), date(2026, 11, 17))
    }
    assert [len(due) for due in opens.values()] == [1, 1, 0]


def test_a_time_that_has_passed_begins_with_the_next_slot_where_the_old_one_was_ahead() -> None:
    friday, monday, tuesday = Moment(4, 18, 0, "UTC"), Moment(0, 9, 0, "UTC"), at("2026-11-17 12:00")
    wish = replace(A_WISH, moment=friday)
    offer = ("ml", EditionKind.WEEKLY)
    assert calendar.moved(wish, monday, [WEEKLY], tuesday).waits_since(offer) == tuesday
    assert calendar.moved(wish, None, [WEEKLY], tuesday).waits_since(offer) == tuesday
    assert calendar.moved(wish, Moment(2, 9, 0, "UTC"), [WEEKLY], tuesday).waits_since(offer) == LONG_AGO
    assert calendar.moved(replace(wish, moment=monday), friday, [WEEKLY], tuesday).waits_since(offer) == LONG_AGO
    # What is due under both is not lost: the tick comes up to half a minute later.
    assert calendar.moved(A_WISH, Moment(0, 8, 0, "UTC"), [WEEKLY], tuesday).waits_since(offer) == LONG_AGO


def test_what_stands_in_the_ledger_is_promised_where_the_own_time_has_passed() -> None:
    monday, tuesday, friday = Moment(0, 9, 0, "UTC"), at("2026-11-17 12:00"), at("2026-11-20 18:00")
    assert next_pick(monday, tuesday, {"2026-W47": friday}) == friday
    assert next_pick(monday, tuesday, {"2026-W47": tuesday}) == at("2026-11-23 09:00")  # on its way
    assert next_pick(Moment(2, 9, 0, "UTC"), tuesday, {"2026-W47": friday}) == at("2026-11-18 09:00")
    assert next_pick(Moment(4, 18, 0, "UTC"), tuesday, {"2026-W47": tuesday}) == at("2026-11-27 18:00")  # by hand


@pytest.mark.parametrize("kind", list(EditionKind))
def test_nothing_is_due_twice(kind: EditionKind) -> None:
    start, step = at("2026-10-01 00:00"), timedelta(hours=5)
    seen = [
        due.slot.key
        for index in range(400)
        for due in calendar.due_slots(WEEKLY, kind, [], since=start + index * step, now=start + (index + 1) * step)
    ]
    assert len(seen) == len(set(seen))
    assert len(seen) == {EditionKind.WEEKLY: 12, EditionKind.ROUNDUP: 2}[kind]


@pytest.mark.parametrize("key", ["", "foo", "2026-11", "2026-W54", "2026-W00", "2026-w48", "2026-W48 "])
def test_a_week_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"week|Invalid"):
        calendar.parse_slot(EditionKind.WEEKLY, key)


@pytest.mark.parametrize("key", ["", "foo", "2026-W48", "2026-13", "2021-8"])
def test_a_month_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"month"):
        calendar.parse_slot(EditionKind.ROUNDUP, key)


@pytest.mark.parametrize("text", ["", "monday", "mon 9", "xyz 09:00", "mon 25:00", "mon 09:61", "0 09:00"])
def test_a_rhythm_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a weekday|must be in"):
        calendar.parse_weekly_at(text)


@pytest.mark.parametrize("text", ["", "29 09:00", "0 09:00", "last", "last 24:00"])
def test_a_roundup_day_that_some_month_lacks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a day|must be in"):
        calendar.parse_roundup_at(text)


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES),
)
def test_every_wall_time_has_an_instant_that_shows_it_or_lies_right_after_a_gap(
    day: date, wall: time, zone: str
) -> None:
    found = calendar.instant(day, wall, ZoneInfo(zone))
    shown = found.astimezone(ZoneInfo(zone))
    if (shown.date(), shown.time()) != (day, wall):
        just_before = (found - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
        assert just_before.utcoffset() != shown.utcoffset()


@given(
    st.datetimes(datetime(2020, 1, 5), datetime(2035, 12, 25), timezones=st.just(UTC)),  # noqa: DTZ001
    st.builds(Moment, st.integers(0, 6), st.integers(0, 23), st.integers(0, 59), st.sampled_from(ZONES)) | st.none(),
)
def test_the_next_pick_is_later_than_now_and_at_most_about_a_week_away(now: datetime, moment: Moment | None) -> None:
    upcoming = next_pick(moment, now)
    assert upcoming is not None
    assert now < upcoming <= now + timedelta(days=8)


@given(
    st.sampled_from(EditionKind),
    st.datetimes(datetime(2020, 1, 5), datetime(2035, 12, 25), timezones=st.just(UTC)),  # noqa: DTZ001
    st.builds(Moment, st.integers(0, 6), st.integers(0, 23), st.integers(0, 59), st.sampled_from(ZONES)) | st.none(),
    st.timedeltas(timedelta(-30), timedelta(400)),
)
def test_what_is_promised_comes_after_the_pause_and_nothing_that_is_due_between_is_missed(
    kind: EditionKind, now: datetime, moment: Moment | None, pause: timedelta
) -> None:
    wish = replace(A_WISH, moment=moment, paused_until=(now + pause).date())
    promised = next_instant(WEEKLY, kind, wish, now)
    assert promised is not None
    assert promised > now
    assert not wish.is_paused(promised, WEEKLY)
    due = (
        calendar.slot_instant(calendar.current_slot(WEEKLY, kind, now + timedelta(days=days)), WEEKLY, moment)
        for days in range(-40, 440, 3)
    )
    assert not [at for at in due if now < at < promised and not wish.is_paused(at, WEEKLY)]
