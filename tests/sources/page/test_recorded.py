"""Real pages: LaTeXML's of four papers, one in Arxiv Vanity's dress, and snippets of arXiv's."""

from pathlib import Path

import pytest

from bot.model.manuscript import Reading
from bot.sources.joining import Readings
from bot.sources.matching import likeness
from bot.sources.page.images import image_names
from bot.sources.page.reading import read_page
from tests.sources.recorded import DATA, needs_data

HTML = DATA / "B-latex-and-html" / "html"
pytestmark = needs_data


def read(name: str) -> Reading:
    folder = HTML / name
    content = (folder / "index.html").read_bytes()
    return read_page(content, {said: (folder / said).read_bytes() for said in image_names(content)})


@pytest.mark.parametrize(
    ("name", "figures", "images", "tables", "equations", "sections", "citing"),
    [
        ("latexml_1708.00137", 3, 4, 0, 82, 11, 4),
        ("engrafo_1708.00137", 3, 4, 0, 81, 11, 4),
        ("latexml_1911.02782", 4, 4, 10, 3, 15, 6),
        ("latexml_2305.03393", 6, 6, 2, 0, 6, 11),
        ("latexml_legolm", 5, 5, 5, 2, 8, 5),
    ],
)
def test_everything_on_a_real_page_is_found(
    name: str, figures: int, images: int, tables: int, equations: int, sections: int, citing: int
) -> None:
    found = read(name)
    assert len(found.figures) == figures
    assert sum(len(one.images) for one in found.figures) == images
    assert len(found.tables) == tables
    assert len(found.equations) == equations
    assert len(found.sections) == sections
    assert sum(len(one.citing) for one in found.figures) == citing
    assert [one.number for one in found.figures] == [str(place + 1) for place in range(figures)]
    assert all(one.caption and one.citing for one in found.figures)
    assert all(one.rows and len({len(row) for row in one.rows}) == 1 for one in found.tables)
    assert found.title
    assert len(found.abstract) > 500


@pytest.mark.parametrize("name", ["latexml_1911.02782", "latexml_2305.03393", "latexml_legolm", "latexml_1708.00137"])
def test_the_text_of_a_real_page_has_no_traces_of_latex(name: str) -> None:
    found = read(name)
    said = [found.title, found.abstract, *(one.caption for one in found.figures)]
    said += [paragraph for section in found.sections for paragraph in section.paragraphs]
    assert not [text for text in said if "\\" in text or "$" in text or "ltx_" in text or "  " in text]


def test_one_page_in_two_dresses_says_the_same() -> None:
    plain, dressed = read("latexml_1708.00137"), read("engrafo_1708.00137")
    for one, other in zip(plain.figures, dressed.figures, strict=True):
        assert (likeness(one.caption, other.caption) or 0) > 0.95
    assert [section.title for section in plain.sections] == [section.title for section in dressed.sections]
    assert len(Readings(page=plain, pdf=dressed).figures) == 3


@pytest.mark.parametrize("path", sorted((HTML / "snippets").glob("*.html")), ids=lambda path: path.stem)
def test_snippets_of_arxiv_are_read(path: Path) -> None:
    (section,) = read_page(path.read_bytes(), {}).sections
    assert section.title
    assert all(paragraph and "\\" not in paragraph for paragraph in section.paragraphs)
