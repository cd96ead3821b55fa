"""The list of numbers holds the telling ones first, and all that the collage prints."""

from bot.editorial.drafting.saying.claims import Claim
from bot.editorial.drafting.saying.numbers import has_unread, listed
from bot.model.panel import Number


def _claim(value: str, meaning: str, weight: float) -> Claim:
    return Claim(Number(value, meaning, "Abstract"), weight)


def test_results_come_first_and_small_counts_only_where_they_are_shown() -> None:
    claims = [_claim("12", "tasks", 0.5), _claim("1,400", "models", 0.5), _claim("3×", "faster", 3.0)]
    assert [number.value for number in listed(claims, (), "")] == ["3×", "1,400"]
    assert [number.value for number in listed(claims, ["It solves 12 tasks."], "")] == ["3×", "1,400", "12"]


def test_each_value_is_listed_once_with_its_most_telling_meaning() -> None:
    claims = [_claim("3×", "smaller", 2.0), _claim("3×", "faster", 3.0)]
    assert [number.meaning for number in listed(claims, (), "")] == ["faster"]


def test_names_and_numbers_of_the_title_need_no_source() -> None:
    assert not has_unread("GPT-4 solves 38 tasks of CIFAR-10.", (), "On 38 Tasks")
    assert has_unread("It solves 38 tasks.", (), "On Tasks")
    assert not has_unread("It solves 38 tasks.", [Number("38", "tasks", "Abstract")], "On Tasks")
