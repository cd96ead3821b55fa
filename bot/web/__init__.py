"""The web: what the outside may ask of us over HTTP."""

from bot.web.site import Ports, site

__all__ = ["Ports", "site"]
