"""Owns reading under which licence a paper lies: from OAI-PMH, or from the abstract page of one version."""

import lxml.html
from lxml import etree

from bot.errors import NoSuchPaper, SourceBusy
from bot.model.arxiv_id import ArxivId
from bot.model.licence import UNKNOWN_LICENCE, Licence
from bot.sources.arxiv.xml import parse, text_of

_OAI = "arXiv's OAI-PMH"
_NAMES = {"oai": "http://www.openarchives.org/OAI/2.0/"}
_UNKNOWN_ID = frozenset({"idDoesNotExist", "badArgument"})


def read_oai(content: bytes, arxiv_id: ArxivId) -> Licence:
    """Read an answer to ``GetRecord`` with ``metadataPrefix=arXiv``: the licence of the newest version.

    Raises:
        NoSuchPaper: arXiv has no such paper, or has deleted it.
        SourceBusy: The answer is none.

    Source: https://info.arxiv.org/help/oa/index.html
    """
    root = parse(content, what=_OAI)
    if (error := root.find(".//oai:error", _NAMES)) is not None:
        if error.get("code") in _UNKNOWN_ID:
            raise NoSuchPaper(f"arXiv has no paper {arxiv_id}; check the link.")
        raise SourceBusy(f"{_OAI} could not answer; try again later.")
    header = root.find(".//oai:header", _NAMES)
    if header is not None and header.get("status") == "deleted":
        raise NoSuchPaper(f"arXiv has deleted {arxiv_id}; choose another paper.")
    identifier = text_of(root, ".//oai:header/oai:identifier", _NAMES).strip()
    if header is not None and identifier.removeprefix("oai:arXiv.org:") != str(arxiv_id):
        raise SourceBusy(f"{_OAI} answered for another paper; try again later.")
    return Licence.read(_licence(root))


def read_abs(content: bytes) -> Licence:
    """Read the licence off the abstract page of a version; unknown where the page does not say."""
    try:
        page = lxml.html.document_fromstring(content, parser=lxml.html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return UNKNOWN_LICENCE
    links = page.xpath("//*[contains(concat(' ', @class, ' '), ' abs-license ')]//a/@href")
    return Licence.read(str(links[0])) if isinstance(links, list) and links else UNKNOWN_LICENCE


def _licence(root: etree._Element) -> str:
    """What stands in ``<license>``, in whatever namespace: older servers left the format's own out."""
    return next(("".join(str(part) for part in found.itertext()) for found in root.iter("{*}license")), "")
