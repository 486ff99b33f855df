"""One's sessions over the API: listed to their owner only, named, copied, had back, and taken away as files."""

from __future__ import annotations

import asyncio
import random
import struct
from typing import Any
from zlib import crc32

import pytest

from tests.sessions.saved import filed, lived
from tests.sessions.test_codec import damage

from .client import Client, MakeClient, error_of, told

ME, YOU = {"Stepgrad-Owner": "m" * 22}, {"Stepgrad-Owner": "y" * 22}
SESSIONS = "/api/sessions"


def begin(client: Client, owner: dict[str, str], **body: Any) -> str:
    answer = told(client.request("POST", SESSIONS, body or {"preset": "xor"}, headers=owner))
    return f"{SESSIONS}/{answer['id']}"


def listed(client: Client, owner: dict[str, str]) -> list[dict[str, Any]]:
    sessions: list[dict[str, Any]] = told(client.request("GET", SESSIONS, headers=owner))["sessions"]
    return sessions


def test_ones_sessions_are_listed_with_what_they_are_and_nobody_elses(make_client: MakeClient) -> None:
    client = make_client()
    mine, yours = begin(client, ME), begin(client, YOU)
    client.post(f"{mine}/train", {"iterations": 50})
    unlisted = client.session({"preset": "or"})
    (one,) = listed(client, ME)
    assert (one["id"], one["title"], one["name"], one["iteration"]) == (mine.split("/")[-1], "XOR 2–3–1", "", 50)
    assert one["made"] <= one["changed"]
    assert one["bytes"] > 100
    assert [other["id"] for other in listed(client, YOU)] == [yours.split("/")[-1]]
    assert client.get(SESSIONS) == {
        "sessions": [],
        "lasting": False,
        "most_sessions": 1000,
        "most_bytes": 4 * 2**30,
    }
    client.get(unlisted)


@pytest.mark.parametrize("key", ["short", "m" * 65, "m" * 21 + "/", "ä" * 22])
def test_a_key_that_can_be_guessed_is_refused(client: Client, key: str) -> None:
    headers = {"Stepgrad-Owner": key.encode()}
    for method, body in (("GET", None), ("POST", {"preset": "xor"})):
        assert error_of(client.request(method, SESSIONS, body, headers=headers))["where"] == "Stepgrad-Owner"


def test_a_foreign_session_is_answered_like_one_that_never_was(make_client: MakeClient) -> None:
    client = make_client()
    mine = begin(client, ME)
    for method, path, body in (
        ("PATCH", "", {"name": "Yours"}),
        ("DELETE", "", None),
        ("POST", "/undelete", None),
    ):
        asked = [f"{mine}{path}", f"{SESSIONS}/{'x' * 22}{path}"]
        foreign, unknown = (client.refused(404, method, where, body, headers=YOU) for where in asked)
        assert foreign == unknown
    assert client.refused(404, "DELETE", mine)["code"] == "session_not_found"
    assert [one["deleted"] for one in listed(client, ME)] == [None]


def test_a_session_is_named_deleted_and_had_back(make_client: MakeClient) -> None:
    client = make_client()
    mine = begin(client, ME)
    client.post(f"{mine}/step", {"granularity": "pass"})
    assert told(client.request("PATCH", mine, {"name": " For Monday "}, headers=ME))["name"] == "For Monday"
    before = client.get(mine)
    assert client.request("DELETE", mine, headers=ME).status_code == 204
    assert client.refused(404, "GET", mine)["code"] == "session_not_found"
    (one,) = listed(client, ME)
    assert one["deleted"] is not None
    assert told(client.request("POST", f"{mine}/undelete", headers=ME))["deleted"] is None
    assert client.get(mine) == before
    assert listed(client, ME)[0]["name"] == "For Monday"


def test_a_name_is_short(client: Client) -> None:
    mine = begin(client, ME)
    assert client.refused(422, "PATCH", mine, {"name": "x" * 101}, headers=ME)["where"] == "name"


