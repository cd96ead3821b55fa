from pathlib import Path

import pytest

from bot.errors import StoreError, StoreReadOnly
from bot.store.location import locate, make_folder, normalized_url


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


UNUSABLE = [
    "",
    "collagebot.db",
    "mysql://root@db/x",
    "sqlite://",
    "sqlite:///:memory:",
    "postgres://",
    "postgres://bot:hunter2@db",
    "postgres://bot:hunter2@db:port/x",
]


@pytest.mark.parametrize("written", UNUSABLE)
def test_an_address_we_cannot_use_says_how_to_write_it(written: str) -> None:
    with pytest.raises(StoreError, match=r"write it like sqlite:///var/collagebot\.db or postgresql://") as refused:
        normalized_url(written)

    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ("schema=public&sslmode=require", r"does not know \(schema\); take them out"),
        ("pgbouncer=true&autocommit=1", r"does not know \(autocommit, pgbouncer\); take them out"),
        ("port=abc", "a value that cannot be"),
        ("host=a:1&host=b:zz", "a value that cannot be"),
    ],
)
def test_options_that_nobody_knows_are_named_without_the_password(options: str, says: str) -> None:
    with pytest.raises(StoreError, match=says) as refused:
        locate(f"postgres://bot:hunter2@db/collagebot?{options}")

    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("sqlite:///var/collagebot.db", "var/collagebot.db"),
        ("postgres://bot:hunter2@db:5432/collagebot", "collagebot at db:5432"),
        ("postgresql://bot:hunter2@db/collagebot?sslmode=require", "collagebot at db"),
        ("postgresql:///collagebot?host=/run/postgresql", "collagebot at /run/postgresql"),
        ("postgresql:///collagebot", "collagebot at localhost"),
    ],
)
def test_a_database_has_a_name_without_its_password(written: str, name: str) -> None:
    assert locate(written).name == name


def test_the_folder_of_the_database_is_made(tmp_path: Path) -> None:
    make_folder(tmp_path / "deep" / "down" / "collagebot.db")

    assert (tmp_path / "deep" / "down").is_dir()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in the way")

    with pytest.raises(StoreReadOnly, match="choose another one in DATABASE_URL"):
        make_folder(tmp_path / "var" / "deep" / "collagebot.db")
