"""Words said anew: we ask, the editor replies, and the reply alone tells what was asked, even after a restart."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Services
from bot.chat.asked import Asked, address, digest, read_address, read_payload
from bot.chat.desk_presses import Sight
from bot.chat.messages.desk.card import GONE
from bot.chat.messages.desk.words import CHANGED, FIELDS, present_text
from bot.chat.shapes import SHAPES
from bot.editorial.correction import Correction, Field, corrected
from bot.model.arxiv_id import ArxivId
from bot.model.paper import Link, LinkKind
from bot.sandbox import ADA, EMIL, GROUP, NOOR, Message
from tests.chat.conftest import Stage, on_stage, polling
from tests.chat.desks import labels, with_editors
from tests.editorial.desks import GRAPHS, MONTHLY, TEXT, VISION, entry_about

NEW = "Attention that unlearns convolution."


async def asked_for(stage: Stage, label: str, *, chat_id: int = ADA) -> Message:
    """Open the words of the draft and press a field; give the prompt."""
    await stage.press("Words", chat_id=chat_id)
    await stage.press(label, chat_id=chat_id)
    return stage.sent(chat_id)[-1]


async def answer(stage: Stage, prompt: Message, text: str, *, chat_id: int = ADA, user_id: int | None = None) -> None:
    """Reply to a prompt, and wait until something was said about it."""
    newest = stage.sent(chat_id)[-1].message_id
    stage.sandbox.say(text, chat_id=chat_id, user_id=user_id, reply_to=prompt.message_id)
    assert await stage.sandbox.wait(lambda: stage.sent(chat_id)[-1].message_id > newest)


async def test_the_words_are_listed_with_a_button_for_each(desk: Stage) -> None:
    picture, _ = await desk.draft()
    await desk.press("Words")
    same, words = desk.sent()
    assert same == picture
    assert words.text.startswith("Words of ML-Collage 41 · English\nShips: 0.85")
    assert "Headline: A headline." in words.text
    assert labels(words) == [
        "Headline", "Question", "Key idea", "Summary", "Take-away", "Topics",
        "🗣 Talk", "🤖 Code", "🕹 Demo", "✍️ Blog", "🎧 Podcast", "‹ Back",
    ]  # fmt: skip


async def test_a_reply_to_the_prompt_says_the_field_anew(desk: Stage) -> None:
    picture, card = await desk.draft()
    prompt = await asked_for(desk, "Headline")
    assert prompt.placeholder == "Headline"
    assert prompt.reply_to == card.message_id
    assert "“About 2401.00001”" in prompt.text
    assert "A headline." in prompt.text
    assert "at most 12 words" in prompt.text
    await answer(desk, prompt, NEW)
    new_picture, words, kept = desk.sent()
    assert (new_picture.message_id, words.message_id) == (picture.message_id, card.message_id)
    assert NEW in new_picture.text
    assert f"Headline: {NEW}" in words.text
    assert "Reset the words" in labels(words)
    assert kept.text == "Headline: changed. The preview shows it."


async def test_what_breaks_a_rule_is_said_and_asked_again(desk: Stage) -> None:
    await desk.draft()
    prompt = await asked_for(desk, "Headline")
    await answer(desk, prompt, "word " * 13)
    *_, again = desk.sent()
    assert "The section 'Headline' has 13 words. Make it at most 12." in again.text
    assert again.placeholder == "Headline"
    assert prompt.message_id not in {message.message_id for message in desk.sent()}
    await answer(desk, again, NEW)
    assert "Headline: changed." in desk.sent()[-1].text


@pytest.mark.parametrize(
    ("label", "typed", "says"),
    [
        ("Summary", "Too short.", "The section 'Summary' has 2 words."),
        ("Headline", "**bold**", "holds markup"),
        ("Topics", "nonsense", "There is no topic 'nonsense'."),
        ("🤖 Code", "javascript:alert(1)", "javascript:alert(1)"),
        ("Key idea", "x" * 4000, "The section 'Key idea' is longer than"),
    ],
)
async def test_every_field_keeps_its_bounds(desk: Stage, label: str, typed: str, says: str) -> None:
    await desk.draft()
    prompt = await asked_for(desk, label)
    await answer(desk, prompt, typed)
    assert says in desk.sent()[-1].text
    assert (await desk.services.desk.listed())[0].revision == 1


async def test_topics_are_chosen_from_the_list_that_is_shown(desk: Stage) -> None:
    await desk.draft()
    prompt = await asked_for(desk, "Topics")
    assert "Choose from: adversarial-robustness, " in prompt.text
    await answer(desk, prompt, "causality, Computer vision")
    (held,) = await desk.services.desk.listed()
    assert [topic.slug for topic in held.entry.topics] == ["causality", "computer-vision"]


async def test_a_link_is_set_and_taken_away(desk: Stage) -> None:
    await desk.draft()
    await answer(desk, await asked_for(desk, "🤖 Code"), "https://github.com/lee/code")
    assert "🤖 Code" in desk.sent()[0].text
    await desk.press("🤖 Code")
    await answer(desk, desk.sent()[-1], "-")
    assert (await desk.services.desk.listed())[0].entry.links == ()


async def test_the_other_language_is_said_anew_by_itself(desk: Stage) -> None:
    await desk.draft()
    await desk.press("中文")
    prompt = await asked_for(desk, "Headline")
    assert "中文" in prompt.text
    assert "标题。" in prompt.text
    await answer(desk, prompt, "新的标题。")
    (held,) = await desk.services.desk.listed()
    assert (held.entry.text("zh").headline, held.entry.text().headline) == ("新的标题。", TEXT.headline)
    assert "新的标题。" in desk.sent()[0].text


async def test_the_words_come_back_as_they_were_drafted(desk: Stage) -> None:
    await desk.draft()
    await answer(desk, await asked_for(desk, "Headline"), NEW)
    await desk.press("Reset the words")
    assert "A headline." in desk.sent()[0].text
    assert "Headline: A headline." in desk.sent()[1].text


async def test_a_prompt_survives_a_restart(services: Services) -> None:
    services = with_editors(services)
    async with on_stage(services) as stage:
        picture, card = await stage.draft()
        prompt = await asked_for(stage, "Take-away")
        await stage.stop()
        async with polling(services, stage.url):
            await answer(stage, prompt, "Offer the prior.")
            assert [message.message_id for message in stage.sent()[:2]] == [picture.message_id, card.message_id]
            assert "Take-away: Offer the prior." in stage.sent()[1].text
            assert "Take-away: changed." in stage.sent()[2].text


async def test_two_prompts_at_once_are_both_answered(desk: Stage) -> None:
    await desk.draft()
    first = await asked_for(desk, "Headline")
    await desk.press("Take-away")
    second = desk.sent()[-1]
    await answer(desk, first, NEW)
    await answer(desk, second, "Offer the prior.")
    (held,) = await desk.services.desk.listed()
    assert (held.entry.text().headline, held.entry.text().take_away) == (NEW, "Offer the prior.")


async def test_what_somebody_else_said_meanwhile_is_not_overwritten(desk: Stage) -> None:
    await desk.draft()
    prompt = await asked_for(desk, "Headline")
    (held,) = await desk.services.desk.listed()
    hers = Correction(Field.HEADLINE, "Somebody else was faster.")
    await desk.services.desk.say(held.id, held.revision, editor=NOOR, said=hers)
    await answer(desk, prompt, NEW)
    again = desk.sent()[-1]
    assert CHANGED in again.text
    assert "Somebody else was faster." in again.text
    assert (await desk.services.desk.listed())[0].entry.text().headline == "Somebody else was faster."
    await answer(desk, again, NEW)
    assert (await desk.services.desk.listed())[0].entry.text().headline == NEW


async def test_an_answer_after_the_draft_was_approved_is_not_lost_in_silence(desk: Stage) -> None:
    await desk.draft()
    prompt = await asked_for(desk, "Headline")
    (held,) = await desk.services.desk.listed()
    await desk.services.desk.approve(held.id, held.revision, editor=NOOR)
    await answer(desk, prompt, NEW)
    assert desk.sent()[-1].text == "This draft waits in the queue already; take it out to change it."
    assert labels(desk.sent()[-1]) == ["Preview"]


async def test_in_a_group_only_an_editors_reply_counts(desk: Stage) -> None:
    await desk.draft(chat_id=GROUP, user_id=ADA)
    prompt = await asked_for(desk, "Headline", chat_id=GROUP)
    assert prompt.placeholder is None
    desk.sandbox.say("Mine!", chat_id=GROUP, user_id=NOOR, reply_to=prompt.message_id)
    await answer(desk, prompt, NEW, chat_id=GROUP, user_id=ADA)
    assert (await desk.services.desk.listed())[0].entry.text().headline == NEW
    assert len(desk.sent(GROUP)) == 3


async def test_a_reply_to_anything_else_is_a_text_like_others(desk: Stage) -> None:
    (collage,) = await desk.ask("/paper 27")
    before = len(desk.sent())
    desk.sandbox.say("transformers", chat_id=ADA, reply_to=collage.message_id)
    assert await desk.sandbox.wait(lambda: len(desk.sent()) == before + 1)
    assert desk.sent()[-1].text.startswith("transformers · ")


async def test_the_link_of_a_prompt_opens_the_draft_for_editors_only(desk: Stage) -> None:
    await desk.draft()
    prompt = await asked_for(desk, "Headline")
    url = next(entity.url for entity in prompt.content.entities if entity.url)
    payload = str(url).partition("start=")[2]
    *_, card = await desk.ask(f"/start {payload}", answers=2)
    assert card.text.startswith("Draft of ML-Collage 41")
    (hello,) = await desk.ask(f"/start {payload}", chat_id=EMIL)
    assert hello.text.startswith("Once a week")


async def test_an_old_field_button_asks_nothing_and_shows_how_it_stands(desk: Stage) -> None:
    await desk.draft()
    await desk.press("Words")
    (held,) = await desk.services.desk.listed()
    await desk.services.desk.next_figure(held.id, held.revision, editor=NOOR)
    await desk.press("Headline")
    assert len(desk.sent()) == 2
    assert "Shows Fig. 2" in desk.sent()[1].text


async def test_a_link_to_a_draft_that_is_gone_is_answered(desk: Stage) -> None:
    (answer,) = await desk.ask("/start say_999999_headline_portrait_en_00000000_0_0")
    assert answer.text == GONE


_sights = st.builds(Sight, st.sampled_from(SHAPES), st.sampled_from(["en", "zh"]))
_asked = st.builds(
    Asked,
    st.integers(1, 10**9),
    st.sampled_from(Field),
    _sights,
    st.text().map(digest),
    st.integers(0, 10**8),
    st.integers(0, 10**8),
)


@given(_asked)
def test_what_a_prompt_asks_for_comes_back_as_it_was_written(asked: Asked) -> None:
    assert read_address(address(asked, "collage_bot"), "collage_bot") == asked
    assert read_address(address(asked, "collage_bot"), "other_bot") is None


@given(st.one_of(st.text(), st.from_regex(r"say_.{0,60}")))
def test_whatever_is_forged_is_either_ours_or_nothing(payload: str) -> None:
    asked = read_payload(payload)
    assert asked is None or address(asked, "b").endswith(f"={payload}")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("field", Field)
def test_what_a_prompt_shows_can_be_sent_back_as_it_is(field: Field, language: str) -> None:
    told = replace(TEXT, why="Because.", key_insights=("One.", "Two."), shorter={"question": ("Wha?", "?!a")})
    links = tuple(Link(kind, f"https://example.org/{kind}") for kind in LinkKind if kind is not LinkKind.PAPER)
    chinese = replace(told, summary="这是一段中文摘要。" * 16)
    entry = entry_about(ArxivId("2401.00001"), MONTHLY, texts={"en": told, "zh": chinese}, links=links)
    typed = present_text(entry, field, language)
    again = corrected(entry, Correction(field, typed, language), [GRAPHS, VISION])
    assert present_text(again, field, language) == typed
    assert set(again.links) == set(entry.links)
    assert again.texts == entry.texts


def test_every_field_has_a_name() -> None:
    kinds = {Field(kind.value) for kind in LinkKind if kind is not LinkKind.PAPER}
    assert set(Field) == set(FIELDS) | kinds
