"""The licence says its name and whether figures may be adapted."""

import pytest

from bot.model.licence import Licence


@pytest.mark.parametrize(
    ("said", "name", "is_open"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", True),
        ("https://creativecommons.org/licenses/by-sa/4.0", "CC BY-SA 4.0", True),
        ("http://creativecommons.org/licenses/by-nc-sa/4.0/legalcode", "CC BY-NC-SA 4.0", True),
        ("http://creativecommons.org/licenses/by-nc-nd/4.0/", "CC BY-NC-ND 4.0", False),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0", True),
        ("http://arxiv.org/licenses/nonexclusive-distrib/1.0/", "arXiv licence", False),
        ("CC BY 4.0", "CC BY 4.0", True),
        ("", "licence unknown", False),
        (None, "licence unknown", False),
        ("https://example.org/licenses/by/4.0/?creativecommons.org", "licence unknown", False),
    ],
)
def test_a_licence_says_its_name_and_whether_figures_may_be_adapted(said: str | None, name: str, is_open: bool) -> None:
    licence = Licence.read(said)
    assert (licence.name, licence.is_open) == (name, is_open)


def test_both_spellings_of_an_address_are_one_licence() -> None:
    assert Licence.read("http://www.creativecommons.org/licenses/by/4.0") == Licence.read("CC BY 4.0")
