"""Bodies with something wrong in them, made from good ones by a generator with a seed."""

from __future__ import annotations

import json
from random import Random

import pytest
from starlette.types import ASGIApp, Message

from .answered import Answered
from .client import ERROR_FIELDS, LONGEST, complain

SECONDS = 1.0
"""The longest that any answer may take, in the process's own time."""

WORDS = (
    *(
        b"NaN",
        b"Infinity",
        b"-Infinity",
        b"1e999",
        b"-1e999",
        b"1e308",
        b"-0",
        b"0.1",
        b"1E400",
        b"9" * 400,
        b"9" * 5000,
    ),
    *(b"1000000000", b"-1", b"0", b"1.0", b"true", b"null", b'""', b"[]", b"{}", b"[[]]", b"[[1],[1,2]]", b"[" * 2000),
    *(
        b'"\\ud800"',
        b'{"\\ud800":1}',
        b'"\\u0000"',
        b'"x":1,',
        b'"\xf0\x9f\x98\x80"',
        b"\xff",
        b"\xed\xa0\x80",
        b"\x00",
    ),
    *(
        b'"NaN"',
        b"'",
        b'"',
        b",",
        b":",
        b"}",
        b"]",
        b"//",
        b"9007199254740993",
        b'"softmax"',
        b'"W1"',
        b"2.5",
        b'"xor"',
    ),
)


def mutated(body: bytes, random: Random) -> bytes:
    """A body with one to four changes of bytes, words or stretches."""
    changed = bytearray(body)
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(changed) + 1)
        end = min(len(changed), start + random.choice((0, 1, 1, 2, 8)))
        match random.randrange(6):
            case 0:
                changed[start:end] = random.randbytes(end - start)
            case 1:
                del changed[start:end]
            case 2:
                changed[start:end] = random.choice(WORDS)
            case 3:
                _replace_value(changed, random)
            case 4:
                changed[start:start] = changed[start : start + random.randint(1, 40)]
            case 5:
                if start < len(changed):
                    changed[start] ^= 1 << random.randrange(8)
    return bytes(changed)


def _replace_value(body: bytearray, random: Random) -> None:
    """Put a word in the place of a number, a text or a name: what remains is often still JSON."""
    places = [at for at, sign in enumerate(body) if sign in b":,["]
    if not places:
        return
    start = random.choice(places) + 1
    end = start
    while end < len(body) and body[end] not in b",]}":
        end += 1
    body[start:end] = random.choice(WORDS)


async def ask(app: ASGIApp, method: str, path: str, body: bytes, key: str = "") -> tuple[int, bytes]:
    """One request straight to the app, with the key of a room; a client between would take most of the time."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop()

    async def send(message: Message) -> None:
        sent.append(message)

    plain, _, query = path.partition("?")
    headers = [
        *((b"host", b"127.0.0.1"), (b"content-type", b"application/json")),
        *((b"stepgrad-owner", b"m" * 22), (b"stepgrad-room", key.encode())),
    ]
    scope = {"type": "http", "method": method, "path": plain, "query_string": query.encode(), "headers": headers}
    await Answered(app, complain)(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def check_answer(status: int, answer: bytes, seconds: float, sent: object) -> None:
    """An answer in the one shape, and in time."""
    about = f"{status} after {seconds:.2f} s to {sent!r}: {answer[:300]!r}"
    assert 200 <= status < 300 or 400 <= status < 500, about
    assert seconds < SECONDS, about
    if status == 204:
        assert answer == b"", about
        return
    told = json.loads(answer, parse_constant=lambda word: pytest.fail(f"{word} in {about}"))
    if status >= 400:
        error = told["error"]
        assert set(told) == {"error"}, about
        assert set(error) == ERROR_FIELDS, about
        assert error["message"].endswith("."), about
        assert len(error["message"]) <= LONGEST, about
