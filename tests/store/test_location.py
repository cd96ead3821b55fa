from pathlib import Path

import pytest

from bot.errors import StoreError, StoreReadOnly
from bot.store.location import database_file, normalized_url


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("sqlite:///var/collagebot.db", "sqlite+aiosqlite:///var/collagebot.db"),
        (" sqlite:////data/collagebot.db\n", "sqlite+aiosqlite:////data/collagebot.db"),
        ("sqlite+aiosqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("postgres://bot:pass@db:5432/collagebot", "postgresql+psycopg://bot:pass@db:5432/collagebot"),
        ("postgresql://bot@db/collagebot?sslmode=require", "postgresql+psycopg://bot@db/collagebot?sslmode=require"),
    ],
)
def test_every_spelling_of_an_address_becomes_the_same(written: str, normal: str) -> None:
    assert normalized_url(written).render_as_string(hide_password=False) == normal


@pytest.mark.parametrize("written", ["", "collagebot.db", "mysql://root@db/x", "sqlite://", "sqlite:///:memory:"])
def test_an_address_we_cannot_use_says_how_to_write_it(written: str) -> None:
    with pytest.raises(StoreError, match=r"write it like sqlite:///var/collagebot\.db"):
        normalized_url(written)


def test_postgresql_is_named_as_not_spoken_yet_and_its_password_is_not() -> None:
    with pytest.raises(StoreError, match="SQLite only") as refused:
        database_file("postgres://bot:hunter2@db/collagebot")

    assert "hunter2" not in str(refused.value)


def test_the_folder_of_the_database_is_made(tmp_path: Path) -> None:
    path = database_file(f"sqlite:///{tmp_path}/deep/down/collagebot.db")

    assert path.parent.is_dir()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in the way")

    with pytest.raises(StoreReadOnly, match="choose another one in DATABASE_URL"):
        database_file(f"sqlite:///{tmp_path}/var/deep/collagebot.db")
