import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.catalogue.query import parse_query
from bot.catalogue.ranking import rank
from bot.model.entry import EntryState
from bot.store import entries, matching, search
from bot.store.database import Database
from bot.store.tables import entry
from tests.store.samples import CONVIT, another
from tests.store.test_entries import store


@pytest.fixture
async def three(database: Database) -> Database:
    await store(
        database,
        CONVIT,
        another(28, arxiv="2107.05802", title="Degrees of freedom"),
        another(29, arxiv="2107.00001", title="Secret transformers", state=EntryState.QUEUED),
    )
    return database


async def slugs(database: Database, question: str) -> list[str]:
    query = parse_query(question)
    async with database.reading() as conn:
        ids = rank(query, await search.candidates(conn, query))
        return [entry.slug.partition("/")[2] for entry in await entries.get_entries(conn, ids)]


@pytest.mark.parametrize("question", ["transformer", "TRANSFORMERS!", "vision", "convit", "2021 convit", "image #ViT"])
async def test_words_of_title_alias_and_topic_find_the_entry(three: Database, question: str) -> None:
    assert (await slugs(three, question))[0] == "27-convit"


async def test_what_is_not_published_is_not_found(three: Database) -> None:
    assert await slugs(three, "secret") == []


async def test_a_topic_is_a_condition(three: Database) -> None:
    assert await slugs(three, "degrees #vision_transformers") == []
    assert await slugs(three, "#inductive-bias") == ["28", "27-convit"]


async def test_an_alias_of_several_words_finds_its_entry_however_it_is_written(three: Database) -> None:
    assert (await slugs(three, "gated positional self attention"))[0] == "27-convit"
    assert (await slugs(three, "Gated Positional Self-Attention"))[0] == "27-convit"


async def test_chinese_text_is_found_by_its_words(three: Database) -> None:
    assert "27-convit" in await slugs(three, "元学习")
    assert await slugs(three, "强化学") == []


async def test_a_rewritten_entry_is_found_under_its_new_words_only(three: Database) -> None:
    await store(three, another(28, arxiv="2107.05802", title="Loss landscapes"))

    assert await slugs(three, "landscapes") == ["28"]
    assert await slugs(three, "freedom") == []


async def test_a_removed_entry_is_not_found(three: Database) -> None:
    async with three.writing() as conn:
        found = await search.candidates(conn, parse_query("freedom"))
        await entries.remove_entry(conn, found[0].id)

    assert await slugs(three, "freedom") == []


async def test_the_newest_matches_are_the_candidates(three: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "TITLE_MATCHES", 1)
    monkeypatch.setattr(matching, "OTHER_MATCHES", 1)
    await store(three, *(another(number, arxiv=f"2109.0000{number - 30}", title="Freedom") for number in (30, 31, 32)))

    assert await slugs(three, "freedom") == ["32"]


async def test_words_are_completed_from_the_index_the_frequent_ones_first(three: Database) -> None:
    async with three.reading() as conn:
        assert await search.words_starting(conn, "transf") == ["transformer", "transformers"]
        assert await search.words_starting(conn, "%") == []


async def test_words_of_what_is_not_published_are_not_offered(three: Database) -> None:
    async with three.reading() as conn:
        assert await search.words_starting(conn, "secre") == []
        assert await search.words_starting(conn, "degre") == ["degrees"]


async def test_the_vocabulary_is_that_of_the_documents_there_are(three: Database) -> None:
    await store(three, another(28, arxiv="2107.05802", title="Loss landscapes"))

    async with three.writing() as conn:
        assert await search.words_starting(conn, "degre") == []
        assert await search.words_starting(conn, "landsc") == ["landscapes"]
        for entry_id in (await conn.execute(select(entry.c.id))).scalars().all():
            await entries.remove_entry(conn, entry_id)
        assert await search.words_starting(conn, "") == []


GRAMMAR = ['"', "NEAR(a b)", "a* OR b", "{title}: x", "-- ;", "^a", "\x00", "a AND NOT b", "''"]


# Shared by all examples of the law below, which only read.
@settings(max_examples=60)
@given(
    question=st.text(max_size=60) | st.sampled_from(['"', "NEAR(a b)", "a* OR b", "{title}: x", "-- ;", "^a", "\x00"])
)
async def test_no_question_breaks_the_index(three: Database, question: str) -> None:
    query = parse_query(question)
    async with three.reading() as conn:
        assert set(rank(query, await search.candidates(conn, query))) <= {1, 2}
