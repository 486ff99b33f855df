"""What stays as it is while the server runs is made once, and not sent to whom has it."""

from __future__ import annotations

import pytest

from app.api.constants import Constants

from .client import Client

PATHS = ("/api/catalog", "/api/catalog?language=de", "/api/catalog/notations", "/words/de/later.json", "/openapi.json")


@pytest.mark.parametrize("path", PATHS)
def test_what_is_there_already_is_not_sent_again(client: Client, path: str) -> None:
    first = client.request("GET", path)
    assert first.headers["cache-control"] == "no-cache"
    again = client.request("GET", path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = client.request("GET", path, headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)


@pytest.mark.parametrize("path", PATHS)
def test_whoever_takes_no_compressed_answers_gets_the_same_in_full(client: Client, path: str) -> None:
    packed = client.request("GET", path, headers={"Accept-Encoding": "gzip"})
    plain = client.request("GET", path, headers={"Accept-Encoding": "identity"})
    assert (packed.headers["content-encoding"], packed.headers["content-type"]) == ("gzip", "application/json")
    assert "content-encoding" not in plain.headers
    assert plain.json() == packed.json()
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2


def test_each_is_made_once_until_what_it_is_made_from_is_another() -> None:
    constants = Constants()
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return len(made)

    entry = {"a": 1}
    first = constants.get("one", [[entry]], make)
    assert constants.get("one", [[entry]], make) is first
    assert constants.get("one", [[entry], 2], make).content == b"2"
    assert constants.get("other", [[entry], 2], make).content == b"3"
    assert made == [0, 1, 2]
