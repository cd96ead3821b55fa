import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from bot.editorial.correction import Correction, Field
from bot.editorial.load import LoadReport, load
from bot.errors import ContentError, DraftChanged, DraftError
from bot.model.arxiv_id import ArxivId
from bot.model.entry import Entry, EntryState
from bot.model.month import Month
from bot.publishing.queue import Queue
from bot.store import editions, entries, retracting
from bot.store.database import Database
from bot.store.figures import figure_bytes
from bot.store.tables import edition, edition_entry, entry
from tests.editorial.conftest import picture
from tests.editorial.desks import ADA, NOW, WEEKLY, Clock, approved, desk_of

AddEntry = Callable[..., Path]


async def stored(database: Database) -> dict[str, Entry]:
    async with database.reading() as conn:
        ids = [row.id for row in await entries.stored_entries(conn)]
        return {found.slug: found for found in await entries.get_entries(conn, ids)}


async def publish(database: Database, slug: str, month: str) -> None:
    async with database.writing() as conn:
        await conn.execute(update(entry).where(entry.c.slug == slug).values(state="published", month=month))


def edit(path: Path, old: str, new: str) -> None:
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


async def test_loading_twice_changes_nothing(database: Database, root: Path) -> None:
    assert await load(database, root) == LoadReport(added=1)
    before = await stored(database)

    assert await load(database, root) == LoadReport(unchanged=1)
    assert await stored(database) == before


async def test_the_content_of_this_repository_is_loaded_whole(catalogue: Database, content_root: Path) -> None:
    report = await load(catalogue, content_root)

    assert report == LoadReport(unchanged=len(await stored(catalogue)))


async def test_a_changed_entry_is_written_under_the_same_id(database: Database, root: Path, add: AddEntry) -> None:
    add("02-other", number=2, arxiv="2107.05802")
    await load(database, root)
    before = await stored(database)

    edit(root / "weekly" / "01-convit" / "entry.md", "# A headline", "# Another headline")

    assert await load(database, root) == LoadReport(changed=1, unchanged=1)
    after = await stored(database)
    assert after["weekly/01-convit"].text().headline == "Another headline of few words."
    assert after["weekly/01-convit"].id == before["weekly/01-convit"].id
    assert after["weekly/02-other"] == before["weekly/02-other"]


async def test_a_changed_figure_changes_its_entry_and_replaces_the_bytes(
    database: Database, root: Path, png: bytes
) -> None:
    folder = root / "weekly" / "01-convit"
    figure = "panels: [{kind: figure, file: f.png, caption: Maps., credit: Fig. 3, licence: CC BY 4.0}]"
    (folder / "collage.yaml").write_text(figure)
    (folder / "f.png").write_bytes(png)
    await load(database, root)
    assert await load(database, root) == LoadReport(unchanged=1)

    redrawn = picture("teal")
    (folder / "f.png").write_bytes(redrawn)

    assert await load(database, root) == LoadReport(changed=1)
    (entry_id,) = [found.id for found in (await stored(database)).values()]
    async with database.reading() as conn:
        assert list((await figure_bytes(conn, entry_id)).values()) == [redrawn]


async def test_a_faulty_entry_keeps_the_whole_load_out(database: Database, root: Path, add: AddEntry) -> None:
    await load(database, root)
    before = await stored(database)
    add("02-good", number=2, arxiv="2107.05802")
    edit(add("03-bad", number=3, arxiv="2107.05803"), "year: 2021", "year: soon")

    with pytest.raises(ContentError, match=r"03-bad/entry\.md:9: 'year' must be a whole number"):
        await load(database, root)

    assert await stored(database) == before


