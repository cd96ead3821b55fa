"""Owns callback data: our own of every kind, and what others may make of it."""

import types
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st

from bot.chat.desk_presses import Ask, Sight, TakeUp
from bot.chat.presses import PLAIN, Plain, Press
from bot.chat.spelling import fits, written
from bot.model.arxiv_id import ArxivId
from bot.model.canvas import Appearance, Canvas, Theme
from bot.model.month import Month
from bot.sandbox import ADA, CHANNEL, EMIL, GROUP, NOOR
from tests.flows.writings import WORDS, junk

_ids = st.one_of(st.integers(1, 24), st.integers(1, 24), st.sampled_from([0, 25, 99_999, 10**17, 2**63 - 1, 2**64]))
_pages = st.sampled_from([1, 1, 2, 3, 9, 9999])
_papers = st.sampled_from(["2401.00001", "2103.10697", "hep-th/9901001", "2401.00002"]).map(ArxivId)
_series = st.sampled_from(["ml-collage", "best-of-arxiv", "weekly", "no-such"])
_versions = st.sampled_from([1, 2, 7])
_canvases, _themes = st.sampled_from(Canvas), st.sampled_from(Theme)

_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "entry_id": _ids,
    "edition_id": _ids,
    "delivery_id": _ids,
    "attempts": st.integers(0, 3),
    "until": st.sampled_from([999_999_999, 1_795_255_200, 99_999_999_999]),
    "draft_id": _ids,
    "page": _pages,
    "asker": st.sampled_from([0, ADA, NOOR, EMIL, 5_000_000_000]),
    "query": st.one_of(st.sampled_from(WORDS), st.text(max_size=8)),
    "series": _series,
    "slug": st.sampled_from(["transformers", "vision-transformers", "meta-learning", "no-such"]),
    "month": st.builds(Month, st.sampled_from([1999, 2021, 2022, 9999]), st.integers(1, 12)),
    "arxiv_id": _papers,
    "version": _versions,
    "chat_id": st.sampled_from([CHANNEL, GROUP, -1, -(10**12)]),
    "revision": st.sampled_from([0, 1, 2, 999_999_999]),
    "place": st.integers(0, 4),
    "slot": st.sampled_from(["2026-W47", "2026-W48", "2026-11", "2026-W99", "2026-13", "0000-W01"]),
    "language": st.sampled_from(["en", "zh", ""]),
    "day": st.dates(date(2026, 11, 1), date(2028, 1, 1)),
    "sight": st.builds(Sight, _canvases, st.sampled_from(["en", "zh", "xx"])),
    "wanted": st.builds(Appearance, _canvases, _themes),
    "attempt": st.one_of(st.builds(TakeUp, _papers, _versions, _series), st.builds(Ask, _papers, _versions)),
}


def _kinds(alias: Any) -> list[type]:
    found = (_kinds(it) if isinstance(it, types.UnionType) else [it] for it in get_args(alias))
    return [kind for kinds in found for kind in kinds]


def _of(kind: type) -> st.SearchStrategy[Any]:
    if kind is Plain:
        return st.sampled_from(sorted(PLAIN, key=lambda press: press.name))
    hints = get_type_hints(kind)
    made = {
        it.name: st.sampled_from(hints[it.name])
        if isinstance(hints[it.name], type) and issubclass(hints[it.name], Enum)
        else _FIELDS[it.name]
        for it in fields(kind)
    }
    return st.builds(kind, **made)


PRESSES: st.SearchStrategy[Press] = st.one_of(*map(_of, _kinds(Press)))
"""Presses of every kind that there is."""


def own() -> st.SearchStrategy[str]:
    """Callback data as we write it."""
    return PRESSES.filter(fits).map(written)


def forged() -> st.SearchStrategy[str]:
    """Callback data that we never wrote: cut, of other versions, with more in it, or nothing like ours."""

    def spoil(data: str, at: int, filling: str) -> str:
        spoilt = (data[:at], data[at:], f"0{data[1:]}", f"2{data[1:]}", f"{data}:{filling}", data.upper(), data + data)
        return spoilt[at % len(spoilt)].encode()[:64].decode(errors="ignore")

    return st.one_of(st.builds(spoil, own(), st.integers(0, 60), junk()), junk().map(lambda text: text[:16]))
