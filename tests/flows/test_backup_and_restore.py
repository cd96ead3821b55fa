"""Backups and restores as processes: beside a bot that writes, killed in the middle, on a full disk."""

import asyncio
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, make_url, select

from bot.__main__ import main
from bot.model.address import Address
from bot.model.edition import DeliveryState
from bot.sandbox import Person, Sandbox, serve
from bot.store import deliveries, subscriptions
from bot.store.backup.judging import judged
from bot.store.backup.restoring import restore
from bot.store.backup.taking import take
from bot.store.database import Database
from bot.store.generation import MARK
from bot.store.schema import connected
from bot.store.tables import delivery, edition, installation
from tests.databases import every_kind as kind  # noqa: F401  # a fixture
from tests.databases import only_sqlite
from tests.store.backup.copies import NOW, address, every_row, filled, remembered

New = Callable[[str], str]
TOKEN = "1000:backup-tests"
READERS = list(range(7001, 7041))


def bot(*words: str, url: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        env={**os.environ, "DATABASE_URL": url, **more}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_backup_is_taken_and_brought_back_by_two_verbs(
    new_database: New, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there, file = filled(new_database("loaded")), new_database("new"), tmp_path / "night.db"
    monkeypatch.setenv("DATABASE_URL", here)
    assert main(["backup", str(file)]) == 0
    assert capsys.readouterr().out.startswith(f"{place(here)} → {file} (")
    assert main(["backup", str(file)]) == 1
    assert "--force" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_URL", there)
    assert main(["restore", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{file} → {place(there)}, which is as it was on ")
    assert "Start the bot now" in said
    assert main(["restore", str(file)]) == 1
    assert "--force" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "nothing.db")]) == 1
    assert every_row(here) == every_row(there)


def place(url: str) -> str:
    """Where a database lies, in words that hold no password."""
    if url.startswith("sqlite"):
        return url.removeprefix("sqlite:///")
    address = make_url(url)
    return f"{address.database} at {address.host or address.query['host']}{f':{address.port}' if address.port else ''}"


@only_sqlite
def test_a_file_is_named_whole_wherever_the_verb_runs(
    new_database: New, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(new_database("loaded").removeprefix("sqlite:///"))
    monkeypatch.chdir(file.parent)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file.name}")
    assert main(["backup", str(tmp_path / "night.db")]) == 0
    assert capsys.readouterr().out.startswith(f"{file} → ")


@pytest.mark.parametrize(
    "words",
    [
        ["backup"],
        ["backup", "night.db"],
        ["restore", "night.db"],
        ["restore", "--as-of", "2026-11-20T03:00Z"],
        ["deliveries"],
        ["deliveries", "settle", "--all"],
    ],
    ids=" ".join,
)
def test_nobody_takes_the_sandbox_for_the_installation(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in cron, which reads no file that only the service reads."""
    for name in ("DATABASE_URL", "TELEGRAM_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("bot.app.backing_up.FOLDER", tmp_path / "backups")
    monkeypatch.chdir(tmp_path)
    assert main(words) == 1
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert "Neither TELEGRAM_BOT_TOKEN nor DATABASE_URL is set" in said.err
    assert list(tmp_path.iterdir()) == []


def test_without_a_name_a_backup_is_called_by_its_instant(
    new_database: New, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", new_database("loaded"))
    monkeypatch.setattr("bot.app.backing_up.FOLDER", tmp_path / "backups")
    assert main(["backup"]) == 0
    (file,) = (tmp_path / "backups").iterdir()
    at = datetime.strptime(file.name, "collagebot-%Y%m%dT%H%M%SZ.db").replace(tzinfo=UTC)
    assert judged(file).taken_at == at


async def test_while_somebody_writes_the_copy_is_of_one_instant(new_database: New, tmp_path: Path) -> None:
    url = new_database("loaded")
    database, written = Database(url), 0
    async with database.writing() as conn:
        which = {"series_id": 1, "kind": "weekly", "slot": "2026-W47", "state": "open", "opened_at": NOW}
        edition_id = (await conn.execute(insert(edition).values(which).returning(edition.c.id))).scalar_one()

    async def write() -> None:
        """Keep two rows in one transaction: a copy has both of a chat, or none."""
        nonlocal written
        while True:
            async with database.writing() as conn:
                row = {"edition_id": edition_id, "chat_id": written, "state": "sent", "due_at": NOW, "not_before": NOW}
                await conn.execute(insert(delivery), [{**row, "part": part, "message_ids": []} for part in (0, 1)])
            written += 1

    writing = asyncio.create_task(write())
    counted = []
    for number in range(5):
        file = tmp_path / f"{number}.db"
        before = written
        await asyncio.to_thread(take, url, file, now=NOW)
        after = written
        with connected(address(file), "read") as copy:
            per_chat = select(func.count()).select_from(delivery).group_by(delivery.c.chat_id)
            counts = copy.execute(per_chat).scalars().all()
        assert set(counts) <= {2}
        assert before <= len(counts) <= after + 1
        counted.append(after - before)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    await database.close()
    assert sum(counted) > 0  # nobody was held up


@pytest.mark.slow
async def test_a_broadcast_that_was_half_done_repeats_nothing_and_loses_nothing(
    catalogue: Database, new_database: New, tmp_path: Path
) -> None:
    """The backup is taken in the middle; then everybody gets it; then the copy comes back."""
    sandbox = Sandbox(token=TOKEN, bot_name="Bot", bot_username="backup_bot")
    long_ago = datetime.now(UTC) - timedelta(days=30)
    async with catalogue.writing() as conn:
        for reader in READERS:
            sandbox.add_person(Person(reader, "Reader", f"reader_{reader}"))
            sandbox.mark_started(reader)
            await subscriptions.see_chat(conn, reader, kind="private", title="", now=long_ago)
            await subscriptions.subscribe(conn, Address(reader), long_ago)

    def arrived() -> list[int]:
        return [len(sandbox.delivered(reader)) for reader in READERS]

    async def publish(url: str, api_url: str) -> asyncio.subprocess.Process:
        environment = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api_url, "SEND_RATE": "30"}
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "publish", "weekly",
            env={**os.environ, **environment, "DATABASE_URL": url},
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip

    file, other = tmp_path / "half.db", new_database("new")
    async with serve(sandbox.app, before_stop=sandbox.close) as api_url:
        first = await publish(catalogue.url, api_url)
        assert await sandbox.wait(lambda: sum(arrived()) >= 10, timeout_s=30)
        taken_at = datetime.now(UTC)
        await asyncio.to_thread(take, catalogue.url, file, now=taken_at)
        assert await first.wait() == 0
        assert arrived() == [1] * len(READERS)
        await asyncio.to_thread(restore, other, file, now=datetime.now(UTC))
        assert await (await publish(other, api_url)).wait() == 0
        assert arrived() == [1] * len(READERS)
    back = Database(other)
    async with back.reading() as conn:
        states = await deliveries.count_states(conn)
    await back.close()
    assert states[DeliveryState.IN_DOUBT] > 0
    assert states[DeliveryState.SENT] + states[DeliveryState.IN_DOUBT] == len(READERS)


def test_a_copy_that_came_back_by_other_means_is_marked_by_hand(
    new_database: New, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = new_database("loaded")
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["restore"]) == 1
    assert "--as-of" in capsys.readouterr().err
    assert main(["restore", "--as-of", "2026-11-20T03:00Z"]) == 0
    assert "Start the bot now" in capsys.readouterr().out
    assert remembered(url, MARK) == "2026-11-20T03:00:00+00:00"
    with pytest.raises(SystemExit):
        main(["restore", "--as-of", "2026-11-20 03:00"])
    assert "no zone" in capsys.readouterr().err


def test_the_operator_says_that_an_edition_went_out(
    new_database: New, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url, since = new_database("loaded"), datetime.now(UTC) - timedelta(days=10)
    filled(url)
    with connected(url, "write") as connection:
        first_seen = {"key": "first seen: ml-collage weekly", "value": since.isoformat()}
        connection.execute(insert(installation).values(first_seen))
        connection.execute(insert(installation).values(key=MARK, value=since.isoformat()))
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["publish", "weekly", "--went-out"]) == 1
    assert "TELEGRAM_BOT_TOKEN" in capsys.readouterr().err
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1000:backup-tests")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")  # nobody is asked
    assert main(["publish", "weekly", "--went-out"]) == 0
    assert "is recorded as sent" in capsys.readouterr().out
    assert main(["publish", "weekly", "--went-out"]) == 1
    assert main(["publish", "weekly", "--went-out", "--slot", "2026-W99"]) == 1
    assert "No such slot" in capsys.readouterr().err


@pytest.mark.slow
def test_a_backup_that_is_killed_leaves_no_file_that_could_be_taken_for_one(new_database: New, tmp_path: Path) -> None:
    url, file = filled(new_database("loaded"), per_state=4000), tmp_path / "night.db"
    running = bot("backup", str(file), url=url)
    _kill_when(running, lambda: any(part.stat().st_size > 100_000 for part in tmp_path.glob("night.db.part-*")))
    assert not file.exists()
    take(url, file, now=NOW)
    assert [path.name for path in tmp_path.glob("night.db*")] == ["night.db"]
    assert every_row(address(file)) == every_row(url)


@pytest.mark.slow
def test_a_restore_that_is_killed_leaves_the_old_database(new_database: New, tmp_path: Path) -> None:
    url, other = filled(new_database("loaded"), per_state=4000), filled(new_database("loaded"))
    file, before = tmp_path / "night.db", every_row(other)
    take(url, file, now=NOW)
    running = bot("restore", str(file), "--force", url=other)
    place = Path(other.removeprefix("sqlite:///"))
    _kill_when(running, lambda: _is_restoring(other, place))
    assert every_row(other) in (before, every_row(url))
    restore(other, file, now=NOW, replaces=True)
    assert every_row(other) == every_row(url)


def _is_restoring(url: str, place: Path) -> bool:
    if url.startswith("sqlite"):
        return any(part.stat().st_size > 100_000 for part in place.parent.glob(f"{place.name}.part-*"))
    with connected(url, "read") as connection:
        locks = "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND relation IS NOT NULL"
        return bool(connection.exec_driver_sql(locks).scalar_one())


def _kill_when(running: subprocess.Popen[str], is_time: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 40
    while running.poll() is None and time.monotonic() < deadline:
        try:
            if is_time():
                break
        except FileNotFoundError:  # it has its name by now
            break
        time.sleep(0.002)
    running.kill()
    running.communicate()


@only_sqlite
def test_a_full_disk_is_said_and_no_half_file_is_left(new_database: New, tmp_path: Path) -> None:
    url, file = filled(new_database("loaded")), tmp_path / "backups" / "night.db"
    said = _with_little_room(url, "backup", str(file))
    assert said.returncode == 1
    assert "make room" in said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert list(file.parent.iterdir()) == []


@only_sqlite
def test_a_disk_that_is_full_in_a_restore_leaves_the_old_database(new_database: New, tmp_path: Path) -> None:
    url, other, file = filled(new_database("loaded")), filled(new_database("loaded")), tmp_path / "night.db"
    take(url, file, now=NOW)
    before = every_row(other)
    said = _with_little_room(other, "restore", str(file), "--force")
    assert said.returncode == 1
    assert "make room" in said.stderr
    assert every_row(other) == before
    assert not list(tmp_path.glob("*.part-*")) + list(tmp_path.glob("*.before-restore-*"))


def _with_little_room(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a verb in a process whose files may not grow beyond some 200 kB."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
    )  # fmt: skip


@pytest.mark.slow
def test_many_deliveries_need_little_memory(new_database: New, tmp_path: Path) -> None:
    """Beside what a verb needs for a database without any."""
    url, file = filled(new_database("loaded"), per_state=17_000), tmp_path / "night.db"
    peaks = list[int]()
    for words in (("backup", str(file)), ("backup", str(tmp_path / "few.db"))):
        peaks.append(_peak(url if not peaks else new_database("loaded"), words))
    assert peaks[0] - peaks[1] < 40 * 2**10  # in KiB
    other = new_database("new")
    assert _peak(other, ("restore", str(file))) - peaks[1] < 60 * 2**10
    assert _deliveries(other) == _deliveries(url) == 17_000 * len(DeliveryState)


def _deliveries(url: str) -> int:
    with connected(url, "read") as connection:
        return int(connection.execute(select(func.count()).select_from(delivery)).scalar_one())


def _peak(url: str, words: tuple[str, ...]) -> int:
    """The most memory that a verb held, in KiB."""
    code = (
        "import sys; from pathlib import Path; from bot.__main__ import main;"
        "Path('/proc/self/clear_refs').write_text('5');"  # a process begins with the peak of who started it
        "code = main(sys.argv[1:]);"
        "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1]); sys.exit(code)"
    )
    environment: Mapping[str, str] = {**os.environ, "DATABASE_URL": url}
    said = subprocess.run(
        [sys.executable, "-c", code, *words], env=environment, capture_output=True, text=True, check=True
    )
    return int(said.stdout.split()[-1])
