"""Owns backups by hand: where they lie, what is said of them."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.settings import ROOT, Settings
from bot.store.backup.restoring import mark, restore
from bot.store.backup.taking import take
from bot.store.location import locate
from bot.wording.dates import moment_name

_NEXT = "Start the bot now: what may have gone out since is not sent again, and the editors are asked."
FOLDER = ROOT / "var" / "backups"


async def back_up(settings: Settings, file: Path | None, *, replaces: bool) -> str:
    """Write a backup while the bot goes on, and say of what it is and where it lies.

    Args:
        file: None gives it the instant as its name.

    Raises:
        SettingError: Nobody said which installation is meant.
        StoreError: It cannot be written; no half file is left.
    """
    settings.require_installation()
    now = datetime.now(UTC).replace(microsecond=0)
    target = file or FOLDER / f"collagebot-{now:%Y%m%dT%H%M%SZ}.db"
    await asyncio.to_thread(take, settings.database_url, target, now=now, replaces=replaces, say=_say)
    return f"{_place(settings)} → {target} ({target.stat().st_size / 2**20:,.1f} MiB)"


async def bring_back(settings: Settings, file: Path, *, replaces: bool) -> str:
    """Restore a backup into the installation's database, and say which that is and what comes next.

    Raises:
        SettingError: Nobody said which installation is meant.
        StoreError: It cannot be restored; the database is as it was.
    """
    settings.require_installation()
    now = datetime.now(UTC)
    backup = await asyncio.to_thread(restore, settings.database_url, file, now=now, replaces=replaces, say=_say)
    moment = moment_name(backup.taken_at, "UTC")
    return f"{file} → {_place(settings)}, which is as it was on {moment}. {_NEXT}"


async def came_back(settings: Settings, taken_at: datetime) -> str:
    """Let the next start treat the database as one that came back, and say so.

    Args:
        taken_at: When the copy was made that somebody brought back without `restore`.

    Raises:
        SettingError: Nobody said which installation is meant.
        StoreError: The database cannot be written.
    """
    settings.require_installation()
    await asyncio.to_thread(mark, settings.database_url, taken_at)
    moment = moment_name(taken_at, "UTC")
    return f"{_place(settings)} counts as a copy of {moment}. {_NEXT}"


def _place(settings: Settings) -> str:
    """Where the database lies, without a password; a file whole, for cron runs in another folder than people do."""
    database = locate(settings.database_url)
    return database.name if database.file is None else str(database.file.absolute())


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
