"""Owns what the inline mode offers: pictures where Telegram has them, else articles, of the same papers."""

from collections.abc import Mapping, Sequence

from telegram import (
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from bot.chat.markup import clipped, isolated, units
from bot.chat.messages.links import ICONS, LABELS
from bot.chat.messages.message import Button, Rows, keyboard
from bot.chat.messages.picks import caption, cited_year
from bot.model.entry import Entry
from bot.model.paper import LinkKind
from bot.wording.translation import N_, _, language

OPEN = N_("Open in the bot")
NOTHING = N_("Nothing on “{query}”. Open the bot")
TITLE = "{title} ({year})"

_TITLE, _HEADLINE, _BUTTON = 120, 160, 64  # units; none of them may be long where many stand in a row


def results(entries: Sequence[Entry], files: Mapping[int, str], *, username: str) -> list[InlineQueryResult]:
    """Offer *entries*, each with the caption that it has under its collage.

    Args:
        files: The file ids of their collages, by the ids of the entries, as far as Telegram has them.
        username: Ours, for the button that leads to us.
    """
    return [_result(entry, files.get(entry.id), username) for entry in entries]


def nothing(query: str) -> InlineQueryResultsButton:
    """Lead whoever found nothing to our private chat."""
    room = _BUTTON - units(_(NOTHING).format(query=""))
    said = _(NOTHING).format(query=isolated(clipped(query, room - len(isolated("א")))))
    return InlineQueryResultsButton(said, start_parameter="ask-search")


def _result(entry: Entry, file_id: str | None, username: str) -> InlineQueryResult:
    key, markup = f"{entry.id}-{language()}", keyboard(_buttons(entry, username))
    title = clipped(TITLE.format(title=entry.paper.title, year=cited_year(entry)), _TITLE)
    headline, html = clipped(entry.text(language()).headline, _HEADLINE), caption(entry).html
    if file_id is not None:
        return InlineQueryResultCachedPhoto(
            key,
            file_id,
            title=title,
            description=headline,
            caption=html,
            parse_mode=ParseMode.HTML,
            reply_markup=markup,
        )
    content = InputTextMessageContent(html, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True))
    return InlineQueryResultArticle(key, title, content, reply_markup=markup, description=headline)


def _buttons(entry: Entry, username: str) -> Rows:
    paper = Button(f"{ICONS[LinkKind.PAPER]} {_(LABELS[LinkKind.PAPER])}", entry.paper.url)
    return ((paper, Button(_(OPEN), f"https://t.me/{username}?start=entry_{entry.id}")),)