def test_a_copy_begins_where_the_session_stands_and_goes_its_own_way(make_client: MakeClient) -> None:
    client = make_client()
    mine = begin(client, ME)
    client.post(f"{mine}/train", {"iterations": 30})
    client.patch(f"{mine}/parameters", {"changes": [{"tensor": "W1", "index": [0, 0], "value": 2}]})
    before = client.get(mine)
    copy = told(client.request("POST", f"{mine}/duplicate", headers=ME))
    assert copy["revision"] == 0
    same = {"tensors", "position", "spec", "data", "can", "cost"}
    assert {name: copy[name] for name in same} == {name: before[name] for name in same}
    client.post(f"{SESSIONS}/{copy['id']}/undo", {})
    assert client.get(mine) == before
    assert len(listed(client, ME)) == 2


def test_a_session_is_taken_away_as_a_file_and_opened_on_another_server(make_client: MakeClient) -> None:
    one, other = make_client(), make_client()
    mine = begin(one, ME, preset="iris")
    told(one.request("PATCH", mine, {"name": "Für Montag!"}, headers=ME))
    one.post(f"{mine}/train", {"iterations": 200})
    one.patch(f"{mine}/parameters", {"changes": [{"tensor": "W1", "index": [0, 0], "value": 0.125}]})
    one.post(f"{mine}/step", {"granularity": "layer"})
    file = one.request("GET", f"{mine}/file")
    assert file.headers["content-type"] == "application/vnd.stepgrad.session"
    assert file.headers["content-disposition"] == 'attachment; filename="F-r-Montag.stepgrad"'
    opened = told(other.request("POST", f"{SESSIONS}/file", content=file.content, headers=YOU))
    there = f"{SESSIONS}/{opened['id']}"
    for path, query in (("", {}), ("/data", {}), ("/metrics", {}), ("/history/W1", {"index": "0,0"})):
        here, now = one.get(f"{mine}{path}", **query), other.get(f"{there}{path}", **query)
        for answer in (here, now):
            for name in ("id", "revision", "edition"):
                answer.pop(name, None)
        assert now == here, path
    tape = "/tape/200"
    assert other.request("GET", f"{there}{tape}").content == one.request("GET", f"{mine}{tape}").content
    assert listed(other, YOU)[0]["name"] == "Für Montag!"
    other.post(f"{there}/undo", {})
    one.post(f"{mine}/undo", {})
    assert other.get(there)["tensors"] == one.get(mine)["tensors"]


def test_a_light_file_names_ready_data_and_opens_where_the_session_stands(make_client: MakeClient) -> None:
    one, other = make_client(), make_client()
    prepared = {"name": "digits", "test_share": 0.2, "standardize": True}
    layers = [{"units": 64}, {"units": 4, "activation": "relu"}, {"units": 10, "activation": "softmax"}]
    mine = begin(
        one, ME, spec={"layers": layers, "loss": "cross_entropy", "batch_size": 32, "shuffle": True}, data=prepared
    )
    one.post(f"{mine}/train", {"iterations": 60})
    one.post(f"{mine}/step", {"granularity": "layer"})
    light, whole = (one.request("GET", f"{mine}/file", params={"light": light}).content for light in (True, False))
    assert len(light) < 15_000 < 500_000 < len(whole)
    opened = told(other.request("POST", f"{SESSIONS}/file", content=light, headers=YOU))
    there = f"{SESSIONS}/{opened['id']}"
    assert opened["can"] == {**one.get(mine)["can"], "undo": False, "redo": False}
    assert other.request("GET", f"{there}/tape/60").content == one.request("GET", f"{mine}/tape/60").content
    assert other.get(f"{there}/data") == one.get(f"{mine}/data")


