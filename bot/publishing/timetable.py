"""Owns who goes out when: one pure rule, for the slot that opens now and for those to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model.edition import EditionKind
from bot.model.entry import Series
from bot.publishing.calendar import DueSlot, Slot
from bot.store.numbering import Numbering
from bot.store.queue import Waiting


@dataclass(frozen=True, slots=True)
class Planned:
    """An entry with the slot it will go out in.

    Attributes:
        due: None when there is no slot for it: the series has no rhythm, or no number is left.
        number: The one it will get; None for an entry that has one from its file, or gets none.
    """

    waiting: Waiting
    due: DueSlot | None
    number: int | None


def filled_from_queue(series: Series) -> EditionKind | None:
    """The kind of edition that takes what waits: the weekly one, else the roundup; None without a rhythm."""
    if series.weekly_at is not None:
        return EditionKind.WEEKLY
    return EditionKind.ROUNDUP if series.roundup_at is not None else None


def taken_by(slot: Slot, waiting: Sequence[Waiting], room: int | None) -> list[Waiting]:
    """Who goes out in *slot*: one entry in a week, everybody who may in a roundup.

    First comes who is fixed to it, then who was fixed to an earlier one that passed without them, then who stands
    first in line. Who is fixed to a later slot waits for it.

    Args:
        waiting: In the order of the queue.
        room: How many numbers are left for those that have none yet; None where there is no end.
    """
    able = [one for one in waiting if one.slot is None or one.slot <= slot.key]
    turns = sorted(able, key=lambda one: (one.slot != slot.key, one.slot is None, one.slot or ""))
    numbered = _within(room, turns)
    return numbered[:1] if slot.kind is EditionKind.WEEKLY else numbered


def timetable(waiting: Sequence[Waiting], slots: Iterable[DueSlot], numbers: Numbering) -> list[Planned]:
    """When everybody who waits goes out, the first one first; at the end who has no slot.

    Args:
        slots: Those that are free, oldest first.
    """
    planned: list[Planned] = []
    left, given = list(waiting), 0
    for due in slots:
        for one in taken_by(due.slot, left, None if numbers.room is None else numbers.room - given):
            planned.append(Planned(one, due, None if one.is_numbered else numbers.after(given)))
            given += not one.is_numbered
            left.remove(one)
    return [*planned, *(Planned(one, None, None) for one in left)]


def _within(room: int | None, turns: Sequence[Waiting]) -> list[Waiting]:
    """Those of *turns* for whom there is a number."""
    if room is None:
        return list(turns)
    able = [one for one in turns if not one.is_numbered][: max(room, 0)]
    return [one for one in turns if one.is_numbered or one in able]
