"""Drafts of real papers, without a model and without a human; `python -m tests.drafts` prints what becomes of each."""

import pytest

from tests.drafts import DATA, SOURCES, Outcome, Source, drafted

BARE = {
    "2305.03393v1-pg9",
    "GeoTopo-komprimiert",
    "habibi",
    "jo",
    "multicolumn",
    "ocr_test",
    "simple3",
    "zen_of_python_corrupted",
}
"""Files that are no papers: no abstract, no figure with a caption."""
PAPERS = [source for source in SOURCES if source.name not in BARE]
_LEADS = {
    "1911.02782": "Fig. 1",
    "2305.03393": "Fig. 1",
    "2020.acl-main.207": "Fig. 1",
    "diwan23a": "Fig. 2",
    "jang23a": "Fig. 1",
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(120),
    pytest.mark.skipif(not DATA.exists(), reason="The shared data is not here; lay it beside the checkout."),
]


def _known(source: Source) -> str:
    return f"{source.kind} {source.name}"


def _check(outcome: Outcome) -> None:
    assert all(report.failures == () for _, report in outcome.collages.values())
    assert outcome.loads


@pytest.mark.parametrize("source", SOURCES, ids=_known)
def test_every_draft_meets_the_hard_rules_and_can_be_loaded(source: Source) -> None:
    _check(drafted(source))


@pytest.mark.parametrize("source", [each for each in PAPERS if each.kind != "PDF"], ids=_known)
def test_papers_with_a_source_or_a_page_are_fit_to_be_sent(source: Source) -> None:
    assert drafted(source).ships


@pytest.mark.parametrize("source", [each for each in PAPERS if each.kind != "page" and each.name in _LEADS], ids=_known)
def test_the_figure_that_shows_how_it_works_leads(source: Source) -> None:
    assert drafted(source).hero == _LEADS[source.name]
