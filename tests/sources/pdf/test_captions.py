"""Which rows begin a caption, and what is read of it."""

import pytest

from bot.collage.box import Box
from bot.sources.pdf.captions import Caption, Kind, is_panel, split_captions
from bot.sources.pdf.page import Line
from bot.sources.pdf.rows import Row
from bot.sources.pdf.typography import Column, Typography

BODY = Typography(10.0, 300.0, ((Column(100, 400),),))


def row(text: str, y: float, *, bold: bool = False, size: float = 10.0) -> Row:
    box = Box(100, y - 8, min(300.0, 5.0 * len(text)), 9)
    return Row((Line(text, box, size, y, boldness=0.2 if bold else 0.0, has_bold_start=bold),))


def captions(*rows: Row) -> list[Caption]:
    return split_captions(rows, 1, BODY)[0]


@pytest.mark.parametrize(
    ("text", "number", "said"),
    [
        ("Figure 3: Our method.", "3", "Our method."),
        ("Fig. 3. Our method.", "3", "Our method."),
        ("Fig 3. Our method.", "3", "Our method."),
        ("FIGURE 3 | Our method.", "3", "Our method."),
        ("Figure 3 — Our method.", "3", "Our method."),
        ("Figure 3 – Our method.", "3", "Our method."),
        ("Figure 3 - Our method.", "3", "Our method."),
        ("FIGURE 3 Our method.", "3", "Our method."),
        ("Figure A.1: Our method.", "A.1", "Our method."),
        ("Figure A1: Our method.", "A1", "Our method."),
        ("Figure S2. Our method.", "S2", "Our method."),
        ("Figure 2.14: Our method.", "2.14", "Our method."),
        ("Extended Data Fig. 4 | Our method.", "S4", "Our method."),
        ("Supplementary Figure 1: Our method.", "S1", "Our method."),
        ("Supplemental Fig. S2. Our method.", "S2", "Our method."),
        ("Supplementary Table 3: Our scores.", "S3", "Our scores."),
        ("Figure 12", "12", ""),
    ],
)
def test_labels_are_read_in_every_form(text: str, number: str, said: str) -> None:
    found = captions(row(text, 100))
    assert [(caption.number, caption.text) for caption in found] == [(number, said)]


@pytest.mark.parametrize(
    "text",
    [
        "Figure 3 shows our method.",
        "Figure 5-13 shows the performance of our method.",
        "Fig. 3 and Fig. 4 show our method.",
        "Fig. 6), and it showed that",
        "Figure 2, the homogeneity and completeness",
        "Figure 3a illustrates our method.",
        "Figures 3 and 4: both",
        "Figure 1: Our method . . . . . . . . . 12",
        "Figurative speech: a study",
    ],
)
def test_sentences_and_lists_of_figures_are_no_captions(text: str) -> None:
    assert not captions(row(text, 100))


def test_a_bold_label_needs_no_separator() -> None:
    assert captions(row("Fig. 3 Our method", 100, bold=True))[0].text == "Our method"


def test_a_row_inside_a_paragraph_is_no_caption() -> None:
    assert not captions(row("We went to see the river, as is shown in", 100), row("Fig. 3. Then we went back.", 112))


def test_a_caption_right_below_the_captions_of_its_parts_is_one() -> None:
    assert captions(row("(a) Before the bridge was built", 100), row("Figure 3: Two rivers.", 111))


def test_a_caption_ends_where_a_gap_is() -> None:
    rows = (row("Figure 3: Two", 100), row("rivers.", 111), row("We went on to the bridge.", 125))
    found, rest = split_captions(rows, 1, BODY)
    assert found[0].text == "Two rivers."
    assert [[each.text for each in run] for run in rest] == [["We went on to the bridge."]]


def test_a_caption_ends_where_the_next_begins() -> None:
    found = captions(row("Figure 3: Two rivers.", 100), row("Table 4: Numbers.", 112))
    assert [(caption.kind, caption.number) for caption in found] == [(Kind.FIGURE, "3"), (Kind.OTHER, "4")]


@pytest.mark.parametrize(("text", "expected"), [("(a) Before", True), ("(iv) After", True), ("2) A step", False)])
def test_captions_of_parts_have_a_letter_in_parentheses(text: str, expected: bool) -> None:
    assert is_panel(row(text, 100)) is expected
