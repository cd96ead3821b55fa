"""Owns a server on this machine that plays arXiv and the other indexes, with everything that can go wrong with them.

It gives away the papers that it is handed, in the forms of 2026: Atom, OAI-PMH, e-prints, LaTeXML pages, PDFs, and what
Hugging Face and Semantic Scholar say of them::

    async with serving({"2103.10697": Served(record, eprint=content)}) as server:
        sources = Sources(server.addresses, ...)
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.model.arxiv_id import ArxivId
from bot.model.licence import Licence
from bot.model.manuscript import Record
from bot.sandbox.serve import serve
from bot.sources.addresses import Addresses
from tests.sources.answers import abstract_page, error_feed, feed, oai_error, oai_record
from tests.sources.faults import Fault, nothing, wrong

Answer = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Served:
    """A paper that the server has.

    Attributes:
        record: With its newest version and its licence.
        page: The LaTeXML page and its images by name.
        oldest_licence: Of the versions before the newest; None: the same.
        mention, reception: Fields of Hugging Face's and Semantic Scholar's answers; None: they do not know it.
    """

    record: Record
    eprint: bytes | None = None
    page: tuple[str, Mapping[str, bytes]] | None = None
    pdf: bytes | None = None
    oldest_licence: Licence | None = None
    mention: Mapping[str, object] | None = None
    reception: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that came in.

    Attributes:
        began, ended: Seconds on the loop's clock.
    """

    endpoint: str
    target: str
    agent: str
    began: float
    ended: float


