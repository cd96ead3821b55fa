"""/search and plain text: pages turned in place, bad input, old buttons."""

import pytest

from bot.chat.messages.results import NOT_YOURS, OLD_LIST, TAKEN_AS_SEARCH
from bot.sandbox import ADA, CHANNEL, GROUP, NOOR, Message
from tests.chat.conftest import Stage


def labels(message: Message) -> list[str]:
    """What stands on the buttons."""
    return [button.text for row in message.keyboard for button in row]


async def test_a_search_lists_papers_that_can_be_opened(stage: Stage) -> None:
    (found,) = await stage.ask("/search convit")
    assert found.text.startswith("convit · ")
    assert "ConViT: Improving Vision Transformers" in found.text
    await stage.press("1")
    assert stage.sent()[-1].text.startswith("ML-Collage 27 · ConViT")


async def test_a_page_is_turned_in_the_same_message(stage: Stage) -> None:
    (found,) = await stage.ask("/search networks")
    assert "›" in labels(found)
    await stage.press("›")
    (turned,) = stage.sent()
    assert turned.message_id == found.message_id
    assert turned.text != found.text
    assert labels(turned)[-2].startswith("2/")
    assert labels(turned)[-3] == "‹"
    assert labels(found)[-3] == "·"
    await stage.press("‹")
    assert stage.sent()[0].text == found.text


@pytest.mark.parametrize("command", ["/search ", ""])
async def test_the_page_of_a_long_question_is_turned_to_the_same_question(stage: Stage, command: str) -> None:
    words = "networks learning training deep neural models and gradients for all the zebras there are"
    (found,) = await stage.ask(command + words)
    heading, said = found.text.split("\n")[:2]
    assert heading.startswith("networks learning training deep neural models")
    assert "… · " in heading
    assert said == "No paper has all of these words; these have some."
    await stage.press("›")
    (turned,) = stage.sent()
    assert turned.text.split("\n")[:2] == [heading, said]
    assert turned.text != found.text


async def test_every_word_of_a_long_question_is_searched_for(stage: Stage) -> None:
    padding = "networks and a great many words before it that take up all the room there is"
    (found,) = await stage.ask(f"/search {padding} zebra")
    assert "No paper has all of these words" in found.text
    (alone,) = await stage.ask("/search " + "of the in " * 20 + "convit")
    assert "ConViT: Improving" in alone.text


async def test_a_year_leaves_only_papers_of_that_year(stage: Stage) -> None:
    (found,) = await stage.ask("/search optimization 2020")
    assert found.text.startswith("optimization 2020 · 2 papers\n\n")
    (others,) = await stage.ask("/search optimization 1999")
    assert others.text.split("\n")[1] == "There is no such paper of 1999; these are of other years."


async def test_a_month_typed_without_a_command_is_opened(stage: Stage) -> None:
    heard = await stage.ask("january 2022", answers=6)
    assert heard[-1].text.startswith("January 2022 · four papers")


async def test_a_topic_button_opens_exactly_the_papers_of_that_topic(stage: Stage) -> None:
    (answer,) = await stage.ask("/search")
    await stage.press(labels(answer)[0])
    ((topic, _papers), *_) = await stage.services.library.topics()
    found = await stage.services.library.search(f"#{topic.slug}", size=50)
    assert stage.sent()[-1].text.startswith(f"#{topic.slug} · {found.total} papers")
    assert all(topic in entry.topics for entry in found.hits)


async def test_in_a_group_only_who_asked_turns_the_page(stage: Stage) -> None:
    (found,) = await stage.ask("/search networks", chat_id=GROUP, user_id=ADA)
    assert (await stage.press("›", chat_id=GROUP, user_id=NOOR)).text == NOT_YOURS
    assert stage.sent(GROUP)[0].text == found.text
    await stage.press("›", chat_id=GROUP, user_id=ADA)
    assert stage.sent(GROUP)[0].text != found.text


async def test_plain_words_are_taken_as_a_search_and_that_is_said(stage: Stage) -> None:
    (found,) = await stage.ask("transformers")
    assert found.text.startswith("transformers · ")
    assert found.text.endswith(TAKEN_AS_SEARCH)


