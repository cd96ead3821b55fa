"""The labelled questions hold a floor; `make bench` says which of them fail, and adds known items among abstracts."""

import pytest

from bot.editorial.library import Library
from bot.store.database import Database
from tests.catalogue.labelled import marked, mean, questions

RECALL, RECIPROCAL = 0.98, 0.97
EACH_KIND = 0.85


@pytest.mark.slow
async def test_what_people_type_is_found(catalogue: Database) -> None:
    marks = await marked(Library(catalogue))
    failed = [mark.question.typed for mark in marks if not mark.recall]

    assert mean([mark.recall for mark in marks]) >= RECALL, failed
    assert mean([mark.reciprocal for mark in marks]) >= RECIPROCAL, failed
    for kind in {mark.question.kind for mark in marks}:
        assert mean([mark.recall for mark in marks if mark.question.kind == kind]) >= EACH_KIND, (kind, failed)


def test_the_questions_are_many_and_every_entry_is_asked_for() -> None:
    asked = questions()

    assert len(asked) >= 150
    assert len(frozenset().union(*(question.right for question in asked))) == 21
    assert sum(any("\u4e00" <= char <= "\u9fff" for char in question.typed) for question in asked) >= 60
