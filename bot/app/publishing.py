"""Owns publishing by hand from the command line."""

from collections.abc import Sequence

from bot import chat
from bot.app.queueing import AT_THE_LAPTOP
from bot.app.rooms import open_post, open_rooms, signed_in
from bot.app.signals import on_stop_signal
from bot.errors import NothingToPublish, SettingError
from bot.model.edition import Edition, EditionKind, EmptyQueue
from bot.publishing.aftermath import Aftermath
from bot.publishing.calendar import parse_slot
from bot.settings import Settings


async def publish_now(settings: Settings, kind: str, *, slot: str | None) -> list[str]:
    """Send an edition over Telegram and say what became of it.

    Raises:
        SettingError: There is no token, or Telegram does not know it.
        MayBeOut: The current slot may have gone out before the database was restored.
        NothingToPublish: Nothing is there to send.
    """
    if settings.token is None:
        raise SettingError("TELEGRAM_BOT_TOKEN is not set. In the sandbox (`make run`) the page has buttons for this.")
    chat.redact_logs(settings.token)
    async with (
        open_rooms(settings) as rooms,
        open_post(rooms, settings, token=settings.token, api_url=settings.telegram_api_url) as post,
        signed_in(post),
    ):
        with on_stop_signal(post.dispatcher.stop):
            return await post.publisher.publish_now(EditionKind(kind), slot=slot)


async def record_as_sent(settings: Settings, kind: str, *, slot: str | None) -> list[str]:
    """Record what is held since the database came back from a backup as sent, and say so of each edition.

    Args:
        slot: Without it, whatever is held of that kind. One that is not open yet was sent by hand before its moment.

    Raises:
        SettingError: There is no token.
        NothingToPublish: Nothing of that kind and slot is held, or there is no such slot.
    """
    if settings.token is None:
        raise SettingError("TELEGRAM_BOT_TOKEN is not set; set it as for `run`.")
    chat.redact_logs(settings.token)
    async with (
        open_rooms(settings) as rooms,
        open_post(rooms, settings, token=settings.token, api_url=settings.telegram_api_url) as post,
    ):
        await post.publisher.begin()
        assert post.services.aftermath is not None  # whoever publishes has one
        recorded = await _recorded(post.services.aftermath, EditionKind(kind), slot, settings.empty_queue)
    if not recorded:
        raise NothingToPublish(f"No {kind} edition{f' {slot}' if slot else ''} is held, or not open yet.")
    return [f"{each.series.name} {each.slot} is recorded as sent." for each in recorded]


async def _recorded(
    aftermath: Aftermath, kind: EditionKind, slot: str | None, empty_queue: EmptyQueue
) -> Sequence[Edition]:
    held = [each for each in await aftermath.held() if each.kind is kind and slot in (None, each.slot)]
    for each in held:
        await aftermath.went_out(each.id, editor=AT_THE_LAPTOP)
    if held or slot is None:
        return held
    try:
        early = parse_slot(kind, slot)
    except ValueError as error:
        raise NothingToPublish(f"No such slot: {error}.") from None
    return await aftermath.went_out_early(early, editor=AT_THE_LAPTOP, empty_queue=empty_queue)
