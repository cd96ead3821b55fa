"""A paper has one folder in a series, and no folder has two papers."""

from dataclasses import replace

from bot.editorial.export.placing import placed
from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, EntryState
from tests.store.samples import CONVIT, SERIES

QUEUED = replace(CONVIT, number=None, month=None, state=EntryState.QUEUED)


def _other(arxiv_id: str) -> Entry:
    return replace(QUEUED, paper=replace(QUEUED.paper, arxiv_id=ArxivId(arxiv_id)))


def test_a_paper_keeps_the_folder_it_has_whatever_its_number() -> None:
    first = placed(QUEUED, [])

    assert first.slug == "ml-collage/convit"
    assert placed(replace(CONVIT, number=41), [first]).slug == first.slug


def test_another_series_has_a_folder_of_its_own() -> None:
    elsewhere = replace(QUEUED, slug="elsewhere/convit", series=replace(SERIES, slug="elsewhere"))

    assert placed(CONVIT, [elsewhere]).slug == "ml-collage/27-convit"


def test_the_folder_of_another_paper_is_never_taken() -> None:
    first = placed(QUEUED, [])
    second = placed(_other("2107.05802"), [first])

    assert second.slug == "ml-collage/convit-2107-05802"
    assert placed(_other("2107.05802"), [first, second]).slug == second.slug