@dataclass(slots=True)
class PaperServer:
    """The server, while it runs.

    Attributes:
        faults: By endpoint (``api``, ``oai``, ``abs``, ``src``, ``html``, ``image``, ``pdf``, ``daily``, ``mention``,
            ``scholar``): what goes wrong with the next answers, one after the other.
        always: By endpoint: what goes wrong with every answer.
        answers: By endpoint: a recorded body that is sent instead of one made here.
    """

    papers: dict[str, Served]
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    always: dict[str, Fault] = field(default_factory=dict)
    answers: dict[str, bytes] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""

    @property
    def addresses(self) -> Addresses:
        """What a client is given."""
        return Addresses(self.url, f"{self.url}/api/query", f"{self.url}/oai", self.url, self.url)

    def times(self, endpoint: str) -> int:
        """How often *endpoint* was asked."""
        return sum(asked.endpoint == endpoint for asked in self.asked)

    def app(self) -> Starlette:
        """What answers."""
        routes = {
            "/api/query": ("api", self._api),
            "/oai": ("oai", self._oai),
            "/abs/{name:path}": ("abs", self._abs),
            "/src/{name:path}": ("src", self._src),
            "/pdf/{name:path}": ("pdf", self._pdf),
            "/html/{name:path}": ("html", self._html),
            "/api/daily_papers": ("daily", self._daily),
            "/api/papers/{name:path}": ("mention", self._mention),
            "/graph/v1/paper/batch": ("scholar", self._scholar_batch),
            "/graph/v1/paper/{name:path}": ("scholar", self._scholar),
        }
        return Starlette(
            routes=[Route(path, self._endpoint(*said), methods=["GET", "POST"]) for path, said in routes.items()]
        )

    def _endpoint(self, endpoint: str, make: Answer) -> Answer:
        async def answer(request: Request) -> Response:
            name = "image" if endpoint == "html" and request.path_params["name"].endswith(_IMAGES) else endpoint
            now = asyncio.get_running_loop().time
            began = now()
            try:
                if fault := self._fault(name):
                    return wrong(fault, request.url.path)
                if name in self.answers:
                    return Response(self.answers[name], media_type=_TYPES[name])
                return await make(request)
            finally:
                target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
                self.asked.append(Asked(name, target, request.headers.get("user-agent", ""), began, now()))

        return answer

    def _fault(self, endpoint: str) -> Fault | None:
        waiting = self.faults.get(endpoint)
        return waiting.pop(0) if waiting else self.always.get(endpoint)

    def _found(self, name: str) -> tuple[Served, int] | None:
        """The paper of that name, and the version that was asked for."""
        found = ArxivId.find_versioned(name)
        served = self.papers.get(str(found[0])) if found else None
        if found is None or served is None:
            return None
        newest = served.record.paper.version or 1
        return (served, found[1] or newest) if (found[1] or newest) <= newest else None

    async def _api(self, request: Request) -> Response:
        names = request.query_params.get("id_list", "").split(",")
        if bad := next((name for name in names if ArxivId.find(name) is None), None):
            return Response(error_feed(f"incorrect id format for {bad}"), 400, media_type=_TYPES["api"])
        found = [hit for name in names if (hit := self._found(name))]
        return Response(feed([(served.record, version) for served, version in found]), media_type=_TYPES["api"])

    async def _oai(self, request: Request) -> Response:
        identifier = request.query_params.get("identifier", "")
        served = self.papers.get(identifier.removeprefix("oai:arXiv.org:"))
        said = oai_record(served.record) if served else oai_error("idDoesNotExist")
        return Response(said, media_type=_TYPES["oai"])

    async def _abs(self, request: Request) -> Response:
        if (found := self._found(request.path_params["name"])) is None:
            return nothing()
        served, version = found
        is_newest = version == (served.record.paper.version or 1)
        licence = served.record.paper.licence if is_newest else served.oldest_licence or served.record.paper.licence
        return Response(abstract_page(licence), media_type=_TYPES["abs"])

    async def _src(self, request: Request) -> Response:
        found = self._found(request.path_params["name"])
        if found is None or found[0].eprint is None:
            return nothing()
        content = found[0].eprint
        if content[:2] == b"\x1f\x8b":  # as arXiv does: the encoding is the file's
            packed = {"content-encoding": "x-gzip", "content-type": "application/x-eprint-tar"}
            return Response(content, headers=packed)
        return Response(content, media_type="application/pdf" if content[:4] == b"%PDF" else "application/x-eprint")

    async def _pdf(self, request: Request) -> Response:
        found = self._found(request.path_params["name"])
        if found is None or found[0].pdf is None:
            return nothing()
        return Response(found[0].pdf, media_type="application/pdf")

    async def _html(self, request: Request) -> Response:
        name, _, image = request.path_params["name"].partition("/")
        if not name[:1].isdigit():  # an old id has a slash of its own
            rest, _, image = image.partition("/")
            name = f"{name}/{rest}"
        found = self._found(name)
        if found is None or found[0].page is None:
            return nothing()
        page, images = found[0].page
        if not image:
            return Response(page, media_type=_TYPES["html"])
        return Response(images[image], media_type=_image_type(image)) if image in images else nothing()

    async def _daily(self, request: Request) -> Response:
        rows = [{"paper": _mentioned(name, paper)} for name, paper in self.papers.items() if paper.mention is not None]
        return Response(json.dumps(rows), media_type="application/json")

    async def _mention(self, request: Request) -> Response:
        name = request.path_params["name"]
        served = self.papers.get(name)
        if served is None or served.mention is None:
            return Response('{"error":"Paper not found"}', 404, media_type="application/json")
        return Response(json.dumps(_mentioned(name, served)), media_type="application/json")

    async def _scholar(self, request: Request) -> Response:
        served = self.papers.get(request.path_params["name"].removeprefix("ARXIV:"))
        if served is None or served.reception is None:
            return Response('{"error":"Paper not found"}', 404, media_type="application/json")
        return Response(
            json.dumps({"title": served.record.paper.title, **served.reception}), media_type="application/json"
        )

    async def _scholar_batch(self, request: Request) -> Response:
        names = [name.removeprefix("ARXIV:") for name in (await request.json())["ids"]]
        rows = [dict(self.papers[name].reception or {}) or None if name in self.papers else None for name in names]
        return Response(json.dumps(rows), media_type="application/json")


@contextlib.asynccontextmanager
async def serving(papers: Mapping[str, Served]) -> AsyncIterator[PaperServer]:
    """Run the server inside the block, on a free port of this machine."""
    server = PaperServer(dict(papers))
    async with serve(server.app()) as url:
        server.url = url
        yield server


_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg")
_TYPES = {
    "api": "application/atom+xml",
    "oai": "text/xml",
    "abs": "text/html",
    "html": "text/html",
    "src": "application/gzip",
    "pdf": "application/pdf",
    "image": "image/png",
    "daily": "application/json",
    "mention": "application/json",
    "scholar": "application/json",
}


def _mentioned(name: str, served: Served) -> dict[str, object]:
    return {"id": name, "title": served.record.paper.title, "summary": served.record.abstract, **(served.mention or {})}


def _image_type(name: str) -> str:
    return (
        "image/svg+xml" if name.endswith(".svg") else "image/jpeg" if name.endswith((".jpg", ".jpeg")) else "image/png"
    )
