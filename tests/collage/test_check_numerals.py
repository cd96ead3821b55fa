import sys
from dataclasses import replace

import pytest

from bot.collage.check.hard.numerals import numerals_in
from bot.collage.check.hard.stated import formula_faults, stated_in
from bot.model.panel import Number
from tests.collage.samples import CURVES, NUMBER, entry


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("82.2 % of them", [82.2]),
        (">50,000 runs", [50_000]),
        ("5–50 waves", [5, 50]),
        ("10 of 12 blocks", [10, 12]),
        ("65 million pairs", [65e6]),
        ("48M parameters", [48e6]),
        ("1.8×10⁷ samples", [1.8e7]),
        ("10⁷ samples", [1e7]),
        ("256×256×3 values", [256, 256, 3]),
        ("8.7× faster", [8.7]),
        ("10ms a step", [10]),
        ("−0.5 points", [0.5]),
        ("6500万对", [6.5e7]),
        ("no number at all", []),
    ],
)
def test_a_numeral_is_worth_what_it_says(text: str, values: list[float]) -> None:
    found = list(numerals_in(text))
    assert [numeral.value for numeral in found] == pytest.approx(values)
    assert not any(numeral.is_name for numeral in found)


@pytest.mark.parametrize(
    "text",
    ["GPT-3", "ConViT-S2", "CIFAR-10", "top-1 accuracy", "x2", "F0", "a 3D scene", "layer 4", "Table 2", "eq. 11", "B7",
     "EfficientNet-B7", "the 2nd head", "head 12"],
)  # fmt: skip
def test_a_digit_in_a_name_claims_nothing(text: str) -> None:
    assert all(numeral.is_name for numeral in numerals_in(text))


@pytest.mark.parametrize(
    "text",
    ["10⁵⁰⁰", "2¹⁰²⁴", "0⁻¹", "1.8×10⁵⁰⁰", "9" * 400, "1" + "0" * 400, "9" * 308 + " million", "2" + "⁹" * 5_000],
)
def test_a_number_that_no_float_holds_is_worth_the_largest_that_one_does(text: str) -> None:
    [numeral] = numerals_in(text)
    assert numeral.value == sys.float_info.max
    assert max(numeral.plain, numeral.unit) <= sys.float_info.max


@pytest.mark.parametrize(
    ("text", "values"),
    [("10⁻⁻", [10]), ("10⁻", [10]), ("1×10⁻", [1, 10]), ("10⁵⁻⁷", [1e5]), ("0×10⁵⁰⁰", [0]), ("10⁻⁵⁰⁰", [0])],
)
def test_an_exponent_that_is_none_is_left_out(text: str, values: list[float]) -> None:
    assert [numeral.value for numeral in numerals_in(text)] == values


def test_a_huge_number_in_the_list_states_no_other() -> None:
    stated = stated_in(
        replace(entry(CURVES), numbers=(replace(NUMBER, value="10⁵⁰⁰"), replace(NUMBER, value="9" * 400)))
    )
    assert stated.has(next(numerals_in("10⁵⁰⁰")))
    assert not stated.has(next(numerals_in("47.9")))


def test_what_the_entry_lists_is_stated_however_it_is_written() -> None:
    stated = stated_in(replace(entry(CURVES), numbers=(replace(NUMBER, value="65 million", against="1,024 of them"),)))
    for text in ("65 million", "65M", "1024", "1,024", "47.80", "59.6", "2021"):
        assert stated.has(next(iter(numerals_in(text)))), text
    for text in ("66 million", "47.9", "48.1", "2022"):
        assert not stated.has(next(iter(numerals_in(text)))), text


def test_a_value_of_a_chart_may_be_rounded_to_its_digits_and_no_further() -> None:
    stated = stated_in(entry(replace(CURVES, series=(replace(CURVES.series[0], values=(26214.0, 51.24)),))))
    assert stated.has(next(iter(numerals_in("26,200"))), is_rounded=True)
    assert stated.has(next(iter(numerals_in("51.2"))), is_rounded=True)
    assert not stated.has(next(iter(numerals_in("26,300"))), is_rounded=True)
    assert not stated.has(next(iter(numerals_in("52"))), is_rounded=True)
    assert not stated.has(next(iter(numerals_in("51.2"))))


@pytest.mark.parametrize(
    ("value", "formula", "is_fine"),
    [
        ("11.6 points", "59.6 − 48.0", True),
        ("11.6", "48.0 − 59.6", True),
        ("24 %", "(59.6 - 48.0) / 48.0 × 100", False),  # nobody lists 100
        ("12 points", "59.6 − 48.0", True),
        ("11.5", "59.6 − 48.0", False),
        ("11.6", "__import__('os')", False),
        ("11.6", "59.6 ** 48.0", False),
        ("11.6", "1 / 0", False),
    ],
)
def test_a_formula_must_give_its_number_from_listed_ones(value: str, formula: str, is_fine: bool) -> None:
    shown = entry(replace(CURVES, categories=("5 %", "10 %", "30 %", "50 %", "all")))
    shown = replace(shown, numbers=(Number(value, "ahead", "Table 2", formula=formula),))
    assert (list(formula_faults(shown, stated_in(shown))) == []) is is_fine
