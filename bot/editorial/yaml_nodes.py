"""Owns how YAML is read: every scalar stays a string, every node knows its line, nothing can blow up."""

import yaml

from bot.editorial.faults import Faults

# libyaml is ten times as fast; not every platform's wheel carries it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_DEPTH = 12


def read_mapping(text: str, faults: Faults) -> yaml.MappingNode | None:
    """Read one YAML mapping; None when it is faulty, with the fault noted."""
    try:
        if not _is_plain(text, faults):
            return None
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.add(line, f"This is not YAML: {error.problem}. Check the indentation and put quotes around the value.")
        return None
    except yaml.YAMLError as error:
        faults.add(1, f"This is not YAML: {' '.join(str(error).split())}. Remove what a text file does not hold.")
        return None
    if isinstance(node, yaml.MappingNode):
        return node
    faults.add(1, "There are no fields here. Write them as `name: value`, one per line.")
    return None


def line_of(node: yaml.Node) -> int:
    """The line a node starts on, from 1."""
    return int(node.start_mark.line) + 1


def _is_plain(text: str, faults: Faults) -> bool:
    """Refuse what may grow without bounds while it is composed: references, and nests of brackets."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            faults.add(line, "References (`*name`) are not read. Write the value out.")
            return False
        if depth > _MAX_DEPTH:
            faults.add(line, "The brackets are nested too deep. Close them.")
            return False
    return True
