"""The stream of a room, over real connections to a real server: what all are shown, newest first, and how it ends."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.server import Server

from .test_events import Stream as Events


@dataclass(frozen=True)
class Lesson:
    """A room on a real server that shows the teacher's session."""

    url: str
    session: str
    code: str
    key: str
    viewing: str

    @classmethod
    def on(cls, url: str) -> Lesson:
        with httpx.Client(base_url=url, timeout=30) as api:
            session = api.post("/api/sessions", json={"preset": "xor"}).json()["id"]
            room = api.post("/api/rooms", json={"session": session}).json()
        return cls(url, session, room["code"], room["key"], room["viewing"])

    def ask(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        """A request in the room, of the teacher's unless another key is named; its JSON, if it has any."""
        headers = {"Stepgrad-Room": key or self.key}
        response = httpx.request(
            method, f"{self.url}api/rooms/{self.code}{path}", json=body, headers=headers, timeout=30
        )
        assert response.is_success, f"{method} {path}: {response.text[:300]}"
        return response.json() if response.content else None

    def step(self, session: str = "", by: str = "operation") -> Any:
        """One step of the teacher's session, or another one."""
        path = f"{self.url}api/sessions/{session or self.session}/step?view=step"
        return httpx.post(path, json={"granularity": by}, timeout=30).json()

    def join(self, nickname: str = "") -> str:
        token: str = self.ask("POST", "/members", {"nickname": nickname})["token"]
        return token

    @contextlib.contextmanager
    def stream(self, key: str, **query: str) -> Iterator[Events]:
        path = f"{self.url}api/rooms/{self.code}/events"
        with httpx.stream("GET", path, params={"as": key, **query}, timeout=30) as response:
            yield Heard(response)


class Heard(Events):
    """Reads events, beats and those without an id among them."""

    def __iter__(self) -> Iterator[tuple[str, str, Any]]:
        fields: dict[str, str] = {}
        for line in self._lines:
            name, _, value = line.partition(": ")
            if line:
                fields[name] = value
            elif "event" in fields:
                yield fields["event"], fields.get("id", ""), json.loads(fields["data"])
                fields = {}


@pytest.fixture(scope="module")
def shared() -> Iterator[Server]:
    with Server("--share") as running:
        yield running


@pytest.fixture
def lesson(shared: Server) -> Lesson:
    return Lesson.on(shared.url)


def test_a_follower_is_shown_where_it_stands_and_each_move_with_its_state(lesson: Lesson) -> None:
    student = lesson.join()
    with lesson.stream(student, notation="bracket") as stream:
        spotlight = stream.until("spotlight")[2]
        assert spotlight["session"] == spotlight["state"]["id"] == lesson.viewing
        assert spotlight["question"] is None
        stepped = lesson.step(by="neuron")
        state = stream.until("spotlight")[2]["state"]
        assert state["position"] == stepped["position"]
        seen = {"view": "step", "notation": "bracket"}
        assert state == httpx.get(f"{lesson.url}api/sessions/{lesson.viewing}", params=seen).json()
        look = {"example": 2, "selection": {"tensor": "a1", "index": [0, 0]}, "panel": "graph", "by": "layer"}
        lesson.ask("PUT", "/spotlight", {"look": look, "ring": {"tensor": "W1", "index": [0, 1]}, "covered": True})
        shown = next(event for event in stream if event[0] == "spotlight" and event[2]["covered"])[2]
        assert (shown["look"], shown["ring"]) == (look, {"tensor": "W1", "index": [0, 1]})
        assert shown["state"]["batch"]["shown"] == 2
        lesson.ask("PUT", "/spotlight", {"ring": None})
        assert stream.until("spotlight", ring=None)[2]["look"] == look
        assert lesson.session not in json.dumps(shown)


def test_whoever_comes_late_or_back_is_told_the_newest_at_once(lesson: Lesson) -> None:
    student = lesson.join()
    with lesson.stream(student) as stream:
        stream.until("spotlight")
        for _ in range(3):
            position = lesson.step()["position"]
    for key in (student, lesson.join()):
        with lesson.stream(key) as stream:
            state = next(event for event in stream if event[0] == "spotlight")[2]["state"]
            assert state["position"] == position


def test_the_teacher_sees_who_is_where_and_nobody_else_does(lesson: Lesson) -> None:
    student, other = lesson.join("Ada"), lesson.join()
    with lesson.stream(lesson.key) as teacher, lesson.stream(student) as stream, lesson.stream(other) as followed:
        stream.until("spotlight")
        copy = httpx.post(f"{lesson.url}api/sessions/{lesson.viewing}/duplicate").json()["id"]
        lesson.ask("PUT", "/members/me", {"following": False, "session": copy}, student)
        position = lesson.step(copy)["position"]
        there = {"iteration": position["iteration"], "operation": position["operation"]}
        wanted = {"member": 1, "nickname": "Ada", "state": "exploring", "answered": False, "where": there}
        seen = next(event for event in teacher if event[0] == "room" and wanted in event[2]["members"])[2]["members"]
        assert copy not in json.dumps(seen)
        assert seen[1] == {"member": 2, "nickname": None, "state": "following", "answered": False, "where": None}
        assert followed.until("here", here=2)
        lesson.ask("DELETE", "")
        told = {event[0] for event in followed}
        assert "closed" in told
        assert "room" not in told


def test_one_hears_of_ones_own_session_over_the_same_stream(lesson: Lesson) -> None:
    student = lesson.join()
    copy = httpx.post(f"{lesson.url}api/sessions/{lesson.viewing}/duplicate").json()["id"]
    with lesson.stream(student, session=copy) as stream:
        assert stream.until("position", revision=0)[2]["operation"] == 0
        lesson.step(copy)
        assert stream.until("position", revision=1)[2]["operation"] == 1
        lesson.step(by="pass")
        assert stream.until("spotlight")[2]["state"]["position"]["operation"] > 1


def test_what_a_student_shows_who_leads_is_what_all_see(lesson: Lesson) -> None:
    student, other = lesson.join(), lesson.join()
    with lesson.stream(other) as stream:
        stream.until("spotlight")
        lesson.ask("PUT", "/lead", {"member": 1})
        assert stream.until("spotlight", leader=1)[2]["session"] == lesson.viewing
        path = f"{lesson.url}api/sessions/{lesson.viewing}/duplicate"
        copy = httpx.post(path, headers={"Stepgrad-Room": student}).json()["id"]
        lesson.ask("PUT", "/spotlight", {"session": copy}, student)
        hers = stream.until("spotlight")[2]["session"]
        assert hers not in (lesson.viewing, copy)
        moved = lesson.step(copy, "pass")["position"]
        lesson.step(by="layer")
        assert stream.until("spotlight", session=hers)[2]["state"]["position"] == moved
        lesson.ask("PUT", "/lead", {"member": None})
        back = stream.until("spotlight", session=lesson.viewing)[2]
        assert back["leader"] is None
        assert back["state"]["position"]["operation"] < moved["operation"]


def test_a_question_goes_to_all_in_their_languages_and_its_tally_to_the_teacher_first(lesson: Lesson) -> None:
    students = [lesson.join() for _ in range(3)]
    with lesson.stream(lesson.key) as teacher, lesson.stream(students[0], language="de") as stream:
        stream.until("spotlight")
        lesson.ask("POST", "/questions", {"operation": 3, "kind": "sign"})
        question = spotlight_with(stream)["question"]
        assert [option["name"] for option in question["options"]] == ["positive", "negative", "zero"]
        assert "über oder unter 0" in question["text"]
        assert (question["tally"], question["mine"], question["revealed"]) == (None, None, False)
        for student, answer in zip(students, ("positive", "negative", "negative"), strict=True):
            lesson.ask("PUT", "/questions/1/answer", {"answer": answer}, student)
        assert stream.until("here", answered=3)
        asked = (told["question"] for told in spotlights(teacher) if told["question"])
        tally = next(question for question in asked if question["tally"]["answers"] == 3)
        assert [(one["answer"], one["count"]) for one in tally["tally"]["choices"]] == [
            ("positive", 1),
            ("negative", 2),
            ("zero", 0),
        ]
        assert not tally["revealed"]
        lesson.ask("POST", "/questions/1/reveal")
        shown = next(told for told in spotlights(stream) if told["question"]["revealed"])["question"]
        right = [one["answer"] for one in shown["tally"]["choices"] if one["right"]]
        assert shown["mine"]["answer"] == "positive"
        assert shown["mine"]["right"] is (right == ["positive"])
        wrong = {"positive": 1, "negative": 2}[next(one for one in ("positive", "negative") if [one] != right)]
        assert sum(one["count"] for one in shown["tally"]["mistakes"]) == wrong
        lesson.ask("DELETE", "/questions/1")
        assert stream.until("spotlight", question=None)


def spotlights(stream: Events) -> Iterator[Any]:
    return (event[2] for event in stream if event[0] == "spotlight")


def spotlight_with(stream: Events) -> Any:
    """The first one in which something is asked."""
    return next(told for told in spotlights(stream) if told["question"])


def test_an_answer_is_told_back_to_who_gave_it_alone(lesson: Lesson) -> None:
    one, other = lesson.join(), lesson.join()
    lesson.ask("POST", "/questions", {"text": "Why?", "options": ["a", "b"]})
    with lesson.stream(one) as hers, lesson.stream(other) as others:
        assert spotlight_with(hers)["question"]["mine"] is None
        spotlight_with(others)
        for answer in ("0", "1"):
            lesson.ask("PUT", "/questions/1/answer", {"answer": answer}, one)
            assert hers.until("spotlight")[2]["question"]["mine"] == {"answer": answer}
        assert others.until("here", answered=1)
        lesson.ask("POST", "/questions/1/reveal")
        revealed = spotlight_with(others)["question"]
        assert (revealed["mine"], revealed["tally"]["right"]) == (None, None)
        assert [one["count"] for one in revealed["tally"]["choices"]] == [0, 1]


def test_closing_ends_every_stream(lesson: Lesson) -> None:
    student = lesson.join()
    with lesson.stream(student) as stream, lesson.stream(lesson.key) as teacher:
        stream.until("spotlight")
        lesson.ask("DELETE", "")
        assert list(stream)[-1][0] == list(teacher)[-1][0] == "closed"
    assert httpx.get(f"{lesson.url}api/sessions/{lesson.viewing}").status_code == 404


def test_a_session_that_is_deleted_is_shown_no_longer_until_there_is_another(lesson: Lesson) -> None:
    owner = {"Stepgrad-Owner": "t" * 22}
    mine = httpx.post(f"{lesson.url}api/sessions", json={"preset": "or"}, headers=owner).json()["id"]
    with lesson.stream(lesson.join()) as stream:
        stream.until("spotlight")
        lesson.ask("PUT", "/spotlight", {"session": mine})
        assert "OR" in stream.until("spotlight")[2]["state"]["data"]["title"]
        assert httpx.delete(f"{lesson.url}api/sessions/{mine}", headers=owner).status_code == 204
        assert stream.until("spotlight", session=None)[2]["state"] is None
        lesson.ask("PUT", "/spotlight", {"session": lesson.session})
        assert stream.until("spotlight", session=lesson.viewing)


def test_a_room_that_was_opened_by_the_terminal_waits_for_its_teacher(shared: Server) -> None:
    said = "".join(shared.output)
    code, key = re.findall(r"\?teach=(\w+)#key=(\S+)", said)[0]
    session = httpx.post(f"{shared.url}api/sessions", json={"preset": "xor"}).json()["id"]
    lesson = Lesson(shared.url, session, code, key, "")
    with lesson.stream(lesson.join()) as stream:
        assert stream.until("spotlight", session=None)[2]["state"] is None
        lesson.ask("PUT", "/spotlight", {"session": session})
        assert stream.until("spotlight")[2]["state"]["id"].startswith("~")


def test_a_wrong_key_is_told_the_same_in_every_room(lesson: Lesson) -> None:
    answers = [
        httpx.get(f"{lesson.url}api/rooms/{code}/events", params={"as": key})
        for code, key in ((lesson.code, "wrong"), ("AAAAAA", lesson.key), ("AAAAAA", "wrong"))
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_a_server_that_is_stopped_ends_the_streams_of_rooms_by_itself() -> None:
    """Not by cutting them off, for which it would wait three seconds."""
    with Server("--share") as server:
        lesson = Lesson.on(server.url)
        with lesson.stream(lesson.join()) as stream, lesson.stream(lesson.key) as teacher:
            stream.until("spotlight")
            teacher.until("spotlight")
            assert server.stop() == 0
            assert list(stream)[-1][0] == list(teacher)[-1][0] == "closed"
        assert "Traceback" not in "".join(server.output)
