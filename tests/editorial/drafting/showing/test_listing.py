from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage.check.hard.numerals import Numeral, numerals_in
from bot.editorial.drafting.showing.listing import listed, printed_in
from bot.editorial.panels.bounds import MEANING
from bot.editorial.phrasing import count_words
from bot.model.manuscript import Reading, Section, SectionKind
from bot.model.panel import Figure
from tests.editorial.drafting.papers import NUMBER, TABLE, TEXT, manuscript


def nowhere(_: Numeral) -> str:
    return "somewhere"


def figure(caption: str) -> Figure:
    return Figure("fig-1.png", "0" * 64, caption, "Fig. 1 of Lee et al. (2021)", "CC BY 4.0")


def test_a_number_of_a_caption_joins_the_list_with_its_source() -> None:
    numbers = listed((NUMBER,), (figure("Trees with 12 gates."),), {"en": TEXT}, nowhere)
    assert numbers[0] == NUMBER
    assert [(each.value, each.meaning, each.source) for each in numbers[1:]] == [
        ("12", "Trees with 12 gates.", "Fig. 1")
    ]


def test_names_and_known_numbers_are_not_listed_again() -> None:
    assert listed((NUMBER,), (figure("GPT-4 reaches 71.2 % on CIFAR-10 in Figure 3."),), {"en": TEXT}, nowhere) == (
        NUMBER,
    )


def test_numbers_of_the_texts_are_listed_too() -> None:
    texts = {"en": replace(TEXT, take_away="Cut 40 branches.")}
    assert [each.value for each in listed((), (), texts, nowhere)] == ["40"]


@pytest.mark.parametrize("around", ["1500", "50.5", "0.50", "1,500", "ResNet50"])
def test_the_words_around_another_number_are_not_taken(around: str) -> None:
    said = (
        f"A network of {around} gates is split into nine parts and then, "
        + "slowly and " * 6
        + "one by one, 50 of them close."
    )
    [meaning] = [each.meaning for each in listed((), (figure(said),), {}, nowhere) if each.value == "50"]
    assert meaning == "… slowly and one by one, 50 of them close. …"


def test_the_words_around_a_number_are_found_whatever_stands_at_it() -> None:
    for printed in (".50", "(50)", "50ms", "50-fold", "5–50"):
        said = (
            "A network is split into nine parts and then, "
            + "slowly and " * 6
            + f"one by one, {printed} of them close."
        )
        [number] = [each for each in listed((), (figure(said),), {}, nowhere) if each.value == "50"]
        assert printed in number.meaning


@given(st.text(alphabet="ab 12.,%×k-", max_size=200))
def test_every_number_that_is_printed_is_listed(caption: str) -> None:
    numbers = listed((), (figure(caption),), {}, nowhere)
    values = {value for each in numbers for found in numerals_in(each.value) for value in (found.value, found.plain)}
    assert all(found.is_name or {found.value, found.plain} & values for found in numerals_in(caption))
    assert all(count_words(each.meaning) <= MEANING for each in numbers)


def test_a_number_of_the_texts_says_where_the_paper_prints_it() -> None:
    section = Section("Experiments", SectionKind.RESULTS, ("GateTree keeps 0.18 of 4,096 branches.",))
    paper = replace(manuscript(tables=(TABLE,)), reading=Reading(sections=(section,), tables=(TABLE,)))
    texts = {"en": replace(TEXT, key_idea="It keeps 4,096 branches and reaches 61.0 points.", shorter={})}
    assert {each.value: each.source for each in listed((), (), texts, partial(printed_in, paper))} == {
        "4,096": "Experiments", "61.0": "Table 2",
    }  # fmt: skip
