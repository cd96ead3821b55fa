"""Owns the controls that the sandbox's page shows: they run the same code as the schedule."""

from collections.abc import Awaitable, Callable

from bot.app.rooms import Rooms
from bot.errors import NothingToPublish
from bot.model.edition import EditionKind
from bot.publishing.publisher import Publisher
from bot.sandbox import Control
from bot.wording.dates import month_name


def sandbox_controls(rooms: Rooms, publisher: Callable[[], Publisher]) -> list[Control]:
    """What a person at the sandbox may set off.

    Args:
        publisher: Asked when a control is pressed; the sandbox has to run before the publisher can be built.
    """

    async def send_week() -> str:
        return " ".join(await publisher().publish_now(EditionKind.WEEKLY))

    async def send_month() -> str:
        try:
            return " ".join(await publisher().publish_now(EditionKind.ROUNDUP))
        except NothingToPublish as error:
            months = await rooms.library.months()
            hint = f" The newest month with entries is {month_name(months[-1])}; the next button sends it."
            raise NothingToPublish(f"{error}{hint if months else ''}") from None

    async def send_newest_month() -> str:
        newest = (await rooms.library.months())[-1]
        return " ".join(await publisher().publish_now(EditionKind.ROUNDUP, slot=str(newest)))

    labelled: list[tuple[str, Callable[[], Awaitable[str]]]] = [
        ("Send this week's pick now", send_week),
        ("Send this month's roundup now", send_month),
        ("Send the newest roundup now", send_newest_month),
    ]
    return [Control(label, action) for label, action in labelled]
