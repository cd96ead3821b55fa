"""Owns the controls that the sandbox's page shows: they run the same code as the schedule."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.app.rooms import Post, Rooms
from bot.errors import NothingToPublish
from bot.model.edition import EditionKind
from bot.sandbox import Control
from bot.wording.dates import moment_name, month_name


def sandbox_controls(rooms: Rooms, post: Callable[[], Post]) -> list[Control]:
    """What a person at the sandbox may set off.

    Args:
        post: Asked when a control is pressed; the sandbox has to run before the post can be built.
    """

    async def send_week() -> str:
        return " ".join(await post().publisher.publish_now(EditionKind.WEEKLY))

    async def send_month() -> str:
        try:
            return " ".join(await post().publisher.publish_now(EditionKind.ROUNDUP))
        except NothingToPublish as error:
            months = await rooms.library.months()
            if not months:
                raise
            instead = await post().publisher.publish_now(EditionKind.ROUNDUP, slot=str(months[-1]))
            return f"{error} The newest one instead, {month_name(months[-1])}. {' '.join(instead)}"

    async def pass_a_week() -> str:
        await post().publisher.catch_up()  # what is due before the week passes goes out first
        post().clock.advance(timedelta(weeks=1))
        said = await post().publisher.catch_up()
        moment = moment_name(post().clock(), "UTC")
        return f"For the bot it is now {moment}. {' '.join(said) or 'Nothing was due.'}"

    labelled: list[tuple[str, Callable[[], Awaitable[str]]]] = [
        ("Send this week's pick now", send_week),
        ("Send this month's roundup now", send_month),
        ("Let a week pass", pass_a_week),
    ]
    return [Control(label, action) for label, action in labelled]
