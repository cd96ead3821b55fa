"""Which message of an edition shows what, however it was divided when it was sent."""

from dataclasses import replace

from bot.chat.posted import CoverOf, ListOf, PickOf, PictureOf, contents, touched
from bot.model.address import Address
from bot.model.correction import Posted, PostedPart, Target
from bot.model.edition import Edition, EditionKind, EditionState
from bot.model.entry import Entry, EntryState
from bot.model.month import Month
from tests.chat.conftest import NOW
from tests.chat.samples import ML_COLLAGE, entry

MONTH = Month(2021, 8)
HERE = Address(1)


def edition(*entries: Entry, kind: EditionKind = EditionKind.ROUNDUP) -> Edition:
    slot = str(MONTH) if kind is EditionKind.ROUNDUP else "2026-W47"
    return Edition(1, ML_COLLAGE, kind, slot, EditionState.OPEN, NOW, entries)


def posted(*parts: tuple[int, ...], missing: tuple[int, ...] = ()) -> Posted:
    """What a chat has: of each part the ids of its messages."""
    return Posted(
        HERE, {part: PostedPart(100 + part, ids, missing if not part else ()) for part, ids in enumerate(parts)}
    )


def numbered(count: int) -> list[Entry]:
    return [entry(number) for number in range(1, count + 1)]


def withdrawn(it: Entry) -> Entry:
    return replace(it, state=EntryState.RETRACTED)


def test_a_weekly_edition_is_one_message() -> None:
    (it,) = numbered(1)
    assert list(contents(edition(it, kind=EditionKind.WEEKLY), posted((7,)))) == [(Target(100, 0), 7, PickOf(it))]


def test_a_roundup_is_a_cover_the_pictures_and_the_list() -> None:
    one, two = numbered(2)
    assert list(contents(edition(one, two), posted((7, 8, 9), (10,)))) == [
        (Target(100, 0), 7, CoverOf(MONTH)),
        (Target(100, 1), 8, PictureOf(one)),
        (Target(100, 2), 9, PictureOf(two)),
        (Target(101, 0), 10, ListOf(MONTH, 0, 1)),
    ]


def test_an_entry_touches_its_picture_the_cover_and_every_text_of_the_list() -> None:
    found = touched(edition(*numbered(3)), posted((7, 8, 9, 10), (11,), (12,)), 2)
    assert found == [Target(100, 0), Target(100, 2), Target(101, 0), Target(102, 0)]


def test_an_album_in_two_parts_has_its_cover_in_the_first() -> None:
    months = numbered(12)
    there = posted(tuple(range(7)), tuple(range(10, 16)), (20,))
    assert touched(edition(*months), there, 12) == [Target(100, 0), Target(101, 5), Target(102, 0)]


def test_pictures_that_never_arrived_are_passed_over() -> None:
    found = touched(edition(*numbered(3)), posted((7, 9, 10), (11,), missing=(1,)), 2)
    assert found == [Target(100, 0), Target(100, 1), Target(101, 0)]


def test_a_line_in_place_of_an_album_shows_nothing() -> None:
    assert touched(edition(*numbered(3)), posted((7,), (8,)), 2) == [Target(101, 0)]


def test_what_has_no_id_cannot_be_changed() -> None:
    assert touched(edition(*numbered(3)), posted((), ()), 2) == []
    assert touched(edition(*numbered(1), kind=EditionKind.WEEKLY), posted(()), 1) == []


def test_what_was_sent_before_a_withdrawal_and_what_after_are_told_apart() -> None:
    one, two, three = numbered(3)
    of = edition(one, withdrawn(two), three)
    assert Target(100, 3) in touched(of, posted((6, 7, 8, 9), (10,)), 3)
    assert Target(100, 2) in touched(of, posted((6, 7, 8), (10,)), 3)


def test_an_album_that_became_shorter_moves_its_list() -> None:
    months = numbered(10)  # eleven pictures with the cover, ten once one is withdrawn
    of = edition(withdrawn(months[0]), *months[1:])
    before, after = posted(tuple(range(6)), tuple(range(5)), (30,)), posted(tuple(range(10)), (30,))
    assert (Target(102, 0), 30, ListOf(MONTH, 0, 1)) in list(contents(of, before))
    assert (Target(101, 0), 30, ListOf(MONTH, 0, 1)) in list(contents(of, after))
