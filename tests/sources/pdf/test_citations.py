"""Citations are left out where a sentence can do without."""

import pytest

from bot.sources.pdf.citations import has_numbered, without_citations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rivers are slow [1, 3–5].", "Rivers are slow."),
        ("Rivers are slow (Lovelace, 1943).", "Rivers are slow."),
        ("Rivers are slow (see Ada et al., 2019; Bo, 2020b), too.", "Rivers are slow, too."),
        ("Rivers are slow [AL43, BO+20].", "Rivers are slow."),
        ("It was proposed by [19].", "It was proposed by [19]."),
        ("[19] proposed it.", "[19] proposed it."),
        ("It is slow (in 2019).", "It is slow (in 2019)."),
        ("It is in [0, 1].", "It is in [0, 1]."),
    ],
)
def test_citations_go_unless_the_sentence_needs_them(text: str, expected: str) -> None:
    assert without_citations(text, numbered=True) == expected


def test_brackets_are_citations_only_where_there_are_many() -> None:
    assert not has_numbered(["an interval [1, 2]"])
    assert has_numbered(["so it is [1]"] * 5)
    assert without_citations("an interval [1, 2] of time", numbered=False) == "an interval [1, 2] of time"
