import pytest

from bot.model.arxiv_id import ArxivId
from bot.model.paper import Paper, surname


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Yann LeCun", "LeCun"),
        ("Hado van Hasselt", "van Hasselt"),
        ("Stéphane d'Ascoli", "d'Ascoli"),
        ("Max van der Berg", "van der Berg"),
        ("Plato", "Plato"),
        ("Van Nguyen", "Nguyen"),
    ],
)
def test_particles_belong_to_the_family_name(author: str, expected: str) -> None:
    assert surname(author) == expected


def test_a_byline_names_two_and_shortens_three() -> None:
    def byline(*authors: str) -> str:
        return Paper(ArxivId("2101.00001"), None, "T", authors, 2021).byline

    assert byline("Ada Lovelace") == "Lovelace"
    assert byline("Ada Lovelace", "Alan Turing") == "Lovelace & Turing"
    assert byline("Ada Lovelace", "Alan Turing", "Grace Hopper") == "Lovelace et al."
