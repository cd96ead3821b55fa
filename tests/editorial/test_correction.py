from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.correction import Correction, Field, cleaned, corrected
from bot.editorial.faults import Faults
from bot.editorial.sections import read_text
from bot.errors import DraftError
from bot.model.entry import Entry
from bot.model.paper import Link, LinkKind
from tests.editorial.desks import GRAPHS, MONTHLY, PAPER, TEXT, VISION, entry_about

DRAFT = entry_about(PAPER)


def say(field: Field, text: str, *, entry: Entry = DRAFT, language: str = "en") -> Entry:
    return corrected(entry, Correction(field, text, language), [GRAPHS, VISION])


def test_a_text_may_come_with_its_shorter_forms() -> None:
    text = say(Field.QUESTION, "Can it learn\nfrom little?\n\nMedium: Can it learn?\nShort: Can it?").text()

    assert text.question == "Can it learn from little?"
    assert text.shorter["question"] == ("Can it learn?", "Can it?")


def test_the_shorter_forms_of_an_older_text_go_with_it() -> None:
    assert "question" not in say(Field.QUESTION, "Why not?").text().shorter


def test_another_language_is_changed_alone() -> None:
    entry = say(Field.HEADLINE, "新的标题。", language="zh")

    assert (entry.texts["zh"].headline, entry.text()) == ("新的标题。", TEXT)
    with pytest.raises(DraftError, match="says nothing in 'de'"):
        say(Field.HEADLINE, "Ein Titel.", language="de")


@pytest.mark.parametrize(
    ("field", "text", "why"),
    [
        (Field.HEADLINE, "", "is empty"),
        (Field.HEADLINE, "word " * 13, "at most 12"),
        (Field.KEY_IDEA, "word " * 26, "at most 25"),
        (Field.TAKE_AWAY, "word " * 17, "at most 16"),
        (Field.SUMMARY, "word " * 79, "80 to 105"),
        (Field.SUMMARY, "sesquipedalian " * 90, "Cut it to 680"),
        (Field.QUESTION, "long " * 200, "longer than 680"),
        (Field.QUESTION, "Is **this** bold?", "markup"),
        (Field.QUESTION, "One?\n\n## Summary\n\nTwo.", "heading"),
        (Field.QUESTION, "#", "heading"),
        (Field.QUESTION, "Why?\n\nShort: Why, oh why?", "not shorter"),
        (Field.QUESTION, "x" * 5_000, "5,000 characters"),
        (Field.WHY, "It matters.", "Weekly does not print this"),
        (Field.CODE, "javascript:alert(1)", "is not a link"),
        (Field.CODE, "https://a.example/" + "x" * 300, "at most 300"),
        (Field.TOPICS, "grafs", "Did you mean 'graphs'"),
        (Field.TOPICS, " , ", "0 topics"),
    ],
)
def test_a_text_that_breaks_a_rule_is_refused_with_what_to_do(field: Field, text: str, why: str) -> None:
    with pytest.raises(DraftError, match=why):
        say(field, text)


def test_a_headline_in_chinese_is_bounded_too() -> None:
    with pytest.raises(DraftError, match=r"has 26 characters\. Make it at most 24"):
        say(Field.HEADLINE, "标题" * 13, language="zh")


def test_insights_stand_one_in_a_line_with_or_without_a_mark() -> None:
    entry = replace(DRAFT, series=MONTHLY)

    said = say(Field.KEY_INSIGHTS, "- The first.\nThe second.\n\n• The third.", entry=entry)

    assert said.text().key_insights == ("The first.", "The second.", "The third.")
    with pytest.raises(DraftError, match="Keep at most 6"):
        say(Field.KEY_INSIGHTS, "One.\n" * 7, entry=entry)


def test_topics_are_found_by_any_of_their_names() -> None:
    assert say(Field.TOPICS, "#Vision，gnn, graphs").topics == (VISION, GRAPHS)


def test_a_link_is_set_replaced_and_taken_away() -> None:
    entry = say(Field.TALK, "https://talk.example", entry=say(Field.CODE, " https://code.example/a?b=c "))
    assert entry.links == (
        Link(LinkKind.CODE, "https://code.example/a?b=c"),
        Link(LinkKind.TALK, "https://talk.example"),
    )

    assert say(Field.CODE, "-", entry=entry).links == (Link(LinkKind.TALK, "https://talk.example"),)


def test_what_cannot_be_seen_is_taken_out() -> None:
    assert say(Field.QUESTION, "Wh\u202ey\u0000 n\u200bot?\ud800").text().question == "Why not?"


@given(st.text(max_size=300))
def test_whatever_is_typed_is_refused_or_can_be_loaded_from_a_file(typed: str) -> None:
    try:
        said = say(Field.QUESTION, typed).text()
    except DraftError:
        return
    shorter = [
        f"{name}: {text}" for name, text in zip(("Medium", "Short"), said.shorter.get("question", ()), strict=False)
    ]
    sections = {"Question": "\n\n".join([said.question, *shorter]), "Key idea": "How.", "Summary": TEXT.summary}
    file = "# A headline.\n\n" + "\n\n".join(f"## {name}\n\n{text}" for name, text in sections.items())
    faults = Faults("")

    read = read_text(f"{file}\n\n## Take-away\n\nWhat stays.".split("\n"), 1, faults, insights=False)

    assert not faults.found
    assert (read.question, read.shorter) == (said.question, {k: v for k, v in said.shorter.items() if k == "question"})


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = "\n".join(cleaned(text))

    assert "\n".join(cleaned(once)).rstrip("\n") == once.rstrip("\n")
