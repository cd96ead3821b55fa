"""What is refused, and what is read as far as it goes."""

import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.errors import SourceRefused
from bot.sources.pdf import Limits, read_pdf
from tests.sources.pdf.made import PROSE, Made, pdf


def paper(pages: int = 1) -> bytes:
    made = []
    for number in range(1, pages + 1):
        page = Made()
        y = page.paragraph(160, 80, 6)
        page.fill(200, y + 20, 200, 120)
        page.text(220, y + 165, f"Figure {number}: A grey box.")
        page.paragraph(160, y + 190, 6)
        made.append(page)
    return pdf(*made)


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.5\n%%EOF", b"<html></html>", paper()[:200]])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(SourceRefused, match="draft from the source instead"):
        read_pdf(content)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(SourceRefused, match="more than 0 MB"):
        read_pdf(paper(), limits=Limits(file_bytes=100))


def test_a_file_without_pages_is_refused() -> None:
    with pytest.raises(SourceRefused):
        read_pdf(pdf())


def test_a_file_with_a_password_says_so() -> None:
    encrypt = b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
    content = paper().replace(b"/Root 1 0 R", b"/Root 1 0 R /ID [<41> <41>] /Encrypt " + encrypt)
    with pytest.raises(SourceRefused, match="password"):
        read_pdf(content)


def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = paper(3)
    found = read_pdf(whole[: whole.rindex(b"xref")])
    assert [figure.number for figure in found.figures] == ["1", "2", "3"]


def test_pages_beyond_the_limit_are_left_out_with_a_note() -> None:
    found = read_pdf(paper(3), limits=Limits(pages=2))
    assert len(found.figures) == 2
    assert found.notes == ("Only the first 2 of the 3 pages of the PDF were read.",)


def test_objects_beyond_the_limit_are_left_out_with_a_note() -> None:
    found = read_pdf(paper(), limits=Limits(objects=3))
    assert "draws too much" in found.notes[0]


def test_a_file_that_takes_too_long_is_read_so_far() -> None:
    found = read_pdf(paper(3), limits=Limits(seconds=-1.0))
    assert not found.figures
    assert "took too long" in found.notes[0]


def test_figures_beyond_the_limit_are_known_but_not_drawn() -> None:
    found = read_pdf(paper(3), limits=Limits(figures=2))
    assert [len(figure.images) for figure in found.figures] == [1, 1, 0]


def with_image(content: bytes, head: str) -> bytes:
    page = Made()
    y = page.paragraph(160, 80, 6)
    page.ops.append(f"q 200 0 0 120 200 {792 - y - 140} cm /Im Do Q")
    page.text(220, y + 165, "Figure 1: A bitmap.")
    page.paragraph(160, y + 190, 6)
    common = "/Type /XObject /Subtype /Image /Width 20 /Height 12"
    return pdf(page, image=(content, f"{common} {head}"))


def test_a_jpeg_2000_bitmap_is_seen() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 12), (200, 30, 30)).save(buffer, "JPEG2000")
    found = read_pdf(with_image(buffer.getvalue(), "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /JPXDecode"))
    picture = Image.open(io.BytesIO(found.figures[0].images[0].content)).convert("RGB")
    red, green, _ = picture.getpixel((picture.width // 2, picture.height // 2))  # type: ignore[misc]
    assert red > 150 > green


@pytest.mark.parametrize("kind", ["JBIG2Decode", "JPXDecode", "CCITTFaxDecode", "DCTDecode"])
def test_a_broken_bitmap_breaks_nothing(kind: str) -> None:
    head = f"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /{kind}"
    found = read_pdf(with_image(b"\x97JB2\r\n nothing of use" * 20, head))
    assert [figure.number for figure in found.figures] == ["1"]
    assert all("\n" not in note for note in found.notes)


def test_a_scan_says_that_it_has_no_text() -> None:
    buffer = io.BytesIO()
    Image.new("L", (200, 300), 128).save(buffer, "PDF")
    assert read_pdf(buffer.getvalue()).notes == ("The PDF has no text that can be read; it is a scan.",)


def test_forms_that_show_themselves_come_to_an_end() -> None:
    page = Made()
    page.form("0 0 5 5 re f /F0 Do", box=(0, 0, 100, 100))
    page.text(160, 80, PROSE)
    assert not read_pdf(pdf(page)).figures


def test_a_page_whose_stream_is_a_bomb_is_read_within_bounds() -> None:
    page = Made()
    page.ops.append("0 0 1 1 re f\n" * 60_000)
    content = pdf(page)
    assert len(zlib.compress(content)) < 50_000
    assert "draws too much" in read_pdf(content, limits=Limits(objects=1_000)).notes[0]


def test_text_beyond_the_page_and_beyond_all_bounds_is_not_read() -> None:
    page = Made()
    page.paragraph(160, 80, 4)
    page.text(5000, 100, "Figure 9: Not to be seen.")
    for size in (1e39, -1e39, 1e-30, 0):
        page.ops.append(f"BT /R {size:f} Tf 1 0 0 1 200 300 Tm (Figure 8: Huge.) Tj ET")
        page.ops.append(f"q {size:f} 0 0 {size:f} 0 0 cm 0 0 5 5 re f BT /R 10 Tf (Figure 7: Wide.) Tj ET Q")
    assert "9" not in [figure.number for figure in read_pdf(pdf(page)).figures]


@settings(max_examples=60)
@given(st.data())
def test_whatever_is_changed_in_a_file_it_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(paper())
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    try:
        found = read_pdf(bytes(content))
    except SourceRefused:
        return
    assert all(figure.number for figure in found.figures)
