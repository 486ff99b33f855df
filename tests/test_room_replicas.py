"""A class at several servers on one store: whoever answers, it is the same room, and all hear of what is done in it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count, cycle
from typing import Any

import httpx
import pytest

from app.classroom.rooms import Rooms, entered
from app.joining import Invitation
from app.main import create_app
from app.settings import Settings

from .api.test_events import Stream
from .api.test_room_streams import Heard, Lesson
from .redis_server import RedisServer
from .server import Server
from .test_store_faults import until

UNHURRIED = "?socket_connect_timeout=30"
"""For what is not about how long the store takes to answer."""


@pytest.fixture(scope="module")
def three(redis_server: RedisServer) -> Iterator[list[Server]]:
    redis_server.empty()
    with ExitStack() as servers:
        flags = "--share", "--store", redis_server.url + UNHURRIED
        yield [servers.enter_context(Server(*flags)) for _ in range(3)]


@pytest.fixture
def lessons(three: list[Server]) -> list[Lesson]:
    """One room, as it is reached at each."""
    lesson = Lesson.on(three[0].url)
    return [replace(lesson, url=server.url) for server in three]


def shown(stream: Stream) -> Iterator[Any]:
    """The spotlights that one is sent."""
    return (event[2] for event in stream if event[0] == "spotlight")


def test_one_joins_at_one_server_teaches_at_another_and_follows_at_a_third(lessons: list[Lesson]) -> None:
    a, b, c = lessons
    student, other = a.join("Ada"), b.join()
    with c.stream(student) as stream, a.stream(other) as beside, b.stream(a.key) as teacher:
        stream.until("spotlight")
        for lesson in (b, a, b):
            position = lesson.step()["position"]
            assert any(told["state"]["position"] == position for told in shown(stream))
        a.ask("PUT", "/spotlight", {"look": {"example": 2}, "covered": True})
        assert next(told for told in shown(stream) if told["covered"])["look"]["example"] == 2
        for lesson in lessons:
            seen = f"{lesson.url}api/sessions/{lesson.viewing}"
            assert httpx.get(seen).json()["position"] == position
            assert httpx.post(f"{seen}/step", json={}).status_code == 403
        there = {"Ada": "following", None: "following"}
        rooms = (event[2]["members"] for event in teacher if event[0] == "room")
        assert any({one["nickname"]: one["state"] for one in members} == there for members in rooms)
        assert beside.until("here", here=2)

        b.ask("PUT", "/lead", {"member": 1})
        copy = httpx.post(f"{a.url}api/sessions/{a.viewing}/duplicate", headers={"Stepgrad-Room": student}).json()
        c.ask("PUT", "/spotlight", {"session": copy["id"]}, student)
        hers = next(told for told in shown(beside) if told["leader"] == 1 and told["session"] != a.viewing)["session"]
        moved = b.step(copy["id"], "pass")["position"]
        assert any(told["session"] == hers and told["state"]["position"] == moved for told in shown(beside))
        a.ask("PUT", "/lead", {"member": None})
        assert any(told["session"] == a.viewing for told in shown(beside))

        c.ask("PUT", "/frozen", {"frozen": True})
        assert any(told["frozen"] for told in shown(beside))
        headers = {"Stepgrad-Room": student}
        away = httpx.put(f"{a.url}api/rooms/{a.code}/members/me", json={"following": False}, headers=headers)
        assert away.status_code == 409

        b.ask("DELETE", "")
        for heard in (stream, beside, teacher):
            assert list(heard)[-1][0] == "closed"
    for lesson in lessons:
        assert httpx.get(f"{lesson.url}api/rooms/{lesson.code}").status_code == 404
        assert httpx.get(f"{lesson.url}api/sessions/{lesson.viewing}").status_code == 404


def test_a_question_that_is_asked_at_one_is_answered_at_all_and_counted_once(lessons: list[Lesson]) -> None:
    a, b, c = lessons
    students = [lesson.join() for lesson in (a, b, c)]
    with a.stream(a.key) as teacher, b.stream(students[1], language="de") as stream:
        number = a.ask("POST", "/questions", {"operation": 3, "kind": "sign"})["number"]
        question = next(told for told in shown(stream) if told["question"])["question"]
        assert "über oder unter 0" in question["text"]
        for lesson, student, answer in zip((b, c, b), students, ("positive", "negative", "negative"), strict=True):
            lesson.ask("PUT", f"/questions/{number}/answer", {"answer": answer}, student)
        asked = (told["question"] for told in shown(teacher) if told["question"])
        tally = next(question for question in asked if question["tally"]["answers"] == 3)["tally"]
        assert [(one["answer"], one["count"]) for one in tally["choices"]] == [
            ("positive", 1),
            ("negative", 2),
            ("zero", 0),
        ]
        c.ask("POST", f"/questions/{number}/reveal")
        revealed = next(told for told in shown(stream) if told["question"]["revealed"])["question"]
        assert revealed["mine"]["answer"] == "negative"
        assert {one["answer"] for one in revealed["tally"]["choices"] if one["right"]} <= {"positive", "negative"}


def test_of_changes_at_all_servers_at_once_none_is_lost(lessons: list[Lesson]) -> None:
    lesson = lessons[0]
    number = lesson.ask("POST", "/questions", {"text": "How many?"})["number"]

    def take_part(place: int) -> str:
        """Join at one server, and answer at the next."""
        student = lessons[place % 3].join()
        lessons[(place + 1) % 3].ask("PUT", f"/questions/{number}/answer", {"answer": place}, student)
        return student

    with ThreadPoolExecutor(12) as pool:
        students = list(pool.map(take_part, range(36)))
    assert len(set(students)) == 36
    for one in lessons:
        with one.stream(lesson.key) as teacher:
            told: dict[str, Any] = {}
            while not {"room", "spotlight"} <= told.keys():
                name, _, what = next(iter(teacher))
                told[name] = what
            assert told["spotlight"]["question"]["tally"]["answers"] == 36
            members = told["room"]["members"]
            assert [member["member"] for member in members] == list(range(1, 37))
            assert all(member["answered"] for member in members)


def test_a_run_at_one_is_followed_at_another_and_paused_from_a_third(lessons: list[Lesson]) -> None:
    a, b, c = lessons
    with b.stream(b.join()) as stream:
        stream.until("spotlight")
        httpx.put(f"{a.url}api/sessions/{a.session}/run", json={})
        running = (told["state"] for told in shown(stream) if told["state"]["run"] and told["state"]["run"]["going"])
        begun = next(running)["position"]["iteration"]
        assert any(state["position"]["iteration"] > begun for state in running)
        paused = httpx.delete(f"{c.url}api/sessions/{c.session}/run").json()
        assert any(told["state"]["position"] == paused["position"] for told in shown(stream))
    with httpx.stream("GET", f"{a.url}api/sessions/{a.session}/events", timeout=30) as response:
        run = Heard(response).until("run")[2]
        assert (run["going"], run["why"]) == (False, "paused")


class Way:
    """Through several servers: each thing is asked of one, and again of the next, as if the first answer had been lost.

    Args:
        servers: that are running, in turns; one is never asked again where they end.
    """

    def __init__(self, servers: Iterator[Server], end: Callable[[Server], object]) -> None:
        self._servers, self._end = servers, end
        self._here, self._asked = next(servers), 0

    def ask(self, method: str, path: str, body: Any = None, key: str = "", owner: str = "t") -> Any:
        self._asked += 1
        headers = {"Idempotency-Key": f"{self._asked:022}", "Stepgrad-Room": key, "Stepgrad-Owner": owner * 22}
        answers = []
        for _ in range(2):
            answer = httpx.request(method, f"{self._here.url}api{path}", json=body, headers=headers, timeout=30)
            assert answer.is_success, f"{method} {path}: {answer.text[:300]}"
            answers.append(answer.json() if answer.content else None)
            self._end(self._here)
            self._here = next(self._servers)
        assert answers[0] == answers[1], path
        return answers[0]

    @contextmanager
    def stream(self, room: str, key: str) -> Iterator[Stream]:
        with httpx.stream("GET", f"{self._here.url}api{room}/events", params={"as": key}, timeout=30) as response:
            yield Heard(response)


def test_a_lesson_goes_its_way_though_each_answer_is_lost_and_in_the_end_each_server(
    three: list[Server], redis_server: RedisServer, long: bool
) -> None:
    if not long:
        went_its_way(Way(cycle(three), lambda server: None))
        return
    with ExitStack() as running:
        flags = "--share", "--store", redis_server.url + UNHURRIED
        went_its_way(Way((running.enter_context(Server(*flags)) for _ in count()), Server.kill))


def went_its_way(way: Way) -> None:
    session = way.ask("POST", "/sessions", {"preset": "xor"})["id"]
    opened = way.ask("POST", "/rooms", {"session": session, "name": "Monday"})
    room, key = f"/rooms/{opened['code']}", opened["key"]
    students = [way.ask("POST", f"{room}/members", {"nickname": name}, owner=name[0]) for name in ("Ada", "Bo")]
    assert [student["member"] for student in students] == [1, 2]
    stepped = way.ask("POST", f"/sessions/{session}/step", {"granularity": "layer"})
    way.ask("PUT", f"{room}/spotlight", {"look": {"example": 2}, "covered": True}, key)
    number = way.ask("POST", f"{room}/questions", {"operation": 3, "kind": "sign"}, key)["number"]
    for student, answer in zip(students, ("positive", "negative"), strict=True):
        way.ask("PUT", f"{room}/questions/{number}/answer", {"answer": answer}, student["token"])
    way.ask("PUT", f"{room}/lead", {"member": 2}, key)
    token = students[1]["token"]
    copy = way.ask("POST", f"/sessions/{opened['viewing']}/duplicate", key=token, owner="B")["id"]
    way.ask("PUT", f"{room}/spotlight", {"session": copy}, token)
    moved = way.ask("POST", f"/sessions/{copy}/step", {}, owner="B")
    way.ask("POST", f"{room}/questions/{number}/reveal", None, key)
    with way.stream(room, students[0]["token"]) as stream:
        told = next(shown(stream))
    assert (told["state"]["position"], told["leader"], told["covered"]) == (moved["position"], 2, True)
    assert moved["position"] != stepped["position"]
    assert (told["question"]["number"], told["question"]["tally"]["answers"]) == (1, 2)
    with way.stream(room, key) as stream:
        people = stream.until("room")[2]["members"]
    assert [(one["member"], one["nickname"], one["state"]) for one in people] == [(1, "Ada", "away"), (2, "Bo", "away")]


def test_all_servers_say_the_same_room_to_begin_with(three: list[Server]) -> None:
    until(lambda: all("Students open" in "".join(server.output) for server in three))
    found = {re.search(r"\?teach=(\w+)#key=(\S+)", "".join(server.output)) for server in three}
    assert len({one and one.groups() for one in found}) == 1
    assert None not in found


def test_a_server_begins_with_the_room_of_one_that_ended_where_nobody_is_left(redis_server: RedisServer) -> None:
    redis_server.empty()
    settings = Settings(share=True, store=redis_server.url + UNHURRIED)

    async def lived(before: Invitation | None) -> Invitation | None:
        app = create_app(settings)
        rooms: Rooms = app.state.rooms
        async with app.router.lifespan_context(app):
            invitation: Invitation | None = app.state.invitation
            assert invitation is not None
            assert before in (None, invitation)
            held, caller = await entered(rooms, invitation.code, invitation.key)
            assert (await rooms.present(held)).here == set()
            rooms.enter(held, caller, 1)
            assert (await rooms.present(held)).here == {0}
        return invitation

    begun = asyncio.run(lived(None))
    asyncio.run(lived(begun))
