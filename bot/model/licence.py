"""Owns the licence of a paper: its name, and whether its figures may be shown cropped and recoloured around."""

import re
from dataclasses import dataclass
from typing import Self

_CREATIVE_COMMONS = re.compile(
    r"(?:https?://)?(?:www\.)?creativecommons\.org/(?P<kind>licenses|publicdomain)/(?P<terms>[a-z-]+)/(?P<version>\d\.\d)\b.*"
)
_NAMED = re.compile(r"CC[ -](?P<terms>BY(?:-(?:NC|SA|ND))*)[ -](?P<version>\d\.\d)", re.IGNORECASE)
_ARXIV = re.compile(r"(?:https?://)?(?:www\.)?arxiv\.org/licenses/(?P<which>[a-z-]+)/(?P<version>\d\.\d)\b.*")
_PUBLIC_DOMAIN = {"zero": "CC0", "mark": "Public Domain Mark", "certification": "Public Domain"}


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms a paper may be used.

    Attributes:
        url: Canonical address of the terms; empty where they are unknown.

    Source: https://info.arxiv.org/help/license/index.html
    """

    url: str = ""

    @classmethod
    def read(cls, text: str | None) -> Self:
        """Read the address of a licence, or a name like ``CC BY 4.0``; anything else is unknown."""
        said = " ".join((text or "").split())
        if found := _CREATIVE_COMMONS.fullmatch(said.lower()):
            return cls(f"https://creativecommons.org/{found['kind']}/{found['terms']}/{found['version']}/")
        if found := _NAMED.fullmatch(said):
            return cls(f"https://creativecommons.org/licenses/{found['terms'].lower()}/{found['version']}/")
        if found := _ARXIV.fullmatch(said.lower()):
            return cls(f"https://arxiv.org/licenses/{found['which']}/{found['version']}/")
        return cls()

    @property
    def name(self) -> str:
        """As a credit line says it: ``CC BY 4.0``, ``CC0 1.0``, ``arXiv licence``, ``licence unknown``."""
        if found := _CREATIVE_COMMONS.fullmatch(self.url):
            is_free = found["kind"] == "publicdomain"
            terms = _PUBLIC_DOMAIN.get(found["terms"], "CC") if is_free else f"CC {found['terms'].upper()}"
            return f"{terms} {found['version']}"
        return "arXiv licence" if _ARXIV.fullmatch(self.url) else "licence unknown"

    @property
    def is_open(self) -> bool:
        """True where the figures may be adapted: Creative Commons without *ND*, or nobody's any more."""
        found = _CREATIVE_COMMONS.fullmatch(self.url)
        return found is not None and "nd" not in found["terms"].split("-")


UNKNOWN_LICENCE = Licence()
