"""A process that is killed while it corrects what is out, and the one that comes after it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.chat.posted import touched
from bot.model.correction import CorrectionKind, Notice
from bot.publishing import corrections
from bot.sandbox import ADA, Sandbox, serve
from bot.store import correction_notices, entries
from bot.store.database import Database
from bot.store.tables import entry
from tests.databases import every_kind as kind  # noqa: F401  # a fixture
from tests.flows.test_crash import READERS, TOKEN, arrived, prepare, publish

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]  # a tick comes every half a minute

NEW = "What we should have said."


@asynccontextmanager
async def running(environment: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """The whole bot in a process of its own; whatever happens, it ends with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        env={**os.environ, **environment}, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def have_corrected(database: Database) -> None:
    """Change what went out, and write down that an editor wants it changed in the messages, too."""
    async with database.writing() as conn:
        (said,) = await entries.get_entries(conn, [1])
        hashed = (await conn.execute(select(entry.c.content_hash).where(entry.c.id == 1))).scalar_one()
        texts = {language: replace(text, headline=NEW) for language, text in said.texts.items()}
        await entries.write_entry(conn, replace(said, texts=texts), origin="content", hashed=hashed)
        begun, _ = await corrections.begin(
            conn, said, CorrectionKind.CORRECT, editor=ADA, now=datetime.now(UTC), touched=touched
        )
        await correction_notices.keep(conn, Notice(begun, ADA, 1))  # a message that is gone: the end comes in a new one


def corrected(sandbox: Sandbox) -> int:
    return sum(NEW in message.text for reader in READERS for message in sandbox.transcript(reader))


async def test_what_a_killed_process_left_the_next_one_finishes(catalogue: Database) -> None:
    sandbox = Sandbox(token=TOKEN, bot_name="Bot", bot_username="crash_bot")
    sandbox.mark_started(ADA)
    await prepare(catalogue, sandbox)
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "DATABASE_URL": catalogue.url,
            "SEND_RATE": "20",
            "EDITORS": str(ADA),
            "PORT": "0",
        }
        assert await (await publish({**environment, "SEND_RATE": "0"})).wait() == 0
        await have_corrected(catalogue)
        async with running(environment):
            assert await sandbox.wait(lambda: corrected(sandbox) >= 15, timeout_s=100)
        assert corrected(sandbox) < len(READERS)
        async with running(environment) as second:
            assert await sandbox.wait(lambda: bool(sandbox.delivered(ADA)), timeout_s=150)
            second.terminate()
            assert await second.wait() == 0
    assert corrected(sandbox) == len(READERS)
    assert arrived(sandbox) == [1] * len(READERS)
    assert [it.text for it in sandbox.delivered(ADA)] == ["ML-Collage 1 is corrected in 60 of 60 messages."]
