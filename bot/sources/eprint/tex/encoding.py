"""Owns the characters of a TeX file: which encoding it has, and which characters never go further."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"\\usepackage\s*\[([\w-]{1,20})\]\s*\{inputenc\}")
# Names of the inputenc package: https://ctan.org/pkg/inputenc
_INPUTENC = {
    "latin1": "cp1252",
    "ansinew": "cp1252",
    "cp1252": "cp1252",
    "latin2": "iso8859-2",
    "latin5": "iso8859-9",
    "latin9": "iso8859-15",
    "applemac": "mac-roman",
    "cp437": "cp437",
    "cp850": "cp850",
    "cp1250": "cp1250",
    "cp1251": "cp1251",
    "koi8-r": "koi8-r",
}
# Controls, what turns the direction of writing, and private characters, some of which are ours (see `marks`).
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff"
    "\ue000-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U0010ffff]"
)


def decode(content: bytes) -> str:
    """Read *content*, whatever its encoding is; never fails.

    Returns:
        Text with ``\\n`` at the ends of lines, without control and private characters.
    """
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub("", text)


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.removeprefix(codecs.BOM_UTF8).decode(encoding, "replace")
    zeros = content[:400].count(0)
    if zeros > len(content[:400]) // 4:
        return content.decode("utf-16-be" if content[:1] == b"\0" else "utf-16-le", "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        declared = _DECLARED.search(content)
        return content.decode(
            _INPUTENC.get(declared[1].decode().lower(), "cp1252") if declared else "cp1252", "replace"
        )
