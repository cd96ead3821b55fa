"""Owns getUpdates, by which the bot asks what happened."""

from bot.sandbox.answers import Json, conflict, stricter
from bot.sandbox.api.call import Call
from bot.sandbox.schema.schema import read_schema
from bot.sandbox.world.updates import LONG_POLL_MAX_S, Wish
from bot.sandbox.world.world import World

LIMIT = range(1, 101)  # source: core.telegram.org/bots/api#getupdates


async def get_updates(world: World, call: Call) -> list[Json]:
    """Hand out updates, waiting for them if asked to."""
    if world.webhook.address:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    limit, timeout_s = call.integer("limit", 100), call.integer("timeout")
    if limit not in LIMIT:
        raise stricter(f"limit must be {LIMIT[0]} to {LIMIT[-1]}; Telegram would take the nearest")
    if not 0 <= timeout_s <= LONG_POLL_MAX_S:
        raise stricter(f"timeout must be 0 to {LONG_POLL_MAX_S} s; Telegram would take the nearest")
    wish = Wish(offset=call.integer("offset"), limit=limit, timeout_s=timeout_s, allowed=read_allowed(call))
    return await world.updates.poll(wish)


async def leave_server(world: World, call: Call) -> bool:
    """Refuse logOut and close: there is no other server to go to."""
    raise stricter("it has no other server the bot could move to")


def read_allowed(call: Call) -> list[str] | None:
    """Read which kinds of updates are wanted; None when the call says nothing of it.

    Raises:
        Refusal: There is no such kind.
    """
    if not call.has("allowed_updates"):
        return None
    allowed = [str(kind) for kind in call.items("allowed_updates")]
    for unknown in sorted(set(allowed) - read_schema().updates):
        raise stricter(f"there are no updates of kind {unknown!r}, which would be ignored")
    return allowed
