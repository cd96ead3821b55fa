import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.editorial import newcomer
from bot.editorial.correction import Correction, Field
from bot.editorial.desk import EDITORS_WORD, KEPT, Desk
from bot.errors import DraftChanged, DraftError, NotFound, SourceBusy
from bot.model.arxiv_id import ArxivId
from bot.model.draft import DeskDraft, Draft
from bot.model.entry import EntryState, Series
from bot.model.panel import Figure
from bot.model.progress import Progress, Stage
from bot.store import drafts, entries, tables
from bot.store.database import Database
from bot.store.figures import figure_bytes
from tests.editorial.desks import (
    ADA,
    BOB,
    FORMULA,
    NOTE,
    PAPER,
    TEXT,
    WEEKLY,
    Clock,
    Drafting,
    alternative,
    approved,
    desk_of,
    draft_of,
    entry_about,
    figure,
    picture,
    store_from_file,
    store_series,
)

OTHER = ArxivId("2107.05802")


@pytest.fixture
async def desk(database: Database) -> Desk:
    await store_series(database)
    return desk_of(database)


async def take_up(desk: Desk, arxiv_id: ArxivId = PAPER, *, series: str = "weekly", editor: int = ADA) -> DeskDraft:
    return await desk.take_up(arxiv_id, series=series, editor=editor)


async def count(database: Database, table: object) -> int:
    async with database.reading() as conn:
        return int((await conn.execute(select(func.count()).select_from(table))).scalar_one())  # type: ignore[arg-type]


async def test_a_draft_comes_back_as_it_was_made(desk: Desk) -> None:
    told: list[Progress] = []

    draft = await desk.take_up(PAPER, series="weekly", editor=ADA, report=told.append)

    made = draft_of(entry_about(PAPER))
    assert (draft.alternatives, draft.notes, draft.removed) == (made.alternatives, made.notes, made.removed)
    assert draft.entry == replace(made.entry, slug="weekly/arxiv-2103-10697", number=1, id=draft.id)
    assert (draft.revision, draft.editor, draft.shown, told) == (1, ADA, (0,), [Progress(Stage.READING)])
    assert draft == await desk.get(draft.id) == (await desk.listed())[0]


async def test_the_licence_of_a_paper_is_kept(desk: Desk) -> None:
    assert (await take_up(desk)).entry.paper.licence.name == "CC BY 4.0"


async def test_the_bytes_of_what_is_shown_lie_beside_the_entry(desk: Desk) -> None:
    draft = await take_up(desk)

    draft = await desk.next_figure(draft.id, draft.revision, editor=ADA)

    async with desk.database.reading() as conn:
        assert list((await figure_bytes(conn, draft.id)).values()) == [picture("2")]


async def test_a_paper_that_has_a_draft_gives_that_draft(desk: Desk) -> None:
    first = await take_up(desk)

    assert await take_up(desk, editor=BOB) == first


async def test_a_paper_may_be_drafted_for_two_series(desk: Desk) -> None:
    first, second = await take_up(desk), await take_up(desk, series="monthly")

    assert first.id != second.id
    assert second.entry.number is None  # that series has no numbers


async def test_a_paper_that_waits_or_was_published_is_not_drafted_again(desk: Desk) -> None:
    draft = await take_up(desk)
    await desk.approve(draft.id, draft.revision, editor=ADA)

    with pytest.raises(DraftError, match="waits in the queue of Weekly"):
        await take_up(desk)

    await store_from_file(desk.database, 5, state=EntryState.PUBLISHED)
    with pytest.raises(DraftError, match="Weekly 5/9 is about this paper already"):
        await take_up(desk, ArxivId("2001.00005"))


async def test_a_draft_in_a_file_is_edited_there(desk: Desk) -> None:
    await store_from_file(desk.database, 5, state=EntryState.DRAFT)

    with pytest.raises(DraftError, match="content folder weekly/05"):
        await take_up(desk, ArxivId("2001.00005"))


