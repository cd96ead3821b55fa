"""Owns how fields become YAML that people like to edit: short lists on one line, drawings as blocks."""

from typing import Any

import yaml

WIDTH = 120


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        """References are not read back."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their field."""
        super().increase_indent(flow, False)


def yaml_text(fields: dict[str, Any]) -> str:
    """Write *fields* in their order; those that are None, empty or False are left out."""
    written = yaml.dump(
        _kept(fields), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=False
    )
    return str(written)


def _kept(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: _kept(item) for name, item in value.items()}
        return {name: item for name, item in kept.items() if item not in (None, "", [], {}, False)}
    if isinstance(value, (list, tuple)):
        return [_kept(item) for item in value]
    return value


def _list(dumper: yaml.SafeDumper, values: list[Any]) -> yaml.Node:
    is_flat = not any(isinstance(value, (dict, list)) for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=is_flat)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(list, _list)
_Dumper.add_representer(str, _text)
