import json
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.model.arxiv_id import ArxivId
from bot.sources.indexes import huggingface, semantic_scholar
from bot.sources.indexes.huggingface import Mention
from bot.sources.indexes.semantic_scholar import Reception
from tests.sources.recorded import needs_data, recorded

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["paper", "id", "title", "upvotes", "githubRepo", "ai_keywords", "tldr", "text", "citationCount"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


def test_a_mention_is_read() -> None:
    said = {
        "id": "2103.10697",
        "title": "Soft  Priors",
        "publishedAt": "2021-03-19T00:00:00.000Z",
        "upvotes": 7,
        "githubRepo": "https://github.com/example/maps",
        "githubStars": 3,
        "ai_summary": "It draws\nmaps.",
        "ai_keywords": ["maps", None, "priors"],
    }
    assert huggingface.read_paper(json.dumps(said).encode()) == Mention(
        arxiv_id=ArxivId("2103.10697"),
        title="Soft Priors",
        published=date(2021, 3, 19),
        upvotes=7,
        code="https://github.com/example/maps",
        stars=3,
        summary="It draws maps.",
        keywords=("maps", "priors"),
    )


def test_a_paper_that_is_listed_twice_stands_once() -> None:
    row = {"paper": {"id": "2103.10697", "title": "A"}}
    assert len(huggingface.read_listing(json.dumps([row, row]).encode())) == 1


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            "https://github.com/a b",
            'https://x.example/"><b>',
            "https://user:pass@github.com/a/b",
        ),
        *("github.com/a/b", "https://localhost/a", "https://gitһub.com/a/b", "https://x.example/" + "a" * 400, 7),
    ],
)
def test_an_address_that_could_mislead_is_left_out(address: object) -> None:
    said = {"id": "2103.10697", "title": "A", "githubRepo": address}
    mention = huggingface.read_paper(json.dumps(said).encode())
    assert mention is not None
    assert mention.code == ""


def test_a_reception_is_read() -> None:
    said = {"title": "A", "tldr": {"text": "Maps."}, "citationCount": 5, "influentialCitationCount": 1, "venue": "Maps"}
    assert semantic_scholar.read_paper(json.dumps(said).encode()) == Reception("Maps.", 5, 1, "Maps")


def test_a_reception_without_a_tldr_is_read() -> None:
    assert semantic_scholar.read_paper(b'{"title": "A", "tldr": null, "citationCount": null}') == Reception()


def test_a_batch_is_read_in_the_order_in_which_it_was_asked_for() -> None:
    ids = [ArxivId("2103.00001"), ArxivId("2103.00002"), ArxivId("2103.00003")]
    content = json.dumps([None, {"title": "B", "citationCount": 2}, {"title": "C", "citationCount": 3}]).encode()
    read = semantic_scholar.read_batch(content, ids)
    assert {str(name): reception.citations for name, reception in read.items()} == {"2103.00002": 2, "2103.00003": 3}


def test_a_batch_of_another_length_says_nothing() -> None:
    assert semantic_scholar.read_batch(b'[{"title": "B"}]', [ArxivId("2103.00001"), ArxivId("2103.00002")]) == {}


@given(anything)
def test_whatever_json_comes_nothing_raises(said: object) -> None:
    content = json.dumps(said).encode()
    huggingface.read_paper(content)
    huggingface.read_listing(content)
    semantic_scholar.read_paper(content)
    semantic_scholar.read_batch(content, [ArxivId("2103.00001")])


@pytest.mark.parametrize("content", [b"", b"<html>", b"[" * 100_000, b"\xff\xfe", b"null"])
def test_what_is_no_json_says_nothing(content: bytes) -> None:
    assert huggingface.read_paper(content) is None
    assert huggingface.read_listing(content) == ()
    assert semantic_scholar.read_paper(content) is None


@needs_data
def test_the_recorded_list_of_a_day_is_read_whole() -> None:
    (path,) = recorded("D-other-apis/huggingface/*.json")
    mentions = huggingface.read_listing(path.read_bytes())
    assert len(mentions) == 30
    assert sum(bool(mention.code) for mention in mentions) == 16
    assert max(mention.upvotes for mention in mentions) == 118
    assert all(mention.abstract and mention.summary and mention.keywords and mention.published for mention in mentions)


@needs_data
def test_the_recorded_papers_of_semantic_scholar_are_read() -> None:
    (path,) = recorded("D-other-apis/semanticscholar/Paper_trimmed.json")
    reception = semantic_scholar.read_paper(path.read_bytes())
    assert reception is not None
    assert reception.tldr
    assert (reception.citations, reception.influential_citations) == (10059, 530)


@needs_data
def test_the_recorded_batch_of_semantic_scholar_is_read() -> None:
    (path,) = recorded("D-other-apis/semanticscholar/test_get_papers_not_found_warning.yaml")
    (exchange, *_) = yaml.safe_load(path.read_text())["interactions"]
    ids = [ArxivId(f"2103.0000{number}") for number in range(4)]
    read = semantic_scholar.read_batch(exchange["response"]["body"]["string"].encode(), ids)
    assert [read[name].citations for name in ids[1:]] == [10670, 2185, 0]
    assert ids[0] not in read
