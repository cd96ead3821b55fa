"""How rows are joined."""

import pytest

from bot.sources.pdf.hyphens import compounds_in, joined


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (("slow", "rivers"), "slow rivers"),
        (("cur-", "rent"), "current"),
        (("state-of-the-", "art"), "state-of-the-art"),
        (("RECCON-", "IEMO"), "RECCON-IEMO"),
        (("https:", "//github.com"), "https://github.com"),
        (("https://github.com/", "ada"), "https://github.com/ada"),
        ((), ""),
    ],
)
def test_a_hyphen_goes_where_a_word_goes_on(rows: tuple[str, ...], text: str) -> None:
    assert joined(rows) == text


def test_a_word_that_the_paper_hyphenates_keeps_its_hyphen() -> None:
    compounds = compounds_in(["a document-level study"])
    assert joined(("for document-", "level tasks"), compounds) == "for document-level tasks"
