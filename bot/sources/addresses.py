"""Owns where the sources are, and how each thing in them is addressed."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin, urlsplit

from bot.model.arxiv_id import ArxivId


@dataclass(frozen=True, slots=True)
class Addresses:
    """Base addresses, without a slash at their ends."""

    arxiv: str = "https://arxiv.org"
    arxiv_api: str = "https://export.arxiv.org/api/query"
    arxiv_oai: str = "https://oaipmh.arxiv.org/oai"
    hugging_face: str = "https://huggingface.co"
    semantic_scholar: str = "https://api.semanticscholar.org"

    @property
    def hosts(self) -> frozenset[str]:
        """Those that may be asked, with their ports where these are not usual."""
        bases = (self.arxiv, self.arxiv_api, self.arxiv_oai, self.hugging_face, self.semantic_scholar)
        named = {urlsplit(base).netloc.lower() for base in bases}
        return frozenset(named | {f"www.{host}" for host in named})

    def metadata(self, arxiv_id: ArxivId, version: int | None) -> str:
        """The API's answer for one paper."""
        asked = {"id_list": f"{arxiv_id}{_version(version)}", "max_results": 1}
        return f"{self.arxiv_api}?{urlencode(asked, safe='/')}"

    def licence(self, arxiv_id: ArxivId) -> str:
        """The OAI-PMH record, which knows the licence of the newest version."""
        asked = {"verb": "GetRecord", "identifier": f"oai:arXiv.org:{arxiv_id}", "metadataPrefix": "arXiv"}
        return f"{self.arxiv_oai}?{urlencode(asked, safe=':/')}"

    def abstract_page(self, arxiv_id: ArxivId, version: int) -> str:
        """The page for people, which names the licence of its version."""
        return f"{self.arxiv}/abs/{arxiv_id}{_version(version)}"

    def eprint(self, arxiv_id: ArxivId, version: int) -> str:
        """The authors' own files."""
        return f"{self.arxiv}/src/{arxiv_id}{_version(version)}"

    def page(self, arxiv_id: ArxivId, version: int) -> str:
        """The paper as LaTeXML set it."""
        return f"{self.arxiv}/html/{arxiv_id}{_version(version)}"

    def pdf(self, arxiv_id: ArxivId, version: int) -> str:
        """The paper as everybody reads it."""
        return f"{self.arxiv}/pdf/{arxiv_id}{_version(version)}"

    def image(self, arxiv_id: ArxivId, version: int, name: str) -> str | None:
        """An image of the page; None where *name* leads out of the page's own folder.

        Args:
            name: As the page calls it: ``x1.png``, ``2103.10697v2/figures/x1.png``.
        """
        folder = self.page(arxiv_id, version) + "/"
        stem = f"{arxiv_id}{_version(version)}/"
        try:
            inside = urlsplit(name).path if name.startswith(folder) else name
            address = urljoin(folder, quote(inside.removeprefix(stem), safe="/%:?#"))
        except ValueError:
            return None
        is_plain = not set(address) & set("?#\\") and "%2e" not in address.lower() and "%2f" not in address.lower()
        is_inside = address.startswith(folder) and address != folder and ".." not in address
        return address if is_plain and is_inside else None

    def daily(self, period: str, *, limit: int) -> str:
        """Hugging Face's list of a day (``2026-06-12``), a week (``2026-W24``) or a month (``2026-06``)."""
        name = "week" if "W" in period else "month" if period.count("-") == 1 else "date"
        return f"{self.hugging_face}/api/daily_papers?{urlencode({name: period, 'limit': limit})}"

    def mention(self, arxiv_id: ArxivId) -> str:
        """What Hugging Face says of one paper."""
        return f"{self.hugging_face}/api/papers/{arxiv_id}"

    def reception(self, arxiv_id: ArxivId | None, *, fields: str) -> str:
        """What Semantic Scholar says of one paper; of several, posted, where there is none."""
        which = f"ARXIV:{arxiv_id}" if arxiv_id else "batch"
        return f"{self.semantic_scholar}/graph/v1/paper/{which}?{urlencode({'fields': fields}, safe=',')}"


def _version(version: int | None) -> str:
    return f"v{version}" if version else ""
