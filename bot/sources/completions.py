"""Owns the form of a question to an OpenAI-compatible endpoint, and of its answer."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import httpx

from bot.errors import ModelUnusable

JsonObject = Mapping[str, object]

_MOST_TOKENS = 8192  # thinking counts, too
_PATH = "/chat/completions"
_VERSION = re.compile(r"v\d+\w*")
_FORMATS = re.compile(r"response_format|json_schema|json_object|structured output")
_LIMITS = re.compile(r"max_tokens|max_completion_tokens")
_THOUGHT = ("</think>", "</thinking>", "</reasoning>")
_STARTS = 20  # braces in what is said before the object
_CODE = re.compile(r"[a-z][a-z_]{2,39}")


class Unclear(Exception):
    """The answer holds no JSON object that answers; the next one may."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation; *role* is ``system`` or ``user``."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a model is asked.

    Attributes:
        name: Of the answer's schema: letters, digits, ``_``.
        schema: JSON Schema of the answer, an object; every property required, no others allowed.
    """

    messages: Sequence[Message]
    name: str
    schema: JsonObject

    @property
    def wanted(self) -> Collection[str]:
        """The names in its answer."""
        properties = self.schema.get("properties")
        return properties.keys() if isinstance(properties, Mapping) else ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an endpoint understands, the best first: how it is told the form and the length of its answer."""

    formats: tuple[str, ...] = ("json_schema", "json_object", "")
    limits: tuple[str, ...] = ("max_tokens", "max_completion_tokens", "")

    def without(self, complaint: str) -> "Dialect | None":
        """The dialect without what *complaint* is about; None when it is about something else."""
        if self.formats[0] and _FORMATS.search(complaint):
            return replace(self, formats=self.formats[1:])
        if self.limits[0] and _LIMITS.search(complaint):
            return replace(self, limits=self.limits[1:])
        return None


def address(url: str) -> tuple[httpx.URL, httpx.Auth | None]:
    """Find out where to post.

    Args:
        url: With or without ``/v1``, or in full with ``/chat/completions``; perhaps with a login in it.

    Returns:
        The address without the login, and the login.

    Raises:
        ModelUnusable: *url* is no address.
    """
    try:
        given = httpx.URL(url.strip())
    except (httpx.InvalidURL, UnicodeError):
        given = httpx.URL()
    if given.scheme not in {"http", "https"} or not given.host:
        raise ModelUnusable("LLM_URL is no web address: set it to something like https://api.example.org/v1.")
    login = httpx.BasicAuth(given.username, given.password) if given.userinfo else None
    path = given.path.rstrip("/")
    if not path.endswith(_PATH):
        has_version = any(_VERSION.fullmatch(part) for part in path.split("/"))
        path += _PATH if has_version else f"/v1{_PATH}"
    return given.copy_with(path=path, userinfo=b"", fragment=None), login


def request(question: Question, model: str, dialect: Dialect) -> JsonObject:
    """Write *question* as the endpoint wants it.

    Source: https://platform.openai.com/docs/api-reference/chat/create
    """
    messages = [{"role": each.role, "content": each.text} for each in question.messages]
    limit = {dialect.limits[0]: _MOST_TOKENS} if dialect.limits[0] else {}
    asked = {"model": model, "messages": messages, "stream": False, **limit}
    if dialect.formats[0] == "json_schema":
        schema = {"name": question.name, "strict": True, "schema": question.schema}
        return {**asked, "response_format": {"type": "json_schema", "json_schema": schema}}
    form = json.dumps(question.schema, ensure_ascii=False)
    messages[-1]["content"] += f"\n\nAnswer with one JSON object and nothing else. It follows this JSON Schema:\n{form}"
    return {**asked, "response_format": {"type": "json_object"}} if dialect.formats[0] else asked


def said_in(body: bytes) -> str:
    """The text of the answer in *body*.

    Raises:
        ModelUnusable: The model refused, or was cut short.
        Unclear: There is no text.
    """
    answer = _json(body.decode(errors="replace"))
    choices = answer.get("choices") if isinstance(answer, Mapping) else None
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, Mapping) else None
    if not isinstance(choice, Mapping) or not isinstance(message, Mapping):
        raise Unclear("The language model's server does not answer as the OpenAI API does: check LLM_URL.")
    if message.get("refusal") or choice.get("finish_reason") == "content_filter":
        raise ModelUnusable("The language model refused to write about this paper: try another model.")
    if choice.get("finish_reason") == "length":
        raise ModelUnusable("The language model's answer was cut short: try a model with a larger window.")
    text = _joined(message.get("content"))
    if not text.strip():
        raise Unclear("The language model called a tool or said nothing: try again, or try another model.")
    return text


def object_in(text: str, wanted: Collection[str]) -> JsonObject:
    """The first JSON object in *text* that answers, whatever was thought or said around it.

    Args:
        wanted: The names in an answer. An object without any of them is none: a part of one that is broken, say.

    Raises:
        Unclear: There is none.
    """
    said = text
    for end in _THOUGHT:
        said = said.rpartition(end)[2]
    for brace in islice(re.finditer("{", said), _STARTS):
        found = _json(said[brace.start() :])
        if isinstance(found, Mapping) and not found.keys().isdisjoint(wanted):
            return found
    raise Unclear("The language model did not answer in the form it was asked for: try again, or try another model.")


def reason(status: int, body: bytes) -> str:
    """What the server calls its trouble, as far as that is a harmless word: ``429, insufficient quota``."""
    answer = _json(body.decode(errors="replace"))
    error = answer.get("error") if isinstance(answer, Mapping) else None
    named = (error.get("code"), error.get("type")) if isinstance(error, Mapping) else ()
    words = [word.replace("_", " ") for word in named if isinstance(word, str) and _CODE.fullmatch(word)]
    return f"{status}, {words[0]}" if words else str(status)


def _joined(content: object) -> str:
    """The text of a message: a string, or a list of parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    texts = [part.get("text") for part in parts if isinstance(part, Mapping)]
    return "".join(text for text in texts if isinstance(text, str))


def _json(text: str) -> object:
    """The JSON value that *text* begins with; None when it begins with none."""
    try:
        return json.JSONDecoder().raw_decode(text.lstrip())[0]
    except (ValueError, RecursionError):  # a digit too many, or a million brackets
        return None
