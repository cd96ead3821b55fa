from pathlib import Path

import pytest
from PIL import Image

from bot.collage.figures import figure_fault, read_figure, vector
from bot.collage.frame import Raster
from bot.model.panel import Crop
from tests.collage.drawings import figure, pdf, svg

PAPERS = Path(__file__).parents[3] / "shared" / "data" / "C-pdf"
RED_BOX = '<rect x="50" y="20" width="100" height="60" fill="red"/>'
RED_FILL = "1 0 0 rg 50 20 100 60 re f"


def raster_of(content: bytes, crop: Crop | None = None, page: int = 1) -> Raster:
    return read_figure(figure(content, crop=crop, page=page), content)


def share_of_red(picture: Image.Image) -> float:
    red = sum(count for count, pixel in picture.getcolors(1 << 24) or [] if pixel == (255, 0, 0))
    return red / (picture.width * picture.height)


@pytest.mark.parametrize("content", [svg(RED_BOX), pdf(RED_FILL)])
def test_lines_are_trimmed_and_drawn_at_any_size(content: bytes) -> None:
    raster = raster_of(content)
    assert raster.is_vector
    assert raster.width / raster.height == pytest.approx(100 / 60, rel=0.02)
    picture = raster.render(1500, 900)
    assert (picture.mode, picture.size) == ("RGB", (1500, 900))
    assert share_of_red(picture) > 0.98


@pytest.mark.parametrize("content", [svg(RED_BOX), pdf(RED_FILL)])
def test_a_crop_is_cut_before_the_border(content: bytes) -> None:
    raster = raster_of(content, Crop(0, 0, 0.5, 1))
    assert raster.width / raster.height == pytest.approx(50 / 60, rel=0.03)
    assert raster.locate(0.5, 0.2) == pytest.approx((0, 0), abs=0.03)
    assert share_of_red(raster.render(500, 600)) > 0.97


def test_each_page_of_a_pdf_is_a_figure() -> None:
    content = pdf("0 0 1 rg 0 0 100 100 re f", RED_FILL)
    assert share_of_red(raster_of(content, page=2).render(100, 60)) > 0.9
    assert share_of_red(raster_of(content, page=1).render(100, 100)) == 0
    assert "no page 3 but 2" in (figure_fault(figure(page=3), content) or "")


def test_a_turned_page_is_shown_as_readers_see_it() -> None:
    raster = raster_of(pdf(RED_FILL, extra="/Rotate 90"))
    assert raster.width / raster.height == pytest.approx(60 / 100, rel=0.02)


def test_letters_of_a_pdf_tell_how_large_they_are() -> None:
    small, large = (raster_of(pdf(f"BT /F {em} Tf 20 40 Td (Labels of an axis) Tj ET")) for em in (6, 12))
    assert small.label == pytest.approx(large.label, rel=0.1)  # both are trimmed to the same words
    framed = raster_of(pdf("1 1 198 98 re S BT /F 10 Tf 20 40 Td (Labels) Tj ET"))
    assert framed.label == pytest.approx(10 / 198, rel=0.1)


@pytest.mark.parametrize(("head", "shape"), [
    ('width="100mm" height="50mm" viewBox="0 0 200 100"', 2.0),
    ('width="300px" height="300px"', 1.0),
    ('width="100%" height="100%" viewBox="0 0 300 100"', 3.0),
])  # fmt: skip
def test_an_svg_says_its_size_in_many_ways(head: str, shape: float) -> None:
    raster = raster_of(svg('<rect x="-500" y="-500" width="2000" height="2000" fill="red"/><circle r="9"/>', head=head))
    assert raster.width / raster.height == pytest.approx(shape, rel=0.02)


def test_text_of_an_svg_is_drawn_whatever_font_it_asks_for() -> None:
    plain, fancy = (
        raster_of(svg(f'<text x="20" y="60" font-family="{family}">loss → 0, α = β</text>')).render(400, 60)
        for family in ("Inter", "No Such Font")
    )
    assert plain.tobytes() == fancy.tobytes()


BOMB = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 20 if i else "lol" * 20}">' for i in range(10))


@pytest.mark.parametrize(("content", "said"), [
    (svg("<script>alert(1)</script>"), "script"),
    (svg('<image width="9" height="9" xlink:href="/etc/hostname"/>'), "embed"),
    (svg('<image width="9" height="9" href="https://example.org/a.png"/>'), "embed"),
    (svg('<filter id="f"><feImage href="secret.png"/></filter>'), "embed"),
    (svg("<foreignObject/>"), "HTML"),
    (svg('<text y="20">中文</text>'), "text as paths"),
    (svg(""), "blank"),
    (svg("<rect/>", head=""), "viewBox"),
    (svg(RED_BOX, head='viewBox="0 0 100000 1"'), "strip"),
    (svg(RED_BOX)[:-12], "cut off"),
    (svg("<g>" * 50_000 + "</g>" * 50_000), "PNG"),
    (svg('<text y="20">&a9;</text>', before=f"<!DOCTYPE svg [{BOMB}]>"), "limit"),
    (svg("<text>&a;</text>", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "cannot be drawn"),
    (b'<?xml version="1.0"?><html><body/></html>', "no SVG"),
    (svg(RED_BOX).replace(b"red", b"r\xe9d"), "line 1"),
    (pdf(RED_FILL)[:300], "damaged"),
    (pdf(""), "blank"),
    (pdf(RED_FILL, size=(30_000, 100)), "strip"),
    (b"%PDF-1.7\n", "damaged"),
])  # fmt: skip
def test_hostile_and_broken_files_are_refused_with_a_remedy(content: bytes, said: str) -> None:
    fault = figure_fault(figure(), content)
    assert fault
    assert said in fault
    assert fault.startswith(("it ", "its "))
    assert "; " in fault


def test_html_with_a_fallback_is_drawn_by_its_fallback() -> None:
    inside = f"<switch><foreignObject requiredFeatures='x'/>{RED_BOX}</switch>"
    assert share_of_red(raster_of(svg(inside)).render(100, 60)) > 0.9


@pytest.mark.slow
def test_a_file_that_takes_forever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector, "_SECONDS", 1.0)
    filters = '<filter id="f" x="-9" y="-9" width="30" height="30">' + '<feGaussianBlur stdDeviation="50"/>' * 90
    fault = figure_fault(figure(), svg(filters + '</filter><rect width="200" height="100" filter="url(#f)"/>'))
    assert "save it as PNG" in (fault or "")


def test_a_painter_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")  # a child that saw this could not even start
    assert raster_of(svg(RED_BOX)).render(100, 60).size == (100, 60)


def test_drawing_twice_gives_equal_pixels() -> None:
    for content in (svg(RED_BOX), pdf(RED_FILL)):
        one, other = (raster_of(content).render(333, 200) for _ in range(2))
        assert one.tobytes() == other.tobytes()


@pytest.mark.slow
def test_real_papers_are_drawn() -> None:
    if not PAPERS.is_dir():
        pytest.skip("the papers are not beside this checkout")
    faults = {path.name: figure_fault(figure(), path.read_bytes()) for path in sorted(PAPERS.glob("*.pdf"))}
    refused = {name: fault for name, fault in faults.items() if fault}
    assert set(refused) == {"jo.pdf"}
    assert "fonts embedded" in str(refused["jo.pdf"])
