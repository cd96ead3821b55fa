"""What goes wrong in a real broadcast, from the lost answer to the editor's press and the message that arrives."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.watch import warn_editors
from bot.model.edition import DeliveryState
from bot.sandbox import ADA
from bot.sandbox.faults import Stage, dropped, rejected
from tests.chat.conftest import NOW, on_stage, services  # noqa: F401  # a fixture
from tests.chat.desks import labels, with_editors
from tests.databases import every_kind as kind  # noqa: F401  # a fixture
from tests.flows.test_broadcast import Desk


@pytest.fixture
async def desk(services) -> AsyncIterator[Desk]:  # type: ignore[no-untyped-def]  # noqa: F811
    async with on_stage(with_editors(services, ADA)) as stage:
        stage.sandbox.mark_started(ADA)
        yield Desk(stage)


async def told(desk: Desk) -> str:
    """What the editor was told last."""
    await warn_editors(desk.stage.application.bot, desk.stage.services)
    return desk.stage.sent(ADA)[-1].text


@pytest.mark.parametrize(("when", "copies"), [("before", 1), ("after", 2)])
async def test_what_was_in_doubt_is_sent_again_only_when_an_editor_says_so(
    desk: Desk, when: Stage, copies: int
) -> None:
    readers = await desk.readers(3)
    desk.stage.sandbox.faults.add(dropped(when), method="sendPhoto", chat_id=readers[1])
    await desk.send_week()
    await desk.try_again_later()
    assert "1 chat may or may not have received it." in await told(desk)

    await desk.stage.press("Send again")
    await desk.dispatcher.run()

    assert [desk.pictures(reader) for reader in readers] == [1, copies, 1]
    assert await desk.states() == {DeliveryState.SENT: 3}
    assert (await told(desk)).startswith("Nothing of it is in doubt any more:")
    assert len(desk.stage.sent(ADA)) == 1


async def test_what_telegram_refuses_is_held_told_and_sent_when_it_is_tried_again(desk: Desk) -> None:
    readers = await desk.readers(8)
    desk.stage.sandbox.faults.add(rejected("can't parse entities"), method="sendPhoto", times=8)
    await desk.send_week()
    assert (await told(desk)).startswith("Held: ")
    assert labels(desk.stage.sent(ADA)[-1]) == ["Try again", "Leave it", "Status"]
    desk.stage.sandbox.faults.clear()

    await desk.stage.press("Try again")
    desk.now = max(desk.now, NOW)
    await desk.try_again_later()

    assert [desk.pictures(reader) for reader in readers] == [1] * 8
    assert await desk.states() == {DeliveryState.SENT: 8}
