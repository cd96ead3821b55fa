"""Distils the machine-readable Bot API into the schema the sandbox keeps: `python -m tests.distil_bot_api`."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.sandbox.api.methods import PLAYED
from bot.sandbox.schema.schema import PATH

SOURCE = Path(__file__).parents[1].parent / "shared" / "botapi" / "api.json"
NOTE = {
    "source": "https://github.com/PaulSonOfLars/telegram-bot-api-spec, api.json of commit 9dca8b0",
    "licence": "MIT, Copyright PaulSonOfLars",
}
_PLAIN = frozenset({"Integer", "Float", "String", "Boolean", "True", "InputFile"})
_TELLS = ("type", "source", "status")  # fields that say which of several types an object is
_FIXED = re.compile(r"(?:must be|always) [\"“]?(\w+)[\"”]?\.?$")


def main() -> None:
    """Write the schema anew."""
    PATH.write_text(render(distil(json.loads(SOURCE.read_text()), PLAYED)))


def distil(api: Any, played: tuple[str, ...]) -> dict[str, Any]:
    """Keep what checking calls needs: parameters of the methods *played*, the types they name, all other names.

    Args:
        api: The decoded api.json.
        played: Methods whose parameters are wanted, as Telegram spells them.

    Returns:
        The schema; `bot.sandbox.schema.schema` says how to read it.
    """
    methods = {name: _fields(api["methods"][name]) for name in sorted(played)}
    reached = sorted(_reached(api, {name for method in methods.values() for name in _named(method)}))
    types = api["types"]
    return {
        **NOTE,
        "version": api["version"],
        "updates": [field["name"] for field in types["Update"]["fields"] if field["name"] != "update_id"],
        "methods": methods,
        "not_played": sorted(api["methods"].keys() - methods.keys()),
        "unions": {name: types[name]["subtypes"] for name in reached if "subtypes" in types[name]},
        "types": {name: _fields(types[name]) for name in reached if "subtypes" not in types[name]},
    }


def render(schema: dict[str, Any]) -> str:
    """Write one line per method and type, so that a change can be read."""
    parts = [f"{json.dumps(name)}: {_render(part)}" for name, part in schema.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _render(part: Any) -> str:
    if not isinstance(part, dict):
        return json.dumps(part, ensure_ascii=False)
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in part.items()]
    return "{\n" + ",\n".join(lines) + "\n}"


def _fields(described: Any) -> dict[str, str]:
    return {field["name"]: _notation(field) for field in described.get("fields", [])}


def _notation(field: Any) -> str:
    mark = "!" if field["required"] else ""
    fixed = _FIXED.search(field["description"]) if field["name"] in _TELLS else None
    return (f"={fixed[1]}" if fixed else _types(field["types"])) + mark


def _types(names: list[str]) -> str:
    inner = [name.removeprefix("Array of ") for name in names]
    if inner == names:
        return "|".join(names)
    return f"[{_types(inner)}]"


def _named(fields: dict[str, str]) -> Iterator[str]:
    for notation in fields.values():
        if not notation.startswith("="):
            yield from (name for name in re.findall(r"\w+", notation) if name not in _PLAIN)


def _reached(api: Any, names: set[str]) -> set[str]:
    reached: set[str] = set()
    while names:
        name = names.pop()
        reached.add(name)
        described = api["types"][name]
        names |= {*described.get("subtypes", ()), *_named(_fields(described))} - reached
    return reached


if __name__ == "__main__":
    main()
