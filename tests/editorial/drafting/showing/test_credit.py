from dataclasses import replace

import pytest

from bot.editorial.drafting.showing.credit import credit_of, licence_note, may_show
from bot.model.draft import FigurePolicy
from bot.model.licence import Licence
from tests.editorial.drafting.papers import paper

ARXIV = "http://arxiv.org/licenses/nonexclusive-distrib/1.0/"


def test_a_credit_names_figure_authors_and_year() -> None:
    assert credit_of(paper(), "3") == "Fig. 3 of Lee et al. (2021)"
    assert credit_of(paper(), "2", part="b") == "Fig. 2b of Lee et al. (2021)"
    assert credit_of(paper(authors=2), "A.1") == "Fig. A.1 of Lee & Chen (2021)"
    assert credit_of(paper(), "") == "Figure of Lee et al. (2021)"


def test_an_endless_name_is_cut() -> None:
    assert len(credit_of(replace(paper(), authors=("X" * 500,)), "3" * 500)) < 100


@pytest.mark.parametrize(
    ("licence", "policy", "may"),
    [
        ("CC BY 4.0", FigurePolicy.OPEN, True),
        ("CC BY-NC-SA 4.0", FigurePolicy.OPEN, True),
        ("CC BY-ND 4.0", FigurePolicy.OPEN, False),
        (ARXIV, FigurePolicy.OPEN, False),
        ("", FigurePolicy.OPEN, False),
        ("", FigurePolicy.ANY, True),
        ("CC BY 4.0", FigurePolicy.NONE, False),
    ],
)
def test_only_what_the_licence_and_the_policy_allow_is_shown(licence: str, policy: FigurePolicy, may: bool) -> None:
    read = Licence.read(licence)
    assert may_show(read, policy) is may
    assert bool(licence_note(read, policy)) is not may


def test_the_editor_is_told_why() -> None:
    assert "forbids adapting" in licence_note(Licence.read("CC BY-NC-ND 4.0"), FigurePolicy.OPEN)
    assert "arXiv's own" in licence_note(Licence.read(ARXIV), FigurePolicy.OPEN)
    assert "Nobody knows" in licence_note(Licence.read("whatever"), FigurePolicy.OPEN)
    assert "FIGURES=none" in licence_note(Licence.read("CC BY 4.0"), FigurePolicy.NONE)