async def test_a_load_that_breaks_half_way_leaves_no_trace(
    database: Database, root: Path, add: AddEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load(database, root)
    before = await stored(database)
    add("02-other", number=2, arxiv="2107.05802")

    async def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(entries, "keep_topics", fail)
    with pytest.raises(RuntimeError):
        await load(database, root)

    assert await stored(database) == before


async def test_an_entry_nobody_has_seen_goes_with_its_folder(database: Database, root: Path, add: AddEntry) -> None:
    queued = add("02-queued", number=2, arxiv="2107.05802", state="queued")
    await load(database, root)

    shutil.rmtree(queued.parent)

    assert await load(database, root) == LoadReport(unchanged=1, removed=1)
    assert set(await stored(database)) == {"weekly/01-convit"}


async def test_an_entry_readers_have_outlives_its_folder_and_this_is_said(
    database: Database, root: Path, add: AddEntry
) -> None:
    add("02-other", number=2, arxiv="2107.05802")
    await load(database, root)

    shutil.rmtree(root / "weekly" / "01-convit")
    report = await load(database, root)

    assert (report.removed, report.unchanged) == (0, 1)
    assert report.notes == ("weekly/01-convit has lost its folder; readers have it, so it stays.",)
    assert "weekly/01-convit" in await stored(database)


async def test_an_entry_in_an_edition_outlives_its_folder(database: Database, root: Path, add: AddEntry) -> None:
    queued = add("02-queued", number=2, arxiv="2107.05802", state="queued")
    await load(database, root)
    entry_id = (await stored(database))["weekly/02-queued"].id
    async with database.writing() as conn:
        opened = {"kind": "weekly", "slot": "2026-W47", "state": "open", "opened_at": datetime.now(UTC)}
        await conn.execute(insert(edition).values(id=1, series_id=1, rerun=False, **opened))
        await conn.execute(insert(edition_entry).values(edition_id=1, position=0, entry_id=entry_id))

    shutil.rmtree(queued.parent)

    assert (await load(database, root)).removed == 0
    assert "weekly/02-queued" in await stored(database)


async def test_a_renamed_folder_is_the_same_entry(database: Database, root: Path) -> None:
    await load(database, root)
    before = (await stored(database))["weekly/01-convit"]

    (root / "weekly" / "01-convit").rename(root / "weekly" / "01-gated-attention")

    assert await load(database, root) == LoadReport(changed=1)
    assert {slug: found.id for slug, found in (await stored(database)).items()} == {
        "weekly/01-gated-attention": before.id
    }


async def test_entries_can_swap_their_numbers(database: Database, root: Path, add: AddEntry) -> None:
    other = add("02-other", number=2, arxiv="2107.05802")
    await load(database, root)

    edit(other, "number: 2", "number: 1")
    edit(root / "weekly" / "01-convit" / "entry.md", "number: 1", "number: 2")

    assert await load(database, root) == LoadReport(changed=2)
    assert {found.slug: found.number for found in (await stored(database)).values()} == {
        "weekly/01-convit": 2,
        "weekly/02-other": 1,
    }


async def test_what_was_published_stays_published_and_keeps_its_month(
    database: Database, root: Path, add: AddEntry
) -> None:
    queued = add("02-queued", number=2, arxiv="2107.05802", state="queued")
    await load(database, root)
    await publish(database, "weekly/02-queued", "2026-11")
    assert await load(database, root) == LoadReport(unchanged=2)

    edit(queued, "# A headline", "# Another headline")
    report = await load(database, root)

    found = (await stored(database))["weekly/02-queued"]
    assert (found.state, found.month) == (EntryState.PUBLISHED, Month(2026, 11))
    assert found.text().headline == "Another headline of few words."
    assert report.notes == ("weekly/02-queued is queued in its file, but readers have it, so it stays published.",)


async def test_a_queued_entry_can_go_back_to_draft_and_this_is_said(
    database: Database, root: Path, add: AddEntry
) -> None:
    path = add("02-queued", number=2, arxiv="2107.05802", state="queued")
    await load(database, root)

    edit(path, "state: queued", "state: draft")
    report = await load(database, root)

    assert (await stored(database))["weekly/02-queued"].state is EntryState.DRAFT
    assert report.notes == ("weekly/02-queued went back from queued to draft, as its file says.",)


async def test_the_number_of_an_entry_that_lost_its_folder_is_not_given_away(
    database: Database, root: Path, add: AddEntry
) -> None:
    await load(database, root)
    shutil.rmtree(root / "weekly" / "01-convit")
    add("01-other", number=1, arxiv="2107.05802")

    with pytest.raises(ContentError, match="number 1 belongs to weekly/01-convit"):
        await load(database, root)


async def test_a_new_name_of_a_topic_reaches_its_entries(database: Database, root: Path) -> None:
    await load(database, root)

    edit(root / "topics.yaml", "name: Vision", "name: Computer vision")

    assert await load(database, root) == LoadReport(changed=1)
    assert (await stored(database))["weekly/01-convit"].topics[0].name == "Computer vision"


async def test_an_entry_born_in_a_chat_is_left_alone(database: Database, root: Path) -> None:
    await load(database, root)
    desk = desk_of(database)
    waiting = await approved(desk, "2107.00001")
    draft = await desk.take_up(ArxivId("2107.00002"), series="weekly", editor=ADA)
    before = await stored(database)

    assert await load(database, root) == LoadReport(unchanged=1)

    assert await stored(database) == before
    assert {waiting, draft.id} < {found.id for found in before.values()}
    assert await desk.get(draft.id) == draft


async def test_a_draft_that_was_exported_is_edited_in_its_file_from_then_on(
    database: Database, root: Path, add: AddEntry
) -> None:
    await load(database, root)
    desk = desk_of(database)
    draft = await desk.take_up(ArxivId("2107.05802"), series="weekly", editor=ADA)

    add("02-other", number=2, arxiv="2107.05802", state="queued")
    report = await load(database, root)

    found = (await stored(database))["weekly/02-other"]
    assert (found.id, found.number, found.state) == (draft.id, 2, EntryState.QUEUED)
    assert report == LoadReport(
        changed=1,
        unchanged=1,
        notes=("weekly/02-other was born in a chat; from now on it is edited in its file.",),
    )
    assert await load(database, root) == LoadReport(unchanged=2)
    with pytest.raises(DraftChanged, match="edited in a content file now"):
        await desk.say(draft.id, 1, editor=ADA, said=Correction(Field.QUESTION, "Why?"))
    with pytest.raises(DraftError, match="in the content folder"):
        await desk.reopen(draft.id, editor=ADA)


async def test_a_file_with_the_name_the_desk_gave_takes_the_entry_over_and_keeps_its_date(
    database: Database, root: Path, add: AddEntry
) -> None:
    await load(database, root)
    entry_id = await approved(desk_of(database), "2107.05802")
    queue = Queue(database, (WEEKLY,), Clock())
    await queue.fix(entry_id, "2026-W50")

    add("arxiv-2107-05802", number=2, arxiv="2107.05802", state="queued")
    await load(database, root)

    (waiting,) = await queue.listed("weekly")
    assert (waiting.entry.id, waiting.slot, waiting.is_from_file) == (entry_id, "2026-W50", True)


async def test_a_file_that_says_draft_takes_an_entry_out_of_the_queue(
    database: Database, root: Path, add: AddEntry
) -> None:
    await load(database, root)
    await approved(desk_of(database), "2107.05802")

    path = add("02-other", number=2, arxiv="2107.05802", state="queued")
    edit(path, "state: queued", "state: draft")
    report = await load(database, root)

    assert report.notes[0] == "weekly/02-other went back from queued to draft, as its file says."
    assert await Queue(database, (WEEKLY,), Clock()).listed("weekly") == ()


@pytest.mark.parametrize("in_file", ["", "number: 5\n"])
async def test_what_was_born_in_a_chat_and_published_stays_so_under_its_number_when_its_file_comes(
    database: Database, root: Path, add: AddEntry, in_file: str
) -> None:
    await load(database, root)
    entry_id = await approved(desk_of(database), "2107.05802")
    async with database.writing() as conn:
        await editions.publish_entry(conn, entry_id, month=Month(2026, 11), now=NOW, number=2)

    edit(add("02-other", number=2, arxiv="2107.05802", state="queued"), "number: 2\n", in_file)
    report = await load(database, root)

    found = (await stored(database))["weekly/02-other"]
    assert (found.id, found.state, found.month, found.number) == (
        entry_id,
        EntryState.PUBLISHED,
        Month(2026, 11),
        2,
    )
    said = "weekly/02-other has the number 5 in its file, but readers have it as 2, so it stays that; write 2 there."
    assert (said in report.notes) == bool(in_file)


async def test_a_number_given_at_publication_outlives_every_load_and_is_not_given_away(
    database: Database, root: Path, add: AddEntry
) -> None:
    queued = add("other", number=2, arxiv="2107.05802", state="queued")
    edit(queued, "number: 2\n", "")
    await load(database, root)
    entry_id = (await stored(database))["weekly/other"].id
    async with database.writing() as conn:
        await editions.publish_entry(conn, entry_id, month=Month(2026, 11), now=NOW, number=2)

    edit(queued, "# A headline", "# Another headline")
    await load(database, root)

    assert (await stored(database))["weekly/other"].number == 2
    add("02-third", number=2, arxiv="2107.05803")
    with pytest.raises(ContentError, match=r"weekly/02-third: number 2 belongs to weekly/other, which readers have"):
        await load(database, root)


async def test_an_entry_without_a_number_keeps_its_place_in_the_queue_when_its_file_comes(
    database: Database, root: Path, add: AddEntry
) -> None:
    await load(database, root)
    ids = [await approved(desk_of(database), f"2107.0000{number}") for number in (1, 2, 3)]
    queue = Queue(database, (WEEKLY,), Clock())
    before = [(each.entry.id, each.slot, each.entry.number) for each in await queue.listed("weekly")]
    assert [entry_id for entry_id, _, _ in before] == ids

    for name in ("00003", "00002"):
        edit(add(name, number=9, arxiv=f"2107.{name}", state="queued"), "number: 9\n", "")
        await load(database, root)
        assert [(each.entry.id, each.slot, each.entry.number) for each in await queue.listed("weekly")] == before

    assert [each.entry.id for each in await queue.move(ids[1], 1)] == [ids[0], ids[2], ids[1]]


async def test_a_new_file_without_a_number_stands_behind_all_who_wait(
    database: Database, root: Path, add: AddEntry
) -> None:
    await load(database, root)
    first = await approved(desk_of(database), "2107.00001")
    edit(add("new", number=9, arxiv="2107.00002", state="queued"), "number: 9\n", "")
    await load(database, root)
    last = await approved(desk_of(database), "2107.00003")
    draft = await desk_of(database).take_up(ArxivId("2107.00004"), series="weekly", editor=ADA)

    assert draft.entry.number == 5
    listed = await Queue(database, (WEEKLY,), Clock()).listed("weekly")

    new = (await stored(database))["weekly/new"].id
    assert [(each.entry.id, each.entry.number) for each in listed] == [(first, 2), (new, 3), (last, 4)]


async def test_a_draft_never_gets_the_id_of_an_entry_that_went(database: Database, root: Path, add: AddEntry) -> None:
    path = add("02-other", number=2, arxiv="2107.05802", state="queued")
    await load(database, root)
    gone = (await stored(database))["weekly/02-other"].id
    shutil.rmtree(path.parent)
    await load(database, root)

    draft = await desk_of(database).take_up(ArxivId("2107.00001"), series="weekly", editor=ADA)

    assert draft.id > gone


async def test_the_number_of_what_was_born_in_a_chat_and_published_is_not_given_away(
    database: Database, root: Path, add: AddEntry
) -> None:
    await load(database, root)
    entry_id = await approved(desk_of(database), "2107.00001")
    async with database.writing() as conn:
        await editions.publish_entry(conn, entry_id, month=Month(2026, 11), now=NOW, number=2)
    add("02-other", number=2, arxiv="2107.05802")

    with pytest.raises(ContentError, match=r"number 2 belongs to weekly/arxiv-2107-00001, which was born in a chat"):
        await load(database, root)


async def test_a_folder_cannot_take_the_name_of_another_paper_of_the_desk(
    database: Database, root: Path, add: AddEntry
) -> None:
    await load(database, root)
    await approved(desk_of(database), "2107.00001")
    add("arxiv-2107-00001", number=2, arxiv="2107.05802")

    with pytest.raises(ContentError, match=r"weekly/arxiv-2107-00001: an entry about another paper.*Rename the folder"):
        await load(database, root)


async def test_what_was_withdrawn_stays_so_whatever_its_file_says_and_this_is_said(
    database: Database, root: Path
) -> None:
    await load(database, root)
    withdrawn = (await stored(database))["weekly/01-convit"]
    async with database.writing() as conn:
        await retracting.retract(conn, withdrawn.id, datetime(2026, 11, 20, tzinfo=UTC))
    assert await load(database, root) == LoadReport(unchanged=1)

    edit(root / "weekly" / "01-convit" / "entry.md", "# A headline", "# Another headline")
    report = await load(database, root)

    found = (await stored(database))["weekly/01-convit"]
    assert (found.state, found.number, found.month) == (EntryState.RETRACTED, withdrawn.number, withdrawn.month)
    assert found.text().headline == "Another headline of few words."
    assert report.notes == (
        "weekly/01-convit was withdrawn, so its new text is kept and not shown; /correct in a chat brings it back.",
    )


async def test_a_file_alone_does_not_withdraw_what_readers_have(database: Database, root: Path) -> None:
    await load(database, root)
    edit(root / "weekly" / "01-convit" / "entry.md", "state: published", "state: retracted")
    report = await load(database, root)
    assert (await stored(database))["weekly/01-convit"].state is EntryState.PUBLISHED
    assert report.notes == (
        "weekly/01-convit is retracted in its file, but readers have it; /retract in a chat withdraws it.",
    )


async def test_a_withdrawn_entry_that_lost_its_folder_stays(database: Database, root: Path, add: AddEntry) -> None:
    add("02-other", number=2, arxiv="2107.05802")
    await load(database, root)
    withdrawn = (await stored(database))["weekly/01-convit"]
    async with database.writing() as conn:
        await retracting.retract(conn, withdrawn.id, datetime(2026, 11, 20, tzinfo=UTC))
    shutil.rmtree(root / "weekly" / "01-convit")
    assert (await load(database, root)).removed == 0
