"""Owns ``\\if … \\else … \\fi``, as far as its outcome can be known without running TeX."""

import re
from dataclasses import dataclass, field

from bot.sources.eprint.limits import Deadline

_MARK = re.compile(
    r"\\newif[ \t]*\\if(?P<new>[a-zA-Z@]+)"
    r"|\\let[ \t]*\\(?P<alias>if[a-zA-Z@]+)[ \t]*=?[ \t]*\\(?P<truth>iftrue|iffalse)(?![a-zA-Z@])"
    r"|\\(?P<else>else)(?![a-zA-Z@])|\\(?P<fi>fi)(?![a-zA-Z@])"
    r"|\\(?P<if>if[a-zA-Z@]*)"
    r"|\\(?P<set>[a-zA-Z@]+?)(?P<to>true|false)(?![a-zA-Z@])"
    r"|(?P<open>\{)|(?P<close>\})|\\[\\{}]"
)
_PRIMITIVE = frozenset((
    "if", "ifcat", "ifnum", "ifdim", "ifodd", "ifvmode", "ifhmode", "ifmmode", "ifinner", "ifvoid", "ifhbox", "ifvbox",
    "ifx", "ifeof", "ifcase", "ifdefined", "ifcsname", "iffontchar", "if@twocolumn", "if@twoside",
))  # fmt: skip
# arXiv runs pdfLaTeX.
_KNOWN: dict[str, bool | None] = {
    "iftrue": True, "iffalse": False, "ifpdf": True, "ifpdftex": True, "ifxetex": False, "ifluatex": False,
    "ifPDFTeX": True, "ifXeTeX": False, "ifLuaTeX": False,
}  # fmt: skip


@dataclass
class Switches:
    """What is known of a paper's conditions, from one of its files to the next.

    Attributes:
        known: How each one stands; None for one that may be set, and of which nobody knows whether it is.
    """

    deadline: Deadline
    known: dict[str, bool | None] = field(default_factory=_KNOWN.copy)

    def without_untrue(self, text: str) -> str:
        """Take out what TeX skips: ``\\iffalse``, and switches of the authors' own (``\\newif``) that are off.

        Where the outcome is not known (``\\ifx``, ``\\ifnum``), both branches stay. A switch that is set within braces
        (a command, an option) or within such a branch is not known from there on.
        """
        kept: list[str] = []
        branches: list[bool | None] = []  # of every \if that is open: read, skipped, or unknown
        depth = position = 0
        for found in _MARK.finditer(text):
            self.deadline.check()
            is_read = False not in branches
            if is_read:
                kept.append(text[position : found.start()])
            position = found.end()
            if (switch := found["if"]) is not None:
                if switch in self.known or switch in _PRIMITIVE:
                    branches.append(self.known.get(switch))
                elif is_read:
                    kept.append(found[0])
            elif found["fi"]:
                branches = branches[:-1]
            elif found["else"]:
                if branches and (now := branches[-1]) is not None:
                    branches[-1] = not now
            elif is_read:
                depth = max(0, depth + bool(found["open"]) - bool(found["close"]))
                if not self._learned(found, is_certain=depth == 0 and None not in branches):
                    kept.append(found[0])
        return "".join([*kept, text[position:] if False not in branches else ""])

    def _learned(self, found: re.Match[str], *, is_certain: bool) -> bool:
        """Remember what *found* says of a switch; whether that is all it says, so that it can go."""
        if found["new"]:
            self.known[f"if{found['new']}"] = False
        elif found["alias"]:
            self.known[found["alias"]] = found["truth"] == "iftrue"
        elif found["set"] and (switch := f"if{found['set']}") in self.known:
            self.known[switch] = found["to"] == "true" if is_certain else None
            return is_certain
        else:
            return False
        return True
