"""Owns where the page tests begin: the system's Chromium, driven by Playwright, and a sandbox that is served."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect
from telegram import Bot

from bot.sandbox import ADA, Control, Sandbox, serve
from tests.browser.page import PHONE, TOKEN, Open

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A fresh headless Chromium."""
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no Chromium on this machine; install one of {', '.join(_NAMES)} to run the page tests")
    # Chromium refuses its own sandbox to root, which is who runs in most containers.
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=["--disable-gpu", *as_root])
        yield chromium
        await chromium.close()


async def _publish() -> str:
    return "Published to 2 chats."


@pytest.fixture
def sandbox() -> Sandbox:
    control = Control("Publish now", _publish)
    opened = Sandbox(token=TOKEN, bot_name="Testbot", bot_username="test_bot", controls=[control])
    opened.mark_started(ADA)
    return opened


@pytest.fixture
async def url(sandbox: Sandbox) -> AsyncIterator[str]:
    async with serve(sandbox.app, before_stop=sandbox.close) as base_url:
        yield base_url


@pytest.fixture
async def bot(url: str) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as client:
        yield client


@pytest.fixture
async def visit(browser: Browser, url: str) -> AsyncIterator[Open]:
    """Open the page; whatever it complains about fails the test."""
    complaints: list[str] = []

    async def open_page(path: str = "/", *, size: dict[str, int] = PHONE, scheme: str = "light") -> Page:
        context = await browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        await page.goto(url + path)
        await expect(page.locator("#title")).not_to_be_empty()
        return page

    yield open_page
    assert complaints == []
