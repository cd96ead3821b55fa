"""Starting and stopping inside this process, where things can be broken in between."""

import asyncio
import os
import shutil
import signal
import socket
from pathlib import Path

import httpx
import pytest

from bot.app.running import run
from bot.chat import requests
from bot.errors import ContentError, SettingError
from bot.sandbox import ADA, Sandbox, serve
from bot.sandbox.answers import Refusal
from bot.sandbox.faults import Fault, bad_gateway, flooded, nonsense, refused
from bot.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture
def settings(tmp_path: Path, content_root: Path) -> Settings:
    shutil.copytree(content_root, tmp_path / "content")
    return Settings(database_url=f"sqlite:///{tmp_path / 'run.db'}", port=0, content=tmp_path / "content")


async def start_and_stop(settings: Settings, capsys: pytest.CaptureFixture[str]) -> str:
    """Run until the greeting is printed, and give what was printed."""
    running = asyncio.create_task(run(settings))
    printed = ""
    while "Stop with Ctrl-C" not in printed and not running.done():
        await asyncio.sleep(0.05)
        printed += capsys.readouterr().out
    if not running.done():
        os.kill(os.getpid(), signal.SIGTERM)
    await running
    return printed


async def test_a_broken_file_does_not_keep_a_loaded_bot_from_starting(
    settings: Settings, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    await start_and_stop(settings, capsys)
    broken = settings.content / "ml-collage" / "27-convit" / "entry.md"
    broken.write_text("---\nnumber: [\n---\n", encoding="utf-8")
    assert "Open http" in await start_and_stop(settings, capsys)
    assert "27-convit/entry.md" in caplog.text


async def test_a_bot_with_nothing_to_show_names_the_broken_file_and_stops(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    (settings.content / "topics.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(ContentError, match=r"topics\.yaml"):
        await start_and_stop(settings, capsys)


async def test_a_token_that_the_server_does_not_know_is_one_sentence(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox = Sandbox(token="1:right", bot_name="Bot", bot_username="right_bot")
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        wrong = Settings(
            token="1:wr0ng-t0ken", telegram_api_url=url, database_url=settings.database_url, content=settings.content
        )
        with pytest.raises(SettingError) as caught:
            await run(wrong)
    assert "BotFather" in str(caught.value)
    assert "wr0ng" not in str(caught.value) + "".join(capsys.readouterr())


async def test_a_token_talks_to_the_server_it_is_told(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    sandbox = Sandbox(token="1:right", bot_name="Bot", bot_username="right_bot")
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        real = Settings(
            token="1:right", telegram_api_url=url, database_url=settings.database_url, content=settings.content
        )
        assert "@right_bot is listening" in await start_and_stop(real, capsys)


async def test_a_port_in_use_is_named(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    sandbox = Sandbox(token="1:right", bot_name="Bot", bot_username="right_bot")
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        taken = Settings(database_url=settings.database_url, content=settings.content, port=int(url.rpartition(":")[2]))
        with pytest.raises(SettingError, match=r"PORT"):
            await start_and_stop(taken, capsys)


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("getMe", flooded(1)),
        ("getMe", bad_gateway("before")),
        ("getMe", nonsense()),
        ("setMyCommands", bad_gateway("before")),
        ("setMyCommands", refused(Refusal(401, "Unauthorized"))),
        ("deleteWebhook", bad_gateway("before")),
        ("getUpdates", refused(Refusal(401, "Unauthorized"))),
        ("getUpdates", bad_gateway("before")),
    ],
)
async def test_a_hiccup_of_the_server_does_not_keep_us_from_answering(
    settings: Settings, capsys: pytest.CaptureFixture[str], method: str, fault: Fault
) -> None:
    sandbox = Sandbox(token="1:right", bot_name="Bot", bot_username="right_bot")
    sandbox.faults.add(fault, method=method)
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        real = Settings(
            token="1:right", telegram_api_url=url, database_url=settings.database_url, content=settings.content
        )
        running = asyncio.create_task(run(real))
        sandbox.say("/help", chat_id=ADA)
        assert await sandbox.wait(lambda: bool(sandbox.delivered(ADA)), timeout_s=20)
        assert sandbox.faults.waiting == 0
        os.kill(os.getpid(), signal.SIGTERM)
        await running


async def test_a_token_that_was_revoked_ends_the_program_in_one_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "REFUSALS_TO_BELIEVE", 2)
    sandbox = Sandbox(token="1:right", bot_name="Bot", bot_username="right_bot")
    sandbox.faults.add(refused(Refusal(401, "Unauthorized")), method="getUpdates", skip=1, times=9)
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        real = Settings(
            token="1:right", telegram_api_url=url, database_url=settings.database_url, content=settings.content
        )
        running = asyncio.create_task(run(real))
        sandbox.say("/help", chat_id=ADA)
        with pytest.raises(SettingError, match="BotFather"):
            await asyncio.wait_for(running, 30)


async def test_a_proxy_is_not_asked_for_the_way_to_our_own_sandbox(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert "Open http" in await start_and_stop(settings, capsys)


async def test_a_server_that_never_lets_us_poll_is_one_sentence(settings: Settings) -> None:
    sandbox = Sandbox(token="1:right", bot_name="Bot", bot_username="right_bot")
    sandbox.faults.add(bad_gateway("before"), method="deleteWebhook", times=99)
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        real = Settings(
            token="1:right", telegram_api_url=url, database_url=settings.database_url, content=settings.content
        )
        with pytest.raises(SettingError, match="does not let us ask for updates"):
            await run(real)


def posted_to(settings: Settings, url: str, public_url: str, port: int) -> Settings:
    return Settings(
        token="1:right", telegram_api_url=url, database_url=settings.database_url, content=settings.content,
        public_url=public_url, port=port,
    )  # fmt: skip


async def test_with_a_public_address_updates_are_posted_there(settings: Settings) -> None:
    sandbox = Sandbox(token="1:right", bot_name="Bot", bot_username="right_bot")
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        running = asyncio.create_task(run(posted_to(settings, url, f"http://127.0.0.1:{port}", port)))
        sandbox.say("/help", chat_id=ADA)
        assert await sandbox.wait(lambda: bool(sandbox.delivered(ADA)), timeout_s=20)
        async with httpx.AsyncClient(trust_env=False) as client:
            assert (await client.get(f"http://127.0.0.1:{port}/health")).json()["status"] == "ok"
            forged = await client.post(f"http://127.0.0.1:{port}/telegram/1", json={"update_id": 1})
            assert forged.status_code == 403
        os.kill(os.getpid(), signal.SIGTERM)
        await running
        sandbox.say("/help", chat_id=ADA)  # it waits at Telegram until we are back
        assert sandbox.waiting_updates == 1


async def test_an_address_that_telegram_does_not_take_is_one_sentence(settings: Settings) -> None:
    sandbox = Sandbox(token="1:right", bot_name="Bot", bot_username="right_bot")
    async with serve(sandbox.app, before_stop=sandbox.close) as url:
        with pytest.raises(SettingError, match="does not take PUBLIC_URL"):
            await run(posted_to(settings, url, "https://collage.example.org", 0))
