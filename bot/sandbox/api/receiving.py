"""Owns the methods by which the bot hears what happened."""

from bot.sandbox.answers import Json, bad_request
from bot.sandbox.api.call import Call
from bot.sandbox.world.updates import Wish
from bot.sandbox.world.world import World


async def get_updates(world: World, call: Call) -> list[Json]:
    """Hand out updates, waiting for them if asked to."""
    allowed = call.items("allowed_updates") if call.has("allowed_updates") else None
    wish = Wish(
        offset=call.integer("offset"),
        limit=call.integer("limit", 100),
        timeout_s=call.integer("timeout"),
        allowed=None if allowed is None else [str(kind) for kind in allowed],
    )
    return await world.updates.poll(wish)


async def set_webhook(world: World, call: Call) -> bool:
    """Refuse a webhook, but take an empty one as its removal."""
    if call.has("url"):
        raise bad_request("bad webhook: the sandbox hands out updates by getUpdates only")
    return await delete_webhook(world, call)


async def delete_webhook(world: World, call: Call) -> bool:
    """Agree that there is no webhook."""
    if call.flag("drop_pending_updates"):
        world.updates.drop()
    return True


async def get_webhook_info(world: World, call: Call) -> Json:
    """Tell that there is no webhook."""
    waiting = {"url": "", "has_custom_certificate": False, "pending_update_count": world.updates.waiting}
    return waiting | ({"allowed_updates": sorted(world.updates.allowed)} if world.updates.allowed else {})


async def leave_server(world: World, call: Call) -> bool:
    """Agree to logOut and close, which mean nothing here."""
    return True
