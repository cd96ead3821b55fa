"""Owns what editors have to know at once: what is looked for at every tick, and told where it is found."""

from datetime import timedelta
from functools import partial

from telegram.error import InvalidToken
from telegram.ext import ExtBot

from bot.catalogue.page import Page
from bot.chat.failures import classify
from bot.chat.handlers.desk.refused import key_of
from bot.chat.handlers.desk.restored import tell_returned
from bot.chat.messages.desk import doubts as doubt_messages
from bot.chat.messages.desk import refused as refused_messages
from bot.chat.messages.desk.doubts import PAGE_SIZE, Doubtful
from bot.chat.messages.desk.outage import was_refused
from bot.chat.messages.desk.queue import lacking
from bot.chat.notices import announce, conclude
from bot.chat.outbox import Outbox
from bot.chat.services import Services
from bot.store import doubtful, editions, health, held, history, installation, notices, tallies
from bot.store.doubtful import Doubts

_RIPENS = timedelta(minutes=2)
"""What came into doubt so long ago is told although more of its edition is still on its way."""
_DOUBTS, _REFUSED = "doubts ", "refused "
_TOKEN = "token refused"
_TOKEN_ERROR = str(classify(InvalidToken()))


async def warn_editors(bot: ExtBot[None], services: Services) -> None:
    """Tell every editor what has gone wrong or is about to, each thing once; write down that somebody looked."""
    async with services.database.writing() as conn:
        await health.beat(conn, services.clock())
    if not services.editors:
        return
    outbox = Outbox(bot, services.database, services.shelf)
    for look in (tell_returned, _empty_slots, _doubts, _refused, _token):
        await look(outbox, services)


async def _empty_slots(outbox: Outbox, services: Services) -> None:
    for lack in await services.queue.lacking(services.editors):
        await announce(outbox, services, lack.key, partial(lacking, lack))


async def _doubts(outbox: Outbox, services: Services) -> None:
    async with services.database.reading() as conn:
        found = {f"{_DOUBTS}{it.edition_id}": it for it in await doubtful.by_edition(conn)}
        told = await notices.standing(conn, _DOUBTS)
    for key, doubts in found.items():
        if not doubts.is_busy or services.clock() - doubts.since >= _RIPENS:
            await _tell_doubts(outbox, services, key, doubts)
    for key in (key for key in told if key not in found):
        async with services.database.reading() as conn:
            edition = await history.find_edition(conn, int(key.removeprefix(_DOUBTS)))
        await conclude(outbox, services, key, partial(doubt_messages.nothing_left, edition))


async def _tell_doubts(outbox: Outbox, services: Services, key: str, doubts: Doubts) -> None:
    async with services.database.reading() as conn:
        edition = await editions.get_edition(conn, doubts.edition_id)
        first = tuple(await doubtful.listed(conn, edition.id, limit=PAGE_SIZE))
    shown = Page(first, 1, -(-doubts.messages // PAGE_SIZE), doubts.messages, query="")
    write = partial(doubt_messages.listing, Doubtful(edition, doubts, shown))
    state = f"{doubts.messages} {doubts.until.isoformat()}"
    await announce(outbox, services, key, write, state=state, news_at=doubts.until)


async def _refused(outbox: Outbox, services: Services) -> None:
    async with services.database.reading() as conn:
        waiting = {key_of(it): (it, await tallies.count_pending(conn, it.id)) for it in await held.waiting(conn)}
        told = await notices.standing(conn, _REFUSED)
    for key, (edition, number) in waiting.items():
        await announce(outbox, services, key, partial(refused_messages.held, edition, number), state="held")
    for key in (key for key in told if key not in waiting):
        async with services.database.reading() as conn:
            over = await history.find_edition(conn, int(key.removeprefix(_REFUSED)))
        await conclude(outbox, services, key, partial(refused_messages.decided, refused_messages.OVER, over))


async def _token(outbox: Outbox, services: Services) -> None:
    """Tell that Telegram did not know our token; that arrives when it does again."""
    async with services.database.reading() as conn:
        is_refused = await tallies.is_waiting_for(conn, [_TOKEN_ERROR])
        since = await installation.find_first_seen(conn, _TOKEN)
    if is_refused and since is None:
        async with services.database.writing() as conn:
            since = await installation.first_seen_at(conn, _TOKEN, services.clock())
    if since is None:
        return
    key = f"{_TOKEN} {since.isoformat()}"
    await announce(outbox, services, key, partial(was_refused, since))
    if not is_refused:
        await _forget_token(services, key)


async def _forget_token(services: Services, key: str) -> None:
    """Begin anew once everybody was told."""
    async with services.database.writing() as conn:
        told = [await notices.find(conn, key, editor) for editor in services.editors]
        if all(told):
            await notices.forget(conn, key)
            await installation.forget_first_seen(conn, _TOKEN)
