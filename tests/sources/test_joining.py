"""What several readers found becomes one manuscript."""

import re
from datetime import date
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.arxiv_id import ArxivId
from bot.model.manuscript import (
    FoundEquation,
    FoundFigure,
    FoundTable,
    Image,
    Origin,
    Reading,
    Record,
    Section,
    SectionKind,
)
from bot.model.paper import Link, LinkKind, Paper
from bot.sources.indexes.huggingface import Mention
from bot.sources.indexes.semantic_scholar import Reception
from bot.sources.joining import Readings, join

ID = ArxivId("2103.10697")
RECORD = Record(
    Paper(ID, 1, "On cats", ("A. Smith",), 2021), "We study cats.", ("cs.LG",), date(2021, 3, 19), date(2021, 3, 19)
)


def image(origin: Origin, name: str = "x.png", caption: str = "") -> Image:
    return Image(name, b"pixels", origin, caption=caption)


def figure(number: str, caption: str, *images: Image, **more: object) -> FoundFigure:
    return FoundFigure(number, caption, images, 0, **more)  # type: ignore[arg-type]


def reading(*figures: FoundFigure) -> Reading:
    return Reading(figures=figures)


def text(length: int) -> tuple[Section, ...]:
    return (Section("Intro", SectionKind.INTRODUCTION, ("x" * length,)),)


def test_pixels_come_from_the_eprint_and_the_caption_from_the_page() -> None:
    found = Readings(
        eprint=reading(figure("1", "A cat’s life in a house", image(Origin.EPRINT), label="fig:cat", columns=1)),
        page=reading(figure("1", "A cat's life in a house", image(Origin.HTML))),
        pdf=reading(figure("1", "A cat's life in a house", image(Origin.PDF))),
    ).figures
    assert [(one.number, one.caption, one.label, one.images[0].origin) for one in found] == [
        ("1", "A cat's life in a house", "fig:cat", Origin.EPRINT)
    ]


def test_a_figure_without_a_file_takes_its_pixels_from_the_pdf_and_then_from_the_page() -> None:
    drawn = reading(figure("1", "A cat."), figure("2", "A dog."))
    page = reading(figure("1", "A cat.", image(Origin.HTML)), figure("2", "A dog.", image(Origin.HTML)))
    pdf = reading(figure("1", "A cat.", image(Origin.PDF)))
    found = Readings(eprint=drawn, page=page, pdf=pdf).figures
    assert [one.images[0].origin for one in found] == [Origin.PDF, Origin.HTML]


def test_parts_stay_apart_when_the_eprint_has_all_of_them() -> None:
    parts = (image(Origin.EPRINT, "a.png", "Left"), image(Origin.EPRINT, "b.png", "Right"))
    shown = (image(Origin.HTML, "x1.png"), image(Origin.HTML, "x2.png"))
    whole = figure("1", "Cats.", image(Origin.PDF))
    ours = Readings(
        reading(figure("1", "Cats.", *parts, columns=2)), reading(figure("1", "Cats.", *shown)), reading(whole)
    )
    (found,) = ours.figures
    assert (found.images, found.columns) == (parts, 2)


def test_a_figure_of_which_parts_are_missing_is_taken_whole() -> None:
    shown = tuple(image(Origin.HTML, f"x{n}.png") for n in range(3))
    whole = figure("1", "Cats.", image(Origin.PDF))
    ours = Readings(
        reading(figure("1", "Cats.", image(Origin.EPRINT))), reading(figure("1", "Cats.", *shown)), reading(whole)
    )
    assert [one.origin for one in ours.figures[0].images] == [Origin.PDF]


def test_a_broken_caption_gives_way_to_a_whole_one() -> None:
    page = reading(figure("1", r"A cat’s \xspace life of \cmd purring"))
    eprint = reading(figure("1", "A cat's life of purring"))
    assert Readings(eprint, page).figures[0].caption == "A cat's life of purring"


def test_where_all_captions_are_broken_what_can_be_read_is_kept() -> None:
    assert Readings(page=reading(figure("1", r"A \foo cat {purrs}"))).figures[0].caption == "A cat purrs"


def test_a_figure_that_only_one_reader_found_stands_in_its_place() -> None:
    eprint = reading(figure("1", "A cat."), figure("3", "A bird."))
    page = reading(figure("1", "A cat."), figure("2", "A dog in a garden."), figure("3", "A bird."))
    found = Readings(eprint, page).figures
    assert [(one.number, one.position) for one in found] == [("1", 0), ("2", 1), ("3", 2)]


def test_sentences_that_cite_a_figure_are_said_once() -> None:
    eprint = reading(figure("1", "A cat.", citing=("As Fig. 1 shows, cats purr.", "See Fig. 1 on cats.")))
    page = reading(figure("1", "A cat.", citing=("As Fig. 1 shows, cats purr.",)))
    (found,) = Readings(eprint, page).figures
    assert found.citing == ("As Fig. 1 shows, cats purr.", "See Fig. 1 on cats.")


