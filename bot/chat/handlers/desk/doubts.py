"""Owns what editors say of deliveries in doubt, changed in place."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.catalogue.page import Page
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.toast import QUIET, Toast
from bot.chat.messages.desk import doubts as messages
from bot.chat.messages.desk.doubts import PAGE_SIZE, Doubtful
from bot.chat.messages.message import Message
from bot.chat.sending_presses import AskSettleAll, PickDoubt, SettleAll, SettleDoubt, ShowDoubts
from bot.publishing.settling import Verdict
from bot.store import doubtful, history
from bot.store.database import Database
from bot.store.doubtful import Doubts, Meant
from bot.wording.translation import _

DoubtPress = ShowDoubts | PickDoubt | SettleDoubt | AskSettleAll | SettleAll


async def act(talk: Conversation, press: DoubtPress) -> Toast:
    """Show what is in doubt, ask about all of it, or write down what was said."""
    match press:
        case ShowDoubts(edition_id, page):
            await talk.revise(await listing(talk.services.database, edition_id, page=page))
            return QUIET
        case PickDoubt(delivery_id):
            return await _pick(talk, delivery_id)
        case AskSettleAll(verdict, edition_id):
            return await _ask_all(talk, verdict, edition_id)
        case SettleDoubt(verdict, delivery_id, attempts):
            edition_id = await _edition_of(talk, delivery_id)
            meant = Meant(delivery_ids=[delivery_id], attempts=attempts)
        case SettleAll(verdict, edition_id, until):
            meant = Meant(edition_id=edition_id, until=datetime.fromtimestamp(until, UTC))
    settled = await talk.services.settling.decide(verdict, meant, by=talk.asker)
    await talk.revise(await listing(talk.services.database, edition_id))
    return Toast(messages.settled(verdict, settled) if settled else _(messages.CHANGED))


async def listing(database: Database, edition_id: int, *, page: int = 1, selected: int = 0) -> Message:
    """A page of what is in doubt of an edition, as it stands now."""
    async with database.reading() as conn:
        edition = await history.find_edition(conn, edition_id)
        summary = await _summary(conn, edition_id)
        if edition is None or summary is None:
            return messages.nothing_left(edition)
        shown = await _page(conn, summary, page)
    return messages.listing(Doubtful(edition, summary, shown, selected))


async def _page(conn: AsyncConnection, summary: Doubts, number: int) -> Page[doubtful.Doubt]:
    pages = -(-summary.messages // PAGE_SIZE)
    shown = min(number, pages)
    offset = (shown - 1) * PAGE_SIZE
    found = await doubtful.listed(conn, summary.edition_id, offset=offset, limit=PAGE_SIZE)
    return Page(tuple(found), shown, pages, summary.messages, query="")


async def _summary(conn: AsyncConnection, edition_id: int) -> Doubts | None:
    return next((it for it in await doubtful.by_edition(conn) if it.edition_id == edition_id), None)


async def _pick(talk: Conversation, delivery_id: int) -> Toast:
    async with talk.services.database.reading() as conn:
        doubt = await doubtful.find(conn, delivery_id)
        page = await doubtful.place_of(conn, doubt) // PAGE_SIZE + 1 if doubt else 1
    edition_id = doubt.edition_id if doubt else await _edition_of(talk, delivery_id)
    await talk.revise(await listing(talk.services.database, edition_id, page=page, selected=delivery_id))
    return QUIET if doubt else Toast(_(messages.CHANGED))


async def _ask_all(talk: Conversation, verdict: Verdict, edition_id: int) -> Toast:
    async with talk.services.database.reading() as conn:
        edition = await history.find_edition(conn, edition_id)
        summary = await _summary(conn, edition_id)
    if edition is None or summary is None:
        await talk.revise(messages.nothing_left(edition))
        return Toast(_(messages.CHANGED))
    await talk.revise(messages.ask_all(edition, summary, verdict))
    return QUIET


async def _edition_of(talk: Conversation, delivery_id: int) -> int:
    """The edition of a delivery, whether or not it is in doubt; 0 where there is none."""
    async with talk.services.database.reading() as conn:
        return await doubtful.edition_of(conn, delivery_id)
