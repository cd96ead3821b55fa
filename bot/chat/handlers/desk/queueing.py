"""Owns `/queue`: who waits, in which order, until when; changed in place."""

from collections.abc import Sequence
from functools import partial

from bot.catalogue.page import page_of
from bot.chat.desk_presses import FixDate, OnQueued, ShowQueue, Step
from bot.chat.handlers import trouble
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk.drafting import series_named
from bot.chat.handlers.errands import Start
from bot.chat.handlers.toast import QUIET, Toast, alert
from bot.chat.messages import progress
from bot.chat.messages.desk import card
from bot.chat.messages.desk import queue as messages
from bot.chat.messages.desk.queue import Outlook
from bot.chat.messages.message import Message
from bot.chat.messages.results import PAGE_SIZE
from bot.errors import CollagebotError, DraftError
from bot.model.edition import EmptyQueue
from bot.model.entry import Series
from bot.publishing.calendar import DueSlot
from bot.publishing.free_slots import free_slots
from bot.publishing.queue import FARTHEST, QueuedEntry, Readied
from bot.store import editions, entries
from bot.wording.translation import N_, _

_GONE = N_("It is not in the queue any more; here is the queue as it stands.")


async def queue(talk: Conversation, words: str = "") -> None:
    """Show the queue of the series that *words* name, or of the one that papers are drafted for."""
    named = series_named(talk, words.strip()) or series_of(talk, talk.services.drafting_series)
    if named is not None:
        await talk.say(await _listing(talk, named))


async def list_queue(talk: Conversation, slug: str) -> None:
    """Send the queue of a series."""
    await queue(talk, slug)


async def turn(talk: Conversation, press: ShowQueue) -> None:
    """Show a page of a queue in the message that has the button."""
    series = series_of(talk, press.series)
    if series is not None:
        await talk.revise(await _listing(talk, series, page=press.page))


async def act(talk: Conversation, press: OnQueued | FixDate) -> Toast:
    """Do something to an entry that waits, and show the queue as it stands then."""
    found = await _find(talk, press.entry_id)
    if found is None:
        await queue_anew(talk)
        return alert(_(_GONE))
    try:
        return await _done(talk, press, *found)
    except DraftError as error:
        await talk.revise(await _listing(talk, found[0], selected=press.entry_id))
        return alert(error)


async def queue_anew(talk: Conversation) -> None:
    """Show the queue that papers are drafted for in the message that has the button."""
    await turn(talk, ShowQueue(talk.services.drafting_series))


def series_of(talk: Conversation, slug: str) -> Series | None:
    """The series with that slug, with its effective rhythm."""
    return next((series for series in talk.services.series if series.slug == slug), None)


async def _done(talk: Conversation, press: OnQueued | FixDate, series: Series, each: QueuedEntry) -> Toast:
    waiting = talk.services.queue
    match press:
        case FixDate(entry_id, slot):
            await waiting.fix(entry_id, slot)
        case OnQueued(Step.NO_DATE, entry_id):
            await waiting.fix(entry_id, None)
        case OnQueued(Step.UP | Step.DOWN, entry_id):
            if not await _move(talk, press, series):
                await talk.revise(await _listing(talk, series, selected=entry_id))
                return Toast(_(card.CHANGED))
        case OnQueued(Step.PUBLISH, entry_id):
            return await _publish(talk, series, entry_id)
        case OnQueued(Step.REMOVE, entry_id):
            await talk.services.desk.reopen(entry_id, editor=talk.asker)
            await talk.revise(messages.removed(each.entry))
            return QUIET
        case OnQueued(Step.ASK_REMOVE | Step.ASK_PUBLISH | Step.CHOOSE_DATE as step):
            await talk.revise(await _question(talk, step, series, each))
            return QUIET
    await talk.revise(await _listing(talk, series, selected=each.entry.id))
    return QUIET


