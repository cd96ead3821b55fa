"""The caption of a collage: exactly what the page promises, always within 1,024 units."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markup import CAPTION_LIMIT, TEXT_LIMIT
from bot.chat.messages.message import Button, Message, keyboard, rows_of, swapped
from bot.chat.messages.picks import (
    ANOTHER,
    READ_ON,
    caption,
    cited_year,
    cut,
    file_name,
    has_more,
    pick,
    pick_buttons,
    rest_of,
    save_button,
    summary_cut,
    turn_button,
)
from bot.chat.presses import DropSaved, ToggleSaved, TurnCanvas
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.paper import Link, LinkKind
from tests.chat.reading import assert_sendable
from tests.chat.samples import CONVIT, TEXT, entry

SENTENCE = "Networks learn slow waves first, and fine ripples come last of all in the end. "
any_text = st.text(max_size=1500)


def test_a_weekly_caption_says_everything_in_the_promised_order() -> None:
    assert caption(CONVIT).html == (
        "<b>ML-Collage 27 · ConViT: Improving Vision Transformers with Soft Convolutional Inductive Biases</b>\n"
        "d'Ascoli et al. · ICML 2021\n\n"
        "<i>Attention that starts as a convolution and unlearns it.</i>\n\n"
        f"<blockquote expandable>{TEXT.summary}</blockquote>\n"
        '📝 <a href="https://arxiv.org/abs/2103.10697">Paper</a>'
        ' · 🤖 <a href="https://github.com/facebookresearch/convit">Code</a>\n#vision_transformers'
    )


@given(any_text, any_text, any_text, any_text)
def test_whatever_an_entry_says_its_caption_can_be_sent(title: str, headline: str, summary: str, name: str) -> None:
    strange = entry(title=title, headline=headline, summary=summary)
    strange = replace(strange, paper=replace(strange.paper, authors=(name or "A",), venue=name))
    assert_sendable(pick(strange, rerun=True), CAPTION_LIMIT)
    assert_sendable(rest_of(strange), TEXT_LIMIT)


@given(any_text, st.lists(any_text, max_size=8))
def test_insights_of_any_length_can_be_sent(why: str, points: list[str]) -> None:
    assert_sendable(rest_of(entry(None, why=why, key_insights=tuple(points))), TEXT_LIMIT)


def test_a_long_title_is_never_cut() -> None:
    title = "A Very Long Title About Learning " * 10
    assert title.strip() in caption(entry(title=title.strip())).plain


def test_a_summary_that_does_not_fit_is_cut_after_a_sentence_and_can_be_read_on() -> None:
    long = entry(summary=(SENTENCE * 12).strip())
    divided = summary_cut(long, language="en")
    kept, rest = divided.head, divided.rest
    assert kept.endswith("in the end.")
    assert f"{kept} {rest}" == long.text().summary
    assert READ_ON in labels(pick(long))
    assert rest in rest_of(long).text.plain


def test_what_fits_offers_nothing_more_to_read() -> None:
    assert not has_more(CONVIT)
    assert labels(pick(CONVIT)) == ["Slide", "Save", "More like this", "Full size"]


def test_an_abbreviation_ends_no_sentence() -> None:
    assert cut("Shown by Li et al. Then more. The rest is long.", 30).head == "Shown by Li et al. Then more."


def test_a_summary_of_one_endless_sentence_is_left_to_read_on() -> None:
    assert cut("word " * 400, 300).head == ""


def test_why_and_insights_are_read_on() -> None:
    told = entry(None, why="Because.", key_insights=("First.", "Second."))
    assert READ_ON in labels(pick(told))
    assert rest_of(told).text.plain.endswith("🎖 Why\nBecause.\n\n💡 Key insights\n• First.\n• Second.")


def test_a_rerun_says_that_it_comes_from_the_archive() -> None:
    assert caption(CONVIT, rerun=True).plain.startswith("From the archive\n")
    assert "archive" not in caption(CONVIT).plain


def test_a_preprint_is_cited_with_its_year() -> None:
    preprint = replace(CONVIT, paper=replace(CONVIT.paper, venue=None))
    assert "d'Ascoli et al. · arXiv 2021" in caption(preprint).plain


@pytest.mark.parametrize(
    ("venue", "said", "year"),
    [
        ("ICLR 2022", "ICLR 2022", "2022"),
        (None, "arXiv 2021", "2021"),
        ("Nature", "Nature 2021", "2021"),
        ("JMLR 23 (2022)", "JMLR 23 (2022)", "2022"),
    ],
)
def test_a_paper_has_one_year_in_lists_and_captions(venue: str | None, said: str, year: str) -> None:
    published = replace(CONVIT, paper=replace(CONVIT.paper, venue=venue))
    assert caption(published).plain.split("\n")[1] == f"d'Ascoli et al. · {said}"
    assert cited_year(published) == year


def test_a_caption_without_a_summary_keeps_its_parts_apart() -> None:
    silent = entry(summary="")
    assert "unlearns it.\n\n📝 Paper · 🤖 Code\n#vision_transformers" in caption(silent).plain


def test_no_line_of_a_caption_ends_in_a_separator() -> None:
    assert not [line for line in caption(CONVIT).plain.split("\n") if line.rstrip().endswith("·")]


def test_what_is_saved_says_so_and_its_button_takes_it_off() -> None:
    assert save_button(7, is_saved=True) == Button("Saved ✓", DropSaved(7))
    assert save_button(7, is_saved=False) == Button("Save", ToggleSaved(7))


def test_buttons_come_back_from_a_keyboard_as_they_were() -> None:
    rows = pick_buttons(replace(CONVIT, links=(Link(LinkKind.TALK, "https://t.org/v"),)), another=True)
    assert rows_of(keyboard(rows)) == rows
    turned = swapped(rows, (TurnCanvas,), turn_button(CONVIT.id, Appearance(Canvas.SLIDE)))
    assert turned == ((turn_button(CONVIT.id, Appearance(Canvas.SLIDE)), *rows[0][1:]), *rows[1:])


def test_a_talk_and_a_podcast_are_buttons_and_no_words() -> None:
    links = (Link(LinkKind.TALK, "https://t.org/v"), Link(LinkKind.PODCAST, "https://p.org/e"))
    heard = replace(CONVIT, links=links)
    assert labels(pick(heard))[3:] == ["🗣 Talk", "🎧 Podcast", "Full size"]
    assert "Talk" not in caption(heard).plain


def test_the_shape_button_offers_the_other_shape() -> None:
    for theme in Theme:
        portrait, slide = Appearance(Canvas.PORTRAIT, theme), Appearance(Canvas.SLIDE, theme)
        assert pick_buttons(CONVIT, shown=portrait)[0][0] == Button("Slide", TurnCanvas(CONVIT.id, slide))
        assert pick_buttons(CONVIT, shown=slide)[0][0] == Button("Portrait", TurnCanvas(CONVIT.id, portrait))


def test_a_square_picture_that_somebody_was_sent_can_be_turned_upright() -> None:
    square = Appearance(Canvas.SQUARE)
    assert turn_button(CONVIT.id, square) == Button("Portrait", TurnCanvas(CONVIT.id, Appearance()))


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        (Appearance(), "27-convit-portrait.png"),
        (Appearance(Canvas.SLIDE), "27-convit-slide.png"),
        (Appearance(Canvas.SLIDE, Theme.DARK), "27-convit-slide-dark.png"),
    ],
)
def test_a_file_is_named_after_its_paper_and_what_it_looks_like(shown: Appearance, name: str) -> None:
    assert file_name(CONVIT, shown) == name


def test_no_row_has_more_buttons_than_a_phone_can_show() -> None:
    links = (Link(LinkKind.TALK, "https://t.org/v"), Link(LinkKind.PODCAST, "https://p.org/e"))
    crowded = replace(entry(summary=(SENTENCE * 12).strip()), links=links)
    rows = pick_buttons(crowded, another=True)
    assert [len(row) for row in rows] == [3, 3, 2]
    assert [button.label for button in rows[2]] == ["Full size", ANOTHER]


def test_another_is_offered_only_where_chance_chose() -> None:
    assert ANOTHER in labels(pick(CONVIT, another=True))
    assert ANOTHER not in labels(pick(CONVIT))


def labels(message: Message) -> list[str]:
    """What stands on the buttons."""
    markup = keyboard(message.buttons)
    return [button.text for row in markup.inline_keyboard for button in row] if markup else []
