"""Owns what editors decide after the database came back from a backup, and that they are asked."""

from datetime import timedelta
from functools import partial

from bot.chat.desk_presses import HeldStep, OnHeld
from bot.chat.handlers.conversation import Conversation
from bot.chat.handlers.toast import QUIET, Toast
from bot.chat.messages.desk import restored as messages
from bot.chat.messages.desk.restored import Aftermaths
from bot.chat.notices import announce
from bot.chat.outbox import Outbox
from bot.chat.services import Services
from bot.publishing.aftermath import Aftermath
from bot.wording.translation import _

NEWS = timedelta(days=7)
"""Who becomes an editor later is not told that the database came back once, unless something is left to decide."""


async def tell_returned(outbox: Outbox, services: Services) -> None:
    """Tell every editor once that the database came back; the message follows what is decided."""
    left = await _left(services)
    if left is not None and (left.held or services.clock() - left.back.returned_at < NEWS):
        key = f"restored {left.back.returned_at.isoformat()}"
        state = ",".join(str(each.id) for each in left.held) or "decided"
        await announce(outbox, services, key, partial(messages.listing, left), state=state)


async def act(talk: Conversation, press: OnHeld) -> Toast:
    """Ask about an edition that may have gone out, or do what was decided."""
    aftermath = talk.services.aftermath
    if aftermath is None:
        return QUIET
    toast = await _decide(talk, aftermath, press)
    if press.step is HeldStep.ASK:
        held = next((each for each in await aftermath.held() if each.id == press.edition_id), None)
        if held is not None:
            await talk.revise(messages.question(held))
            return QUIET
        toast = Toast(_(messages.WAS_DECIDED))
    left = await _left(talk.services)
    if left is not None:
        await talk.revise(messages.listing(left))
    return toast


async def _decide(talk: Conversation, aftermath: Aftermath, press: OnHeld) -> Toast:
    match press.step:
        case HeldStep.OUT:
            is_done = await aftermath.went_out(press.edition_id, editor=talk.asker)
            return Toast(_(messages.RECORDED if is_done else messages.WAS_DECIDED))
        case HeldStep.SEND:
            is_done = await aftermath.send(press.edition_id)
            return Toast(_(messages.GOES_OUT if is_done else messages.WAS_DECIDED))
    return QUIET


async def _left(services: Services) -> Aftermaths | None:
    aftermath = services.aftermath
    back = await aftermath.last_return() if aftermath else None
    if aftermath is None or back is None:
        return None
    return Aftermaths(back, await aftermath.held(), await aftermath.doubts())