def test_text_comes_from_the_page_unless_it_was_cut_off() -> None:
    assert join(RECORD, Readings(Reading(text(100)), Reading(text(90)))).reading.sections == text(90)
    assert join(RECORD, Readings(Reading(text(100)), Reading(text(10)))).reading.sections == text(100)
    assert join(RECORD, Readings(pdf=Reading(text(10)))).reading.sections == text(10)


def test_formulas_come_from_the_eprint_and_tables_from_the_page_with_rows_from_elsewhere() -> None:
    eprint = Reading(
        equations=(FoundEquation("x", 0, label="eq"),), tables=(FoundTable("1", "Scores of cats", 0, (("a",),), 1),)
    )
    page = Reading(equations=(FoundEquation("y", 0),), tables=(FoundTable("1", "Scores of all cats", 0),))
    found = join(RECORD, Readings(eprint, page)).reading
    assert [one.latex for one in found.equations] == ["x"]
    assert [(one.caption, one.rows) for one in found.tables] == [("Scores of all cats", (("a",),))]


def test_links_are_said_once_with_the_repository_of_the_index_first() -> None:
    mention = Mention(ID, "On cats", code="https://github.com/cats/purr", project="https://cats.github.io", upvotes=7)
    page = Reading(
        links=(Link(LinkKind.TALK, "https://youtu.be/x"), Link(LinkKind.CODE, "https://www.github.com/Cats/purr.git"))
    )
    found = join(RECORD, Readings(page=page), mention=mention)
    assert found.record.links == (
        Link(LinkKind.CODE, "https://github.com/cats/purr"),
        Link(LinkKind.DEMO, "https://cats.github.io"),
        Link(LinkKind.TALK, "https://youtu.be/x"),
    )
    assert found.upvotes == 7


def test_the_indexes_may_be_silent() -> None:
    found = join(RECORD, Readings(), notes=("Nothing came.",))
    assert (found.tldr, found.upvotes, found.citations) == ("", 0, 0)
    assert found.reading == Reading(notes=("Nothing came.",))


def test_the_sentence_of_one_index_stands_in_for_that_of_the_other() -> None:
    mention = Mention(ID, "On cats", summary="Cats are studied.")
    assert join(RECORD, Readings(), mention=mention, reception=Reception(citations=3)).tldr == "Cats are studied."
    assert join(RECORD, Readings(), mention=mention, reception=Reception("Purring.", 3, 1)).tldr == "Purring."


def test_a_figure_of_which_nobody_has_pixels_is_noted_and_no_other() -> None:
    eprint = Reading(figures=(figure("1", "A cat."),), notes=("the bibliography is missing",))
    said = ("The bibliography is missing.", "No picture was found of figure 1: add what is wanted of it by hand.")
    assert join(RECORD, Readings(eprint)).reading.notes == said
    pdf = reading(figure("1", "A cat.", image(Origin.PDF)))
    assert join(RECORD, Readings(eprint, pdf=pdf)).reading.notes == said[:1]
    page = reading(figure("1", "A cat.", image(Origin.HTML)))
    assert join(RECORD, Readings(eprint, page, reading(figure("1", "A cat.")))).reading.notes == said[:1]


def test_many_figures_without_pixels_are_noted_in_one_sentence() -> None:
    cats = [figure("1", "A cat."), figure("", "A nameless cat."), figure("S2", "Another one.")]
    (note,) = join(RECORD, Readings(reading(*cats))).reading.notes
    missing = "figure 1, the figure at place 2, figure S2"
    assert note == f"No picture was found of {missing}: add what is wanted of it by hand."
    (note,) = join(RECORD, Readings(reading(*(figure(str(n), f"Cat {n}.") for n in range(1, 31))))).reading.notes
    assert note.endswith("figure 8 and 22 more: add what is wanted of it by hand.")


def test_the_words_of_a_caption_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def many(origin: Origin) -> Reading:
        return reading(*(figure(str(n), f"The {n}th cat of this house.", image(origin)) for n in range(60)))

    found = Readings(many(Origin.EPRINT), many(Origin.HTML), many(Origin.PDF))
    word = Mock(wraps=re.compile(r"\w+"))
    monkeypatch.setattr("bot.sources.matching._WORD", word)
    assert len(found.figures) == 60
    assert word.findall.call_count == 60


FIGURES = st.lists(
    st.builds(
        figure,
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from(["", "Cats purr.", "Dogs bark.", r"Cats \purr."]),
        st.sampled_from([image(Origin.EPRINT), image(Origin.PDF), image(Origin.HTML)]),
    ),
    max_size=5,
).map(lambda figures: Reading(figures=tuple(figures)))


@given(FIGURES, FIGURES, FIGURES)
def test_no_figure_is_lost_and_none_is_shown_more_often_than_it_was_found(a: Reading, b: Reading, c: Reading) -> None:
    found = Readings(a, b, c).figures
    counts = [len(one.figures) for one in (a, b, c)]
    assert max(counts) <= len(found) <= sum(counts)
    assert [one.position for one in found] == list(range(len(found)))
