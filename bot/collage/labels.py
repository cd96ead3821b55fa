"""Owns the words a collage says of itself, in each language it speaks."""

from dataclasses import dataclass

from bot.model.paper import Paper

_ET_AL = " et al."


@dataclass(frozen=True, slots=True)
class Labels:
    """The fixed words of a collage in one language.

    Attributes:
        context: Over what leads to the key idea without asking anything.
        stop: Behind a label that leads its text: ``Idea.``
        versus: Before the baseline of a number.
        formula: Before the formula a number follows from.
        drawn_by: Who made the picture.
        others: Behind the authors that are named, when there are more.
        withdrawn: On what stands where a picture was.
    """

    question: str
    context: str
    key_idea: str
    stop: str
    versus: str
    formula: str
    log_scale: str
    lower_is_better: str
    drawn_by: str
    others: str
    withdrawn: str
    _paper: str
    _source: str
    _and: str
    _one: str
    _many: str

    def papers(self, count: int) -> str:
        """Say how many papers there are."""
        return self._one if count == 1 else self._many.format(count)

    def paper(self, paper: Paper) -> str:
        """Say which paper it is."""
        byline = paper.byline.replace(_ET_AL, self.others)
        return self._paper.format(byline=byline, year=paper.year, id=paper.arxiv_id)

    def sources(self, sources: list[str]) -> str:
        """Say where in the paper the things shown stand; empty without any."""
        return self._source.format(self._and.join(sources)) if sources else ""


_ENGLISH = Labels(
    question="Question",
    context="Context",
    key_idea="Key idea",
    stop=".",
    versus="vs\u00a0",
    formula="=\u00a0",
    log_scale="log scale",
    lower_is_better="lower is better",
    drawn_by="Drawn by Collagebot",
    others=_ET_AL,
    withdrawn="Withdrawn",
    _paper="Paper: {byline} ({year}), arXiv:{id}",
    _source="Source: {}",
    _and="; ",
    _one="1 paper",
    _many="{} papers",
)

_CHINESE = Labels(
    question="问题",
    context="背景",
    key_idea="核心思路",
    stop="：",
    versus="对比 ",
    formula="=\u00a0",
    log_scale="对数刻度",
    lower_is_better="越低越好",
    drawn_by="由 Collagebot 绘制",
    others="\u00a0等",
    withdrawn="已撤下",
    _paper="论文：{byline}，{year}，arXiv:{id}",
    _source="来源：{}",
    _and="；",
    _one="1 篇论文",
    _many="{} 篇论文",
)


def labels_of(language: str) -> Labels:
    """The labels in *language*, an IETF tag (``zh``, ``zh-Hans``); English where we do not speak it."""
    return _CHINESE if language.lower().split("-")[0].split("_")[0] == "zh" else _ENGLISH
