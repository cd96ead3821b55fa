"""SIGKILL at random moments of a broadcast with faults: nobody is lost, nobody gets anything twice."""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.address import Address
from bot.model.edition import DeliveryState
from bot.publishing.delivery import in_flight_at
from bot.sandbox import Sandbox, faults
from bot.sandbox.answers import Refusal
from bot.store.database import Database
from tests.torture.lives import Nursery
from tests.torture.oracle import judge, rows_of
from tests.torture.torment import Torment, torment
from tests.torture.town import Town

CHATS, ROUNDUPS, KILLS = 500, 50, 21
RATE = 100
_SENT = ("sendPhoto", "sendMediaGroup", "sendMessage")
REASONS = ("forbidden: bot was blocked", "forbidden: user is deactivated", "have no rights to send a message")
"""What the ledger may say of those who got nothing: what was said to them."""


def scatter(sandbox: Sandbox, town: Town, dice: random.Random) -> None:
    """Let everything go wrong that may, here and there."""
    seed = dice.randrange(2**32)
    for chance, fault in (
        (0.005, faults.flooded(1)),
        (0.005, faults.flooded(None)),
        (0.01, faults.broken(502, "after")),
        (0.005, faults.broken(500, "before")),
        (0.005, faults.broken(504, "after")),
        (0.01, faults.dropped("after")),
        (0.005, faults.dropped("before")),
        (0.005, faults.torn()),
        (0.005, faults.truncated()),
        (0.005, faults.nonsense()),
        (0.01, faults.blocked()),
        (0.005, faults.blocked("user is deactivated")),
        (0.005, faults.rejected("have no rights to send a message")),
        (0.005, faults.refused(Refusal(500, "Internal Server Error: restart"))),
        (0.03, faults.stalled(0.2)),
    ):
        for method in _SENT:
            seed += 1
            sandbox.faults.scatter(fault, chance=chance, seed=seed, method=method)
    sandbox.faults.add(faults.unknown_token(), method="sendPhoto", skip=dice.randrange(200))
    sandbox.faults.add(faults.cut_album(2), method="sendMediaGroup", skip=dice.randrange(20))
    for chat_id in dice.sample(town.of_kind("group"), 5):
        sandbox.faults.add(faults.happening(_moving(sandbox, chat_id)), chat_id=chat_id)
    for address in dice.sample(town.topics, 2):
        sandbox.faults.add(faults.happening(_dropping(sandbox, address)), chat_id=address.chat_id)


def _moving(sandbox: Sandbox, chat_id: int) -> Callable[[], object]:
    """Lets a group become a supergroup, which the bot hears only when it writes there."""
    return lambda: sandbox.moved_to(chat_id) or sandbox.migrate(chat_id, is_silent=True)


def _dropping(sandbox: Sandbox, address: Address) -> Callable[[], object]:
    return lambda: sandbox.delete_topic(address.chat_id, address.thread_id)


async def kill_again_and_again(scene: Torment, dice: random.Random) -> None:
    """Kill as often as is told, each time somewhere between the start of a bot and the end of its share of the work."""
    work = CHATS + 2 * ROUNDUPS
    for lives_left in range(KILLS, 0, -1):
        life, before = await scene.bear(), scene.arrivals
        share = max(work - before, 0) // lives_left
        if dice.random() < 0.1:  # while it starts, or opens what is due
            await scene.sandbox.wait(lambda: False, timeout_s=dice.uniform(0, 1.5))
        else:
            await scene.arrive(before + dice.randint(1, max(2 * share, 2)), life)
            await scene.sandbox.wait(lambda: False, timeout_s=dice.uniform(0, 0.1))
        await scene.kill(life)
        await scene.pass_time(timedelta(minutes=5))


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("kind", "seed"),
    [
        pytest.param(kind, seed, marks=pytest.mark.slow if seed == 0 and kind == "sqlite" else pytest.mark.torture)
        for kind in ("sqlite", "postgresql")
        for seed in range(10)
    ],
)
async def test_killed_again_and_again_everybody_gets_it_at_most_once_and_nobody_is_forgotten(
    drawn: Database,
    bots: Nursery,
    due_papers: Path,
    tmp_path: Path,
    seed: int,
    kind: str,
    record_property: Callable[[str, object], None],
) -> None:
    dice = random.Random(seed)
    async with torment(
        drawn, bots, folder=tmp_path, size=CHATS, roundups=ROUNDUPS, content=due_papers, rate=RATE
    ) as scene:
        scatter(scene.sandbox, scene.town, dice)
        await kill_again_and_again(scene, dice)
        await scene.rest()
        verdict = judge(await rows_of(drawn), scene.sandbox, reasons=REASONS, wanted=scene.town.wishes)
    hidden = sum(strike.fault.hides_delivery for strike in scene.sandbox.faults.strikes)
    record_property(
        "torture",
        f"{kind}, seed {seed}: {len(scene.held)} kills, {len(scene.town.houses)} chats, "
        f"{verdict.states[DeliveryState.SENT]} sent, {verdict.states[DeliveryState.FAILED]} refused, "
        f"{verdict.killed} in doubt after a kill (at most {max(scene.held)} of one, {sum(scene.held)} under way), "
        f"{verdict.unanswered} after a lost answer ({hidden} lost), {verdict.came} of these had come, "
        f"{len(verdict.lost)} lost, {len(verdict.repeated)} repeated",
    )
    assert verdict.repeated == []
    assert verdict.lost == []
    assert sum(held > 0 for held in scene.held) >= len(scene.held) / 3  # else nobody was hit where it hurts
    assert max(scene.held) <= in_flight_at(RATE)
    assert verdict.killed <= sum(scene.held)
    assert verdict.unanswered <= hidden
