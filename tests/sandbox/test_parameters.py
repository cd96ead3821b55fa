"""Laws of checking calls: whatever comes, it is decoded to what the schema says or refused, and the server stands."""

import asyncio
import contextlib
import json
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox import ADA, CHANNEL, GROUP, Sandbox
from bot.sandbox.answers import Refusal
from bot.sandbox.api.methods import PLAYED
from bot.sandbox.schema.objects import misfits
from bot.sandbox.schema.parameters import check_call
from bot.sandbox.schema.schema import Field, alternatives, read_schema

TOKEN = "123456:TEST_TOKEN"
JSON = {"content-type": "application/json"}
SCHEMA = read_schema()
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
_PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "Integer": st.sampled_from([ADA, GROUP, CHANNEL, 0, 1, -1]) | st.integers(-(2**63) + 1, 2**63 - 1),
    "Float": st.floats(-90, 90),
    "Boolean": st.booleans(),
    "True": st.just(True),
    "String": st.sampled_from(["HTML", "<b>x</b>", "typing", "@nobody", "zh", "x" * 5000]) | st.text(max_size=8),
    "InputFile": st.text(max_size=8),
}


def shaped(types: tuple[str, ...], depth: int = 3) -> st.SearchStrategy[Any]:
    """Make values that keep to the schema."""
    return st.one_of([_of(member, depth) for kind in types for member in SCHEMA.unions.get(kind, (kind,))])


def _of(kind: str, depth: int) -> st.SearchStrategy[Any]:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind.startswith("["):
        inner = st.deferred(lambda: shaped(alternatives(kind[1:-1]), depth - 1))
        return st.lists(inner, max_size=3) if depth else st.just([])
    fields = SCHEMA.objects[kind].values()
    needed = {field.name: _field(field, depth) for field in fields if field.is_required}
    optional = {field.name: _field(field, depth) for field in fields if not field.is_required and depth > 1}
    return st.fixed_dictionaries(needed, optional=optional)


def _field(field: Field, depth: int) -> st.SearchStrategy[Any]:
    return st.just(field.fixed) if field.fixed else st.deferred(lambda: shaped(field.types, depth - 1))


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Make a call whose parameters are mostly of the right type."""
    method = draw(st.sampled_from(PLAYED))
    fields = SCHEMA.methods[method]
    chosen = draw(st.sets(st.sampled_from(sorted(fields)))) if fields else set()
    needed = {name for name, field in fields.items() if field.is_required}
    values = {name: draw(shaped(fields[name].types) | _ANYTHING) for name in sorted(chosen | needed)}
    return method, values | ({"timeout": 0} if method == "getUpdates" else {})


@pytest.mark.slow
@given(calls())
@settings(max_examples=150)
def test_what_is_taken_keeps_to_the_schema(call: tuple[str, dict[str, Any]]) -> None:
    method, values = call
    with contextlib.suppress(Refusal):
        taken = check_call(method, values, uploads=())
        fields = SCHEMA.methods[method]
        assert all(misfits(SCHEMA, value, fields[name].types, name) == [] for name, value in taken.items())


@pytest.mark.slow
@given(calls())
@settings(max_examples=60)
def test_a_form_says_the_same_as_json(call: tuple[str, dict[str, Any]]) -> None:
    method, values = call
    with contextlib.suppress(Refusal):
        taken = check_call(method, values, uploads=())
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in taken.items()}
        assert {name: str(value) for name, value in check_call(method, form, uploads=()).items()} == {
            name: str(value) for name, value in taken.items()
        }


@pytest.mark.slow
@given(st.lists(calls(), min_size=1, max_size=8))
@settings(max_examples=40)
def test_no_call_breaks_the_server(some: list[tuple[str, dict[str, Any]]]) -> None:
    async def make() -> None:
        sandbox = Sandbox(token=TOKEN, bot_name="Testbot", bot_username="test_bot")
        transport = httpx.ASGITransport(app=sandbox.app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://127.0.0.1/bot{TOKEN}/") as client:
            for method, values in some:
                answer = await client.post(method, content=json.dumps(values), headers=JSON)
                assert answer.status_code in (200, 400, 403, 409), (method, values)
        sandbox.close()

    asyncio.run(make())
