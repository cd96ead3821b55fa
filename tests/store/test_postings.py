from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.catalogue.document import Document
from bot.catalogue.query import parse_query
from bot.store import matching, postings, search
from bot.store.database import Database
from bot.store.postings import BLOCK, Posting, packed, unpacked
from bot.store.schema import migrate
from bot.store.tables import posting
from tests.databases import url_of
from tests.store.test_schema import FIRST_ROWS, execute, upgrade_to

FAR = 5 * BLOCK
documents = {
    1: Document("attention transform", "lecun", "scale", ""),
    BLOCK - 1: Document("convolut", "bengio", "attention", ""),
    BLOCK: Document("attention", "lecun 2021", "scale attention", ""),
    FAR: Document("元学", "元学 学习", "", ""),
}

places = st.integers(0, BLOCK - 1)


async def rows(database: Database) -> int:
    async with database.reading() as conn:
        return int((await conn.execute(select(func.count()).select_from(posting))).scalar_one())


@given(chosen=st.sets(places))
def test_unpacking_what_was_packed_is_the_identity(chosen: set[int]) -> None:
    bits = sum(1 << at for at in chosen)

    assert unpacked(packed(bits)) == bits


@given(chosen=st.sets(places), most=st.integers(0, 20))
def test_the_newest_places_are_the_highest_bits(chosen: set[int], most: int) -> None:
    bits = sum(1 << at for at in chosen)

    assert matching.newest(bits, most) == sorted(chosen, reverse=True)[:most]


def test_a_term_stands_in_the_columns_and_blocks_of_its_documents() -> None:
    found = postings.postings(documents)

    assert found[0]["attention"] == Posting(title=1 << 1, text=1 << BLOCK - 1)
    assert found[1]["attention"] == Posting(title=1, text=1)
    assert found[5]["元学"] == Posting(title=1, people=1)
    assert "学习" not in found[0]


async def test_documents_that_are_taken_out_leave_nothing(database: Database) -> None:
    async with database.writing() as conn:
        await postings.add(conn, documents)
    assert await rows(database) == sum(map(len, postings.postings(documents).values()))

    async with database.writing() as conn:
        await postings.remove(conn, {BLOCK: documents[BLOCK], FAR: documents[FAR]})
    assert await rows(database) == len(postings.postings(documents)[0])

    async with database.writing() as conn:
        await postings.remove(conn, {key: documents[key] for key in (1, BLOCK - 1)})
    assert await rows(database) == 0


async def test_one_by_one_documents_make_the_same_index_as_all_at_once(database: Database) -> None:
    async def everything() -> list[tuple[str, int, Posting]]:
        async with database.reading() as conn:
            found = await conn.execute(select(posting).order_by(posting.c.block, posting.c.term))
            return [(term, block, Posting(*map(unpacked, columns))) for term, block, *columns in found]

    async with database.writing() as conn:
        for entry_id, document in documents.items():
            await postings.add(conn, {entry_id: document})
    one_by_one = await everything()
    async with database.writing() as conn:
        await postings.remove(conn, documents)
        await postings.add(conn, documents)

    assert await everything() == one_by_one


@pytest.mark.parametrize("terms", [[], ["nosuch"]])
async def test_where_nothing_is_found_the_newest_block_is_told_all_the_same(
    database: Database, terms: list[str]
) -> None:
    async with database.reading() as conn:
        window = await postings.read(conn, terms, nearest=0, farthest=2)

    assert window.newest == 0
    assert list(window.newest_first()) == []


async def test_documents_of_the_first_index_are_found_in_this_one(tmp_path: Path, kind: str) -> None:
    if kind != "sqlite":
        pytest.skip("There was no other index on PostgreSQL.")
    path = tmp_path / "old.db"
    upgrade_to(path, "0001")
    columns = "'convit', 'ascoli', 'attent convit', 'convit attention'"
    document = f"INSERT INTO entry_search (rowid, title, people, text, words) VALUES (1, {columns})"
    for statement in (*FIRST_ROWS, document):
        execute(path, statement.format(panels="visuals"))

    migrate(url_of(path))

    database = Database(url_of(path))
    async with database.writing() as conn:
        (found,) = await search.candidates(conn, parse_query("convit attention"))
        assert (found.title, found.people, found.text) == ("convit", "", "convit attent")
        assert await search.words_starting(conn, "att") == ["attention"]
        await search.remove(conn, 1)
    assert await rows(database) == 0
    await database.close()
