"""Even shares: albums and rows of buttons."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.shares import evenly


@given(st.lists(st.integers(), max_size=60), st.integers(1, 12))
def test_nothing_is_lost_and_no_share_is_much_larger_than_another(items: list[int], most: int) -> None:
    shares = evenly(items, most)
    assert [item for share in shares for item in share] == items
    sizes = [len(share) for share in shares]
    assert all(0 < size <= most for size in sizes)
    assert not sizes or max(sizes) - min(sizes) <= 1


def test_eleven_pictures_become_two_albums_and_none_of_one() -> None:
    assert [len(share) for share in evenly(range(11), 10)] == [6, 5]
