import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from bot.collage.check.judge import check
from bot.collage.compose import compose
from bot.collage.draw import draw
from bot.editorial.drafting.showing.assembly import Commission, assemble
from bot.editorial.entry_file import Vocabulary
from bot.editorial.export.folder import write_entry
from bot.model.canvas import Canvas
from bot.model.draft import Draft, FigurePolicy
from bot.model.entry import EntryState
from bot.model.licence import Licence
from bot.model.manuscript import Manuscript, Reading
from bot.model.panel import Annotation, BigNumber, Equation, Figure, Quote
from tests.editorial.drafting.papers import (
    CURVES,
    EQUATION,
    NUMBER,
    OVERVIEW,
    SERIES,
    TABLE,
    TOPIC,
    drawing,
    figure,
    manuscript,
    record,
    words,
)

CLOSED = "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"
FULL = manuscript(OVERVIEW, CURVES, equations=(EQUATION,), tables=(TABLE,))


def drafted(found: Manuscript = FULL, policy: FigurePolicy = FigurePolicy.OPEN) -> Draft:
    return assemble(found, words(), Commission(SERIES, policy))


def kinds(draft: Draft) -> list[type]:
    return [type(panel) for panel in draft.entry.panels]


def test_a_draft_shows_how_it_works_what_came_out_a_number_and_a_formula() -> None:
    draft = drafted()
    assert kinds(draft) == [Figure, Figure, BigNumber, Equation]
    assert [panel.credit[:6] for panel in draft.entry.panels if isinstance(panel, Figure)] == ["Fig. 1", "Fig. 2"]
    assert draft.entry.state is EntryState.DRAFT
    assert draft.entry.number is None


def test_every_alternative_has_its_bytes_and_what_is_shown_is_among_them() -> None:
    draft = drafted()
    shown = {panel for panel in draft.entry.panels if isinstance(panel, Figure)}
    assert shown <= {each.figure for each in draft.alternatives}
    assert {each.figure.sha256 for each in draft.alternatives} == set(draft.files)
    assert [each.score for each in draft.alternatives] == sorted(
        (each.score for each in draft.alternatives), reverse=True
    )


@pytest.mark.parametrize(
    ("licence", "policy"),
    [(CLOSED, FigurePolicy.OPEN), ("CC BY-ND 4.0", FigurePolicy.OPEN), ("CC BY 4.0", FigurePolicy.NONE)],
)
def test_figures_that_may_not_be_shown_wait_for_an_editor(licence: str, policy: FigurePolicy) -> None:
    draft = drafted(manuscript(OVERVIEW, CURVES, tables=(TABLE,), equations=(EQUATION,), licence=licence), policy)
    assert Figure not in kinds(draft)
    assert draft.alternatives
    assert not any(each.may_show for each in draft.alternatives)
    assert any(
        Licence.read(licence).name in note or "arXiv's own" in note or "FIGURES=none" in note for note in draft.notes
    )


@pytest.mark.parametrize("canvas", [Canvas.SLIDE, Canvas.PORTRAIT])
@pytest.mark.parametrize(
    "found",
    [
        FULL,
        manuscript(OVERVIEW),
        manuscript(tables=(TABLE,)),
        manuscript(equations=(EQUATION,)),
        manuscript(OVERVIEW, CURVES, licence=CLOSED),
        Manuscript(record(abstract=""), Reading()),
    ],
    ids=["full", "a figure", "a table", "a formula", "closed", "nothing"],
)
@pytest.mark.slow
def test_every_draft_meets_the_hard_rules(found: Manuscript, canvas: Canvas) -> None:
    draft = drafted(found)
    collage = compose(draft.entry, canvas, files=draft.files)
    report = check(draft.entry, collage.frame, picture=draw(collage.frame), encoded=collage.jpeg)
    assert report.failures == ()


@pytest.mark.parametrize("found", [FULL, manuscript(tables=(TABLE,)), Manuscript(record(abstract=""), Reading())])
def test_a_draft_that_is_exported_can_be_loaded(found: Manuscript, tmp_path: Path) -> None:
    draft = drafted(found)
    folder = write_entry(tmp_path, draft.entry, draft.files, Vocabulary({TOPIC.slug: TOPIC}, {}))
    assert (folder / "entry.md").exists()


def test_a_draft_travels_between_processes() -> None:
    assert pickle.loads(pickle.dumps(drafted())) == drafted()


def test_without_figures_a_sentence_of_the_paper_may_speak() -> None:
    draft = assemble(manuscript(), words(), Commission(SERIES))
    assert Quote in kinds(draft)
    assert any("rests on the abstract alone" in note for note in draft.notes)


def test_a_number_that_says_too_little_is_listed_but_not_shown_huge() -> None:
    bare = replace(NUMBER, value="93 %", meaning="accuracy", against=None)
    draft = assemble(FULL, words(numbers=(bare, NUMBER)), Commission(SERIES))
    assert draft.entry.numbers[:2] == (bare, NUMBER)
    assert [panel.number for panel in draft.entry.panels if isinstance(panel, BigNumber)] == [NUMBER]


def test_an_annotation_that_prints_a_number_costs_no_figure() -> None:
    said = replace(words(), annotations={"1": (Annotation("12 open gates", "0.18 0.5"),)})
    draft = assemble(FULL, said, Commission(SERIES))
    assert kinds(draft) == [Figure, Figure, BigNumber, Equation]
    assert ("12", "Fig. 1") in {(each.value, each.source) for each in draft.entry.numbers}


def test_what_a_model_said_of_places_in_a_figure_points_there_where_the_whole_figure_is_shown() -> None:
    pointing = Annotation("open gates", "0.18 0.5")
    said = replace(words(), annotations={"1": (pointing,), "2": (pointing,)})
    parts = figure(2, "Accuracy of the pruned trees, left, and of full ones.", drawing(5), drawing(6), columns=2)
    draft = assemble(manuscript(OVERVIEW, parts), said, Commission(SERIES))
    found = {each.figure.credit.split(" of ")[0]: each.figure.annotations for each in draft.alternatives}
    assert found["Fig. 1"] == (pointing,)
    assert not any(annotations for name, annotations in found.items() if name != "Fig. 1")
