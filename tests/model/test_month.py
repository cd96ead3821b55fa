from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.month import Month

MONTHS = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))


@given(MONTHS)
def test_a_label_is_read_as_it_was_written(month: Month) -> None:
    assert Month.parse(str(month)) == month


@given(MONTHS, st.integers(-500, 500))
def test_shifting_there_and_back_is_nothing(month: Month, months: int) -> None:
    assert month.shifted(months).shifted(-months) == month
    assert (month.shifted(months) > month) == (months > 0)


def test_december_is_followed_by_january() -> None:
    assert Month(2021, 12).shifted(1) == Month.of(date(2022, 1, 31))


@pytest.mark.parametrize("label", ["", "2022", "2022-1", "2022-13", "2022-00", "jan 2022", "2022-01 "])
def test_anything_else_is_no_month(label: str) -> None:
    with pytest.raises(ValueError, match=r"month"):
        Month.parse(label)
