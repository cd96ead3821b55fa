"""An OpenAI-compatible endpoint that says what a test tells it to."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import serve
from bot.sources.language_model import LanguageModel

KEY = "sk-Secret-0123456789abcdef"

Handler = Callable[[Request, dict[str, Any]], Awaitable[Response]]


def said(text: str | None, *, finish: str = "stop", **message: Any) -> Response:
    """An answer as the OpenAI API gives it."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text, **message}, "finish_reason": finish}
    return JSONResponse({"id": "1", "object": "chat.completion", "choices": [choice]})


def complaint(status: int, message: str, **error: str) -> Response:
    return JSONResponse({"error": {"message": message, **error}}, status)


class Endpoint:
    """Plays one answer after the other; the last one again and again."""

    def __init__(self, *answers: Response | Handler) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []

    async def answer(self, request: Request) -> Response:
        body = await request.json()
        self.asked.append(body)
        self.headers.append(dict(request.headers))
        self.paths.append(request.url.path)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer if isinstance(answer, Response) else await answer(request, body)


@asynccontextmanager
async def model_at(
    endpoint: Endpoint, *, key: str = KEY, deadline_s: float = 5, path: str = "/v1"
) -> AsyncIterator[LanguageModel]:
    app = Starlette(routes=[Route("/{path:path}", endpoint.answer, methods=["POST"])])
    async with serve(app) as url, LanguageModel(url + path, "small", api_key=key, deadline_s=deadline_s) as model:
        yield model
