"""The inline mode: our name and a question in any chat."""

import asyncio

import pytest

from bot.sandbox import ADA, ELSEWHERE, NOOR, InlineAnswer, InlineResult, Photo
from tests.chat.conftest import Stage


async def ask(stage: Stage, query: str, *, user_id: int = ADA, offset: str = "") -> InlineAnswer:
    """Write our name and *query* in a chat in which we are not."""
    answer = await stage.sandbox.ask_inline(query, user_id=user_id, chat_id=ELSEWHERE, offset=offset)
    assert answer is not None, "nobody answered"
    return answer


async def until_a_picture(stage: Stage, query: str) -> InlineResult:
    """Ask until the first result is a picture: what it is called is written down right after it was sent."""
    for turn in range(100):  # said a little otherwise each time, lest it be answered from the cache
        (first, *_) = (await ask(stage, query + "!" * turn)).results
        if first.kind == "photo":
            return first
        await asyncio.sleep(0.02)
    raise AssertionError(f"{query} never became a picture")


async def test_what_was_never_sent_is_offered_as_an_article_and_then_as_a_picture(stage: Stage) -> None:
    (article, *_) = (await ask(stage, "convit")).results
    assert (article.kind, article.title) == (
        "article",
        "ConViT: Improving Vision Transformers with Soft Convolutional Inductive Biases (2021)",
    )
    await stage.ask("/paper 27")
    assert (await until_a_picture(stage, "convit 2021")).title == article.title


async def test_what_is_chosen_stands_in_the_chat_with_its_caption(stage: Stage) -> None:
    await stage.ask("/paper 27")
    picture = await until_a_picture(stage, "convit")
    sent = stage.sandbox.choose(picture, user_id=ADA, chat_id=ELSEWHERE)
    assert isinstance(sent.media, Photo)
    assert sent.text.startswith("ML-Collage 27 · ConViT")
    assert sent.via is not None


async def test_without_words_the_newest_come_first_and_pages_follow(stage: Stage) -> None:
    first = await ask(stage, "")
    second = await ask(stage, "", offset=first.next_offset)
    newest = await stage.services.library.latest()
    assert first.results[0].title.startswith(newest.paper.title[:40])
    assert (len(first.results), len(second.results), second.next_offset) == (20, 1, "")
    assert not {it.result_id for it in first.results} & {it.result_id for it in second.results}


async def test_everybody_is_answered_in_their_own_language(stage: Stage) -> None:
    english, chinese = await ask(stage, "convit"), await ask(stage, "convit", user_id=NOOR)
    assert english.results[0].title == chinese.results[0].title
    assert english.results[0].description != chinese.results[0].description


async def test_who_finds_nothing_is_led_to_our_private_chat(stage: Stage) -> None:
    answer = await ask(stage, "zzzzqqqq")
    assert answer.results == ()
    assert answer.button["start_parameter"] == "ask-search"


@pytest.mark.parametrize("offset", ["-1", "x", "99999999999", "0"])
async def test_an_offset_that_is_not_ours_is_the_beginning(stage: Stage, offset: str) -> None:
    assert len((await ask(stage, "", offset=offset)).results) == 20
