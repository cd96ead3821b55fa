import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.reference import Reference, parse_reference, series_key
from bot.model.arxiv_id import ArxivId


@pytest.mark.parametrize("text", ["27", "#27", " 27 ", "27/52", "№ 27", "#27/52"])
def test_a_number_of_any_series(text: str) -> None:
    assert parse_reference(text) == Reference(number=27)


@pytest.mark.parametrize(
    "text", ["ml-collage 27", "ML-Collage #27", "ML Collage 27/52", "mlcollage27", "ML-Collage: 27"]
)
def test_a_number_of_one_series(text: str) -> None:
    assert parse_reference(text) == Reference(number=27, series=series_key("ml-collage"))


@pytest.mark.parametrize("text", ["2103.10697", "https://arxiv.org/abs/2103.10697v2", "arXiv:2103.10697"])
def test_a_paper_in_any_version(text: str) -> None:
    assert parse_reference(text) == Reference(paper=ArxivId("2103.10697"))


def test_a_slug() -> None:
    assert parse_reference("ml-collage/27-convit") == Reference(slug="ml-collage/27-convit")


@pytest.mark.parametrize("text", ["", "convit", "27 and more", "\x00", "12345678"])
def test_anything_else_points_at_nothing(text: str) -> None:
    assert parse_reference(text).paper is None
    assert parse_reference(text).slug is None
    assert parse_reference(text).number is None or parse_reference(text).series


@given(st.text())
def test_whatever_comes_is_a_reference(text: str) -> None:
    found = parse_reference(text)

    assert sum(part is not None for part in (found.paper, found.number, found.slug)) <= 1
