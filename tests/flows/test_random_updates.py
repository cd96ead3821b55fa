"""Whatever Telegram sends, in whatever order: nothing fails, nothing is refused, and who asks is answered."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.model.language import language_of
from bot.sandbox import serve
from bot.sandbox.answers import Json
from bot.store import preferences
from bot.store.database import Database
from tests.flows.playground import Stage, Stand, on_stage
from tests.flows.promises import Happened, answered_once, broken, explained, quiet_log
from tests.flows.steps import ASKED, CHANGED, FORGED, PRESSED, RECEIVED, SAID, Step

_IS_LONG = settings.get_current_profile_name() == "fuzz"
pytestmark = [pytest.mark.slow, pytest.mark.timeout(0 if _IS_LONG else 900)]

_LENGTHS = st.sampled_from([1, 4, 16, 32, 32, 32])
"""Steps of a story; each begins with a bot that has seen nothing."""
_STORIES = 80
_MANY = 25
"""So many times more in a long run: `make fuzz`."""
_PHASES = tuple(Phase) if _IS_LONG else tuple(phase for phase in Phase if phase is not Phase.shrink)
"""A shorter story that fails the same way takes minutes to find; the update at which one fails is named anyway."""
_EVERYTHING = st.one_of(RECEIVED, SAID, PRESSED, FORGED, CHANGED)
_SUBJECTS: dict[str, st.SearchStrategy[Step]] = {
    "updates of any kind": RECEIVED,
    "what people write": st.one_of(SAID, SAID, CHANGED),
    "buttons": st.one_of(SAID, PRESSED, PRESSED, PRESSED, CHANGED),
    "forged buttons": st.one_of(SAID, FORGED, FORGED, FORGED),
    "who is where": st.one_of(SAID, SAID, PRESSED, CHANGED, CHANGED),
    "inline mode": st.one_of(ASKED, ASKED, SAID),
    "everything": _EVERYTHING,
}


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    """One event loop for all stories."""
    with asyncio.Runner() as running:
        yield running


@pytest.fixture(scope="module")
def stand(runner: asyncio.Runner) -> Iterator[tuple[Stand, str]]:
    """The address at which there is always a sandbox."""
    behind = Stand()
    serving = serve(behind)
    url = runner.run(serving.__aenter__())
    yield behind, url
    runner.run(serving.__aexit__(None, None, None))


@pytest.mark.parametrize("subject", _SUBJECTS)
def test_every_update_is_taken_in_and_every_promise_is_kept(
    runner: asyncio.Runner, stand: tuple[Stand, str], loaded_file: Path, tmp_path: Path, subject: str
) -> None:
    played = 0

    @settings(max_examples=_stories(), phases=_PHASES)
    @given(_stories_of(_SUBJECTS[subject]))
    def play(story: list[Step]) -> None:
        nonlocal played
        played += runner.run(_one_by_one(story, loaded_file, tmp_path, stand))

    play()
    assert played >= 9 * _STORIES


def test_updates_that_come_all_at_once_leave_nothing_unanswered(
    runner: asyncio.Runner, stand: tuple[Stand, str], loaded_file: Path, tmp_path: Path
) -> None:
    @settings(max_examples=_stories(), phases=_PHASES)
    @given(_stories_of(_EVERYTHING))
    def play(story: list[Step]) -> None:
        runner.run(_at_once(story, loaded_file, tmp_path, stand))

    play()


def _stories() -> int:
    return _STORIES * (_MANY if _IS_LONG else 1)


def _stories_of(steps: st.SearchStrategy[Step]) -> st.SearchStrategy[list[Step]]:
    return _LENGTHS.flatmap(lambda length: st.lists(steps, min_size=length, max_size=length))


async def _one_by_one(story: list[Step], loaded: Path, folder: Path, stand: tuple[Stand, str]) -> int:
    played = 0
    async with on_stage(loaded, folder, *stand) as stage:
        for step in story:
            for update in step.happen(stage.playground):
                played += 1
                faults = broken(await _played(stage, update))
                assert not faults, _report(faults, step, [update])
        assert not (orphans := await _orphans(stage.services.database)), orphans
    return played


async def _played(stage: Stage, update: Json) -> Happened:
    before = await _tongue(stage, update)
    await stage.receive(update)
    after = await _tongue(stage, update)
    return Happened(stage.playground, update, stage.record.take(), before if before == after else "")


async def _at_once(story: list[Step], loaded: Path, folder: Path, stand: tuple[Stand, str]) -> None:
    async with on_stage(loaded, folder, *stand) as stage:
        updates = [update for step in story for update in step.happen(stage.playground)]
        await stage.receive_at_once(updates)
        record = stage.record.take()
        faults = [*quiet_log(record), *explained(stage.playground, record), *answered_once(updates, record)]
        assert not faults, _report(faults, story, updates)
        assert not (orphans := await _orphans(stage.services.database)), orphans


def _report(faults: list[str], step: object, updates: list[Json]) -> str:
    said = [json.dumps(update, ensure_ascii=False) for update in updates]
    return "\n".join([*faults, "--- it happened:", str(step), "--- as updates:", *said])


async def _tongue(stage: Stage, update: Json) -> str:
    """The language in which the chat of *update* is spoken to."""
    body = next(iter(update.values()))
    if not isinstance(body, dict):
        return ""
    place = body.get("message", body) if "callback_query" in update else body
    asker = body.get("from", {})
    chat_id = place.get("chat", {}).get("id", asker.get("id", 0))
    async with stage.services.database.reading() as conn:
        wanted = await preferences.find(conn, chat_id)
    told = language_of(asker["language_code"]) if asker.get("language_code") and chat_id > 0 else None
    return wanted.chosen or told or wanted.language


_LOST = {
    "subscriptions of no chat": "SELECT chat_id FROM subscription WHERE chat_id NOT IN (SELECT id FROM chat)",
    "saved papers that are not there": "SELECT entry_id FROM saved_entry WHERE entry_id NOT IN (SELECT id FROM entry)",
    "drafts of no entry": "SELECT entry_id FROM draft WHERE entry_id NOT IN (SELECT id FROM entry)",
    "drafted entries without a draft": "SELECT id FROM entry WHERE state = 'draft'"
    " AND id NOT IN (SELECT entry_id FROM draft)",
    "entries that wait nowhere": "SELECT entry_id FROM queue WHERE entry_id NOT IN (SELECT id FROM entry)",
    "pictures of nothing": "SELECT sha256 FROM asset WHERE sha256 NOT IN (SELECT asset_sha256 FROM collage"
    " UNION SELECT asset_sha256 FROM cover UNION SELECT asset_sha256 FROM reader_collage)",
}


async def _orphans(database: Database) -> list[str]:
    """What the database holds that belongs to nothing."""
    async with database.reading() as conn:
        broken_keys = (await conn.execute(text("PRAGMA foreign_key_check"))).all()
        lost = {what: (await conn.execute(text(query))).all() for what, query in _LOST.items()}
    return [f"{what}: {rows}" for what, rows in {"broken keys": broken_keys, **lost}.items() if rows]
