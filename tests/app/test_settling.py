"""Deliveries in doubt on the command line."""

import pytest

from bot.__main__ import main
from bot.app.settling import SettlingDesk
from bot.chat import Services
from bot.errors import NotFound
from bot.model.address import Address
from bot.model.edition import DeliveryState, EditionState
from bot.store.database import Database
from tests.chat.conftest import services_over
from tests.chat.doubtful import let, out, states
from tests.databases import every_kind as kind  # noqa: F401  # a fixture

CHATS = [Address(-1), Address(-2, 7), Address(-3)]
TITLE = "ConViT: Improving Vision Transformers with Soft Convolutional Inductive Biases"


@pytest.fixture
async def services(catalogue: Database) -> Services:
    return await services_over(catalogue)


@pytest.fixture
async def desk(services: Services) -> SettlingDesk:
    return SettlingDesk(services.settling)


async def lines(desk: SettlingDesk, *words: str, slot: str | None = None, is_all: bool = False) -> list[str]:
    change, *what = words or (None,)
    return list((await desk.obey(change, [str(one) for one in what], slot=slot, is_all=is_all)).lines)


async def test_what_is_in_doubt_is_listed_by_edition(services: Services, desk: SettlingDesk) -> None:
    assert await lines(desk) == ["Nothing is in doubt."]
    await out(services, CHATS, error="the answer was lost")
    await out(services, CHATS[:1], slot="2021-02", parts=2, missing=[0, 2], error="the program stopped while sending")
    assert await lines(desk) == [
        "ML-Collage 2021-02, 3 papers: 1 chat may or may not have received it",
        "      4  2026-11-20 11:50 UTC  Chat -1 (-1)  the program stopped while sending"
        "  (pictures that surely did not arrive: 1, 3)",
        "      5  2026-11-20 11:50 UTC  Chat -1 (-1, message 2)  the program stopped while sending"
        "  (pictures that surely did not arrive: 1, 3)",
        f"ML-Collage 2026-W47, “{TITLE}”: 3 chats may or may not have received it",
        "      3  2026-11-20 11:50 UTC  Chat -3 (-3)  the answer was lost",
        "      2  2026-11-20 11:50 UTC  Chat -2 (-2, topic 7)  the answer was lost",
        "      1  2026-11-20 11:50 UTC  Chat -1 (-1)  the answer was lost",
    ]
    assert len(await lines(desk, slot="2026-W47")) == 4


@pytest.mark.parametrize(
    ("verb", "state", "says"),
    [
        ("settle", "sent", "2 deliveries are written down as arrived."),
        ("leave", "failed", "2 deliveries are written down as not arrived; nothing more is sent."),
        (
            "resend",
            "pending",
            "2 deliveries are written down to be sent again; the running bot does so at its next tick,"
            " within half a minute.",
        ),
    ],
)
async def test_some_are_settled_by_their_ids(
    services: Services, desk: SettlingDesk, verb: str, state: str, says: str
) -> None:
    await out(services, CHATS)
    assert await lines(desk, verb, "1", "3") == [says]
    assert await states(services) == [state, "in_doubt", state]


async def test_all_are_settled_or_all_of_one_edition(services: Services, desk: SettlingDesk) -> None:
    await out(services, CHATS)
    await out(services, CHATS[:1], slot="2026-W48")
    assert await lines(desk, "settle", is_all=True, slot="2026-W48") == ["1 delivery is written down as arrived."]
    assert await states(services) == ["in_doubt"] * 3 + ["sent"]
    await lines(desk, "settle", is_all=True)
    assert await states(services) == ["sent"] * 4


async def test_what_is_not_in_doubt_is_told_and_is_not_fine(services: Services, desk: SettlingDesk) -> None:
    await out(services, CHATS)
    said = await desk.obey("resend", ["2", "99"], slot=None, is_all=False)
    assert (said.lines[1], said.is_fine) == ("1 other is not in doubt and stays as it was.", False)
    again = await desk.obey("resend", ["2"], slot=None, is_all=False)
    assert (again.lines, again.is_fine) == (["Nothing of that is in doubt."], False)


async def test_an_edition_is_shown_chat_by_chat(services: Services, desk: SettlingDesk) -> None:
    edition = await out(services, CHATS[:1], state=DeliveryState.PENDING, error="Can't parse entities")
    await let(services, edition.id, state=EditionState.HELD, reason="Can't parse entities")
    assert await lines(desk, "show", "2026-W47") == [
        f"ML-Collage 2026-W47, “{TITLE}”: 1 pending (held: Can't parse entities)",
        "      1  pending   Chat -1 (-1)  Can't parse entities",
    ]


@pytest.mark.parametrize(
    ("words", "is_all"),
    [
        (("settle",), False),
        (("settle", "1"), True),
        (("settle", "x"), False),
        (("settle", "-1"), False),
        (("show",), False),
        (("show", "a", "b"), False),
        (("show", "2026-W99"), False),
    ],
)
async def test_what_is_not_said_whole_changes_nothing(
    services: Services, desk: SettlingDesk, words: tuple[str, ...], is_all: bool
) -> None:
    await out(services, CHATS)
    with pytest.raises(NotFound):
        await lines(desk, *words, is_all=is_all)
    assert await states(services) == ["in_doubt"] * 3


def test_the_command_ends_as_it_went(
    catalogue_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", catalogue_url)
    assert main(["deliveries"]) == 0
    assert capsys.readouterr().out == "Nothing is in doubt.\n"
    assert main(["deliveries", "settle", "7"]) == 1
    assert main(["deliveries", "settle", "--all"]) == 0
    assert main(["deliveries", "show", "2026-W99"]) == 1
    assert "There is no edition 2026-W99" in capsys.readouterr().err
