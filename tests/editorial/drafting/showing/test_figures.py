from io import BytesIO

from PIL import Image as Picture

from bot.editorial.drafting.showing.figures import Candidate, candidates
from bot.model.draft import Role
from bot.model.manuscript import FoundFigure
from tests.editorial.drafting.papers import CURVES, OVERVIEW, drawing, figure, paper, png


def found(*figures: FoundFigure) -> tuple[Candidate, ...]:
    return candidates(figures, paper())


def numbers(*figures: FoundFigure) -> list[str]:
    return [each.found.number for each in found(*figures)]


def test_how_it_works_comes_before_what_came_out() -> None:
    assert numbers(CURVES, OVERVIEW) == ["1", "2"]
    assert [each.role for each in found(CURVES, OVERVIEW)] == [Role.OVERVIEW, Role.RESULT]


def test_a_figure_keeps_its_bytes_its_credit_and_its_licence() -> None:
    only = found(OVERVIEW)[0]
    assert only.content == OVERVIEW.images[0].content
    assert (only.figure.file, only.figure.credit, only.figure.licence) == (
        "fig-1.png",
        "Fig. 1 of Lee et al. (2021)",
        "CC BY 4.0",
    )
    assert only.figure.caption == "Overview of the method. Every branch has a gate."
    assert only.may_lead


def test_what_cannot_be_shown_is_left_out() -> None:
    blank = png(Picture.new("RGB", (900, 600), "white"))
    assert (
        found(
            figure(1, "Overview of all.", blank),
            figure(2, "Overview.", b"%!PS-Adobe"),
            FoundFigure("3", "Overview.", (), 2),
        )
        == ()
    )


def test_logos_and_icons_are_no_figures() -> None:
    icon = figure(1, "Overview of the method.", drawing(1, width=64, height=64, label=10))
    assert found(icon) == ()


def test_two_copies_of_one_picture_are_shown_once() -> None:
    assert numbers(figure(1, "Overview of the trees.", drawing(1)), figure(2, "The trees again.", drawing(1))) == ["1"]


def test_parts_that_stand_side_by_side_become_one_picture() -> None:
    parts = [drawing(seed, width=800, height=700, label=50) for seed in (1, 2)]
    only = found(figure(4, "Overview of both trees.", *parts, columns=2))[0]
    assert only.figure.credit == "Fig. 4 of Lee et al. (2021)"
    assert only.looks.shape > 1.9


def test_of_too_many_parts_the_best_one_is_shown_with_its_own_caption() -> None:
    parts = [drawing(seed, width=900, height=600) for seed in range(6)]
    said = ("The first tree.", "The second tree with gates.", "", "", "", "")
    only = found(figure(2, "Six trees of all kinds.", *parts, captions=said))[0]
    assert only.figure.credit in {"Fig. 2a of Lee et al. (2021)", "Fig. 2b of Lee et al. (2021)"}
    assert only.figure.caption in said


def test_a_coarse_picture_may_support_but_not_lead() -> None:
    coarse = found(figure(2, "Accuracy of the trees compared.", drawing(1, width=480, height=300, label=26)))[0]
    assert not coarse.may_lead
    assert coarse.may_support


def test_letters_too_small_to_read_keep_a_figure_from_leading() -> None:
    fine = Picture.new("RGB", (2400, 1400), "white")
    for place in range(4):
        with Picture.open(BytesIO(drawing(place, width=1200, height=700, label=11))) as part:
            fine.paste(part, (place % 2 * 1200, place // 2 * 700))
    assert not found(figure(1, "Overview of the method.", png(fine)))[0].may_lead


def test_a_figure_whose_caption_says_nothing_is_named_by_its_number() -> None:
    silent = found(figure(1, "(a)"))[0]
    assert silent.figure.caption == "Figure 1 of the paper."
    assert not silent.is_explained


def test_file_names_never_come_from_the_paper() -> None:
    odd = figure(1, "Overview of the method.")
    evil = FoundFigure("../../etc/passwd", odd.caption, odd.images, 0)
    name = found(evil)[0].figure.file
    assert "/" not in name
    assert ".." not in name
