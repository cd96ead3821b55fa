import unicodedata
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NoSuchPaper, SourceBusy
from bot.model.arxiv_id import ArxivId
from bot.model.licence import UNKNOWN_LICENCE
from bot.sources.arxiv.atom import only, read_feed
from tests.sources.answers import error_feed, feed, sample_record
from tests.sources.recorded import needs_data, recorded

OLD_LAYOUT = b"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><entry>
    <id>http://arxiv.org/abs/2510.00001v3</id>
    <updated>2025-10-16T17:59:37Z</updated><published>2025-10-01T00:00:01Z</published>
    <title type="html">On \\'Etale Maps and
  $\\alpha$-Beta Search</title>
    <summary>  We search
at 50% of $10^{-3}$.
</summary>
    <author><name>Ren\\'e  Q. Example</name></author><author><name> </name></author>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">39th Conference on Neural Information
  Processing Systems (NeurIPS 2025)</arxiv:comment>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.RO"/>
    <category term="cs.AI"/><category term="cs.RO"/>
</entry></feed>"""


def test_the_layout_of_2025_is_read() -> None:
    (record,) = read_feed(OLD_LAYOUT).records
    assert record.paper.arxiv_id == ArxivId("2510.00001")
    assert record.paper.version == 3
    assert record.paper.title == "On Étale Maps and α-Beta Search"
    assert record.paper.authors == ("René Q. Example",)
    assert (record.paper.venue, record.paper.year) == ("NeurIPS 2025", 2025)
    assert record.abstract == "We search at 50% of 10⁻³."
    assert record.categories == ("cs.RO", "cs.AI")
    assert (record.published, record.updated) == (date(2025, 10, 1), date(2025, 10, 16))


letters = st.characters(categories=["L", "N"]).filter(lambda char: not 0x1D400 <= ord(char) < 0x1D800)
words = st.text(alphabet=letters, min_size=1, max_size=12)
lines = st.lists(words, min_size=1, max_size=6).map(lambda said: unicodedata.normalize("NFC", " ".join(said)))


@given(title=lines, authors=st.lists(lines, min_size=1, max_size=4), abstract=lines)
def test_the_layout_of_2026_is_read_back_as_it_was_written(title: str, authors: list[str], abstract: str) -> None:
    record = sample_record(
        title=title,
        authors=tuple(authors),
        abstract=abstract,
        licence=UNKNOWN_LICENCE,
        comment="12 pages",
        reference="",
        doi="10.1000/1",
    )
    assert read_feed(feed([(record, 2)])).records == (record,)


def test_an_empty_answer_says_nothing_of_the_paper() -> None:
    assert only(read_feed(feed([])), ArxivId("2103.10697"), None) is None


def test_an_answer_for_another_paper_or_version_is_no_answer() -> None:
    answer = read_feed(feed([(sample_record(), 2)]))
    assert only(answer, ArxivId("2103.10698"), None) is None
    assert only(answer, ArxivId("2103.10697"), 1) is None
    assert only(answer, ArxivId("2103.10697"), 2) is not None


def test_a_complaint_is_an_error_that_names_the_paper() -> None:
    answer = read_feed(error_feed("incorrect id format for 2103.10697"))
    assert answer.records == ()
    with pytest.raises(NoSuchPaper, match=r"2103\.10697 .*incorrect id format"):
        only(answer, ArxivId("2103.10697"), None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<feed>",
        b"not xml",
        b"<html><body/></html>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><feed xmlns="http://www.w3.org/2005/Atom">&b;</feed>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><feed xmlns="http://www.w3.org/2005/Atom">&b;</feed>',
        b'<feed xmlns="http://www.w3.org/2005/Atom">' + b"<a>" * 100_000,
    ],
)
def test_what_is_no_feed_is_tried_again_later(content: bytes) -> None:
    with pytest.raises(SourceBusy, match="try again later"):
        read_feed(content)


def test_an_entry_that_cannot_be_read_is_left_out() -> None:
    broken = b"<entry><id>http://arxiv.org/abs/2510.00002v1</id><title>No dates</title></entry></feed>"
    assert len(read_feed(OLD_LAYOUT.replace(b"</feed>", broken)).records) == 1


@needs_data
@pytest.mark.parametrize("path", recorded("A-arxiv-api/202*/*.xml"), ids=lambda path: path.name)
def test_every_recorded_answer_is_read_whole(path: Path) -> None:
    content = path.read_bytes()
    entries = ElementTree.fromstring(content).findall("{http://www.w3.org/2005/Atom}entry")
    read = read_feed(content)
    assert len(read.records) + bool(read.error) == len(entries)
    for record in read.records:
        assert record.paper.authors
        assert record.categories
        assert len(record.abstract) > 100
        assert record.published <= record.updated
        assert "\n" not in record.paper.title + record.abstract + record.comment
        assert abs(record.paper.year - record.published.year) <= 6


@needs_data
def test_the_recorded_complaint_is_read() -> None:
    (path,) = recorded("A-arxiv-api/2026/id_abc*.xml")
    assert read_feed(path.read_bytes()).error == "incorrect id format for abc"


@needs_data
def test_a_recorded_paper_from_before_2007_is_read() -> None:
    (path,) = recorded("A-arxiv-api/2026/id_astro-ph*.xml")
    (record,) = read_feed(path.read_bytes()).records
    assert record.paper.arxiv_id == ArxivId("astro-ph/0601001")
    assert record.paper.authors[0] == "Andrew Gould"
