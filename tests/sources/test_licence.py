from pathlib import Path

import pytest

from bot.errors import NoSuchPaper, SourceBusy
from bot.model.arxiv_id import ArxivId
from bot.model.licence import UNKNOWN_LICENCE, Licence
from bot.sources.arxiv.licence import read_abs, read_oai
from bot.sources.arxiv.xml import parse, text_of
from tests.sources.answers import abstract_page, oai_deleted, oai_error, oai_record, sample_record
from tests.sources.recorded import needs_data, recorded

CC_BY = Licence("https://creativecommons.org/licenses/by/4.0/")


@pytest.mark.parametrize("name", ["2103.10697", "hep-th/9901001"])
def test_the_licence_is_read_for_new_ids_and_old(name: str) -> None:
    assert read_oai(oai_record(sample_record(name, licence=CC_BY)), ArxivId(name)) == CC_BY


def test_a_record_without_a_licence_is_unknown() -> None:
    assert read_oai(oai_record(sample_record(licence=UNKNOWN_LICENCE)), ArxivId("2103.10697")) == UNKNOWN_LICENCE


@pytest.mark.parametrize("content", [oai_error("idDoesNotExist"), oai_deleted("2103.10697")])
def test_a_paper_that_arxiv_does_not_have_is_named(content: bytes) -> None:
    with pytest.raises(NoSuchPaper, match=r"2103\.10697"):
        read_oai(content, ArxivId("2103.10697"))


@pytest.mark.parametrize(
    "content", [b"", b"<html/", oai_error("cannotDisseminateFormat"), oai_record(sample_record("2103.1"))]
)
def test_an_answer_that_is_none_is_tried_again_later(content: bytes) -> None:
    with pytest.raises(SourceBusy, match="try again later"):
        read_oai(content, ArxivId("2103.10697"))


def test_the_abstract_page_names_the_licence_of_its_version() -> None:
    assert read_abs(abstract_page(CC_BY).encode()) == CC_BY


@pytest.mark.parametrize(
    "content", [b"", b"\x00", b"<html></html>", abstract_page(Licence("https://x.example/")).encode()]
)
def test_a_page_that_names_none_leaves_it_unknown(content: bytes) -> None:
    assert read_abs(content) == UNKNOWN_LICENCE


@needs_data
@pytest.mark.parametrize(
    "path", recorded("D-other-apis/oai-pmh/hepcrawl_sample_arxiv_record?.xml"), ids=lambda path: path.name
)
def test_every_recorded_record_has_its_licence(path: Path) -> None:
    content = path.read_bytes()
    said = text_of(parse(content, what="it"), ".//{*}header/{*}identifier", {})
    licence = read_oai(content, ArxivId(said.removeprefix("oai:arXiv.org:").strip()))
    assert licence != UNKNOWN_LICENCE
    assert licence.url.removeprefix("https://").split("/")[0] in {"arxiv.org", "creativecommons.org"}


@needs_data
def test_the_recorded_abstract_page_says_cc_by() -> None:
    (path,) = recorded("A-arxiv-api/abs-html/*.html")
    assert read_abs(path.read_bytes()) == CC_BY