async def test_turning_the_page_leaves_what_we_took_the_words_for(stage: Stage) -> None:
    (found,) = await stage.ask("networks")
    await stage.press("›")
    assert stage.sent()[0].text != found.text
    assert stage.sent()[0].text.endswith(TAKEN_AS_SEARCH)


async def test_a_search_for_nothing_explains_itself_with_three_topics(stage: Stage) -> None:
    (answer,) = await stage.ask("/search")
    assert len(labels(answer)) == 3
    await stage.press(labels(answer)[0])
    assert " · " in stage.sent()[-1].text.partition("\n")[0]


async def test_nothing_found_offers_words_that_find_something(stage: Stage) -> None:
    (answer,) = await stage.ask("/search transfomrers")
    assert answer.text.startswith("There is nothing on “transfomrers” in the archive.")
    assert labels(answer)[0] == "transformers"
    assert len(labels(answer)) >= 4
    await stage.press(labels(answer)[0])
    assert stage.sent()[-1].text.startswith(f"{labels(answer)[0]} · ")


@pytest.mark.parametrize(
    "words",
    [
        "x" * 4000,
        "word " * 800,
        '"unclosed',
        "100% * _ NEAR/3 AND OR NOT",
        "' OR 1=1; DROP TABLE entry; --",
        "<script>alert(1)</script> & <b>",
        "🎉🤖 ✍️",
        "تعلم الآلة \u202eدور",
        "nul\x00byte",
        "#",
        "-",
    ],
)
@pytest.mark.parametrize("command", ["/search ", ""])
async def test_whatever_is_typed_is_answered_with_something_to_press(stage: Stage, command: str, words: str) -> None:
    (answer,) = await stage.ask((command + words)[:4096])
    assert labels(answer)
    assert len(answer.text.partition("\n")[0]) < 200


@pytest.mark.parametrize(
    "data",
    ["", "1:show:0", "page:2:transformers", "0:page:2:0:x", "1:turn:7:round", "1:page:1:-5:x", "1:do:everything",
     "1:find:\x00" + "x" * 60, "🎉"],
)  # fmt: skip
async def test_an_old_or_forged_button_brings_a_fresh_list(stage: Stage, data: str) -> None:
    await stage.ask("/help")
    await stage.forge(data)
    fresh = stage.sent()[-1]
    assert fresh.text.startswith(OLD_LIST)
    assert labels(fresh) == ["1", "2", "3", "4", "Search", "Latest"]


async def test_an_old_button_under_a_picture_does_not_speak_of_a_list(stage: Stage) -> None:
    (collage,) = await stage.ask("/latest")
    photo = {"file_id": "x", "file_unique_id": "x", "width": 80, "height": 100}
    press = {
        "id": "1",
        "from": {"id": ADA, "is_bot": False, "first_name": "Ada"},
        "chat_instance": "1",
        "data": "0:turn:7",
        "message": {
            "message_id": collage.message_id,
            "date": collage.date,
            "chat": {"id": ADA, "type": "private"},
            "photo": [photo],
        },
    }
    await stage.receive({"callback_query": press})
    assert stage.sent()[-1].text.startswith("That button is from an older version. Here are the newest papers.")


@pytest.mark.parametrize("data", ["1:show:999999", "1:turn:999999:slide", "1:save:999999", "1:like:9", "1:read:999999"])
async def test_a_button_for_a_paper_that_is_gone_breaks_nothing(stage: Stage, data: str) -> None:
    await stage.ask("/help")
    await stage.forge(data)
    (still_here,) = await stage.ask("/latest")
    assert still_here.media is not None


async def test_a_page_far_past_the_end_is_the_last_one(stage: Stage) -> None:
    await stage.ask("/search networks")
    await stage.forge("1:page:9999:0:networks")
    turned = stage.sent()[-1]
    number, pages = next(label for label in labels(turned) if "/" in label).split("/")
    assert number == pages


async def test_nobody_makes_us_post_in_a_channel_by_a_forged_press(stage: Stage) -> None:
    stage.sandbox.say("hello readers", chat_id=CHANNEL, user_id=ADA)
    for data in ("nonsense", "1:do:latest", "1:find:x", "1:show:1", "1:month:2022-01"):
        await stage.forge(data, chat_id=CHANNEL, user_id=NOOR)
    assert stage.sandbox.delivered(CHANNEL) == ()
