"""Where figures are found: one page made by hand for every rule."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.collage.box import Box
from bot.sources.pdf.regions import Region
from tests.sources.pdf.made import NARROW, PROSE, Made, pdf
from tests.sources.pdf.score import regions_of

LEFT, TOP = 160.0, 80.0


def found(*pages: Made) -> dict[str, Region]:
    """The figures of a made PDF by their numbers."""
    return {region.caption.number: region for region in regions_of(pdf(*pages))[0]}


def box_of(region: Region) -> Box:
    assert region.box is not None
    return region.box


def is_about(box: Box, left: float, top: float, right: float, bottom: float) -> bool:
    """*box* is there, give or take the white that is left around figures."""
    sides = (box.x - left, box.y - top, box.right - right, box.bottom - bottom)
    return all(abs(side) <= 2.5 for side in sides)


def text_page() -> tuple[Made, float]:
    """A page that begins with a paragraph, and where it goes on."""
    page = Made()
    return page, page.paragraph(LEFT, TOP, 6)


def test_a_drawing_above_its_caption_is_found_without_caption_and_paragraph() -> None:
    page, y = text_page()
    page.fill(200, y + 20, 200, 120)
    page.text(220, y + 165, "Figure 1: A grey box.")
    page.paragraph(LEFT, y + 190, 6)
    assert is_about(box_of(found(page)["1"]), 200, y + 20, 400, y + 140)


def test_a_caption_of_several_rows_is_read_whole_and_its_figure_keeps_off_it() -> None:
    page, y = text_page()
    page.fill(200, y + 20, 200, 120)
    for row, said in enumerate(
        ("Figure 1: The river in the old town, seen from the", "bridge; its cur-", "rent is slow.")
    ):
        page.text(LEFT, y + 160 + 12 * row, said)
    page.paragraph(LEFT, y + 215, 6)
    region = found(page)["1"]
    assert region.caption.text == "The river in the old town, seen from the bridge; its current is slow."
    assert is_about(box_of(region), 200, y + 20, 400, y + 140)


def test_where_captions_stand_above_figures_the_figure_below_is_taken() -> None:
    pages = []
    for number in (1, 2):
        page, y = text_page()
        page.text(220, y + 20, f"Figure {number}: Below me.")
        page.fill(200, y + 30, 200, 120)
        page.paragraph(LEFT, y + 190, 6)
        pages.append(page)
    between = Made()  # drawings on both sides of its caption: the others tell which is meant
    between.text(220, 60, "Figure 3: Below me.")
    between.fill(200, 70, 200, 100)
    between.text(220, 200, "Figure 4: Below me, too.")
    between.fill(200, 210, 200, 90, gray=0.6)
    boxes = found(*pages, between)
    assert is_about(box_of(boxes["2"]), 200, TOP + 72 + 30, 400, TOP + 72 + 150)
    assert is_about(box_of(boxes["3"]), 200, 70, 400, 170)
    assert is_about(box_of(boxes["4"]), 200, 210, 400, 300)


def test_a_figure_beside_its_narrow_caption_is_found() -> None:
    page, y = text_page()
    page.fill(300, y + 20, 140, 150)
    page.text(LEFT, y + 80, "Figure 1: The box")
    page.text(LEFT, y + 92, "stands beside me.")
    page.paragraph(LEFT, y + 200, 6)
    assert is_about(box_of(found(page)["1"]), 300, y + 20, 440, y + 170)


def columns(page: Made, top: float, rows: int) -> None:
    """Text in two columns."""
    page.paragraph(60, top, rows, said=NARROW)
    page.paragraph(330, top, rows, said=NARROW)


def test_a_figure_in_one_column_keeps_off_the_other() -> None:
    page = Made()
    page.fill(80, 80, 180, 100)
    page.text(90, 200, "Figure 1: On the left.")
    page.paragraph(60, 230, 20, said=NARROW)
    page.paragraph(330, 80, 30, said=NARROW)
    region = found(page)["1"]
    assert is_about(box_of(region), 80, 80, 260, 180)
    assert not region.is_wide


def test_figures_in_both_columns_at_one_height_stay_apart() -> None:
    page = Made()
    for number, left in ((1, 70.0), (2, 340.0)):
        page.fill(left, 80, 200, 100, gray=0.2 * number)
        page.text(left + 10, 200, f"Figure {number}: A box.")
    columns(page, 230, 20)
    boxes = found(page)
    assert is_about(box_of(boxes["1"]), 70, 80, 270, 180)
    assert is_about(box_of(boxes["2"]), 340, 80, 540, 180)


@pytest.mark.parametrize("caption_left", [250, 60])
def test_a_figure_across_both_columns_is_wide(caption_left: float) -> None:
    page = Made()
    page.fill(70, 80, 470, 120)
    page.text(caption_left, 220, "Figure 1: Both columns.")
    columns(page, 250, 20)
    region = found(page)["1"]
    assert is_about(box_of(region), 70, 80, 540, 200)
    assert region.is_wide


def test_figures_side_by_side_with_captions_of_their_own_are_parted_where_it_is_white() -> None:
    page, y = text_page()
    page.fill(LEFT, y + 20, 170, 100, gray=0.2)
    page.fill(LEFT + 190, y + 20, 100, 100, gray=0.6)
    page.text(LEFT + 20, y + 140, "Figure 1: Large.")
    page.text(LEFT + 200, y + 140, "Figure 2: Small.")
    page.paragraph(LEFT, y + 170, 6)
    boxes = found(page)
    assert is_about(box_of(boxes["1"]), LEFT, y + 20, LEFT + 170, y + 120)
    assert is_about(box_of(boxes["2"]), LEFT + 190, y + 20, LEFT + 290, y + 120)


def test_a_figure_that_text_is_wrapped_around_keeps_off_the_text() -> None:
    page, y = text_page()
    page.paragraph(LEFT, y, 12, said="Quiet rivers carry warm light")
    page.fill(330, y, 120, 100)
    page.text(330, y + 120, "Figure 1: Beside text.")
    page.paragraph(LEFT, y + 12 * 12, 8)
    assert is_about(box_of(found(page)["1"]), 330, y, 450, y + 100)


def test_a_form_that_claims_the_whole_page_is_cut_to_what_it_shows() -> None:
    page, y = text_page()
    below = 792 - (y + 140)
    page.form(
        "0.3 g 0 0 200 120 re f 0.6 g -9000 -9000 20000 20000 re f",
        box=(0, 0, 200, 120),
        matrix=(1, 0, 0, 1, 200, below),
    )
    page.text(220, y + 165, "Figure 1: A form.")
    page.paragraph(LEFT, y + 190, 6)
    assert is_about(box_of(found(page)["1"]), 200, y + 20, 400, y + 140)


def test_text_inside_a_form_is_part_of_the_figure_however_long_it_is() -> None:
    page, y = text_page()
    rows = " ".join(f"BT /R 10 Tf 1 0 0 1 0 {100 - 12 * row} Tm ({PROSE}) Tj ET" for row in range(5))
    page.form(rows, box=(-5, -5, 320, 120), matrix=(1, 0, 0, 1, LEFT, 792 - (y + 140)))
    page.text(220, y + 165, "Figure 1: A prompt.")
    page.paragraph(LEFT, y + 190, 6)
    box = box_of(found(page)["1"])
    assert y + 15 <= box.y <= y + 35
    assert box.bottom >= y + 85


def test_a_table_right_above_stays_out() -> None:
    page, y = text_page()
    page.text(LEFT, y + 15, "Table 1: Numbers.")
    for row in range(4):
        page.rule(LEFT, y + 25 + 20 * row, 280)
        if row < 3:
            page.text(LEFT + 20, y + 39 + 20 * row, "river 12 bridge 14")
    page.fill(200, y + 100, 200, 100)
    page.text(220, y + 220, "Figure 1: Right below a table.")
    page.paragraph(LEFT, y + 250, 6)
    assert is_about(box_of(found(page)["1"]), 200, y + 100, 400, y + 200)


def test_a_table_inside_a_figure_stays_in() -> None:
    page, y = text_page()
    for row in range(3):
        page.rule(LEFT, y + 20 + 30 * row, 130)
        if row < 2:
            page.text(LEFT + 10, y + 38 + 30 * row, "river 12 14")
    page.fill(320, y + 20, 100, 70)
    page.text(220, y + 110, "Figure 1: Left: numbers. Right: a box.")
    page.paragraph(LEFT, y + 140, 6)
    assert is_about(box_of(found(page)["1"]), LEFT, y + 20, 420, y + 90)


def test_a_caption_that_touches_its_figure_stays_out() -> None:
    page, y = text_page()
    page.fill(200, y + 20, 200, 120)
    page.text(220, y + 148.5, "Figure 1: Hardly any white.")
    page.paragraph(LEFT, y + 170, 6)
    region = found(page)["1"]
    assert box_of(region).bottom <= region.caption.box.y


def test_running_heads_page_numbers_and_their_rules_stay_out() -> None:
    pages = []
    for number in (1, 2, 3):
        page = Made()
        page.text(240, 40, "Rivers and bridges")
        page.rule(LEFT, 46, 290)
        page.text(300, 760, str(number))
        page.fill(200, 70, 200, 100 + 10 * number)
        page.text(220, 200 + 10 * number, f"Figure {number}: On top of the page.")
        page.paragraph(LEFT, 240, 30)
        pages.append(page)
    for region in found(*pages).values():
        assert is_about(box_of(region), 200, 70, 400, 170 + 10 * int(region.caption.number))


def test_a_heading_above_stays_out() -> None:
    page, y = text_page()
    page.text(LEFT, y + 20, "3 Results", bold=True, size=12)
    page.fill(200, y + 40, 200, 100)
    page.text(220, y + 160, "Figure 1: Below a heading.")
    assert is_about(box_of(found(page)["1"]), 200, y + 40, 400, y + 140)


def test_labels_outside_the_drawing_and_captions_of_its_parts_belong_to_it() -> None:
    page, y = text_page()
    page.text(260, y + 30, "A title of the plot", size=8)
    page.fill(200, y + 40, 90, 100)
    page.fill(310, y + 40, 90, 100)
    page.text(195, y + 100, "upwards", size=8, upwards=True)
    page.text(230, y + 150, "time", size=8)
    page.text(220, y + 172, "(a) Before")
    page.text(330, y + 172, "(b) After the bridge was built, at night")
    page.text(220, y + 195, "Figure 1: With labels.")
    page.paragraph(LEFT, y + 220, 6)
    box = box_of(found(page)["1"])
    assert box.x < 195
    assert y + 20 < box.y < y + 26
    assert y + 172 < box.bottom < y + 180


def test_hundreds_of_lines_drawn_on_the_page_are_one_figure() -> None:
    page, y = text_page()
    page.ops += [
        f"0.3 w {200 + i % 200} {792 - y - 20 - i % 90} m {202 + i % 200} {792 - y - 22 - i % 90} l S"
        for i in range(900)
    ]
    page.text(220, y + 140, "Figure 1: Many strokes.")
    page.paragraph(LEFT, y + 170, 6)
    assert is_about(box_of(found(page)["1"]), 200, y + 20, 401, y + 111)


def test_text_in_a_frame_is_a_figure() -> None:
    page, y = text_page()
    page.frame(LEFT - 5, y + 20, 300, 80)
    page.paragraph(LEFT, y + 40, 5)
    page.text(220, y + 125, "Figure 1: The prompt.")
    page.paragraph(LEFT, y + 150, 6)
    assert is_about(box_of(found(page)["1"]), LEFT - 5, y + 20, LEFT + 295, y + 100)


def test_formulas_alone_are_a_figure_where_the_caption_says_so() -> None:
    page, y = text_page()
    page.text(200, y + 30, "a = 12 b + 7 c", size=10)
    page.text(200, y + 60, "b = 3 c + 4 d", size=10)
    page.text(220, y + 90, "Figure 1: Two formulas.")
    page.paragraph(LEFT, y + 120, 6)
    box = box_of(found(page)["1"])
    assert y + 18 < box.y < y + 24
    assert y + 60 < box.bottom < y + 65


def test_a_caption_without_a_figure_has_no_region() -> None:
    page, y = text_page()
    page.text(220, y + 20, "Figure 1: Nothing is here.")
    page.paragraph(LEFT, y + 45, 6)
    assert found(page)["1"].box is None


def test_a_sentence_that_begins_like_a_caption_is_none() -> None:
    page, y = text_page()
    page.text(LEFT, y, "Figure 1. We saw the river and the bridges of the old town, and went on")
    page.paragraph(LEFT, y + 12, 5)
    page.fill(200, y + 100, 200, 80)
    assert not found(page)


def test_a_crop_box_and_a_rotation_are_seen_as_a_reader_sees_them() -> None:
    page = Made(width=700, height=900, crop=(50, 40, 662, 832))
    page.paragraph(210, 150, 6)
    page.fill(250, 240, 200, 100)
    page.text(260, 360, "Figure 1: Cropped.")
    page.paragraph(210, 390, 6)
    assert is_about(box_of(found(page)["1"]), 200, 172, 400, 272)  # the crop box begins 50 to the right, 68 down


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_on_its_side_is_read_upright(rotate: int) -> None:
    """Text runs upwards on the paper, as in a sideways figure; a page may be turned as well."""
    page = Made(width=612, height=792, rotate=rotate)
    for row in range(5):
        page.text(100 + 12 * row, 500, PROSE, upwards=True)
    page.fill(200, 300, 100, 200)
    page.text(320, 480, "Figure 1: Lying.", upwards=True)
    for row in range(5):
        page.text(350 + 12 * row, 500, PROSE, upwards=True)
    assert is_about(box_of(found(page)["1"]), 292, 200, 492, 300)


def test_a_page_of_fourteen_thousand_points_is_read() -> None:
    page = Made(width=14_400, height=14_400)
    page.paragraph(LEFT, 100, 5)
    page.fill(200, 200, 3000, 2000)
    page.text(220, 2230, "Figure 1: A poster.", size=24)
    box = box_of(found(page)["1"])
    assert box.x < 201
    assert box.right > 3199


@settings(max_examples=25)
@given(
    left=st.integers(165, 300),
    width=st.integers(30, 150),
    height=st.integers(20, 250),
    gap=st.integers(8, 40),
    rows=st.integers(2, 12),
)
def test_wherever_a_box_stands_between_paragraphs_it_is_found(
    left: int, width: int, height: int, gap: int, rows: int
) -> None:
    page = Made()
    y = page.paragraph(LEFT, TOP, rows)
    page.fill(left, y + gap, width, height)
    page.text(200, y + gap + height + 20, "Figure 7: Anywhere.")
    page.paragraph(LEFT, y + gap + height + 45, 6)
    region = found(page)["7"]
    assert is_about(box_of(region), left, y + gap, left + width, y + gap + height)
    assert not box_of(region).overlap(region.caption.box)
