from datetime import UTC, datetime

import pytest

from bot.model.edition import DeliveryState, EditionKind, EditionState
from bot.model.subscription import Objection
from bot.publishing.standing import Became, Fate, became
from bot.store.history import Past, PastPart

SENT, DOUBT = DeliveryState.SENT, DeliveryState.IN_DOUBT
FAILED, SKIPPED, PENDING = DeliveryState.FAILED, DeliveryState.SKIPPED, DeliveryState.PENDING


def past(*parts: PastPart, edition: EditionState = EditionState.OPEN) -> Past:
    return Past(1, edition, "ml-collage", EditionKind.ROUNDUP, datetime(2026, 11, 30, 18, tzinfo=UTC), parts)


def part(state: DeliveryState, error: str | None = None, *, attempts: int = 1, by_hand: bool = False) -> PastPart:
    return PastPart(state, error, attempts, by_hand)


def test_the_worst_of_its_messages_is_what_became_of_an_edition() -> None:
    assert became(past(part(SENT), part(SENT))) == Became(Fate.ARRIVED, None, arrived=2, parts=2)
    assert became(past(part(SENT), part(DOUBT, "lost"))) == Became(Fate.IN_DOUBT, None, arrived=1, parts=2)
    assert became(past(part(FAILED, "no"), part(SKIPPED))) == Became(Fate.FAILED, "no", arrived=0, parts=2)
    assert became(past(part(FAILED, "no"), part(DOUBT))).fate is Fate.IN_DOUBT


@pytest.mark.parametrize(
    ("one", "fate"),
    [
        (part(PENDING, attempts=0), Fate.ON_ITS_WAY),
        (part(PENDING), Fate.TRYING),
        (part(DeliveryState.SENDING), Fate.ON_ITS_WAY),
        (part(FAILED, "no", by_hand=True), Fate.LEFT),
        (part(SENT, by_hand=True), Fate.ARRIVED),
        (part(SKIPPED, "left", by_hand=True), Fate.LEFT),
        (part(SKIPPED, "whatever a later version says"), Fate.UNWANTED),
        *(
            (part(SKIPPED, it), fate)
            for it, fate in ((Objection.PAUSED, Fate.PAUSED), (Objection.TOO_LATE, Fate.TOO_LATE))
        ),
    ],
)
def test_each_state_has_its_fate(one: PastPart, fate: Fate) -> None:
    assert became(past(one)).fate is fate


def test_what_was_skipped_without_a_reason_does_not_belittle_what_arrived() -> None:
    assert became(past(part(SENT), part(SKIPPED))) == Became(Fate.ARRIVED, None, arrived=1, parts=1)
    assert became(past(part(SENT), part(SKIPPED, Objection.TOO_LATE))).fate is Fate.TOO_LATE
    assert became(past(part(SKIPPED), part(SKIPPED))).fate is Fate.UNWANTED


def test_what_waits_in_a_held_edition_is_held_and_what_arrived_before_has_arrived() -> None:
    held = became(past(part(SENT), part(PENDING, "no"), edition=EditionState.HELD))
    assert (held.fate, held.arrived) == (Fate.HELD, 1)
