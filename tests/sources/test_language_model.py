"""The language model over real HTTP, with everything that endpoints do wrong."""

import asyncio
import json
import logging
import traceback
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse

from bot.errors import ModelUnusable
from bot.sandbox import serve
from bot.sources.completions import Message, Question, address
from bot.sources.language_model import LanguageModel
from tests.sources.chat_endpoint import KEY, Endpoint, Handler, complaint, model_at, said

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"], "additionalProperties": False}
QUESTION = Question((Message("system", "Be brief."), Message("user", "What is a?")), "letters", SCHEMA)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sources.language_model._FIRST_PAUSE_S", 0.01)


async def asked(*answers: Response | Handler, **how: Any) -> tuple[Any, Endpoint]:
    endpoint = Endpoint(*answers)
    async with model_at(endpoint, **how) as model:
        return await model.ask(QUESTION), endpoint


async def refused(*answers: Response | Handler, **how: Any) -> tuple[str, Endpoint]:
    endpoint = Endpoint(*answers)
    async with model_at(endpoint, **how) as model:
        with pytest.raises(ModelUnusable) as caught:
            await model.ask(QUESTION)
    return str(caught.value), endpoint


async def test_a_question_goes_out_with_model_messages_schema_and_key() -> None:
    answer, endpoint = await asked(said('{"a": 1}'))
    assert answer == {"a": 1}
    [sent] = endpoint.asked
    assert sent["model"] == "small"
    assert [each["role"] for each in sent["messages"]] == ["system", "user"]
    assert sent["response_format"]["json_schema"] == {"name": "letters", "strict": True, "schema": SCHEMA}
    assert endpoint.headers[0]["authorization"] == f"Bearer {KEY}"
    assert endpoint.paths == ["/v1/chat/completions"]


async def test_without_a_key_none_is_sent() -> None:
    _, endpoint = await asked(said('{"a": 1}'), key="")
    assert "authorization" not in endpoint.headers[0]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://api.example.org", "https://api.example.org/v1/chat/completions"),
        ("https://api.example.org/", "https://api.example.org/v1/chat/completions"),
        ("http://localhost:11434/v1/", "http://localhost:11434/v1/chat/completions"),
        ("https://x.org/api/v1", "https://x.org/api/v1/chat/completions"),
        ("https://x.org/v1beta/openai/", "https://x.org/v1beta/openai/chat/completions"),
        ("https://x.org/llm", "https://x.org/llm/v1/chat/completions"),
        ("https://x.org/any/chat/completions?api-version=1", "https://x.org/any/chat/completions?api-version=1"),
        ("https://user:pass@x.org/v1", "https://x.org/v1/chat/completions"),
    ],
)
def test_the_address_is_read_in_every_usual_form(given: str, expected: str) -> None:
    assert str(address(given)[0]) == expected


def test_a_login_in_the_address_is_taken_out_of_it() -> None:
    assert address("https://user:pass@x.org/v1")[1] is not None
    assert address("https://x.org/v1")[1] is None


