"""Quiet delivery: whatever comes by itself comes without a sound, whatever was asked for does not."""

import pytest

from bot.model.address import Address
from bot.model.edition import Edition, EditionKind, EditionState
from bot.model.month import Month
from bot.sandbox import ADA, GROUP, NOOR
from tests.chat.conftest import NOW, Stage

MARCH = Month(2021, 3)


async def send_all(stage: Stage, kind: EditionKind, address: Address) -> None:
    """Send every part of an edition of real entries."""
    entries = await stage.services.library.month(MARCH)
    entries = entries if kind is EditionKind.ROUNDUP else entries[:1]
    edition = Edition(1, entries[0].series, kind, str(MARCH), EditionState.OPEN, NOW, entries)
    await stage.messenger.prepare(edition)
    for part in stage.messenger.plan(edition):
        await stage.messenger.send(part, await stage.recipient(address.chat_id, address.thread_id))


@pytest.mark.parametrize("kind", EditionKind)
async def test_every_message_of_an_edition_is_silent_where_that_is_wished(stage: Stage, kind: EditionKind) -> None:
    await stage.ask("/subscribe")
    await stage.ask("/settings quiet")
    asked = len(stage.sent())
    stage.sandbox.mark_started(NOOR)
    await send_all(stage, kind, Address(ADA))
    await send_all(stage, kind, Address(NOOR))
    assert [message.is_silent for message in stage.sent()] == [False] * asked + [True] * (len(stage.sent()) - asked)
    assert len(stage.sent()) > asked
    assert not any(message.is_silent for message in stage.sent(NOOR))


async def test_a_topic_is_quiet_for_itself(stage: Stage) -> None:
    thread = stage.sandbox.open_topic(GROUP, "Papers")
    await stage.ask("/subscribe", chat_id=GROUP, thread_id=thread)
    await stage.ask("/settings quiet", chat_id=GROUP, thread_id=thread)
    await send_all(stage, EditionKind.WEEKLY, Address(GROUP, thread))
    await send_all(stage, EditionKind.WEEKLY, Address(GROUP))
    assert [message.is_silent for message in stage.sent(GROUP)[-2:]] == [True, False]
