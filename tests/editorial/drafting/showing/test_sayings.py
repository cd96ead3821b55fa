from bot.editorial.drafting.showing.sayings import quotes_of
from bot.model.manuscript import Manuscript, Reading, Section, SectionKind
from tests.editorial.drafting.papers import ABSTRACT, manuscript, record


def test_quotes_stand_in_the_paper_letter_by_letter() -> None:
    quotes = quotes_of(manuscript(), said=())
    assert quotes
    assert all(quote.text in ABSTRACT and quote.source == "Abstract" for quote in quotes)


def test_a_quote_says_something_else_than_the_draft() -> None:
    first = quotes_of(manuscript(), said=())[0]
    assert first not in quotes_of(manuscript(), said=(first.text,))


def test_conclusions_are_quoted_but_plans_and_pointers_are_not() -> None:
    paragraph = (
        "Pruned trees are as good as whole ones, and they need far less memory. "
        "However, this is shown in Table 3 of the paper. "
        "We thank the reviewers for their many helpful and friendly comments."
    )
    sections = (Section("Conclusion", SectionKind.CONCLUSION, (paragraph,)),)
    quotes = quotes_of(Manuscript(record(abstract=""), Reading(sections=sections)), said=())
    assert [quote.text for quote in quotes] == [
        "Pruned trees are as good as whole ones, and they need far less memory."
    ]
    assert quotes[0].source == "Conclusion"


def test_a_paper_without_sentences_has_no_quotes() -> None:
    assert quotes_of(Manuscript(record(abstract=""), Reading()), said=()) == ()
