"""Owns parsing XML from outside: no entities, no network, no trees without end."""

from lxml import etree

from bot.errors import SourceBusy


def parse(content: bytes, *, what: str) -> etree._Element:
    """Parse an answer.

    Args:
        what: Whose answer, for messages: ``arXiv's API``.

    Raises:
        SourceBusy: It is no XML: servers that are overloaded send pages and halves.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        if b"<!DOCTYPE" in content:
            raise ValueError("a document type, which none of these answers has")
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceBusy(f"{what} sent an answer that cannot be read; try again later.") from error


def text_of(element: etree._Element, path: str, namespaces: dict[str, str]) -> str:
    """The text of the first element at *path*; empty where there is none."""
    found = element.find(path, namespaces)
    return "" if found is None else "".join(str(part) for part in found.itertext())
