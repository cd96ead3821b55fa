import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.arxiv_id import ArxivId
from bot.sources.addresses import Addresses

AT = Addresses()
PAPER = ArxivId("2103.10697")
FOLDER = "https://arxiv.org/html/2103.10697v2/"


def test_the_addresses_are_those_that_arxiv_documents() -> None:
    old = ArxivId("hep-th/9901001")
    assert AT.metadata(PAPER, 2) == "https://export.arxiv.org/api/query?id_list=2103.10697v2&max_results=1"
    assert AT.metadata(old, None) == "https://export.arxiv.org/api/query?id_list=hep-th/9901001&max_results=1"
    assert AT.licence(old) == (
        "https://oaipmh.arxiv.org/oai?verb=GetRecord&identifier=oai:arXiv.org:hep-th/9901001&metadataPrefix=arXiv"
    )
    assert AT.eprint(PAPER, 2) == "https://arxiv.org/src/2103.10697v2"
    assert AT.page(PAPER, 2) == "https://arxiv.org/html/2103.10697v2"
    assert AT.pdf(old, 1) == "https://arxiv.org/pdf/hep-th/9901001v1"


@pytest.mark.parametrize(
    ("period", "asked"),
    [("2026-06-12", "date=2026-06-12"), ("2026-W24", "week=2026-W24"), ("2026-06", "month=2026-06")],
)
def test_a_day_a_week_and_a_month_are_asked_for_by_their_names(period: str, asked: str) -> None:
    assert AT.daily(period, limit=50) == f"https://huggingface.co/api/daily_papers?{asked}&limit=50"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("x1.png", "x1.png"),
        ("2103.10697v2/x1.png", "x1.png"),
        ("extracted/5/fig a.png", "extracted/5/fig%20a.png"),
        (f"{FOLDER}x1.png", "x1.png"),
        ("./x1.png", "x1.png"),
    ],
)
def test_an_image_lies_in_the_folder_of_its_page(name: str, path: str) -> None:
    assert AT.image(PAPER, 2, name) == FOLDER + path


@pytest.mark.parametrize(
    "name",
    [
        *("../x.png", "a/../../x.png", "/x.png", "//example.com/x.png", "https://example.com/x.png", "%2e%2e/x.png"),
        *("data:image/png;base64,AAAA", "file:///etc/passwd", "a%2f..%2fx.png", "x.png?y", "http://[", "", "."),
    ],
)
def test_a_name_that_leads_elsewhere_is_no_image(name: str) -> None:
    assert AT.image(PAPER, 2, name) is None


@given(st.text())
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    address = AT.image(PAPER, 2, name)
    assert address is None or (address.startswith(FOLDER) and ".." not in address and address.isascii())
