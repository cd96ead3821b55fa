"""Single papers: /latest, /random, /paper, and the buttons under a collage."""

import asyncio

import pytest

from bot.chat.messages.results import SAVED, UNSAVED
from bot.chat.messenger import WeeklyPart
from bot.sandbox import ADA, CHANNEL, GROUP, NOOR, Message
from bot.sandbox.faults import rejected
from tests.chat.conftest import Stage


def labels(message: Message) -> list[str]:
    """What stands on the buttons."""
    return [button.text for row in message.keyboard for button in row]


async def test_latest_shows_the_newest_paper(stage: Stage) -> None:
    (collage,) = await stage.ask("/latest")
    assert collage.media is not None
    assert collage.text.startswith("ML-Collage 40 · Ridge Rider")
    assert labels(collage)[:3] == ["Slide", "Save", "More like this"]


async def test_random_offers_another(stage: Stage) -> None:
    (collage,) = await stage.ask("/random")
    assert labels(collage)[-1] == "Another"
    await stage.press("Another")
    assert len(stage.sent()) == 2


@pytest.mark.parametrize(
    "reference",
    ["27", "#27", "ml-collage 27", "2103.10697", "arXiv:2103.10697v2", "https://arxiv.org/pdf/2103.10697v1.pdf"],
)
async def test_a_paper_is_found_by_every_spelling(stage: Stage, reference: str) -> None:
    (collage,) = await stage.ask(f"/paper {reference}")
    assert collage.text.startswith("ML-Collage 27 · ConViT")


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("", "Which paper?"),
        ("9999", "There is no number 9999 in the archive. ML-Collage has 1–4, 25–28 and 37–40 here."),
        ("30", "There is no number 30 in the archive. ML-Collage has 1–4, 25–28 and 37–40 here."),
        ("ml-collage 30/52", "There is no number 30 in the archive."),
        ("1706.03762", "arXiv:1706.03762 is not in the archive"),
        ("xyzzy", "I cannot read “xyzzy” as a paper, and nothing in the archive is called so."),
        ("'; DROP TABLE entry; --", "'; DROP TABLE entry; -- · "),
        ("9" * 4000, "There is no number"),
    ],
)
async def test_a_reference_that_leads_nowhere_is_named(stage: Stage, reference: str, said: str) -> None:
    (answer,) = await stage.ask(f"/paper {reference}")
    assert answer.text.startswith(said)
    assert labels(answer)


async def test_a_number_that_is_not_there_offers_its_neighbours(stage: Stage) -> None:
    (answer,) = await stage.ask("/paper 30")
    assert labels(answer) == ["28", "37", "Latest", "Search"]
    await stage.press("37")
    assert stage.sent()[-1].text.startswith("ML-Collage 37")


@pytest.mark.parametrize("name", ["ConViT", "n-beats", "Ridge Rider", "randomized automatic differentiation"])
async def test_a_name_that_means_one_paper_opens_it(stage: Stage, name: str) -> None:
    (collage,) = await stage.ask(f"/paper {name}")
    assert collage.media is not None


async def test_a_name_that_means_several_papers_lists_them(stage: Stage) -> None:
    (found,) = await stage.ask("/paper transformers")
    assert found.text.startswith("transformers · ")


@pytest.mark.parametrize("command", ["", "/paper "])
async def test_two_links_in_one_message_offer_both_papers(stage: Stage, command: str) -> None:
    links = "this https://arxiv.org/abs/2103.10697, and (https://arxiv.org/pdf/2102.07074v4)"
    (offered,) = await stage.ask(command + links)
    assert "ConViT" in offered.text
    assert "TransGAN" in offered.text
    assert labels(offered) == ["1", "2"]


async def test_of_two_links_the_one_that_is_not_there_is_named(stage: Stage) -> None:
    (offered,) = await stage.ask("2103.10697 1706.03762")
    assert offered.text.endswith("Not in the archive: arXiv:1706.03762.")
    assert labels(offered) == ["1"]
    (neither,) = await stage.ask("1706.03762 1706.03763")
    assert neither.text == "Not in the archive: arXiv:1706.03762, arXiv:1706.03763."
    assert labels(neither) == ["Latest", "Search"]


async def test_a_link_typed_without_a_command_opens_the_paper(stage: Stage) -> None:
    (collage,) = await stage.ask("https://arxiv.org/abs/2103.10697")
    assert collage.text.startswith("ML-Collage 27 · ConViT")


async def test_the_slide_takes_the_place_of_the_portrait_and_back(stage: Stage) -> None:
    (collage,) = await stage.ask("/paper 27")
    before = collage.media
    await stage.press("Slide")
    (turned,) = stage.sent()
    assert turned.media != before
    assert turned.content == collage.content
    assert labels(turned)[0] == "Portrait"
    await stage.press("Portrait")
    assert labels(stage.sent()[0])[0] == "Slide"


async def test_turning_the_picture_keeps_the_buttons_it_had(stage: Stage) -> None:
    (collage,) = await stage.ask("/random")
    await stage.press("Save")
    await stage.press("Slide")
    (turned,) = stage.sent()
    assert labels(turned) == ["Portrait", "Saved ✓", *labels(collage)[2:]]
    assert labels(turned)[-1] == "Another"


async def test_two_presses_at_once_turn_the_picture_once(stage: Stage) -> None:
    await stage.ask("/paper 27")
    await asyncio.gather(stage.press("Slide"), stage.press("Slide"))
    assert labels(stage.sent()[0])[0] == "Portrait"
    assert len(stage.sent()) == 1


async def test_two_presses_at_once_save_once(stage: Stage) -> None:
    await stage.ask("/paper 27")
    toasts = await asyncio.gather(stage.press("Save"), stage.press("Save"))
    assert [toast.text for toast in toasts] == [SAVED, SAVED]


