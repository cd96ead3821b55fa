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
        "https://arxiv.org/src/2103.10697v2",
        "https://arxiv.org/e-print/2103.10697",
        "https://arxiv.org/format/2103.10697",
        "https://browse.arxiv.org/html/2103.10697v1/",
        "https://www.alphaxiv.org/abs/2103.10697v1",
        "https://www.alphaxiv.org/zh/overview/2103.10697?tab=x",
        "https://huggingface.co/papers/2103.10697",
        "hf.co/papers/2103.10697#community",
        "https://ar5iv.org/abs/2103.10697",
        "https://ar5iv.labs.arxiv.org/html/2103.10697",
        "https://www.semanticscholar.org/arXiv:2103.10697",
        "https://scirate.com/arxiv/2103.10697",
        "https://papers.cool/arxiv/2103.10697",
        "doi:10.48550/arXiv.2103.10697",
        "https://doi.org/10.48550%2FarXiv.2103.10697",
        "<https://arxiv.org/abs/2103.10697>",
        "(arXiv:2103.10697).",
        "“2103.10697”,",
        "**2103.10697**",
        "arXiv:2103.10697v2 [cs.CV] 10 Jun 2021",
        "arXiv:2103.10697 [cs.CV]",
        "https：//arxiv．org／abs／２１０３．１０６９７。",
        "（arXiv：2103.10697）",
        "《2103。10697》",
        "\u200bhttps://arxiv.org/abs/2103.10697\u2060",
    ],
)
def test_every_spelling_means_the_same_paper(text: str) -> None:
    assert ArxivId.find(text) == ArxivId("2103.10697")


@pytest.mark.parametrize("text", ["hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001v3", "arXiv:hep-th/9901001"])
def test_ids_from_before_2007_are_read(text: str) -> None:
    assert ArxivId.find(text) == ArxivId("hep-th/9901001")


@pytest.mark.parametrize("text", ["math.GT/0309136", "https://arxiv.org/abs/math.GT/0309136v1", "MATH/0309136"])
def test_an_old_id_loses_its_subject_class_as_arxiv_itself_writes_it(text: str) -> None:
    assert ArxivId.find(text) == ArxivId("math/0309136")


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("2103.10697", None),
        ("2103.10697v2", 2),
        ("arxiv.org/pdf/2103.10697v12.pdf#page=3", 12),
        ("https://arxiv.org/abs/hep-th/9901001V3", 3),
        ("https://www.alphaxiv.org/abs/2103.10697v1", 1),
    ],
)
def test_the_version_is_told_where_one_is_named(text: str, version: int | None) -> None:
    found = ArxivId.find_versioned(text)
    assert found is not None
    assert found[1] == version


@pytest.mark.parametrize(
    "text",
    [
        *("", "27", "2103", "2103.1", "2103.106979", "x2103.10697", "2103.10697 and more", "\x00"),
        *("2103.10697v0", "2103.10697v", "foo/9901001", "٢١٠٣.١٠٦٩٧", "https://arxiv.org/a/dascoli_s_1"),
        *("https://arxiv.org/list/cs.LG/recent", "https://evilarxiv.org/abs/2103.10697"),
        *("https://arxiv.org.example.com/abs/2103.10697", "https://example.com/abs/2103.10697"),
        *("https://huggingface.co/datasets/2103.10697", "https://doi.org/10.1000/2103.10697", "2103.10697" * 300),
    ],
)
def test_anything_else_is_no_id(text: str) -> None:
    assert ArxivId.find(text) is None


@given(st.text())
def test_reading_never_raises(text: str) -> None:
    ArxivId.find(text)


@given(st.from_regex(r"[0-9]{4}\.[0-9]{4,5}", fullmatch=True))
def test_a_link_leads_back_to_its_id(value: str) -> None:
    assert ArxivId.find(ArxivId(value).url()) == ArxivId(value)


@given(st.from_regex(r"[0-9]{4}\.[0-9]{4,5}", fullmatch=True), st.integers(1, 999))
def test_a_link_to_a_version_leads_back_to_it(value: str, version: int) -> None:
    assert ArxivId.find_versioned(ArxivId(value).url(version)) == (ArxivId(value), version)
