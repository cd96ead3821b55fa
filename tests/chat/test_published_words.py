"""An entry that was born in a chat is corrected in one, too, after readers have it."""

import pytest

from bot.chat.desk_presses import Deed, OnDraft, Sight
from bot.chat.spelling import written
from bot.model.canvas import Canvas
from bot.model.entry import Entry, EntryState
from bot.model.month import Month
from bot.sandbox import ADA
from bot.store import editions, entries
from tests.chat.conftest import NOW, Stage
from tests.chat.desks import labels
from tests.chat.test_desk_words import NEW, answer, asked_for


@pytest.fixture
async def published(desk: Stage) -> Entry:
    """An entry that was drafted in a chat and sent."""
    await desk.draft()
    (draft,) = await desk.services.desk.listed()
    await desk.services.desk.approve(draft.id, draft.revision, editor=ADA)
    async with desk.services.database.writing() as conn:
        await editions.publish_entry(conn, draft.id, month=Month(2026, 11), now=NOW, number=41)
    return await stored(desk, draft.id)


async def stored(desk: Stage, entry_id: int) -> Entry:
    async with desk.services.database.reading() as conn:
        return (await entries.get_entries(conn, [entry_id]))[0]


async def lay_back(desk: Stage) -> None:
    await desk.ask("/correct 41", answers=2)
    before = len(desk.sent())
    await desk.press("Edit it")
    await desk.settle(before + 2)


async def test_its_words_are_changed_at_the_desk_and_readers_find_them_at_once(desk: Stage, published: Entry) -> None:
    await lay_back(desk)
    assert desk.sent()[-1].text.startswith("ML-Collage 41\nReaders have it, and find every change at once.")
    assert labels(desk.sent()[-1])[0] == "Correct what is out"
    assert not {"Approve", "Discard"} & set(labels(desk.sent()[-1]))
    await answer(desk, await asked_for(desk, "Headline"), NEW)
    found = await stored(desk, published.id)
    assert (found.state, found.number, found.month) == (EntryState.PUBLISHED, 41, Month(2026, 11))
    assert found.text().headline == NEW
    assert (await desk.services.library.search("unlearns convolution")).hits[0].id == published.id


async def test_it_is_no_draft_on_the_desk(desk: Stage, published: Entry) -> None:
    await lay_back(desk)
    assert await desk.services.desk.listed() == ()


@pytest.mark.parametrize("deed", [Deed.APPROVE, Deed.DISCARD])
async def test_it_is_neither_queued_again_nor_thrown_away(desk: Stage, published: Entry, deed: Deed) -> None:
    await lay_back(desk)
    revision = (await desk.services.desk.get(published.id)).revision
    await desk.forge(written(OnDraft(deed, published.id, revision, Sight(Canvas.PORTRAIT))))
    assert (await stored(desk, published.id)) == published
    assert (await desk.services.desk.get(published.id)).discarded_at is None


async def test_a_button_from_when_it_was_a_draft_changes_nothing(desk: Stage, published: Entry) -> None:
    await lay_back(desk)
    await desk.forge(written(OnDraft(Deed.DROP_FIGURE, published.id, 1, Sight(Canvas.PORTRAIT))))
    assert (await stored(desk, published.id)) == published


async def test_what_stands_in_a_file_is_edited_there(desk: Stage) -> None:
    (_, asked) = await desk.ask("/correct 27", answers=2)
    assert "Its words stand in ml-collage/27-convit in the content folder." in asked.text
    (entry,) = await desk.services.library.find("27")
    await desk.forge(f"1:out:edit:{entry.id}")
    assert await stored(desk, entry.id) == entry


async def test_what_was_withdrawn_is_not_drafted_again_but_can_be_brought_back(desk: Stage, published: Entry) -> None:
    await desk.forge(f"1:out:retract:{published.id}")
    (said,) = await desk.ask(f"/draft {published.paper.arxiv_id}")
    assert said.text == "ML-Collage 41 is about this paper, and was withdrawn. It can be brought back."
    await desk.press("Preview")
    assert labels(desk.sent()[-1]) == ["Bring it back"]


@pytest.mark.parametrize("command", ["/correct", "/retract"])
async def test_without_a_name_it_says_what_it_wants(desk: Stage, command: str) -> None:
    (said,) = await desk.ask(command)
    assert said.text == f"Which entry? Name it by number, arXiv id or link: {command} 41."


@pytest.mark.parametrize("command", ["/correct", "/retract"])
async def test_what_is_not_there_is_said(desk: Stage, command: str) -> None:
    (said,) = await desk.ask(f"{command} 2401.99999")
    assert "2401.99999" in said.text
    assert not {"Withdraw it", "Bring it back"} & set(labels(said))


@pytest.mark.parametrize("command", ["/correct 27", "/retract 27"])
async def test_who_is_no_editor_does_not_know_the_command(stage: Stage, command: str) -> None:
    (said,) = await stage.ask(command)
    assert "Withdraw" not in said.text
    (entry,) = await stage.services.library.find("27")
    await stage.forge(f"1:out:retract:{entry.id}")
    assert (await stored(stage, entry.id)).state is EntryState.PUBLISHED
