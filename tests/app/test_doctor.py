"""What the doctor says of the way in which updates come."""

from datetime import UTC, datetime, timedelta

import pytest
from telegram import WebhookInfo

from bot.app.doctor import Finding, Verdict, examine, judged_way
from bot.sandbox import ADA, Sandbox, serve
from bot.settings import Settings
from bot.store.database import Database

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
OURS = "https://collage.example.org/telegram/1000"


def known(url: str, *, waiting: int = 0, failed_at: datetime | None = None) -> WebhookInfo:
    words = "Connection refused" if failed_at else None
    return WebhookInfo(url, False, waiting, last_error_date=failed_at, last_error_message=words)


@pytest.mark.parametrize(
    ("webhook", "ours", "finding"),
    [
        (known("", waiting=1), "", "ok   updates     asked for by long polling; 1 waits at Telegram"),
        (known(OURS), OURS, f"ok   updates     posted to {OURS}; 0 wait at Telegram"),
        (
            known(OURS, waiting=2, failed_at=NOW - timedelta(minutes=5)),
            OURS,
            f"note updates     posted to {OURS}; 2 wait at Telegram; lately Telegram said: Connection refused",
        ),
        (
            known(OURS, failed_at=NOW - timedelta(days=5)),
            OURS,
            f"ok   updates     posted to {OURS}; 0 wait at Telegram",
        ),
        (
            known("https://elsewhere.example/123456:AAAAAAAAAAAAAAAAAAAAAAAA"),
            "",
            "note updates     to be asked for by long polling, but Telegram posts them to "
            "https://elsewhere.example/<token>; `run` changes that",
        ),
        (
            known(""),
            OURS,
            f"note updates     to be posted to {OURS}, but Telegram waits to be asked; `run` changes that",
        ),
    ],
)
def test_the_way_of_the_updates_is_judged(webhook: WebhookInfo, ours: str, finding: str) -> None:
    assert str(judged_way(webhook, ours, NOW)) == finding


async def test_the_doctor_asks_telegram_how_updates_come(catalogue: Database) -> None:
    sandbox = Sandbox(token="1000:doctor-tests", bot_name="Bot", bot_username="doctor_bot")
    sandbox.say("hello", chat_id=ADA)
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        settings = Settings(
            token="1000:doctor-tests",
            telegram_api_url=url,
            database_url=catalogue.url,
            public_url="https://collage.example.org",
        )
        found = await examine(settings)
    assert found[-1] == Finding(
        Verdict.NOTE, "updates", f"to be posted to {OURS}, but Telegram waits to be asked; `run` changes that"
    )
