import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.arxiv_id import ArxivId


@pytest.mark.parametrize(
    "text",
    [
        "2103.10697",
        " 2103.10697v2 ",
        "arXiv:2103.10697",
        "ARXIV: 2103.10697v12",
        "https://arxiv.org/abs/2103.10697",
        "http://www.arxiv.org/pdf/2103.10697v2.pdf",
        "arxiv.org/html/2103.10697v1#S3",
        "https://export.arxiv.org/abs/2103.10697?context=cs.LG",
        "https://doi.org/10.48550/arXiv.2103.10697",
        "10.48550/arxiv.2103.10697",
    ],
)
def test_every_spelling_means_the_same_paper(text: str) -> None:
    assert ArxivId.find(text) == ArxivId("2103.10697")


@pytest.mark.parametrize("text", ["hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001v3", "arXiv:hep-th/9901001"])
def test_ids_from_before_2007_are_read(text: str) -> None:
    assert ArxivId.find(text) == ArxivId("hep-th/9901001")


@pytest.mark.parametrize(
    "text", ["", "27", "2103", "2103.1", "2103.106979", "x2103.10697", "2103.10697 and more", "\x00"]
)
def test_anything_else_is_no_id(text: str) -> None:
    assert ArxivId.find(text) is None


@given(st.text())
def test_reading_never_raises(text: str) -> None:
    ArxivId.find(text)


@given(st.from_regex(r"[0-9]{4}\.[0-9]{4,5}", fullmatch=True))
def test_a_link_leads_back_to_its_id(value: str) -> None:
    assert ArxivId.find(ArxivId(value).url()) == ArxivId(value)