@pytest.mark.parametrize("url", ["", "api.example.org", "ftp://x.org", "http://", "https://\x00"])
def test_what_is_no_address_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ModelUnusable, match="LLM_URL"):
        LanguageModel(url, "small")


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"a": 1}\n```',
        '```\n{"a": 1}```',
        'Here you are:\n{"a": 1}\nAnything else?',
        '<think>{"a": 2} or {"a": 3}?</think>\n{"a": 1}',
        'so a is… {"a": 7}</think>{"a": 1}',
        'The set {x} is meant. {"a": 1}',
        'The set {} and {"b": 2} are not it. {"a": 1}',
        '  \ufeff{"a": 1}',
    ],
)
async def test_json_is_found_among_fences_thoughts_and_chat(text: str) -> None:
    assert (await asked(said(text)))[0] == {"a": 1}


async def test_an_answer_in_parts_is_joined() -> None:
    parts: Any = [{"type": "text", "text": '{"a"'}, {"type": "text", "text": ": 1}"}]
    assert (await asked(said(parts)))[0] == {"a": 1}


async def test_an_endpoint_without_schemas_is_told_the_schema_in_words_and_that_is_remembered() -> None:
    unknown = complaint(400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported.")
    endpoint = Endpoint(unknown, said('{"a": 1}'))
    async with model_at(endpoint) as model:
        await model.ask(QUESTION)
        await model.ask(QUESTION)
    formats = [sent.get("response_format", {}).get("type") for sent in endpoint.asked]
    assert formats == ["json_schema", "json_object", "json_object"]
    assert '"additionalProperties": false' in endpoint.asked[-1]["messages"][-1]["content"]


async def test_an_endpoint_that_knows_no_format_at_all_is_asked_in_plain_words() -> None:
    unknown = complaint(422, "extra field response_format not permitted")
    _, endpoint = await asked(unknown, unknown, said('{"a": 1}'))
    assert "response_format" not in endpoint.asked[-1]
    assert "JSON Schema" in endpoint.asked[-1]["messages"][-1]["content"]


async def test_an_endpoint_that_counts_tokens_otherwise_is_asked_otherwise() -> None:
    unknown = complaint(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
    _, endpoint = await asked(unknown, said('{"a": 1}'))
    assert "max_completion_tokens" in endpoint.asked[-1]
    assert "max_tokens" not in endpoint.asked[-1]


async def test_complaining_about_everything_ends() -> None:
    message, endpoint = await refused(complaint(400, "response_format and max_tokens are unknown"))
    assert "LLM_MODEL" in message
    assert len(endpoint.asked) == 5


async def test_a_slow_endpoint_is_left_at_the_deadline() -> None:
    async def slow(request: Request, body: object) -> Response:
        await asyncio.sleep(2)
        return said('{"a": 1}')

    message, _ = await refused(slow, deadline_s=0.2)
    assert message == "The language model did not answer within 0.2 s: try again later."


async def test_a_dripping_endpoint_is_left_at_the_deadline() -> None:
    async def drip() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.02)

    message, _ = await refused(StreamingResponse(drip()), deadline_s=0.3)
    assert "within 0.3 s" in message


async def test_a_cut_answer_is_asked_for_again() -> None:
    async def cut() -> AsyncIterator[bytes]:
        yield b'{"choices": ['
        raise ConnectionError

    logging.getLogger("uvicorn.error").disabled = True
    try:
        answer, endpoint = await asked(StreamingResponse(cut()), said('{"a": 1}'))
    finally:
        logging.getLogger("uvicorn.error").disabled = False
    assert answer == {"a": 1}
    assert len(endpoint.asked) == 2


async def test_nobody_listening_is_said_so() -> None:
    async with serve(Starlette()) as url:
        pass
    async with LanguageModel(url, "small", deadline_s=5) as model:
        with pytest.raises(ModelUnusable, match="cannot be reached: check LLM_URL"):
            await model.ask(QUESTION)


@pytest.mark.parametrize(
    "text", ["", "no", "[1, 2]", '{"a": 1', "{" * 30, '{"a": ' + "[" * 100_000, "\x00", "1" * 5000, "{'a': 1}"]
)
async def test_what_is_no_json_object_is_asked_for_again_and_then_refused(text: str) -> None:
    message, endpoint = await refused(said(text))
    assert message.startswith("The language model")
    assert len(endpoint.asked) == 3


@pytest.mark.parametrize("text", ['{"a": {"b": 1}, oops', '{"a": {}, oops', "{}", '{"b": 1}'])
async def test_an_object_that_answers_nothing_of_what_was_asked_is_asked_for_again(text: str) -> None:
    answer, endpoint = await asked(said(text), said('{"a": 1}'))
    assert answer == {"a": 1}
    assert len(endpoint.asked) == 2


async def test_the_second_answer_may_be_the_good_one() -> None:
    answer, endpoint = await asked(said("Sure!"), said('{"a": 1}'))
    assert answer == {"a": 1}
    assert len(endpoint.asked) == 2


@pytest.mark.parametrize(
    "response",
    [
        PlainTextResponse("<html>hello</html>"),
        JSONResponse([]),
        JSONResponse({"choices": []}),
        JSONResponse({"choices": [None]}),
        JSONResponse({"choices": [{"message": "hi"}]}),
        JSONResponse({"error": {"message": "in spite of 200"}}),
        Response(b"\xff\xfe\x00"),
        said(None, tool_calls=[{"type": "function", "function": {"name": "f", "arguments": "{}"}}]),
    ],
)
async def test_an_answer_of_another_kind_is_refused(response: Response) -> None:
    message, _ = await refused(response)
    assert message.startswith("The language model")


async def test_a_refusal_is_not_asked_again() -> None:
    for response in (said(None, refusal="I cannot help with that."), said('{"a": 1}', finish="content_filter")):
        message, endpoint = await refused(response)
        assert "refused to write" in message
        assert len(endpoint.asked) == 1


async def test_an_answer_cut_short_is_refused() -> None:
    message, _ = await refused(said('{"a": 1}', finish="length"))
    assert "cut short" in message


@pytest.mark.parametrize(("status", "remedy"), [(401, "LLM_API_KEY"), (403, "LLM_API_KEY"), (404, "LLM_MODEL")])
async def test_a_closed_door_names_the_setting_to_check_at_once(status: int, remedy: str) -> None:
    message, endpoint = await refused(complaint(status, f"Incorrect API key provided: {KEY}", code="invalid_api_key"))
    assert remedy in message
    assert KEY not in message
    assert len(endpoint.asked) == 1


async def test_too_many_requests_are_waited_out_as_asked() -> None:
    busy = complaint(429, "slow down", code="rate_limit_exceeded")
    busy.headers["Retry-After"] = "0"
    answer, endpoint = await asked(busy, busy, said('{"a": 1}'))
    assert answer == {"a": 1}
    assert len(endpoint.asked) == 3


async def test_a_pause_longer_than_the_deadline_is_not_waited_for() -> None:
    busy = complaint(429, "come back tomorrow", code="insufficient_quota")
    busy.headers["Retry-After"] = "86400"
    message, endpoint = await refused(busy)
    assert message == "The language model is overloaded or out of order (429, insufficient quota): try again later."
    assert len(endpoint.asked) == 1


async def test_a_broken_server_is_asked_three_times() -> None:
    message, endpoint = await refused(PlainTextResponse("oops", 500))
    assert "(500)" in message
    assert len(endpoint.asked) == 3


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    async def pour() -> AsyncIterator[bytes]:
        while True:
            yield b" " * 65_536
            await asyncio.sleep(0)

    message, _ = await refused(StreamingResponse(pour()), deadline_s=30)
    assert "far too long" in message


async def test_a_packed_answer_is_not_unpacked() -> None:
    message, endpoint = await refused(Response(b"\x1f\x8b", headers={"Content-Encoding": "gzip"}))
    assert "packs" in message
    assert endpoint.headers[0]["accept-encoding"] == "identity"


async def test_a_redirect_is_not_followed_so_that_the_key_goes_nowhere_else() -> None:
    message, endpoint = await refused(RedirectResponse("/elsewhere", 307))
    assert "has moved" in message
    assert len(endpoint.asked) == 1


async def test_an_answer_that_repeats_the_key_is_thrown_away() -> None:
    message, _ = await refused(said(json.dumps({"a": f"your key is {KEY}"})))
    assert "repeated its key" in message
    assert KEY not in message


async def test_the_key_is_in_no_representation_log_or_traceback(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    endpoint = Endpoint(PlainTextResponse(f"key {KEY}", 500))
    async with model_at(endpoint) as model:
        assert KEY not in repr(model)
        try:
            await model.ask(QUESTION)
        except ModelUnusable:
            assert KEY not in traceback.format_exc()
    ours = [record for record in caplog.records if not record.name.startswith(("uvicorn", "asyncio"))]
    assert all(KEY not in record.getMessage() for record in ours)


@pytest.mark.parametrize("key", ["two\nlines and more", "schlüssel-0123456789", "nul\x00nul"])
def test_a_key_that_no_header_may_carry_is_refused_unseen(key: str) -> None:
    with pytest.raises(ModelUnusable) as caught:
        LanguageModel("http://localhost", "small", api_key=key)
    assert key not in str(caught.value)


async def test_two_questions_at_once_do_not_disturb_each_other() -> None:
    async def echo(request: Request, body: dict[str, Any]) -> Response:
        await asyncio.sleep(0.01)
        return said(json.dumps({"a": len(body["messages"][-1]["content"])}))

    endpoint = Endpoint(echo)
    async with model_at(endpoint) as model:
        questions = [Question((Message("user", "x" * size),), "n", SCHEMA) for size in (1, 2, 3)]
        answers = await asyncio.gather(*map(model.ask, questions))
    assert answers == [{"a": 1}, {"a": 2}, {"a": 3}]
