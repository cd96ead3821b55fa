"""What is handed back of a figure."""

import io
import pickle

from PIL import Image

from bot.model.manuscript import Origin
from bot.sources.pdf import Limits, read_pdf
from tests.sources.pdf.made import Made, pdf


def page(*, width: float = 200, height: float = 100) -> Made:
    made = Made(width=max(612, width + 200), height=max(792, height + 400))
    made.paragraph(60, 80, 4)
    made.fill(60, 150, width, height)
    made.text(70, 150 + height + 20, "Figure 1: A box.")
    return made


def picture(made: Made, limits: Limits | None = None) -> Image.Image:
    (image,) = read_pdf(pdf(made), limits=limits).figures[0].images
    assert image.origin is Origin.PDF
    return Image.open(io.BytesIO(image.content))


def test_a_figure_is_drawn_as_finely_as_is_asked() -> None:
    drawn = picture(page(width=216, height=72), Limits(resolution=300))
    assert drawn.format == "PNG"
    assert abs(drawn.width - 900) <= 12
    assert abs(drawn.height - 300) <= 12


def test_a_large_figure_is_drawn_no_larger_than_allowed() -> None:
    assert max(picture(page(width=3000, height=1000)).size) == 2400
    assert max(picture(page(width=3000, height=1000), Limits(longest_side=500)).size) == 500


def test_a_figure_is_drawn_as_it_is_seen() -> None:
    drawn = picture(page()).convert("L")
    assert abs(drawn.getpixel((drawn.width // 2, drawn.height // 2)) - 102) <= 2  # type: ignore[operator]
    assert drawn.getpixel((0, 0)) == 255


def test_a_reading_travels_between_processes() -> None:
    found = read_pdf(pdf(page()))
    assert pickle.loads(pickle.dumps(found)) == found


def test_the_same_file_gives_the_same_bytes() -> None:
    content = pdf(page())
    assert read_pdf(content) == read_pdf(content)


def test_captions_of_tables_are_kept() -> None:
    made = page()
    made.text(60, 400, "Table 2: Numbers of rivers.")
    (table,) = read_pdf(pdf(made)).tables
    assert (table.number, table.caption) == ("2", "Numbers of rivers.")


def test_a_figure_of_the_supplement_is_another_one_than_that_of_the_same_number() -> None:
    one, other = page(), Made()
    other.paragraph(60, 80, 4)
    other.fill(60, 150, 200, 100)
    other.text(70, 270, "Supplementary Figure 1: Another box.")
    other.text(60, 600, "Supplementary Table 1: Numbers.")
    found = read_pdf(pdf(one, other))
    assert [(each.number, len(each.images)) for each in found.figures] == [("1", 1), ("S1", 1)]
    assert [each.number for each in found.tables] == ["S1"]


def test_a_figure_that_is_not_found_has_no_picture() -> None:
    made = Made()
    y = made.paragraph(60, 80, 4)
    made.text(160, y + 20, "Figure 1: Nothing.")
    made.paragraph(60, y + 50, 4)
    found = read_pdf(pdf(made))
    assert not found.figures[0].images


def test_a_number_that_comes_twice_is_one_figure() -> None:
    one, other = page(), page()
    assert len(read_pdf(pdf(one, other)).figures) == 1
