"""Owns the inline mode: whoever writes our name and a question in any chat may choose a collage to send."""

from telegram import Bot, InlineQuery

from bot.catalogue.page import Page
from bot.chat.digits import PAGE, number
from bot.chat.messages import inline as messages
from bot.chat.services import Services
from bot.chat.typed import question
from bot.model.entry import Entry
from bot.store import collages, preferences
from bot.wording.translation import language

PAGE_SIZE = 20
"""Telegram takes 50 at most. Source: Bot API 10.0, answerInlineQuery."""
_REMEMBERED_S = 60
"""How long Telegram may answer the same person by itself: a new collage is found within a minute."""


async def answer(bot: Bot, services: Services, query: InlineQuery) -> None:
    """Offer what a search for the words finds; without any, the newest."""
    asked = question(query.query)
    page = await _page(services, asked, _number(query.offset))
    files = await _files(bot, services, page, query.from_user.id)
    await bot.answer_inline_query(
        query.id,
        messages.results(page.hits, files, username=bot.username),
        cache_time=_REMEMBERED_S,
        is_personal=True,  # everybody is answered in their own language, and in the shape they like
        next_offset=str(page.number + 1) if page.number < page.pages else "",
        button=None if page.total else messages.nothing(asked),
    )


async def _page(services: Services, asked: str, page: int) -> Page[Entry]:
    if not asked:
        return await services.library.newest(page=page, size=PAGE_SIZE)
    return await services.library.search(asked, page=page, size=PAGE_SIZE)


async def _files(bot: Bot, services: Services, page: Page[Entry], user_id: int) -> dict[int, str]:
    """The file ids of the collages as the asker wants pictures, as far as they were ever sent."""
    async with services.database.reading() as conn:
        wanted = (await preferences.find(conn, user_id)).appearance
        keys = [
            collages.CollageKey(entry.id, entry.spoken_in(language()), wanted.canvas, wanted.theme)
            for entry in page.hits
        ]
        return await collages.find_photos(conn, bot.id, keys)


def _number(offset: str) -> int:
    try:
        return number(PAGE, offset)
    except ValueError:
        return 1
