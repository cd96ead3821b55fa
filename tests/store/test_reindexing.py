import pytest

from bot.catalogue.query import parse_query
from bot.store import reindexing, search
from bot.store.database import Database
from bot.store.reindexing import renew_index
from tests.store.samples import CONVIT, another
from tests.store.test_entries import store


async def test_an_index_is_written_anew_when_other_code_wrote_it_and_only_then(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store(database, CONVIT, another(28, arxiv="2107.05802", title="Degrees of freedom"))
    async with database.writing() as conn:
        assert await renew_index(conn) == 2
        assert await renew_index(conn) == 0

    monkeypatch.setattr(reindexing, "_fingerprint", lambda: "of another version")

    async with database.writing() as conn:
        assert await renew_index(conn) == 2
        assert [found.title for found in await search.candidates(conn, parse_query("freedom"))] == ["freedom"]
        assert await search.words_starting(conn, "degre") == ["degrees"]
