from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.model.edition import EditionKind
from bot.publishing.calendar import DueSlot, Slot
from bot.publishing.timetable import Planned, filled_from_queue, taken_by, timetable
from bot.store.numbering import Numbering
from bot.store.queue import Waiting
from tests.editorial.desks import MONTHLY, WEEKLY

ENDLESS = Numbering(last=40, total=None)


def week(number: int) -> str:
    return f"2026-W{number:02d}"


def weeks(*numbers: int) -> list[DueSlot]:
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    return [
        DueSlot(WEEKLY, Slot(EditionKind.WEEKLY, week(number)), start + timedelta(weeks=number)) for number in numbers
    ]


def born(entry_id: int, slot: int | None = None) -> Waiting:
    return Waiting(entry_id, is_from_file=False, slot=week(slot) if slot else None)


def filed(entry_id: int, slot: int | None = None) -> Waiting:
    return Waiting(entry_id, is_from_file=True, slot=week(slot) if slot else None, is_numbered=True)


def said(planned: list[Planned]) -> str:
    """``7@48#41``: entry 7 in week 48 as number 41; ``-`` where it has none."""
    return " ".join(
        f"{each.waiting.entry_id}@{each.due.slot.key[-2:] if each.due else '-'}#{each.number or '-'}"
        for each in planned
    )


def test_everybody_gets_the_next_slot_in_line_and_the_next_number() -> None:
    assert said(timetable([filed(1), born(2), born(3)], weeks(48, 49, 50), ENDLESS)) == "1@48#- 2@49#41 3@50#42"


def test_an_entry_from_a_file_without_a_number_gets_one_in_its_turn() -> None:
    bare = Waiting(2, is_from_file=True)

    assert said(timetable([born(1), bare, born(3)], weeks(48, 49, 50), ENDLESS)) == "1@48#41 2@49#42 3@50#43"
    assert said(timetable([born(1), bare], weeks(48, 49), Numbering(51, 52))) == "1@48#52 2@-#-"


def test_who_is_fixed_to_a_week_goes_out_in_it_and_the_others_around_it() -> None:
    waiting = [born(1, 50), born(2), born(3), born(4)]

    assert said(timetable(waiting, weeks(48, 49, 50, 51), ENDLESS)) == "2@48#41 3@49#42 1@50#43 4@51#44"


def test_a_week_stays_empty_when_everybody_is_fixed_to_a_later_one() -> None:
    assert taken_by(weeks(48)[0].slot, [born(1, 50)], None) == []


def test_who_was_fixed_to_a_week_that_passed_without_them_comes_first() -> None:
    assert said(timetable([born(1), born(2, 46), born(3, 48)], weeks(48, 49, 50), ENDLESS)) == "3@48#41 2@49#42 1@50#43"


def test_who_finds_no_number_has_no_slot_and_holds_nobody_up() -> None:
    waiting = [born(1), born(2), filed(3)]

    assert said(timetable(waiting, weeks(48, 49, 50), Numbering(51, 52))) == "1@48#52 3@49#- 2@-#-"


def test_a_roundup_takes_everybody_who_may() -> None:
    slot = Slot(EditionKind.ROUNDUP, "2026-11")
    later = Waiting(2, is_from_file=False, slot="2026-12")

    assert taken_by(slot, [born(1), later, filed(3)], None) == [born(1), filed(3)]
    assert taken_by(slot, [born(1), born(4), filed(3)], 1) == [born(1), filed(3)]


def test_the_weekly_slot_takes_from_the_queue_and_else_the_roundup() -> None:
    assert filled_from_queue(WEEKLY) is EditionKind.WEEKLY
    assert filled_from_queue(MONTHLY) is EditionKind.ROUNDUP


LINE = st.lists(st.tuples(st.booleans(), st.none() | st.integers(40, 60)), max_size=8)


@given(LINE, st.integers(0, 10))
def test_nobody_is_lost_and_no_slot_and_no_number_is_given_twice(
    line: list[tuple[bool, int | None]], room: int
) -> None:
    waiting = [(filed if from_file else born)(entry_id, slot) for entry_id, (from_file, slot) in enumerate(line)]

    planned = timetable(waiting, weeks(*range(48, 75)), Numbering(40, 40 + room))

    assert sorted(each.waiting.entry_id for each in planned) == list(range(len(line)))
    slots = [each.due.slot.key for each in planned if each.due]
    numbers = [each.number for each in planned if each.number]
    assert slots == sorted(set(slots))
    assert numbers == list(range(41, 41 + len(numbers)))
    assert len(numbers) <= room
    assert all(each.waiting.slot is None or each.due.slot.key >= each.waiting.slot for each in planned if each.due)
