"""Real e-prints: as many figures, tables and formulas as the papers have, with their pixels, numbers and neighbours."""

from dataclasses import dataclass
from functools import cache

import pytest

from bot.model.manuscript import Reading
from bot.sources.eprint import read_eprint
from tests.sources.recorded import DATA, needs_data

pytestmark = needs_data


@dataclass(frozen=True)
class Facts:
    """What is in a paper, counted by hand in its PDF or its page.

    Attributes:
        figures: Numbers; *drawn* are those that TeX draws, for which there are no pixels in the source.
        grids: How many of the tables are one grid, and can be read.
    """

    figures: str
    drawn: str
    tables: str
    grids: int
    numbered: int
    displayed: int
    sections: int


FACTS = {
    "1708.00137": Facts("1 2 3", "", "", 0, 78, 86, 11),
    "1911.02782": Facts("1 2 3 4", "", "1 2 3 4 5 6 7 8 9 ", 10, 1, 3, 16),
    "2305.03393": Facts("1 2 3 4 5 6", "", "1 2", 2, 0, 0, 6),
    "latin-poetic-style": Facts("1 2 3 4 5 6 7 8 9", "2", "1", 1, 0, 0, 8),
    "legolm": Facts("1 2 3 4 5", "", "1 2 3 4 5", 5, 0, 2, 8),
}


@cache
def reading_of(name: str) -> Reading:
    return read_eprint((DATA / "B-latex-and-html" / "eprint" / f"{name}.tar.gz").read_bytes())


@pytest.mark.parametrize("name", FACTS)
def test_everything_in_a_real_paper_is_found(name: str) -> None:
    reading, facts = reading_of(name), FACTS[name]
    assert " ".join(figure.number for figure in reading.figures) == facts.figures
    assert " ".join(figure.number for figure in reading.figures if not figure.images) == facts.drawn
    assert " ".join(table.number for table in reading.tables) == facts.tables
    assert sum(bool(table.rows) for table in reading.tables) == facts.grids
    assert sum(bool(equation.number) for equation in reading.equations) == facts.numbered
    assert len(reading.equations) == facts.displayed
    assert sum(bool(section.title) for section in reading.sections) == facts.sections
    assert reading.title
    assert len(reading.abstract) > 500


@pytest.mark.parametrize("name", FACTS)
def test_every_figure_of_a_real_paper_is_spoken_of(name: str) -> None:
    for figure in reading_of(name).figures:
        assert figure.citing, figure.number
        assert all(figure.number in sentence for sentence in figure.citing)


@pytest.mark.parametrize("name", FACTS)
def test_nothing_of_tex_is_left_in_what_is_shown(name: str) -> None:
    reading = reading_of(name)
    paragraphs = [text for section in reading.sections for text in (section.title, *section.paragraphs)]
    for text in (reading.title, reading.abstract, *paragraphs, *(figure.caption for figure in reading.figures)):
        assert "\\" not in text, text
        assert "$" not in text, text


def test_parts_of_a_real_figure_stand_side_by_side() -> None:
    figure = reading_of("1708.00137").figures[1]
    assert ([image.name for image in figure.images], figure.columns) == (["figure2a.png", "figure2b.png"], 2)


def test_two_rows_of_heads_are_two() -> None:
    assert [table.heads for table in reading_of("2305.03393").tables] == [2, 2]
