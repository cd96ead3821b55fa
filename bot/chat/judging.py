"""Owns the memory of verdicts: one draft is looked at many times, and judged once as it stands."""

from collections import OrderedDict
from collections.abc import Hashable, Mapping

from bot.collage.judged import Judged
from bot.editorial.commissions import Judge
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry
from bot.store.entries import content_hash

_KEPT = 32  # of some 300 KB each


class RememberingJudge:
    """A judge who remembers what was judged last."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._judged: OrderedDict[Hashable, Judged] = OrderedDict()

    async def __call__(
        self, entry: Entry, canvas: Canvas, *, language: str, theme: Theme, files: Mapping[str, bytes]
    ) -> Judged:
        """The collage with its verdict, or CollageError."""
        key = (content_hash(entry), frozenset(files), canvas, language, theme)
        if key not in self._judged:
            made = await self._judge(entry, canvas, language=language, theme=theme, files=files)
            self._judged[key] = made
        self._judged.move_to_end(key)
        while len(self._judged) > _KEPT:
            self._judged.popitem(last=False)
        return self._judged[key]
