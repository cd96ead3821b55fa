"""Owns what people type around what they are after: a command, a request, a question's frame."""

import re

_COMMAND = re.compile(r"^\s*/\w+(?:@\w+)?(?=\s|$)")
_SOME = r"(?:(?:all|any|some|the|other|more|a)\s+)"
_PAPERS = r"(?:papers?|articles?|collages?|anything|something)"
_REQUEST = re.compile(
    r"^\s*(?:(?:please|hi|hello|hey)[\s,!]+)*"
    r"(?:(?:can|could) you\s+|i(?: am|'m) looking for\s+|looking for\s+|i want\s+|i need\s+|is there\s+|are there\s+)?"
    rf"(?:(?:please\s+)?(?:show|find|give|get|search|look)(?:\s+me)?(?:\s+for)?\s+{_SOME}*)?"
    rf"(?:{_SOME}*{_PAPERS}\s+(?:about|on|by|from|of|with|using|that use|in)\s+|(?:about|on|by)\s+)?",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+(?:papers?|articles?|collages?|please|pls)\s*[.?!]*\s*$", re.IGNORECASE)
_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
_HAN_REQUEST = re.compile(
    r"^\s*(?:请问|请|麻烦|帮我|帮忙|给我|我想|我要|想)*"
    r"(?:查找|搜索|寻找|搜一下|找一下|看看|找找|看|搜|找|查)?(?:一下|一些|几篇|一篇)?"
    r"(?:有没有|有什么|有哪些|什么是|何为|为什么|如何|怎么|怎样)?(?:关于|有关|讲|介绍)?(?=\S)"
)
_HAN_TAIL = re.compile(
    r"(?:(?:方面|相关|有关|领域)?的?(?:论文|文章|文献|拼图|综述论文)|是什么意思|是什么|是啥|怎么样|有哪些|吗|呢|么|的)*\s*[?？。!！]*\s*$"
)
_HAN_JOINT = re.compile(
    rf"(?<={_HAN}{{2}})(?:的|和|与|及|以及|或者|或|中|在)(?={_HAN}{{2}})|(?<=[\sA-Za-z0-9])(?:的|和|与|及|或)(?=\S)"
)


def essence(text: str) -> str:
    """Take off what frames the question, and leave *text* as it is where nothing would be left."""
    bare = _COMMAND.sub(" ", text)
    asked = bare
    for frame in (_REQUEST, _TAIL, _HAN_REQUEST, _HAN_TAIL):
        shorter = frame.sub(" ", asked, count=1)
        asked = shorter if re.search(r"\w", shorter) else asked
    asked = _HAN_JOINT.sub(" ", asked)
    return asked if re.search(r"\w", asked) else bare
