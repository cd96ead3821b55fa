from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.page import Lack, Page, page_of


def test_no_hits_make_one_empty_page() -> None:
    assert page_of([], number=3, size=5, query="x") == Page((), 1, 1, 0, "x")


def test_a_page_beyond_the_end_is_the_last_one() -> None:
    assert page_of(range(7), number=99, size=5) == Page((5, 6), 2, 2, 7, "")
    assert page_of(range(7), number=-1, size=5).number == 1


@given(st.integers(0, 60), st.integers(1, 9))
def test_the_pages_together_are_all_the_hits_in_order(total: int, size: int) -> None:
    pages = page_of(range(total), number=1, size=size).pages

    shown = [hit for number in range(1, pages + 1) for hit in page_of(range(total), number=number, size=size).hits]
    assert shown == list(range(total))


def test_other_values_can_take_the_places_of_the_hits() -> None:
    assert page_of([1, 2], number=1, size=5).with_hits("ab") == Page(("a", "b"), 1, 1, 2, "")


def test_what_the_hits_lack_stays_with_them() -> None:
    assert page_of([1], number=1, size=5).lacking([Lack.YEAR]).with_hits("a").lacks == {Lack.YEAR}
