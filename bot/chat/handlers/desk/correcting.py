"""Owns `/correct` and `/retract`: what is out is shown, asked about once, and changed or taken away."""

from collections.abc import Sequence
from functools import partial

from bot.chat.desk_presses import OnOut, OutDeed
from bot.chat.handlers import collages, paper
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.desk import board
from bot.chat.handlers.patience import patiently
from bot.chat.handlers.toast import QUIET, Toast, alert
from bot.chat.markup import rich
from bot.chat.messages.desk import correcting
from bot.chat.messages.message import Message
from bot.chat.posted import touched
from bot.chat.typed import arxiv_ids
from bot.errors import DraftError
from bot.model.correction import CorrectionKind, Notice
from bot.model.entry import Entry, EntryState
from bot.publishing import corrections
from bot.store import correction_notices, entries
from bot.wording.translation import _

_WITHDRAWN = EntryState.RETRACTED
_KINDS = {OutDeed.CORRECT: CorrectionKind.CORRECT, OutDeed.RETRACT: CorrectionKind.RETRACT}
_ASKED = 300  # characters; no reference is longer


async def correct(talk: Conversation, words: str = "") -> None:
    """Show how the entry that *words* name stands, and offer to change the messages that are out to it."""
    await _find(talk, words, OutDeed.ASK_CORRECT)


async def retract(talk: Conversation, words: str = "") -> None:
    """Say what becomes of the entry that *words* name when it is withdrawn, and ask."""
    await _find(talk, words, OutDeed.ASK_RETRACT)


async def act(talk: Conversation, press: OnOut) -> Toast:
    """Do what was pressed."""
    async with talk.services.database.reading() as conn:
        found = await entries.get_entries(conn, [press.entry_id])
    if not found or found[0].state not in (EntryState.PUBLISHED, _WITHDRAWN):
        return alert(_(correcting.NOT_OUT))
    match press.deed:
        case OutDeed.CORRECT | OutDeed.RETRACT:
            return await _begin(talk, press)
        case OutDeed.EDIT:
            return await _edit(talk, found[0])
        case OutDeed.KEEP:
            await talk.revise(correcting.stays(found[0]))
        case OutDeed.ASK_CORRECT | OutDeed.ASK_RETRACT:
            await _ask(talk, found[0], deed=press.deed)
    return QUIET


async def _find(talk: Conversation, words: str, deed: OutDeed) -> None:
    if not words.strip():
        await talk.say(correcting.which("correct" if deed is OutDeed.ASK_CORRECT else "retract"))
        return
    papers = arxiv_ids(words)
    withdrawn = await talk.services.library.find_withdrawn(str(papers[0]) if papers else words.strip()[:_ASKED])
    if withdrawn:
        await _ask_about(talk, withdrawn, deed)
    else:
        await paper.find(talk, words, show=partial(_ask, deed=deed), choice=partial(correcting.choice, deed=deed))


async def _ask_about(talk: Conversation, found: Sequence[Entry], deed: OutDeed) -> None:
    if len(found) == 1:
        await _ask(talk, found[0], deed=deed)
    else:
        await talk.say(correcting.choice(found, deed))


async def _ask(talk: Conversation, entry: Entry, *, deed: OutDeed) -> None:
    async with talk.services.database.reading() as conn:
        reach = await corrections.survey(conn, entry.id, touched)
        is_born_here = await entries.find_origin(conn, entry.id) == "chat"
    if deed is OutDeed.ASK_RETRACT and entry.state is not _WITHDRAWN:
        await talk.say(correcting.ask_retract(entry, reach))
        return
    await collages.show(talk, entry)
    await talk.say(correcting.ask_correct(entry, reach, is_born_here=is_born_here))


async def _begin(talk: Conversation, press: OnOut) -> Toast:
    """Write down what has to be done, and let it begin; it goes on by itself after a restart."""
    place = talk.place
    if place is None:  # the question is too old to be seen
        place = await patiently(lambda: talk.outbox.text(talk.address, Message(rich(_(correcting.BEGUN)))))
    now = talk.services.clock()
    async with talk.services.database.writing() as conn:
        (entry,) = await entries.get_entries(conn, [press.entry_id])
        begun, is_new = await corrections.begin(
            conn, entry, _KINDS[press.deed], editor=talk.asker, now=now, touched=touched
        )
        if is_new:
            await correction_notices.keep(conn, Notice(begun, place.chat_id, place.message_id))
    talk.services.wake_corrections()
    return Toast(_(correcting.BEGUN)) if is_new else alert(_(correcting.UNDER_WAY))


async def _edit(talk: Conversation, entry: Entry) -> Toast:
    """Lay a published entry that was born in a chat on the desk; readers see every change at once."""
    try:
        draft = await talk.services.desk.take_back(entry.id, editor=talk.asker)
    except DraftError as error:
        return alert(error)
    await board.put_up(talk, draft, await board.first_sight(talk))
    return QUIET
