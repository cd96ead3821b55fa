"""Owns how people are written in Chinese, as the press and the field there write them."""

from collections.abc import Iterable, Mapping

from bot.catalogue.terms import compounds, parts_of

_IN_CHINESE: Mapping[str, tuple[str, ...]] = {
    "Aaron Courville": ("亚伦·库维尔", "库维尔"),
    "Alec Radford": ("亚历克·拉德福德", "拉德福德"),
    "Andrew Ng": ("吴恩达",),
    "Antonio Torralba": ("安东尼奥·托拉尔巴", "托拉尔巴"),
    "Ashish Vaswani": ("瓦斯瓦尼",),
    "Bernhard Schölkopf": ("伯恩哈德·舍尔科普夫", "舍尔科普夫", "肖尔科普夫"),
    "Bolei Zhou": ("周博磊",),
    "David Silver": ("大卫·席尔瓦", "席尔瓦", "大卫·西尔弗"),
    "Demis Hassabis": ("戴密斯·哈萨比斯", "德米斯·哈萨比斯", "哈萨比斯"),
    "Doris Tsao": ("曹颖",),
    "Fei-Fei Li": ("李飞飞",),
    "Geoffrey Hinton": ("杰弗里·辛顿", "辛顿"),
    "Graham Neubig": ("格雷厄姆·纽比格", "纽比格"),
    "Hinrich Schütze": ("欣里希·舒策", "舒策"),
    "Ian Goodfellow": ("伊恩·古德费洛", "古德费洛"),
    "Ilya Sutskever": ("伊利亚·苏茨克维", "伊尔亚·苏茨克维", "苏茨克维"),
    "Jared Kaplan": ("贾里德·卡普兰", "卡普兰"),
    "Jun-Yan Zhu": ("朱俊彦",),
    "Jürgen Schmidhuber": ("于尔根·施密德胡伯", "施密德胡伯"),
    "Kaiming He": ("何恺明",),
    "Michael I. Jordan": ("迈克尔·乔丹", "乔丹"),
    "Oriol Vinyals": ("奥里奥尔·维尼亚尔斯", "维尼亚尔斯"),
    "Surya Ganguli": ("苏利亚·甘古利", "甘古利"),
    "Yann LeCun": ("杨立昆", "扬·勒昆", "勒昆"),
    "Yee Whye Teh": ("郑宇怀",),
    "Yoshua Bengio": ("约书亚·本吉奥", "约书亚·本希奥", "本吉奥", "本希奥"),
    "Zhangyang Wang": ("汪张扬",),
}


def in_chinese(name: str) -> tuple[str, ...]:
    """How the person called *name* is written in Chinese; nothing for most."""
    return _BY_KEY.get(_key(name), ())


def name_keys(names: Iterable[str]) -> list[str]:
    """The single words of *names*, folded and with their endings, and hyphenated ones in one piece as well."""
    found: dict[str, None] = {}
    for name in names:
        for compound in compounds(name):
            parts = parts_of(compound)
            found.update(dict.fromkeys([*parts, "".join(parts)]))
    return list(found)


def _key(name: str) -> str:
    return "".join(part for compound in compounds(name) for part in parts_of(compound))


_BY_KEY = {_key(name): forms for name, forms in _IN_CHINESE.items()}
