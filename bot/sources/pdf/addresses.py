"""Owns the web addresses that a page links to."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from bot.sources.pdf.page import Address
from bot.sources.pdf.plane import Plane

_MOST = 500  # links of a page
_LONGEST = 400  # bytes of an address


def read_addresses(document: Any, page: Any, plane: Plane) -> tuple[Address, ...]:
    """Read where the links of *page* lead, as far as that is the web."""
    found: list[Address] = []
    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    for _ in range(_MOST):
        if not pdfium.FPDFLink_Enumerate(page, place, link):
            break
        action, corners = pdfium.FPDFLink_GetAction(link), pdfium.FS_RECTF()
        url = _url(document, action) if action else ""
        if url and pdfium.FPDFLink_GetAnnotRect(link, corners):
            found.append(Address(url, plane.box(corners.left, corners.bottom, corners.right, corners.top)))
    return tuple(found)


def _url(document: Any, action: Any) -> str:
    if pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    written = ctypes.create_string_buffer(_LONGEST)
    length = pdfium.FPDFAction_GetURIPath(document, action, written, _LONGEST)
    return written.value.decode("ascii", "ignore") if 0 < length <= _LONGEST else ""
