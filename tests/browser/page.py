"""Owns what tests of the page share: sizes of screens, pictures, buttons, what the bot heard."""

import io
from collections.abc import Awaitable, Callable

from PIL import Image
from playwright.async_api import Locator, Page
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

TOKEN = "123456:TEST_TOKEN"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
Open = Callable[..., Awaitable[Page]]


def picture(width: int, height: int, colour: str = "teal") -> bytes:
    """Draw a picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    return buffer.getvalue()


def keys(*labels: str) -> InlineKeyboardMarkup:
    """Lay out buttons in one row; each sends back its label."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label) for label in labels]])


def offered(page: Page) -> Locator:
    """Find the commands that are offered above the field."""
    return page.get_by_role("listbox", name="Commands").get_by_role("option")


async def heard(bot: Bot, offset: int | None = None) -> str | None:
    """Wait for the next message the bot hears, at or behind *offset*."""
    (update,) = await bot.get_updates(offset=offset, timeout=5)
    await bot.get_updates(offset=update.update_id + 1)
    return update.effective_message.text if update.effective_message else None
