"""The figures of real papers, measured by eye, are found; texts without captions of figures have none."""

import pytest

from bot.collage.box import Box
from bot.sources.pdf.captions import Caption, Kind
from bot.sources.pdf.regions import Region
from tests.sources.pdf.score import LABELS, PAPERS, Grade, Label, grade, labels_of, score

needs_papers = pytest.mark.skipif(not PAPERS.is_dir(), reason="the PDFs (../shared/data/C-pdf) are not here")
WITHOUT = ("2305.03393v1-pg9", "GeoTopo-komprimiert", "habibi", "jo", "multicolumn", "ocr_test", "simple3")
DAMAGED = ("zen_of_python_corrupted",)


def file_of(stem: str) -> str:
    return f"{stem}.pdf"


@needs_papers
@pytest.mark.slow
@pytest.mark.parametrize("stem", sorted(path.stem for path in LABELS.glob("*.yaml")))
def test_every_measured_figure_is_found_clean_and_no_other(stem: str) -> None:
    found = score(PAPERS / file_of(stem))
    assert not found.false
    assert found.captions == len(found.grades)
    assert set(found.grades.values()) == {Grade.CLEAN}


@needs_papers
@pytest.mark.slow
@pytest.mark.parametrize("stem", [*WITHOUT, *DAMAGED])
def test_nothing_is_found_where_no_figure_has_an_english_caption(stem: str) -> None:
    assert not score(PAPERS / file_of(stem)).false


def test_sixty_six_figures_are_measured() -> None:
    assert sum(len(labels_of(path)) for path in LABELS.glob("*.yaml")) == 66


LABEL = Label("1", 1, Box(100, 100, 200, 100), Box(100, 210, 200, 10))


def region(box: Box | None) -> Region:
    return Region(Caption(Kind.FIGURE, "1", "", LABEL.caption, 1, "Figure"), box)


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (LABEL.region, Grade.CLEAN),
        (LABEL.region.inset(-2), Grade.CLEAN),
        (Box(100, 100, 200, 97), Grade.FOUND),  # three points are cut off
        (Box(100, 88, 200, 112), Grade.FOUND),  # a line of text above
        (Box(100, 100, 200, 50), Grade.WRONG),
        (Box(400, 100, 200, 100), Grade.WRONG),
        (None, Grade.MISSED),
    ],
)
def test_a_figure_is_clean_only_whole_and_alone(box: Box | None, expected: Grade) -> None:
    assert grade(LABEL, region(box)) is expected


def test_a_caption_that_was_not_found_is_a_miss() -> None:
    assert grade(LABEL, None) is Grade.MISSED