def test_a_light_file_holds_data_of_ones_own(make_client: MakeClient) -> None:
    one, other = make_client(), make_client()
    own = {"inputs": [[0.25, -1.5], [3.0, 0.125]], "targets": [[1.0], [0.0]], "features": ["länge", "breite"]}
    mine = begin(one, ME, spec={"layers": [{"units": 2}, {"units": 1}]}, data=own)
    light = one.request("GET", f"{mine}/file", params={"light": True}).content
    opened = told(other.request("POST", f"{SESSIONS}/file", content=light))
    assert other.get(f"{SESSIONS}/{opened['id']}/data") == one.get(f"{mine}/data")


def test_a_light_file_that_names_no_ready_set_is_refused(make_client: MakeClient) -> None:
    client = make_client()
    light = client.request("GET", f"{begin(client, ME)}/file", params={"light": True}).content
    content = replaced(light, b'"choice":{"name":"xor"', b'"choice":{"name":"xxx"')
    assert error_of(client.request("POST", f"{SESSIONS}/file", content=content))["code"] == "invalid_file"


def replaced(file: bytes, one: bytes, other: bytes) -> bytes:
    """The file with other words in its first header, and the checksum that belongs to them."""
    assert file.count(one) == 1
    changed = bytearray(file.replace(one, other))
    header, arrays = struct.unpack_from("<II", changed, 8)
    struct.pack_into("<I", changed, 16, crc32(changed[24 : 24 + header + arrays]))
    return bytes(changed)


def test_a_file_larger_than_this_server_allows_says_the_limit(make_client: MakeClient) -> None:
    small = make_client(max_file_bytes=2000)
    content = filed(lived(2))
    error = error_of(small.request("POST", f"{SESSIONS}/file", content=content))
    assert (error["code"], "--max-file-bytes" in error["hint"]) == ("body_too_large", True)
    few = make_client(max_parameters=5)
    assert error_of(few.request("POST", f"{SESSIONS}/file", content=content))["code"] == "limit_exceeded"
    rows = make_client(max_rows=3)
    assert error_of(rows.request("POST", f"{SESSIONS}/file", content=content))["where"] == "data.inputs"


def test_a_file_may_be_larger_than_another_body(make_client: MakeClient) -> None:
    client = make_client(max_body_bytes=1000)
    told(client.request("POST", f"{SESSIONS}/file", content=filed(lived(2))))
    assert error_of(client.request("POST", SESSIONS, {"preset": "x" * 2000}))["code"] == "body_too_large"


@pytest.mark.parametrize("content", [b"", b"{}", b"SGSN\x01", b"\0" * 5000, b"SGSN\x02" + bytes(100)])
def test_what_is_no_file_of_a_session_is_refused(client: Client, content: bytes) -> None:
    error = error_of(client.request("POST", f"{SESSIONS}/file", content=content))
    assert error["code"] == "invalid_file"


def test_damaged_files_are_refused_or_opened_and_never_an_error_of_the_server(
    make_client: MakeClient, long: bool
) -> None:
    client, draw = make_client(max_train_iterations=100), random.Random(11)
    files = [filed(lived(seed)) for seed in range(5)]
    refused = 0
    for _ in range(2000 if long else 150):
        content = bytes(damage(draw.choice(files), draw))
        response = client.request("POST", f"{SESSIONS}/file", content=content)
        if response.is_success:
            assert client.request("DELETE", f"{SESSIONS}/{response.json()['id']}").status_code == 204
        else:
            assert error_of(response)["code"] in ("invalid_file", "limit_exceeded")
            refused += 1
    assert refused > 50


def test_who_waited_for_a_session_that_was_let_go_of_works_on_the_one_that_is_kept(make_client: MakeClient) -> None:
    client = make_client()
    mine = begin(client, ME)
    desk = client.app.state.desk

    async def together() -> Any:
        session = await desk.get(mine.split("/")[-1])
        async with session.lock:
            waiting = asyncio.create_task(client.asking("POST", f"{mine}/step", {"granularity": "pass"}))
            while not session.lock._waiters:
                await asyncio.sleep(0)
            desk._drop(session.id)
        return await waiting

    stepped = told(client.run(together()))
    assert client.get(mine)["position"] == stepped["position"] != {"iteration": 0, "operation": 0}