async def _move(talk: Conversation, press: OnQueued, series: Series) -> bool:
    """Move an entry by one place; False where it does not stand where its editor saw it."""
    listed = await talk.services.queue.listed(series.slug)
    if [each.entry.id for each in listed].index(press.entry_id) + 1 != press.place:
        return False
    await talk.services.queue.move(press.entry_id, -1 if press.step is Step.UP else 1)
    return True


async def _question(talk: Conversation, step: Step, series: Series, each: QueuedEntry) -> Message:
    if step is Step.ASK_REMOVE:
        return messages.ask_remove(each)
    if step is Step.ASK_PUBLISH:
        return messages.ask_publish(each)
    return messages.choose_date(each, await _free(talk, series))


async def _publish(talk: Conversation, series: Series, entry_id: int) -> Toast:
    readied = await talk.services.queue.publish_now(entry_id)
    await talk.revise(messages.publishing(readied.entry))
    began = talk.errands.start(("publish", entry_id), partial(_send, talk, series, readied))
    if began is not Start.BEGUN:  # somebody is at it, or its slot, which it is fixed to, takes it in a minute
        await talk.revise(messages.published([readied.sentence], series))
    return alert(_(progress.UNDER_WAY)) if began is Start.UNDER_WAY else QUIET


async def _send(talk: Conversation, series: Series, readied: Readied) -> None:
    """Send it and say what became of it, also where that breaks or is told to stop: nothing may look under way."""
    told: Sequence[str] = ()
    try:
        told = await talk.services.send_now(readied) if readied.is_now else ()
    except CollagebotError as error:
        told = (str(error),)
    except Exception as error:
        await trouble.failed(None, error)
        told = (_(messages.BROKEN),)
    finally:
        await talk.revise(messages.published([readied.sentence, *told], series))


async def _listing(talk: Conversation, series: Series, *, page: int = 1, selected: int = 0) -> Message:
    others = [other for other in talk.services.series if other.slug != series.slug]
    listed = await talk.services.queue.listed(series.slug)
    if not listed:
        return messages.empty(series, await _outlook(talk, series), others=others)
    place = next((at for at, each in enumerate(listed) if each.entry.id == selected), None)
    number = page if place is None else place // PAGE_SIZE + 1
    shown = page_of(listed, number=number, size=PAGE_SIZE)
    return messages.queue(series, shown, selected=selected, others=others)


async def _outlook(talk: Conversation, series: Series) -> Outlook:
    """What happens at the next slot when nobody waits."""
    now = talk.services.clock()
    async with talk.services.database.reading() as conn:
        slots = await free_slots(conn, series, now=now, horizon=FARTHEST)
        coming = next((due.opens_at for due in slots if due.opens_at > now), None)
        is_skipped = talk.services.queue.empty_queue is EmptyQueue.SKIP or series.weekly_at is None
        again = None if is_skipped else await editions.next_rerun(conn, series)
        found = await entries.get_entries(conn, [again]) if again is not None else []
    return Outlook(coming, found[0] if found else None)


async def _free(talk: Conversation, series: Series) -> Sequence[DueSlot]:
    """The slots to come that nobody is fixed to."""
    now = talk.services.clock()
    fixed = {each.slot for each in await talk.services.queue.listed(series.slug) if each.is_fixed}
    async with talk.services.database.reading() as conn:
        slots = await free_slots(conn, series, now=now, horizon=FARTHEST)
    shared = series.weekly_at is None  # a roundup takes everybody who is fixed to it
    return [due for due in slots if due.opens_at > now and (shared or due.slot.key not in fixed)]


async def _find(talk: Conversation, entry_id: int) -> tuple[Series, QueuedEntry] | None:
    async with talk.services.database.reading() as conn:
        found = await entries.get_entries(conn, [entry_id])
    series = series_of(talk, found[0].series.slug) if found else None
    if series is None:
        return None
    listed = await talk.services.queue.listed(series.slug)
    return next(((series, each) for each in listed if each.entry.id == entry_id), None)
