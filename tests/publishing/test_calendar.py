from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.edition import EditionKind
from bot.model.entry import Series
from bot.model.month import Month
from bot.model.subscription import Moment
from bot.publishing import calendar

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
    assert calendar.next_weekly(WEEKLY, Moment(4, 18, 0, "UTC"), at("2026-11-17 12:00")) == at("2026-11-20 18:00")
    assert calendar.next_weekly(WEEKLY, None, at("2026-11-17 12:00")) == at("2026-11-23 09:00")


def test_a_week_that_a_chat_has_had_is_not_promised_again() -> None:
    friday, tuesday = Moment(4, 18, 0, "UTC"), at("2026-11-17 12:00")
    assert calendar.next_weekly(WEEKLY, friday, tuesday, {"2026-W47"}) == at("2026-11-27 18:00")
    assert calendar.next_weekly(WEEKLY, friday, tuesday, {"2026-W46"}) == at("2026-11-20 18:00")


def test_the_instant_itself_belongs_to_the_past() -> None:
    assert calendar.next_weekly(WEEKLY, None, at("2026-11-16 09:00")) == at("2026-11-23 09:00")


def test_a_series_without_a_weekly_pick_has_no_next_one() -> None:
    assert calendar.next_weekly(Series("b", "B", "", "UTC", None, "last 18:00"), None, at("2026-11-17 12:00")) is None


def test_an_edition_opens_when_the_earliest_chat_is_due() -> None:
    kiritimati = Moment(0, 0, 30, "Pacific/Kiritimati")  # Monday there while it is still Sunday in Greenwich
    due = calendar.due_slots(
        WEEKLY, EditionKind.WEEKLY, {kiritimati: LONG_AGO}, since=at("2026-11-10 00:00"), now=at("2026-11-15 11:00")
    )
    assert [(d.slot.key, d.opens_at) for d in due] == [("2026-W47", at("2026-11-15 10:30"))]


def test_slots_that_passed_while_nobody_ran_are_all_named_oldest_first() -> None:
    since, now = at("2026-10-20 00:00"), at("2026-11-09 09:00")
    weeks = calendar.due_slots(WEEKLY, EditionKind.WEEKLY, {}, since=since, now=now)
    months = calendar.due_slots(WEEKLY, EditionKind.ROUNDUP, {}, since=since, now=now)
    assert [due.slot.key for due in weeks] == ["2026-W44", "2026-W45", "2026-W46"]
    assert [due.slot.key for due in months] == ["2026-10"]


def test_a_week_that_began_before_us_still_opens_for_a_chat_whose_moment_is_ahead() -> None:
    friday = Moment(4, 18, 0, "UTC")
    since = at("2026-11-18 12:00")
    assert not calendar.due_slots(WEEKLY, EditionKind.WEEKLY, {friday: since}, since=since, now=at("2026-11-20 17:59"))
    (due,) = calendar.due_slots(WEEKLY, EditionKind.WEEKLY, {friday: since}, since=since, now=at("2026-11-20 18:00"))
    assert (due.slot.key, due.opens_at) == ("2026-W47", at("2026-11-20 18:00"))


def test_a_moment_that_a_chat_chose_too_late_for_it_opens_nothing() -> None:
    thursday, saturday = Moment(3, 10, 0, "UTC"), at("2026-11-21 12:00")
    since = at("2026-11-18 12:00")
    assert not calendar.due_slots(WEEKLY, EditionKind.WEEKLY, {thursday: saturday}, since=since, now=saturday)


@pytest.mark.parametrize("kind", list(EditionKind))
def test_nothing_is_due_twice(kind: EditionKind) -> None:
    start, step = at("2026-10-01 00:00"), timedelta(hours=5)
    seen = [
        due.slot.key
        for index in range(400)
        for due in calendar.due_slots(WEEKLY, kind, {}, since=start + index * step, now=start + (index + 1) * step)
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
    upcoming = calendar.next_weekly(WEEKLY, moment, now)
    assert upcoming is not None
    assert now < upcoming <= now + timedelta(days=8)
