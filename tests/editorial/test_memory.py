import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.editorial.library import Library
from bot.store import entries, read_index
from bot.store.database import Database
from bot.store.recent import Recent


class Statements:
    """Counts what readers ask a database."""

    def __init__(self, database: Database) -> None:
        self.count = 0
        event.listen(database._readers.sync_engine, "before_cursor_execute", self._one_more)

    def _one_more(self, *_: object) -> None:
        self.count += 1

    def since(self) -> int:
        """How many there were since this was last asked."""
        count, self.count = self.count, 0
        return count


async def rewrite(database: Database, entry_id: int, *, title: str) -> None:
    async with database.writing() as conn:
        (said,) = await entries.get_entries(conn, [entry_id])
        paper = replace(said.paper, title=title)
        await entries.write_entry(conn, replace(said, paper=paper), origin="content", hashed="another")


async def test_the_same_question_costs_one_statement(catalogue: Database) -> None:
    library, asked = Library(catalogue), Statements(catalogue)
    first = await library.search("transformers")
    assert asked.since() > 1

    assert await library.search("transformers") == first
    assert asked.since() == 1


async def test_another_question_of_known_words_costs_one_statement(catalogue: Database) -> None:
    library = Library(catalogue)
    await library.search("vision transformers")
    await library.search("transformers")
    await library.search("vision")
    asked = Statements(catalogue)

    assert (await library.search("transformers vision")).hits
    assert asked.since() <= 3  # the version; once more and the begin of a transaction for the words side by side


async def test_what_another_process_writes_is_seen_by_the_next_question(catalogue: Database) -> None:
    library, elsewhere = Library(catalogue), Database(catalogue.url)
    (before, *_) = (await library.search("transformers")).hits
    await rewrite(elsewhere, before.id, title="Zebras and transformers")
    await elsewhere.close()

    assert "Zebras and transformers" in [entry.paper.title for entry in (await library.search("transformers")).hits]
    assert [entry.id for entry in (await library.search("zebras")).hits] == [before.id]


async def test_who_asks_at_the_same_time_shares_one_look_at_the_version(catalogue: Database) -> None:
    library = Library(catalogue)
    await library.search("transformers")
    asked = Statements(catalogue)
    await asyncio.gather(*(library.search("transformers") for _ in range(20)))

    assert asked.since() <= 2


async def test_answers_are_the_same_when_hardly_anything_is_remembered(
    catalogue: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = ["transformers", "vision transformers", "bengio 2021", "模型", "transfomer", "#gan"]
    library = Library(catalogue)
    whole = [await library.search(question) for question in questions * 2]
    monkeypatch.setattr(read_index, "_TERMS", 1)
    monkeypatch.setattr(read_index, "_ENTRIES", 1)

    assert [await Library(catalogue).search(question) for question in questions * 2] == whole


def test_what_was_untouched_for_the_longest_time_is_forgotten() -> None:
    kept: Recent[str, int] = Recent(2)
    kept.keep("a", 1)
    kept.keep("b", 2)
    kept.get("a")
    kept.keep("c", 3)

    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)
