"""Which message of an edition shows what, however it was divided when it was sent."""

from dataclasses import replace

from bot.chat.posted import CoverOf, ListOf, PickOf, PictureOf, Unknown, contents, touched
from bot.model.address import Address
from bot.model.correction import COVER, NO_PICTURE, Posted, PostedPart, Target
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


def posted(*parts: tuple[int, ...], shows: tuple[tuple[int, ...], ...] = ()) -> Posted:
    """What a chat has: of each part the ids of its messages; of the first ones what they show, if that is known."""
    shown = [*shows, *[()] * (len(parts) - len(shows))]
    there = zip(parts, shown, strict=True)
    return Posted(HERE, {part: PostedPart(100 + part, ids, what) for part, (ids, what) in enumerate(there)})


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


def test_an_album_without_a_cover_is_known_picture_by_picture() -> None:
    found = touched(edition(*numbered(3)), posted((7, 8, 9), (10,), shows=((1, 2, 3),)), 2)
    assert found == [Target(100, 1), Target(101, 0)]


def test_a_line_in_place_of_an_album_shows_nothing() -> None:
    for number in (1, 3):
        there = posted((7,), (8,), shows=((NO_PICTURE,),))
        assert touched(edition(*numbered(number)), there, 1) == [Target(101, 0)]


def test_what_has_no_id_cannot_be_changed() -> None:
    assert touched(edition(*numbered(3)), posted((), ()), 2) == []
    assert touched(edition(*numbered(1), kind=EditionKind.WEEKLY), posted(()), 1) == []


def test_whatever_was_withdrawn_or_came_back_since_an_album_shows_what_it_was_sent_with() -> None:
    one, two, three, four = numbered(4)
    late = posted((6, 7, 8, 9), (10,), shows=((COVER, 1, 3, 4),))
    for withheld in (
        (one, two, three, four),
        (one, withdrawn(two), withdrawn(three), four),
        (one, two, withdrawn(three), four),
    ):
        of = edition(*withheld)
        assert touched(of, late, 3) == [Target(100, 0), Target(100, 2), Target(101, 0)]
        assert Target(100, 1) not in touched(of, late, 2)


def test_of_an_album_of_before_that_was_written_down_only_a_whole_one_is_known() -> None:
    one, two, three = numbered(3)
    of = edition(one, withdrawn(two), three)
    assert Target(100, 3) in touched(of, posted((6, 7, 8, 9), (10,)), 3)
    assert list(contents(of, posted((6, 7, 8), (10,)))) == [
        (Target(100, 0), 6, Unknown()),
        (Target(101, 0), 10, ListOf(MONTH, 0, 1)),
    ]
    assert touched(of, posted((6, 7, 8), (10,)), 3) == [Target(100, 0), Target(101, 0)]


def test_half_a_month_of_before_is_not_taken_for_a_whole_one() -> None:
    months = numbered(12)  # thirteen pictures, seven and six; six and six once one is withdrawn
    of = edition(withdrawn(months[0]), *months[1:])
    there = posted(tuple(range(6)), tuple(range(10, 16)), (30,))
    assert [content for _, _, content in contents(of, there)] == [Unknown(), Unknown(), ListOf(MONTH, 0, 1)]
    assert Target(101, 5) in touched(of, posted(tuple(range(7)), tuple(range(10, 16)), (30,)), 12)


def test_an_album_that_became_shorter_moves_its_list() -> None:
    months = numbered(10)  # eleven pictures with the cover, ten once one is withdrawn
    of = edition(withdrawn(months[0]), *months[1:])
    before, after = posted(tuple(range(6)), tuple(range(5)), (30,)), posted(tuple(range(10)), (30,))
    assert (Target(102, 0), 30, ListOf(MONTH, 0, 1)) in list(contents(of, before))
    assert (Target(101, 0), 30, ListOf(MONTH, 0, 1)) in list(contents(of, after))


def test_a_list_keeps_its_place_where_an_album_is_in_doubt() -> None:
    there = Posted(HERE, {2: PostedPart(102, (30,)), 3: PostedPart(103, (31,))})
    assert list(contents(edition(*numbered(12)), there)) == [
        (Target(102, 0), 30, ListOf(MONTH, 0, 2)),
        (Target(103, 0), 31, ListOf(MONTH, 1, 2)),
    ]
