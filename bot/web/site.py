"""Owns what is where on our web server."""

from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.routing import Route

from bot.web.health import Look, health
from bot.web.webhook import Receive, webhook


@dataclass(frozen=True, slots=True)
class Ports:
    """What the rest of the program does for the web.

    Attributes:
        receive: Takes an update.
        look: Says how we are.
    """

    receive: Receive
    look: Look


def site(ports: Ports, *, hook: str, secret: str) -> Starlette:
    """Build the app.

    Args:
        hook: The path at which Telegram posts updates, with a slash at its start.
        secret: What Telegram says to prove that it is Telegram.
    """
    return Starlette(
        routes=[
            Route(hook, webhook(ports.receive, secret), methods=["POST"]),
            Route("/health", health(ports.look), methods=["GET"]),
        ]
    )
