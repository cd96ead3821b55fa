"""Owns `/collage`: a collage of any paper on arXiv, for everyone."""

from collections.abc import Awaitable, Callable
from functools import partial

from telegram.constants import ChatAction
from telegram.error import BadRequest

from bot.chat.desk_presses import Ask, AskedFile, TakeUp, TurnAsked
from bot.chat.failures import is_lost, takes_no_files
from bot.chat.handlers import collages, trouble
from bot.chat.handlers.bulletin import watched
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.errands import Start
from bot.chat.handlers.patience import patiently
from bot.chat.handlers.toast import QUIET, Toast
from bot.chat.markup import rich
from bot.chat.messages import commissions as messages
from bot.chat.messages import progress, results
from bot.chat.messages.message import Message
from bot.chat.messages.troubles import NO_FILES
from bot.chat.place import Place
from bot.chat.typed import versioned_ids
from bot.errors import CollagebotError
from bot.model.canvas import Appearance
from bot.model.progress import Progress, Report, Stage
from bot.store.reader_collages import ReaderCollage
from bot.wording.translation import _

Pressed = TurnAsked | AskedFile
_Act = Callable[[Conversation, Pressed, Report], Awaitable[None]]


async def commission(talk: Conversation, words: str = "") -> None:
    """Show a collage of the paper that *words* name; without any, say how."""
    papers = versioned_ids(words)
    if not words.strip():
        await talk.say(messages.how())
    elif not papers:
        await talk.say(messages.no_paper(words))
    else:
        arxiv_id, version = next(iter(papers.items()))
        await _answer(talk, Ask(arxiv_id, version))


async def _answer(talk: Conversation, asked: Ask) -> None:
    """Show what the catalogue has of the paper; else have it drawn."""
    match await talk.services.library.find(str(asked.arxiv_id)):
        case []:
            await _machine_made(talk, asked)
        case [entry]:
            await collages.show(talk, entry)
        case entries:
            await talk.say(results.choice(str(asked.arxiv_id), entries[: results.PAGE_SIZE]))


async def _machine_made(talk: Conversation, asked: Ask) -> None:
    """Show the collage that a machine made of the paper at once where it is there; else begin to draw it."""
    wanted = await talk.appearance()
    if found := await talk.services.commissions.at_hand(asked.arxiv_id, wanted, version=asked.version):
        await _show(talk, found, wanted)
    elif refused := begin(talk, asked):
        await talk.say(refused)


def begin(talk: Conversation, asked: Ask, place: Place | None = None) -> Message | None:
    """Begin to draw a paper and do not wait for it; one at a time for each person.

    Args:
        place: The message that says how far it is; None for a new one.

    Returns:
        Why it was not begun; None where it was.
    """
    work, failed = partial(_draw, talk, asked), partial(_failed, talk)
    errand = partial(watched, talk, asked, work, line=talk.errands.collages, place=place, failed=failed)
    match talk.errands.start(("collage", talk.chat.id, talk.asker), errand):
        case Start.UNDER_WAY:
            return messages.at_it()
        case Start.FULL:
            return messages.full()
    return None


def turn(talk: Conversation, press: TurnAsked) -> Toast:
    """Swap the picture of the pressed message for the other shape; it may have to be drawn anew."""
    return _later(talk, press, _turn)


def hand_over(talk: Conversation, press: AskedFile) -> Toast:
    """Send the picture of the pressed message as a file; it may have to be drawn anew."""
    return _later(talk, press, _hand_over)


def _later(talk: Conversation, press: Pressed, act: _Act) -> Toast:
    started = talk.errands.start((talk.place, press), partial(_answered, talk, press, act))
    return Toast(_(progress.FULL)) if started is Start.FULL else QUIET


async def _answered(talk: Conversation, press: Pressed, act: _Act) -> None:
    reported = [Progress(Stage.ASKING)]
    try:
        async with talk.busy(ChatAction.UPLOAD_PHOTO):
            await act(talk, press, reported.append)
    except CollagebotError as error:
        await talk.reply(_failed(talk, Ask(press.arxiv_id, press.version), reported[-1].stage, error))
    except Exception as error:
        if takes_no_files(error):
            await talk.reply(Message(rich(_(NO_FILES))))
        else:
            await trouble.failed(talk, error)


async def _turn(talk: Conversation, press: Pressed, report: Report) -> None:
    made = await _get(talk, Ask(press.arxiv_id, press.version), press.wanted, report)
    received = talk.received
    if received is None or not received.photo:
        await _show(talk, made, press.wanted)
        return
    rows = messages.buttons(press.arxiv_id, press.version, press.wanted)
    try:
        await patiently(lambda: talk.outbox.edit_picture(received, made.asset, rows))
    except BadRequest as error:
        if not is_lost(error):
            raise
        await _show(talk, made, press.wanted)


async def _hand_over(talk: Conversation, press: Pressed, report: Report) -> None:
    made = await _get(talk, Ask(press.arxiv_id, press.version), press.wanted, report)
    name = messages.file_name(press.arxiv_id, press.version, press.wanted)
    reply_to = talk.place.message_id if talk.place else None
    await patiently(lambda: talk.outbox.file(talk.address, made.asset, name, reply_to=reply_to))


async def _draw(talk: Conversation, asked: Ask, report: Report) -> None:
    wanted = await talk.appearance()
    await _show(talk, await _get(talk, asked, wanted, report), wanted)


async def _show(talk: Conversation, made: ReaderCollage, shown: Appearance) -> None:
    message = messages.collage(made.paper, shown)
    await patiently(lambda: talk.outbox.photo(talk.address, made.asset, message))


async def _get(talk: Conversation, asked: Ask, wanted: Appearance, report: Report) -> ReaderCollage:
    commissions = talk.services.commissions
    if asked.version and (found := await commissions.at_hand(asked.arxiv_id, wanted, version=asked.version)):
        return found
    return await commissions.get(asked.arxiv_id, wanted, reader=talk.reader, version=asked.version, report=report)


def _failed(talk: Conversation, attempt: TakeUp | Ask, stage: Stage, error: CollagebotError) -> Message:
    now, per_day = talk.services.clock(), talk.services.commissions.per_day
    return messages.failed(attempt, stage, error, now=now, per_day=per_day)
