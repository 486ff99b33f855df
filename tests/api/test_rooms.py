"""Rooms over the API: opened on a shared server only, and who has the code can look and answer, and nothing else."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings

from .client import Client, MakeClient, error_of, told
from .rooms import Class

SHARED = Settings(share=True, public_url="http://nets.example.org")


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """A shared one; rooms know nothing of each other."""
    return create_app(SHARED)


@pytest.fixture
def shared(client: Client) -> Client:
    return client


def test_a_server_for_one_person_has_no_rooms(make_client: MakeClient) -> None:
    client = make_client()
    session = client.session_state({"preset": "xor"})["id"]
    assert client.get("/api/rooms") == {"shared": False, "address": None}
    refused = client.refused(409, "POST", "/api/rooms", {"session": session})
    assert refused["code"] == "not_shared"
    assert "--share" in refused["hint"]


def test_a_room_is_opened_with_all_that_a_class_needs(shared: Client) -> None:
    session = shared.session_state({"preset": "xor"})["id"]
    assert shared.get("/api/rooms") == {"shared": True, "address": "http://nets.example.org/"}
    room = shared.post("/api/rooms", {"session": session, "name": " Monday "})
    assert room["address"] == f"http://nets.example.org/?room={room['code']}"
    assert len(room["key"]) == 22
    looked = shared.get(f"/api/rooms/{room['code'].lower()}")
    assert looked == {"code": room["code"], "name": "Monday", "members": 0, "open": True, "address": room["address"]}
    assert session not in json.dumps(room)
    qr = shared.request("GET", f"/api/rooms/{room['code']}/qr.svg")
    assert qr.headers["content-type"] == "image/svg+xml"


def test_what_is_posted_again_has_one_effect_and_is_answered_as_before_to_nobody_else(shared: Client) -> None:
    def posted(path: str, body: Any, key: str, as_: str = "", owner: str = "") -> Any:
        headers = {"Idempotency-Key": key * 22, "Stepgrad-Room": as_}
        return told(
            shared.request("POST", path, body, headers=headers | ({"Stepgrad-Owner": owner * 22} if owner else {}))
        )

    session, other = (shared.session_state({"preset": "xor"})["id"] for _ in range(2))
    room = posted("/api/rooms", {"session": session}, "a")
    assert posted("/api/rooms", {"session": session}, "a") == room
    for wish in ((session, "b", ""), (other, "a", ""), (session, "a", "o")):
        different = posted("/api/rooms", {"session": wish[0]}, wish[1], owner=wish[2])
        assert {different["code"], different["key"]}.isdisjoint(room.values())
    path = f"/api/rooms/{room['code']}"
    hers = posted(f"{path}/members", {"nickname": "Ada"}, "c", owner="o")
    assert posted(f"{path}/members", {"nickname": "Ada"}, "c", owner="o") == hers
    tokens = {hers["token"]}
    for number, wish in enumerate((("Ada", "c", ""), ("Ada", "c", "p"), ("ada", "c", "o"), ("Ada", "d", "o")), 2):
        found = posted(f"{path}/members", {"nickname": wish[0]}, wish[1], owner=wish[2])
        assert found["member"] == number
        tokens.add(found["token"])
    assert len(tokens) == 5
    asked = [posted(f"{path}/questions", {"text": "?"}, key, room["key"])["number"] for key in "aabab"]
    assert asked == [1, 1, 2, 1, 2]
    for _ in range(2):
        posted_again = shared.request("POST", f"{path}/questions/2/reveal", headers={"Stepgrad-Room": room["key"]})
        assert posted_again.status_code == 204


def test_only_a_session_that_is_there_can_be_shown(shared: Client) -> None:
    class_ = Class.opened(shared)
    for wrong in ("nonesuch", class_.viewing):
        assert shared.refused(404, "POST", "/api/rooms", {"session": wrong})["code"] == "session_not_found"
        assert class_.ask(class_.key, "PUT", "/spotlight", {"session": wrong}).status_code == 404


def test_a_qr_code_needs_an_address_and_is_of_no_other_thing(make_client: MakeClient) -> None:
    client = make_client(share=True, host="192.0.2.7", port=8000)
    assert client.request("GET", "/api/rooms/ABCDEF/qr.svg").is_success
    for wrong in ("javascript:alert(1)", "ftp://a", "http://user:word@a", "http://a b", "http://a?x=1", "//a"):
        assert error_of(client.request("GET", "/api/rooms/ABCDEF/qr.svg", params={"at": wrong}))["where"] == "at"


def test_through_a_viewing_name_one_sees_all_and_never_the_id(shared: Client) -> None:
    """Every route that reads a session is asked."""
    class_ = Class.opened(shared)
    shared.post(f"/api/sessions/{class_.session}/train", {"iterations": 3})
    shared.post(f"/api/sessions/{class_.session}/step", {"granularity": "pass"})
    places = {"tensor": "z1", "iteration": "2", "name": "", "activation": ""}
    paths = {path: methods["get"] for path, methods in shared.get("/openapi.json")["paths"].items() if "get" in methods}
    exporters = [entry["name"] for entry in shared.get("/api/catalog")["exporters"]]
    asked = 0
    for path in paths:
        if not path.startswith("/api/sessions/{session_id}") or path.endswith("/events"):
            continue
        for exporter in exporters if "{name}" in path else [""]:
            filled = path.replace("{session_id}", class_.viewing).format(**{**places, "name": exporter})
            query = {"index": "0", "tensor": "W1", "view": "step"} if "index" in str(paths[path]) else {}
            response = shared.request("GET", filled, params=query | ({"index": "0,0"} if "history" in path else {}))
            asked += response.is_success
            assert class_.session.encode() not in response.content, filled
            assert class_.session not in str(response.headers), filled
            assert response.status_code in (200, 422), f"{filled}: {response.text[:300]}"
    assert asked > 20
    assert shared.get(class_.seen)["id"] == class_.viewing
    assert shared.get(class_.seen, view="step")["position"] == shared.get(f"/api/sessions/{class_.session}")["position"]
    frame = shared.request("GET", f"{class_.seen}/frame").content
    assert class_.viewing.encode() in frame


CHANGE_NOTHING = {"predict", "answer", "duplicate"}


def test_through_a_viewing_name_nothing_can_be_changed(shared: Client) -> None:
    """Every route that may change a session is tried, with any key or none."""
    class_ = Class.opened(shared)
    student = class_.join()
    before = shared.get(f"/api/sessions/{class_.session}")
    tried = 0
    for path, methods in shared.get("/openapi.json")["paths"].items():
        if not path.startswith("/api/sessions/{session_id}") or path.rsplit("/", 1)[-1] in CHANGE_NOTHING:
            continue
        filled = re.sub(r"\{\w+\}", "1", path.replace("{session_id}", class_.viewing))
        for method in set(methods) - {"get", "parameters"}:
            for key in (class_.key, student, ""):
                response = shared.request(method.upper(), filled, {}, headers={"Stepgrad-Room": key})
                assert response.status_code in (403, 422), f"{method} {filled}: {response.text[:200]}"
                tried += response.status_code == 403
    assert tried > 3 * 15
    assert shared.get(f"/api/sessions/{class_.session}") == before
    assert shared.request("GET", f"{class_.seen}/events").status_code == 403


def test_what_changes_nothing_may_be_asked_and_a_copy_is_ones_own(shared: Client) -> None:
    class_ = Class.opened(shared)
    told(shared.request("POST", f"{class_.seen}/predict", {"inputs": [[0, 1]]}))
    told(shared.request("POST", f"{class_.seen}/answer", {"operation": 3, "kind": "number", "answer": 1}))
    shared.post(f"/api/sessions/{class_.session}/step", {"granularity": "layer"})
    copy = told(shared.request("POST", f"{class_.seen}/duplicate?view=step"))
    assert copy["id"] not in (class_.viewing, class_.session)
    shared.post(f"/api/sessions/{copy['id']}/step", {})
    there, here = (shared.get(f"/api/sessions/{name}")["position"] for name in (class_.session, copy["id"]))
    assert here["operation"] == there["operation"] + 1


TEACHERS: list[tuple[str, str, Any]] = [
    ("PUT", "/spotlight", {"covered": True}),
    ("PUT", "/lead", {"member": 1}),
    ("PUT", "/frozen", {"frozen": True}),
    ("POST", "/questions/1/reveal", None),
    ("DELETE", "/questions/1", None),
    ("POST", "/questions", {"text": "?", "options": ["a", "b"]}),
    ("DELETE", "", None),
]


def test_a_student_cannot_act_in_the_teachers_name(shared: Client) -> None:
    class_, other = Class.opened(shared), Class.opened(shared)
    student = class_.join()
    paths = shared.get("/openapi.json")["paths"]
    rooms = [(method.upper(), path) for path in paths if "/rooms/" in path for method in paths[path]]
    unsafe = {(method, path.removeprefix("/api/rooms/{code}")) for method, path in rooms if method != "GET"}
    known = {(method, path.replace("/1", "/{number}")) for method, path, _ in TEACHERS}
    assert unsafe - known == {("POST", "/members"), ("PUT", "/members/me"), ("PUT", "/questions/{number}/answer")}
    class_.teach("POST", "/questions", {"text": "?", "options": ["a", "b"]})
    for method, path, body in TEACHERS:
        refused = class_.ask(student, method, path, body)
        assert refused.status_code == 403, f"{method} {path}"
        assert error_of(refused)["code"] == "not_allowed"
        for key in (other.key, other.join(), class_.viewing, class_.code, ""):
            assert error_of(class_.ask(key, method, path, body))["code"] == "room_not_found"
    for method, path, body in TEACHERS:
        assert class_.ask(class_.key, method, path, body).is_success, f"{method} {path}"


def test_a_teacher_is_no_member_and_a_member_only_herself(shared: Client) -> None:
    class_ = Class.opened(shared)
    class_.teach("POST", "/questions", {"text": "?", "options": ["a", "b"]})
    for path, body in (("/members/me", {"following": True}), ("/questions/1/answer", {"answer": "0"})):
        assert error_of(class_.ask(class_.key, "PUT", path, body))["code"] == "not_allowed"
        assert class_.ask(class_.join(), "PUT", path, body).status_code == 204


def test_while_all_are_frozen_only_who_leads_makes_a_copy(shared: Client) -> None:
    class_ = Class.opened(shared)
    one, other = class_.join(), class_.join()
    class_.teach("PUT", "/frozen", {"frozen": True})
    class_.teach("PUT", "/lead", {"member": 1})

    def copied(key: str) -> int:
        return shared.request("POST", f"{class_.seen}/duplicate", headers={"Stepgrad-Room": key}).status_code

    assert [copied(key) for key in (one, other, "", "wrong")] == [201, 409, 409, 409]
    assert shared.request("GET", f"{class_.seen}/file").status_code == 409
    assert class_.ask(other, "PUT", "/members/me", {"following": False}).status_code == 409
    class_.teach("PUT", "/frozen", {"frozen": False})
    assert [copied(key) for key in (one, other, "")] == [201, 201, 201]


def test_a_student_leads_with_a_session_of_her_own_and_never_gets_the_teachers(shared: Client) -> None:
    class_ = Class.opened(shared)
    student = class_.join()
    class_.teach("PUT", "/lead", {"member": 1})
    copy = told(shared.request("POST", f"{class_.seen}/duplicate", headers={"Stepgrad-Room": student}))["id"]
    assert class_.ask(student, "PUT", "/spotlight", {"look": {}}).status_code == 422
    assert class_.ask(student, "PUT", "/spotlight", {"session": copy, "covered": True}).status_code == 204
    assert shared.refused(404, "GET", class_.seen)["code"] == "session_not_found"
    assert shared.request("POST", f"{class_.seen}/step", {}).status_code == 404
    class_.teach("PUT", "/lead", {"member": None})
    assert class_.ask(student, "PUT", "/spotlight", {"session": copy}).status_code == 403
    assert shared.get(class_.seen)["id"] == class_.viewing


def test_a_closed_room_is_there_for_nobody(shared: Client) -> None:
    class_ = Class.opened(shared)
    student = class_.join()
    class_.teach("DELETE", "")
    assert shared.refused(404, "GET", class_.seen)["code"] == "session_not_found"
    assert shared.refused(404, "GET", f"/api/rooms/{class_.code}")["code"] == "room_not_found"
    for key in (class_.key, student):
        assert error_of(class_.ask(key, "GET", f"/events?as={key}"))["code"] == "room_not_found"
        assert error_of(class_.ask(key, "PUT", "/members/me", {"following": True}))["code"] == "room_not_found"


def test_guessing_codes_ends_soon_and_whoever_is_in_goes_on(make_client: MakeClient) -> None:
    shared = make_client(share=True)
    class_ = Class.opened(shared)
    student = class_.join()
    for _ in range(100):
        assert shared.request("GET", f"/api/rooms/{class_.code}").status_code == 200
    wrong = "AAAAAA" if class_.code != "AAAAAA" else "BBBBBB"
    statuses = [shared.request("GET", f"/api/rooms/{wrong}").status_code for _ in range(62)]
    assert statuses == [404] * 60 + [429] * 2
    refused = shared.request("POST", f"/api/rooms/{class_.code}/members", {})
    assert (refused.status_code, error_of(refused)["code"]) == (429, "too_many_guesses")
    assert 0 < int(refused.headers["Retry-After"]) <= 2
    assert class_.ask(student, "PUT", "/members/me", {"following": True}).status_code == 204


def test_one_address_cannot_take_the_places_of_all_rooms(make_client: MakeClient) -> None:
    shared = make_client(share=True, max_rooms=4)
    class_ = Class.opened(shared)
    statuses = [shared.request("POST", "/api/rooms", {"session": class_.session}).status_code for _ in range(3)]
    assert statuses == [201, 429, 429]
    refused = shared.request("POST", "/api/rooms", {"session": class_.session})
    assert error_of(refused)["code"] == "too_many_rooms"
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert shared.request("GET", f"/api/rooms/{class_.code}").is_success


def test_a_nickname_is_one_line_of_what_can_be_seen(shared: Client) -> None:
    class_ = Class.opened(shared)
    names = {
        "  Ada\t\u202e\u0007Lovelace \n": "Ada Lovelace",
        "\u3164 \u2800\u115f": "",
        "Z" + "\u0301\u0489" * 15 + "oë\u0323\u0302\u0301": "Z\u0301\u0489\u0301oë\u0323\u0302\u0301",
        "नमस्ते 한글": "नमस्ते 한글",
    }
    for name in names:
        class_.join(name)
    held = asyncio.run(shared.app.state.rooms.of(class_.code))
    assert [member.nickname for member in held.room.members.values()] == list(names.values())


def test_answers_are_taken_until_the_right_one_is_shown(shared: Client) -> None:
    class_ = Class.opened(shared)
    student = class_.join()
    class_.teach("POST", "/questions", {"operation": 3, "kind": "sign"})
    for answer, status in (("positive", 204), ("up", 422), (1, 422), ("negative", 204)):
        assert class_.ask(student, "PUT", "/questions/1/answer", {"answer": answer}).status_code == status
    assert class_.ask(student, "PUT", "/questions/2/answer", {"answer": "zero"}).status_code == 404
    class_.teach("POST", "/questions/1/reveal")
    assert class_.ask(student, "PUT", "/questions/1/answer", {"answer": "zero"}).status_code == 409
    class_.teach("POST", "/questions", {"operation": 4})
    assert class_.ask(student, "PUT", "/questions/1/answer", {"answer": "zero"}).status_code == 404
    class_.teach("DELETE", "/questions/2")
    assert class_.ask(student, "PUT", "/questions/2/answer", {"answer": 1}).status_code == 404


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "operation"),
        ({"text": "  "}, "operation"),
        ({"operation": 3, "text": "Why?"}, "operation"),
        ({"operation": 10_000}, "operation"),
        ({"operation": 3, "kind": "riddle"}, "kind"),
        ({"text": "?", "options": ["a"] * 9}, "options"),
        ({"text": "?", "options": ["a", "b"], "answer": "2"}, "answer"),
        ({"text": "?", "options": ["a", "b"], "answer": 1}, "answer"),
        ({"text": "?", "answer": "1"}, "answer"),
        ({"text": "?", "answer": 1, "tolerance": -1}, "tolerance"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(shared: Client, body: Any, where: str) -> None:
    class_ = Class.opened(shared)
    refused = class_.ask(class_.key, "POST", "/questions", body)
    assert refused.status_code == 422
    assert error_of(refused)["where"] == where
