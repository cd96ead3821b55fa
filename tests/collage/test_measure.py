import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage.frame import TextStyle
from bot.collage.lettering.measure import Word, break_lines, longest_word, paragraph, width_of

STYLE = TextStyle(10, 400, 1.0)


def words(*widths: float) -> list[Word]:
    return [Word(f"w{i}", STYLE, width) for i, width in enumerate(widths)]


def widths(lines: list[list[Word]]) -> list[list[float]]:
    return [[word.width for word in line] for line in lines]


def said(text: str, width: float, *, balanced: bool = False) -> list[str]:
    return [" ".join(span.text for span in line) for line in paragraph(text, STYLE, width, balanced=balanced).lines]


@given(st.lists(st.text("abcdefg-", min_size=1, max_size=30), max_size=30), st.floats(60, 400))
def test_no_line_is_wider_than_its_column_and_no_word_is_lost(parts: list[str], width: float) -> None:
    text = " ".join(parts)
    block = paragraph(text, STYLE, width)
    assert block.width <= width
    assert "".join(said(text, width)).replace(" ", "") == text.replace(" ", "")


def test_lines_are_even_rather_than_greedy() -> None:
    assert widths(break_lines(words(50, 20, 20, 60, 60), 100)) == [[50, 20], [20, 60], [60]]


def test_titles_count_their_last_line() -> None:
    title = "Descending through a Crowded Valley and Benchmarking Deep Learning Optimizers"
    first, second = said(title, 300, balanced=True)
    assert abs(width_of(first, STYLE) - width_of(second, STYLE)) < 60


def test_a_last_line_is_not_one_word() -> None:
    assert widths(break_lines(words(50, 40, 10), 105)) == [[50], [40, 10]]


def test_a_line_does_not_end_with_a_word_that_leans_on_the_next() -> None:
    assert said("Position Information in Transformers: An Overview", 170, balanced=True)[0] == "Position Information"


def test_a_number_stays_with_its_unit() -> None:
    assert longest_word("81.3 %", STYLE) == pytest.approx(width_of("81.3\u00a0%", STYLE))


def test_a_word_wider_than_the_column_is_cut_at_a_hyphen() -> None:
    assert said("unsupervised-disentanglement", 90)[0] == "unsupervised-"


def test_a_lead_is_bold_and_runs_in() -> None:
    (line,) = paragraph("Start here.", STYLE, 400, lead="Idea.").lines
    assert [(span.text, span.style.weight) for span in line] == [("Idea.", 700), ("Start here.", 400)]
    assert line[1].offset > line[0].width


def test_an_empty_text_has_no_height() -> None:
    assert paragraph(" \x00", STYLE, 100).height == 0
