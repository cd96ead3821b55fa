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
    """Write a backup while the bot goes on, and say where it lies.

    Args:
        file: None gives it the instant as its name.

    Raises:
        StoreError: It cannot be written; no half file is left.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    target = file or FOLDER / f"collagebot-{now:%Y%m%dT%H%M%SZ}.db"
    await asyncio.to_thread(take, settings.database_url, target, now=now, replaces=replaces, say=_say)
    return f"{target} ({target.stat().st_size / 2**20:,.1f} MiB)"


async def bring_back(settings: Settings, file: Path, *, replaces: bool) -> str:
    """Restore a backup into the installation's database, and say what comes next.

    Raises:
        StoreError: It cannot be restored; the database is as it was.
    """
    now = datetime.now(UTC)
    backup = await asyncio.to_thread(restore, settings.database_url, file, now=now, replaces=replaces, say=_say)
    name = locate(settings.database_url).name
    return f"{name} is as it was on {moment_name(backup.taken_at, 'UTC')}. {_NEXT}"


async def came_back(settings: Settings, taken_at: datetime) -> str:
    """Let the next start treat the database as one that came back, and say so.

    Args:
        taken_at: When the copy was made that somebody brought back without `restore`.

    Raises:
        StoreError: The database cannot be written.
    """
    await asyncio.to_thread(mark, settings.database_url, taken_at)
    moment = moment_name(taken_at, "UTC")
    return f"{locate(settings.database_url).name} counts as a copy of {moment}. {_NEXT}"


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