async def test_a_saved_paper_shows_it_on_its_button_and_on_the_list(stage: Stage) -> None:
    await stage.ask("/paper 27")
    assert (await stage.press("Save")).text == SAVED
    assert labels(stage.sent()[0])[1] == "Saved ✓"
    (kept,) = await stage.ask("/saved")
    assert kept.text.startswith("Your list · 1 paper")
    assert "ConViT" in kept.text


async def test_what_is_opened_from_the_list_is_taken_off_by_its_button(stage: Stage) -> None:
    await stage.ask("/paper 27")
    await stage.press("Save")
    await stage.ask("/saved")
    await stage.press("1")
    assert labels(stage.sent()[-1])[1] == "Saved ✓"
    assert (await stage.press("Saved ✓")).text == UNSAVED
    assert labels(stage.sent()[-1])[1] == "Save"
    (kept,) = await stage.ask("/saved")
    assert kept.text.startswith("Your list is empty")


async def test_saving_from_an_older_message_never_takes_a_paper_off(stage: Stage) -> None:
    (old,) = await stage.ask("/paper 27")
    await stage.ask("/paper 27")
    await stage.press("Save")
    await stage.sandbox.press("Save", chat_id=ADA, message_id=old.message_id)
    (kept,) = await stage.ask("/saved")
    assert kept.text.startswith("Your list · 1 paper")


async def test_in_a_group_the_button_says_save_to_everybody_and_the_toast_what_happened(stage: Stage) -> None:
    await stage.ask("/paper 27", chat_id=GROUP)
    assert (await stage.press("Save", chat_id=GROUP, user_id=NOOR)).text == SAVED
    assert labels(stage.sent(GROUP)[0])[1] == "Save"
    await asyncio.sleep(1.1)  # sooner it would be a double tap
    assert (await stage.press("Save", chat_id=GROUP, user_id=NOOR)).text == UNSAVED


async def test_a_list_belongs_to_a_person_and_not_to_a_chat(stage: Stage) -> None:
    await stage.ask("/paper 27", chat_id=GROUP)
    await stage.press("Save", chat_id=GROUP, user_id=NOOR)
    (hers,) = await stage.ask("/saved", chat_id=ADA)
    (his,) = await stage.ask("/saved", chat_id=NOOR)
    (shared,) = await stage.ask("/saved", chat_id=GROUP)
    assert hers.text.startswith("Your list is empty")
    assert "ConViT" in his.text
    assert "private chat" in shared.text
    assert shared.keyboard[0][0].value == "https://t.me/collage_bot?start=saved"


async def test_a_long_list_is_turned_in_place(stage: Stage) -> None:
    for number in (1, 2, 3, 4, 25, 26):
        await stage.ask(f"/paper {number}")
        await stage.press("Save")
    (kept,) = await stage.ask("/saved")
    assert labels(kept) == ["1", "2", "3", "4", "5", "·", "1/2", "›", "BibTeX", "Take some off"]
    await stage.press("›")
    assert labels(stage.sent()[-1]) == ["1", "‹", "2/2", "·", "BibTeX", "Take some off"]


async def test_more_like_this_lists_neighbours_that_can_be_opened(stage: Stage) -> None:
    await stage.ask("/paper 27")
    await stage.press("More like this")
    alike = stage.sent()[-1]
    assert alike.text.startswith("Like ConViT")
    await stage.press("1")
    assert stage.sent()[-1].media is not None


async def test_read_on_hangs_the_rest_on_the_collage(stage: Stage) -> None:
    (collage,) = await stage.ask("/paper 2102.07074")
    await stage.press("Read on")
    rest = stage.sent()[-1]
    assert "🎖 Why" in rest.text
    assert "💡 Key insights" in rest.text
    assert rest.reply_to == collage.message_id


async def test_a_file_id_that_stopped_working_is_uploaded_again(stage: Stage) -> None:
    await stage.ask("/paper 27")
    stage.sandbox.faults.add(rejected("wrong file identifier/HTTP URL specified"), method="sendPhoto")
    await stage.ask("/paper 27")
    first, second = stage.sandbox.delivered(ADA)
    assert first.digest == second.digest


async def test_a_group_without_photos_gets_the_text(stage: Stage) -> None:
    stage.sandbox.restrict(GROUP, rights=frozenset({"can_send_messages"}))
    (answer,) = await stage.ask("/paper 27", chat_id=GROUP)
    assert answer.media is None
    assert answer.text.startswith("ML-Collage 27 · ConViT")
    assert labels(answer)[0] == "Save"


async def test_in_a_topic_the_answer_stays_in_the_topic(stage: Stage) -> None:
    thread = stage.sandbox.open_topic(GROUP, "Papers")
    (collage,) = await stage.ask("/latest", chat_id=GROUP, thread_id=thread)
    assert collage.thread_id == thread
    await stage.press("More like this", chat_id=GROUP)
    assert stage.sent(GROUP)[-1].thread_id == thread


async def test_readers_of_a_channel_are_led_to_the_private_chat(stage: Stage) -> None:
    entry = (await stage.services.library.find("27"))[0]
    await stage.messenger.send(WeeklyPart(entry, rerun=False), await stage.recipient(CHANNEL))
    for label, place in (("More like this", "like"), ("Slide", "slide")):
        toast = await stage.press(label, chat_id=CHANNEL, user_id=ADA)
        assert toast.url == f"https://t.me/collage_bot?start={place}_{entry.id}"
    assert len(stage.sandbox.delivered(CHANNEL)) == 1
    assert (await stage.press("Save", chat_id=CHANNEL, user_id=ADA)).text == SAVED
