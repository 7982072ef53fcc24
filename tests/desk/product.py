"""A tiny product for the desk's own tests: it keeps what it was asked, and answers what a test tells it to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from fastapi import FastAPI, Request
from fastapi.responses import Response

TOKEN = "token-of-the-desk"
ACCOUNT = "AC" + "0" * 32
HELPLINE = "+15555550100"
ANN = "+15555550111"
BEN = "+15555550112"
PAT = "+15555550121"
BASE = "http://product.test"


@dataclass
class Clock:
    """Time that a test moves."""

    now: datetime = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Asked:
    """One webhook that came in."""

    method: str
    path: str
    form: dict[str, str]
    headers: dict[str, str]


@dataclass
class Product:
    """`answers[path]` is a body, or a whole response; the last of a list stays."""

    answers: dict[str, list[str | Response]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.app = FastAPI(openapi_url=None)
        self.app.add_api_route("/{path:path}", self.answer, methods=["GET", "POST"])

    async def answer(self, request: Request) -> Response:
        form = await request.form() if request.method == "POST" else request.query_params
        path = request.url.path
        asked = Asked(request.method, path, {k: str(v) for k, v in form.items()}, dict(request.headers))
        self.asked.append(asked)
        answers = self.answers.get(path)
        if not answers:
            return Response(status_code=204)
        body = answers.pop(0) if len(answers) > 1 else answers[0]
        return body if isinstance(body, Response) else Response(body, media_type="text/xml")

    def says(self, path: str, *bodies: str | Response) -> None:
        self.answers[path] = [
            f"<Response>{b}</Response>" if isinstance(b, str) and not b.startswith("<Response") else b for b in bodies
        ]

    def forms(self, path: str) -> list[dict[str, str]]:
        return [asked.form for asked in self.asked if asked.path == path]


def field_of(forms: Iterable[dict[str, str]], name: str) -> list[str]:
    return [form.get(name, "") for form in forms]
