"""Owns the methods that set, remove and describe the webhook."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from bot.sandbox.answers import Json, bad_request, stricter
from bot.sandbox.api.call import Call
from bot.sandbox.api.receiving import read_allowed
from bot.sandbox.world.webhook import Address
from bot.sandbox.world.world import World

# Source: core.telegram.org/bots/api#setwebhook; the words are those of tdlib/telegram-bot-api, Client.cpp.
SECRET_MAX, CONNECTIONS = 256, range(1, 101)
PORTS = (80, 88, 443, 8443)


async def set_webhook(world: World, call: Call) -> bool:
    """Let updates be posted to an address of this machine; an empty address removes the webhook."""
    if not call.has("url") or not call.text("url"):
        return await delete_webhook(world, call)
    address, allowed = _read_address(call), read_allowed(call)
    if call.flag("drop_pending_updates"):
        world.updates.drop()
    if allowed is not None:
        world.updates.allow(allowed)
    world.updates.interrupt()
    world.webhook.open(address)
    return True


async def delete_webhook(world: World, call: Call) -> bool:
    """Post no more; from now on updates wait to be fetched."""
    world.webhook.close()
    if call.flag("drop_pending_updates"):
        world.updates.drop()
    return True


async def get_webhook_info(world: World, call: Call) -> Json:
    """Tell where updates go, and what went wrong with that."""
    address, failure = world.webhook.address, world.webhook.failure
    info: Json = {
        "url": address.url if address else "",
        "has_custom_certificate": False,
        "pending_update_count": world.updates.waiting,
    }
    if address:
        info["max_connections"] = address.connections
    if address and address.ip:
        info["ip_address"] = address.ip
    if address and failure:
        info |= {"last_error_date": failure.date, "last_error_message": failure.words}
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


def _read_address(call: Call) -> Address:
    url, secret, ip = call.text("url"), call.text("secret_token"), call.text("ip_address")
    _check_url(url)
    if len(secret) > SECRET_MAX:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[\w-]*", secret, re.ASCII):
        raise bad_request("secret token contains unallowed characters")
    if call.has("certificate"):
        raise stricter("it needs no certificate to reach this machine")
    if call.integer("max_connections", 40) not in CONNECTIONS:
        raise stricter("max_connections must be 1 to 100")
    if ip and not _is_address(ip):
        raise bad_request("bad webhook: Invalid IP address specified")
    return Address(url, secret, call.integer("max_connections", 40), ip)


def _check_url(url: str) -> None:
    """Take addresses of this machine, which Telegram would not reach; refuse others as Telegram does, or as ours."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), 0
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", url):
        raise bad_request("invalid webhook URL specified")
    if _is_here(parts.hostname):
        return
    if parts.scheme == "http":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    raise stricter("it posts updates to this machine only; use a loopback address like http://127.0.0.1:8443")


def _is_here(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
