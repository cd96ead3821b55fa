"""Owns publishing by hand from the command line."""

from bot import chat
from bot.app.rooms import open_post, open_rooms, signed_in
from bot.app.signals import on_stop_signal
from bot.errors import SettingError
from bot.model.edition import EditionKind
from bot.settings import Settings


async def publish_now(settings: Settings, kind: str, *, slot: str | None) -> list[str]:
    """Send an edition over Telegram and say what became of it.

    Raises:
        SettingError: There is no token, or Telegram does not know it.
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
