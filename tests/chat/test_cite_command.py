"""/cite, and a reader's list as a file."""

from bot.chat.messages.citations import HOW
from bot.sandbox import GROUP, NOOR, Document
from tests.chat.conftest import Stage
from tests.chat.desks import labels


async def test_a_paper_is_cited_by_its_number_and_its_collage_is_a_press_away(stage: Stage) -> None:
    (citation,) = await stage.ask("/cite ml-collage 27")
    assert citation.text.startswith("@misc{dascoli2021convit,")
    assert [entity.kind for entity in citation.content.entities] == ["pre"]
    await stage.press("Show the collage")
    assert stage.sent()[-1].media is not None


async def test_a_collage_is_cited_by_answering_it(stage: Stage) -> None:
    (collage,) = await stage.ask("/paper 40")
    before = len(stage.sent())
    stage.sandbox.say("/cite", chat_id=collage.chat_id, reply_to=collage.message_id)
    assert await stage.sandbox.wait(lambda: len(stage.sent()) == before + 1)
    assert "Ridge Rider" in stage.sent()[-1].text


async def test_without_a_paper_it_says_how(stage: Stage) -> None:
    (how,) = await stage.ask("/cite")
    assert how.text.startswith(HOW.partition("{")[0])


async def test_a_title_is_as_good_as_a_number_and_a_wrong_one_is_said(stage: Stage) -> None:
    (citation,) = await stage.ask("/cite bootstrapped meta-learning")
    assert citation.text.startswith("@misc{")
    (wrong,) = await stage.ask("/cite 999")
    assert wrong.text.startswith("There is no number 999")


async def test_the_whole_list_comes_as_one_file(stage: Stage) -> None:
    for number in (27, 40):
        await stage.ask(f"/paper {number}")
        await stage.press("Save")
    await stage.ask("/saved")
    before = len(stage.sent())
    await stage.press("BibTeX")
    assert await stage.sandbox.wait(lambda: len(stage.sent()) == before + 1)
    file = stage.sent()[-1]
    assert isinstance(file.media, Document)
    assert file.media.name == "collages.bib"
    assert file.text == "Your list as BibTeX: 2 papers."


async def test_papers_are_taken_off_the_list_one_after_the_other(stage: Stage) -> None:
    for number in (25, 27, 40):
        await stage.ask(f"/paper {number}")
        await stage.press("Save")
    await stage.ask("/saved")
    await stage.press("Take some off")
    assert labels(stage.sent()[-1]) == ["✕ 1", "✕ 2", "✕ 3", "Done"]
    await stage.press("✕ 2")
    left = stage.sent()[-1]
    assert "ConViT" not in left.text
    assert labels(left) == ["✕ 1", "✕ 2", "Done"]
    await stage.press("Done")
    assert labels(stage.sent()[-1]) == ["1", "2", "BibTeX", "Take some off"]


async def test_in_a_group_a_list_stays_private(stage: Stage) -> None:
    stage.sandbox.set_language(NOOR, "en")
    (answer,) = await stage.ask("/saved", chat_id=GROUP, user_id=NOOR)
    assert labels(answer) == ["Open my list"]
