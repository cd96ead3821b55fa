"""Updates that come again: nobody is answered twice."""

from bot.sandbox import ADA, NOOR
from tests.chat.conftest import Stage, services, stage  # noqa: F401  # fixtures


async def test_an_update_that_comes_again_is_answered_once(stage: Stage) -> None:  # noqa: F811
    await stage.ask("/about")
    stage.sandbox.replay_updates(5)
    await stage.ask("/help", chat_id=NOOR)
    stage.sandbox.replay_updates(5)
    await stage.ask("/privacy")
    assert (len(stage.sent(ADA)), len(stage.sent(NOOR))) == (2, 1)