async def test_a_series_that_is_not_there_is_named(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no series nowhere"):
        await take_up(desk, series="nowhere")


async def test_nothing_is_kept_of_a_draft_that_fails(database: Database) -> None:
    await store_series(database)

    def fail(_: ArxivId, __: Series) -> Draft:
        raise SourceBusy("arXiv does not answer; try again later.")

    with pytest.raises(SourceBusy):
        await take_up(desk_of(database, drafting=Drafting(fail)))

    assert [await count(database, table) for table in (tables.entry, tables.paper, tables.draft)] == [0, 0, 0]


async def test_nothing_is_kept_when_writing_breaks_half_way(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(drafts, "_keep_bytes", fail)
    with pytest.raises(RuntimeError):
        await take_up(desk)

    assert [await count(desk.database, table) for table in (tables.entry, tables.paper, tables.draft)] == [0, 0, 0]
    await store_from_file(desk.database, 5)  # the search index took nothing either


async def test_a_topic_that_nobody_knows_is_left_out(database: Database) -> None:
    await store_series(database)
    strange = replace(entry_about(PAPER).topics[0], slug="strange")
    drafting = Drafting(lambda arxiv_id, series: draft_of(entry_about(arxiv_id, topics=(strange,))))

    assert (await take_up(desk_of(database, drafting=drafting))).entry.topics == ()


async def test_figures_that_are_too_many_or_too_large_are_left_out_but_never_those_on_the_collage(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store_series(database)
    monkeypatch.setattr(newcomer, "MOST_BYTES", 2 * len(picture("1")))
    drafting = Drafting(lambda arxiv_id, _: draft_of(entry_about(arxiv_id, panels=(figure("3"),))))

    draft = await take_up(desk_of(database, drafting=drafting))

    assert draft.alternatives == (alternative("1"), alternative("3"))
    assert await count(database, tables.draft_figure) == 2


async def test_what_a_content_file_says_of_a_paper_stands(desk: Desk) -> None:
    said = entry_about(PAPER, slug="monthly/a", state=EntryState.PUBLISHED)
    curated = replace(said, series=replace(WEEKLY, slug="monthly"), paper=replace(said.paper, venue="ICML 2021"))
    async with desk.database.writing() as conn:
        await entries.write_entry(conn, curated, origin="content", hashed="x")

    draft = await take_up(desk)
    await desk.say(draft.id, 1, editor=ADA, said=Correction(Field.HEADLINE, "Another headline."))

    assert draft.entry.paper.venue == "ICML 2021"


async def test_two_editors_who_send_the_same_link_get_the_same_draft(database: Database) -> None:
    await store_series(database)
    gate, told = asyncio.Event(), list[Progress]()
    drafting = Drafting(gate=gate)
    desk = desk_of(database, drafting=drafting)

    def report(progress: Progress) -> None:
        told.append(progress)
        gate.set()

    first = asyncio.create_task(take_up(desk))
    await drafting.begun.wait()
    second = await desk.take_up(PAPER, series="weekly", editor=BOB, report=report)

    assert await first == second
    assert drafting.asked == [PAPER]
    assert told == [Progress(Stage.WAITING)]


async def test_two_processes_that_draft_the_same_paper_keep_one_draft(database: Database) -> None:
    await store_series(database)
    gate, other = asyncio.Event(), Database(database.url)
    draftings = [Drafting(gate=gate) for _ in range(2)]

    both = [
        asyncio.create_task(take_up(desk_of(each, drafting=drafting)))
        for each, drafting in zip((database, other), draftings, strict=True)
    ]
    for drafting in draftings:
        await drafting.begun.wait()
    gate.set()
    first, second = await asyncio.gather(*both)

    assert first == second
    assert await count(database, tables.draft) == 1
    await other.close()


async def test_what_is_said_anew_is_written_down(desk: Desk) -> None:
    draft = await take_up(desk)

    draft = await desk.say(draft.id, 1, editor=BOB, said=Correction(Field.QUESTION, "Why not?"))

    assert (draft.entry.text().question, draft.revision, draft.editor) == ("Why not?", 2, BOB)
    assert draft.entry.texts["zh"].question == TEXT.question


async def test_topics_come_from_the_closed_list(desk: Desk) -> None:
    draft = await take_up(desk)

    draft = await desk.say(draft.id, 1, editor=ADA, said=Correction(Field.TOPICS, "GNN, Vision"))

    assert [topic.slug for topic in draft.entry.topics] == ["graphs", "vision"]


async def test_a_text_that_breaks_a_rule_changes_nothing(desk: Desk) -> None:
    draft = await take_up(desk)

    with pytest.raises(DraftError, match="Make it at most 12"):
        await desk.say(draft.id, 1, editor=ADA, said=Correction(Field.HEADLINE, "word " * 13))

    assert await desk.get(draft.id) == draft


async def test_the_words_and_the_panels_can_be_had_back(desk: Desk) -> None:
    draft = await take_up(desk)
    await desk.say(draft.id, 1, editor=ADA, said=Correction(Field.QUESTION, "Why not?"))
    await desk.drop_figure(draft.id, 2, editor=ADA)

    await desk.reset_words(draft.id, 3, editor=ADA)
    again = await desk.reset_panels(draft.id, 4, editor=ADA)

    assert replace(again.entry, numbers=()) == draft.entry  # a number of a caption stays listed
    async with desk.database.reading() as conn:
        assert list((await figure_bytes(conn, draft.id)).values()) == [picture("1")]


async def test_who_saw_an_older_revision_changes_nothing(desk: Desk) -> None:
    draft = await take_up(desk)
    await desk.say(draft.id, 1, editor=ADA, said=Correction(Field.QUESTION, "Why not?"))

    for change in (desk.next_figure, desk.drop_figure, desk.swap_hero, desk.approve, desk.discard, desk.reset_words):
        with pytest.raises(DraftChanged, match="Somebody changed this draft"):
            await change(draft.id, 1, editor=BOB)


async def test_of_two_presses_at_once_one_wins_and_the_other_is_told(database: Database) -> None:
    await store_series(database)
    other = Database(database.url)
    draft = await take_up(desk_of(database))

    for revision in range(1, 11):
        presses = (
            desk_of(each).next_figure(draft.id, revision, editor=who) for who, each in ((ADA, database), (BOB, other))
        )
        done = await asyncio.gather(*presses, return_exceptions=True)
        assert sorted(type(each).__name__ for each in done) == ["DeskDraft", "DraftChanged"]

    assert (await desk_of(database).get(draft.id)).revision == 11
    await other.close()


async def test_approving_and_discarding_at_once_leaves_one_of_the_two(database: Database) -> None:
    await store_series(database)
    other = Database(database.url)
    for number in range(6):
        draft = await take_up(desk_of(database), ArxivId(f"2103.{number:05d}"))

        both = (
            desk_of(database).approve(draft.id, 1, editor=ADA),
            desk_of(other).discard(draft.id, 1, editor=BOB),
        )
        done = await asyncio.gather(*both, return_exceptions=True)

        assert sum(isinstance(each, DraftChanged) for each in done) == 1
        found = await desk_of(database).get(draft.id)
        assert (found.entry.state is EntryState.QUEUED) != (found.discarded_at is not None)
    await other.close()


async def test_what_is_approved_waits_with_the_next_number(desk: Desk) -> None:
    await store_from_file(desk.database, 4, state=EntryState.PUBLISHED)
    first, second = await take_up(desk), await take_up(desk, OTHER)
    assert (first.entry.number, second.entry.number) == (5, 5)

    queued = await desk.approve(first.id, 1, editor=ADA)

    assert (queued.entry.state, queued.entry.number) == (EntryState.QUEUED, None)  # the queue knows
    assert (await desk.get(second.id)).entry.number == 6
    assert [draft.id for draft in await desk.listed()] == [second.id]
    with pytest.raises(DraftChanged, match="waits in the queue already"):
        await desk.approve(first.id, queued.revision, editor=BOB)


async def test_which_number_a_queued_draft_will_get_is_for_the_queue_to_say(desk: Desk) -> None:
    await store_from_file(desk.database, 4, state=EntryState.PUBLISHED)
    waiting = [await approved(desk, f"2103.0000{number}") for number in range(1, 4)]

    assert [(await desk.get(one)).entry.number for one in waiting] == [None] * 3


async def test_what_was_discarded_is_known_by_its_id_until_it_is_brought_back(desk: Desk) -> None:
    draft, other = await take_up(desk), await take_up(desk, OTHER)
    await desk.discard(draft.id, draft.revision, editor=ADA)
    async with desk.database.reading() as conn:
        assert await drafts.discarded_ids(conn) == {draft.id}

    await desk.restore(draft.id, editor=ADA)
    await desk.approve(other.id, other.revision, editor=ADA)
    async with desk.database.reading() as conn:
        assert await drafts.discarded_ids(conn) == set()


async def test_a_full_series_takes_nobody_else(desk: Desk) -> None:
    await store_from_file(desk.database, 8, state=EntryState.PUBLISHED)
    await approved(desk, "2107.05802")
    draft = await take_up(desk)
    assert draft.entry.number is None

    with pytest.raises(DraftError, match="Weekly is full"):
        await desk.approve(draft.id, 1, editor=ADA)


async def test_a_series_without_numbers_is_never_full(desk: Desk) -> None:
    draft = await take_up(desk, series="monthly")

    assert (await desk.approve(draft.id, 1, editor=ADA)).entry.number is None


async def test_a_figure_that_may_not_be_shown_keeps_the_draft_from_the_queue(database: Database) -> None:
    await store_series(database)
    closed = alternative("1", may_show=False)
    drafting = Drafting(lambda arxiv_id, _: draft_of(entry_about(arxiv_id, panels=(closed.figure,)), closed))
    desk = desk_of(database, drafting=drafting)
    draft = await take_up(desk)

    with pytest.raises(DraftError, match="confirm the right, or drop it"):
        await desk.approve(draft.id, 1, editor=ADA)

    await desk.confirm_right(draft.id, 1, editor=BOB, place=0)
    assert (await desk.approve(draft.id, 2, editor=ADA)).entry.state is EntryState.QUEUED


async def test_a_right_that_an_editor_confirms_is_recorded(database: Database) -> None:
    await store_series(database)
    closed = tuple(alternative(name, may_show=False) for name in "23")
    drafting = Drafting(lambda arxiv_id, _: draft_of(entry_about(arxiv_id), alternative("1"), *closed))
    desk = desk_of(database, drafting=drafting)
    draft = await take_up(desk)
    with pytest.raises(DraftError, match="confirm the right"):
        await desk.next_figure(draft.id, 1, editor=ADA)

    draft = await desk.confirm_right(draft.id, 1, editor=BOB)
    draft = await desk.next_figure(draft.id, 2, editor=ADA)

    assert draft.entry.panels == (closed[0].figure, FORMULA)
    async with database.reading() as conn:
        rights = (await conn.execute(select(tables.figure_right))).all()
    assert {(row.entry_id, row.sha256, row.editor) for row in rights} == {
        (draft.id, each.figure.sha256, BOB) for each in closed
    }
    with pytest.raises(DraftError, match="no figure whose right is left"):
        await desk.confirm_right(draft.id, 3, editor=BOB)


async def test_an_entry_can_be_taken_out_of_the_queue_with_all_it_may_show(desk: Desk) -> None:
    entry_id = await approved(desk, "2103.10697")

    draft = await desk.reopen(entry_id, editor=BOB)
    draft = await desk.next_figure(draft.id, draft.revision, editor=BOB)

    assert (draft.entry.state, draft.entry.panels[0]) == (EntryState.DRAFT, figure("2"))
    with pytest.raises(DraftChanged, match="not in the queue any more"):
        await desk.reopen(entry_id, editor=BOB)


async def test_an_entry_from_a_file_is_taken_out_in_its_file(desk: Desk) -> None:
    entry_id = await store_from_file(desk.database, 5)

    with pytest.raises(DraftError, match="comes from weekly/05 in the content folder"):
        await desk.reopen(entry_id, editor=ADA)


async def test_what_was_discarded_can_be_brought_back(desk: Desk) -> None:
    draft = await take_up(desk)

    gone = await desk.discard(draft.id, 1, editor=ADA)

    assert gone.discarded_at
    assert await desk.listed() == ()
    with pytest.raises(DraftChanged, match="was discarded"):
        await desk.next_figure(draft.id, gone.revision, editor=BOB)
    back = await desk.restore(draft.id, editor=ADA)
    assert back.entry == draft.entry
    assert back == await desk.restore(draft.id, editor=BOB)  # pressed twice


async def test_a_discarded_draft_gives_way_to_a_new_one(desk: Desk) -> None:
    draft = await take_up(desk)
    await desk.discard(draft.id, 1, editor=ADA)

    fresh = await take_up(desk)

    assert await count(desk.database, tables.entry) == 1
    assert fresh.entry == replace(draft.entry, id=fresh.id)
    assert fresh.id != draft.id  # buttons below the old one must not reach it
    with pytest.raises(DraftChanged, match="gone"):
        await desk.restore(draft.id, editor=ADA)


async def test_a_discarded_draft_is_thrown_away_after_a_day(database: Database) -> None:
    await store_series(database)
    clock = Clock()
    desk = desk_of(database, clock=clock)
    draft = await take_up(desk)
    await desk.discard(draft.id, 1, editor=ADA)

    clock.advance(KEPT + timedelta(seconds=1))
    fresh = await take_up(desk, OTHER)

    assert fresh.id != draft.id
    assert [await count(database, table) for table in (tables.entry, tables.draft_figure)] == [1, 3]
    with pytest.raises(DraftChanged, match="gone"):
        await desk.restore(draft.id, editor=ADA)


async def test_a_draft_that_shows_nothing_may_show_a_figure_later(database: Database) -> None:
    await store_series(database)
    drafting = Drafting(lambda arxiv_id, _: draft_of(entry_about(arxiv_id, panels=(NOTE,))))
    desk = desk_of(database, drafting=drafting)
    draft = await take_up(desk)

    draft = await desk.next_figure(draft.id, 1, editor=ADA)

    assert isinstance(draft.entry.panels[0], Figure)
    assert draft.shown == (0,)


async def test_numbers_that_an_editor_writes_are_listed_as_the_editors(desk: Desk) -> None:
    held = await take_up(desk)
    said = await desk.say(
        held.id, held.revision, editor=ADA, said=Correction(Field.KEY_IDEA, "It keeps 37.5 % of them.")
    )
    assert {number.value: number.source for number in said.entry.numbers}["37.5"] == EDITORS_WORD
    again = await desk.say(
        held.id, said.revision, editor=ADA, said=Correction(Field.KEY_IDEA, "It keeps some of them.")
    )
    assert EDITORS_WORD not in {number.source for number in again.entry.numbers}
