"""Rooms are found by their codes as people type them, changed one change at a time, and end whole."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from math import inf
from typing import Any

import pytest

from app import redis
from app.classroom.keys import LETTERS, hashed, new_code
from app.classroom.question import Text
from app.classroom.redis import RedisRooms
from app.classroom.room import Caller, Present, Room
from app.classroom.rooms import Held, entered
from app.errors import NotAllowed, RoomNotFound, SessionNotFound
from app.steps.answerkey import AnswerKey
from tests.redis_server import RedisServer

from .rooms import TEACHER, Make, Run, opened


def test_codes_are_six_letters_that_nobody_takes_for_digits() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(f"[{LETTERS}]{{6}}", code) for code in codes)
    assert set("".join(codes)) == set(LETTERS) == set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - set("IO")


def test_a_code_is_read_as_people_type_it(make: Make, run: Run) -> None:
    async def found() -> None:
        rooms = make()
        code = (await rooms.open("Monday"))[0].code
        assert (await rooms.of(f" {code[:3].lower()}-{code[3:]} ")).room.name == "Monday"
        with pytest.raises(RoomNotFound):
            await rooms.of("AAAAAA" if code != "AAAAAA" else "BBBBBB")

    run(found())


def test_who_opens_a_room_again_with_its_key_gets_the_same_one_as_it_is_now(make: Make, run: Run) -> None:
    async def again() -> None:
        rooms = make()
        room, key = await rooms.open("Monday", "hers", "k" * 22)
        held = await rooms.of(room.code)
        assert (room.key, key, room.shown.session, room.name) == (hashed("k" * 22), "k" * 22, "hers", "Monday")
        assert (await rooms.seen(room.viewing)) is held
        await rooms.change(held, lambda room: room.show(TEACHER, session="another"))
        assert await rooms.open("Monday", "hers", "k" * 22) == (held.room, key)
        others = [await rooms.open("Monday", "hers", given) for given in ("l" * 22, "", "")]
        assert len({room.code, *(other.code for other, _ in others)}) == 4

    run(again())


def test_all_begin_with_one_room_and_with_another_when_that_has_ended(
    redis_server: RedisServer, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis, "SECONDS", 30.0)
    redis_server.empty()

    async def begin() -> None:
        servers = [redis.RedisServer(redis_server.url) for _ in range(3)]
        one, other, late = (RedisRooms(server, 2, 60) for server in servers)
        found = await asyncio.gather(*(rooms.first() for rooms in (one, other, one, other)))
        codes, keys = {room.code for room, _ in found}, {key for _, key in found}
        assert (len(codes), len(keys)) == (1, 1)
        held, caller = await entered(late, *codes, *keys)
        assert caller == TEACHER
        await late.change(held, lambda room: room.show(TEACHER, session="hers"))
        assert await late.first() == (held.room, *keys)
        assert (await one.open())[0].code not in codes
        await late.close(held)
        room, key = await other.first()
        assert {room.code} != codes
        assert {key} != keys
        assert room.shown.session == ""
        assert (await one.first())[1] == key
        for server in servers:
            await server.close()

    run(begin())


def test_a_repeat_joins_and_asks_once_and_nobody_else_gets_its_token(make: Make, run: Run) -> None:
    async def repeated() -> None:
        rooms = make()
        held, other = await opened(rooms), await opened(rooms)

        async def joins(request: str, nickname: str = "Ada", room: Held = held) -> tuple[int, str]:
            join = partial(Room.join, nickname=nickname, most=10, present=Present(), request=request)
            member, token = await rooms.change(room, join)
            return member.number, token

        one, again, *others = await asyncio.gather(
            joins("own key"), joins("own key"), joins("her key"), joins("own key", "Bo"), joins(""), joins("")
        )
        assert one == again == await joins("own key")
        assert sorted(number for number, _ in (one, *others)) == [1, 2, 3, 4, 5]
        assert len({one[1], *(token for _, token in others), (await joins("own key", room=other))[1]}) == 6
        assert held.room.caller(one[1]) == Caller(one[0])

        async def asks(request: str) -> int:
            text, key = {"": Text("", "?")}, AnswerKey(None)
            return await rooms.change(held, partial(Room.ask, kind="own", texts=text, key=key, request=request))

        before = held.room
        assert [await asks(request) for request in ("a", "a", "b", "", "", "b", "a")] == [1, 1, 2, 3, 4, 2, 1]
        assert (before.asked, held.room.asked_now(4).number) == ({}, 4)
        for number in range(40):
            await asks(str(number))
        assert len(held.room.asked) == 16
        assert await asks("39") == held.room.questions == 44

    run(repeated())


def test_a_wrong_code_and_a_wrong_key_are_told_in_the_same_words(make: Make, run: Run) -> None:
    async def wrong() -> None:
        rooms = make()
        room, key = await rooms.open()
        held, caller = await entered(rooms, room.code, key)
        assert (held.room.code, caller) == (room.code, TEACHER)
        told = []
        for code, given in ((room.code, "wrong"), ("AAAAAA", key), (room.code, "")):
            with pytest.raises(RoomNotFound) as caught:
                await entered(rooms, code, given)
            told.append((caught.value.message, caught.value.hint, caught.value.where))
        assert len(set(told)) == 1

    run(wrong())


def test_a_change_says_what_it_did_and_one_that_fails_leaves_all_as_it_was(make: Make, run: Run) -> None:
    async def changed() -> None:
        rooms = make()
        held = await opened(rooms, "hers")
        before = held.room
        member, token = await rooms.change(held, lambda room: room.join("Ada", 10, held.present))
        assert held.room.caller(token) == Caller(member.number)
        assert (held.room.revision, before.members) == (before.revision + 1, {})

        def half(room: Any) -> None:
            room.cover(True)
            room.show(Caller(member.number), session="ones")

        after = held.room
        with pytest.raises(NotAllowed):
            await rooms.change(held, half)
        assert (await rooms.of(after.code)).room == after

    run(changed())


def test_of_many_changes_at_once_none_is_lost(make: Make, run: Run) -> None:
    async def together() -> None:
        rooms = make()
        held, present = await opened(rooms), await rooms.present(await opened(rooms))
        changes = (rooms.change(held, lambda room: room.join("", 100, present)) for _ in range(30))
        assert sorted(member.number for member, _ in await asyncio.gather(*changes)) == list(range(1, 31))
        assert len((await rooms.of(held.room.code)).room.members) == 30

    run(together())


def test_a_closed_room_ends_its_code_its_keys_and_its_name_for_the_session(make: Make, run: Run) -> None:
    async def closed() -> None:
        rooms = make()
        room, key = await rooms.open()
        held, other = await rooms.of(room.code), await opened(rooms, "same")
        await rooms.change(held, lambda room: room.show(TEACHER, session="same"))
        viewing = held.room.viewing
        assert (await rooms.seen(viewing)).room.code == room.code
        await rooms.close(held)
        assert (held.closed, held.news.closed) == (True, True)
        with pytest.raises(RoomNotFound):
            await entered(rooms, room.code, key)
        with pytest.raises(SessionNotFound):
            await rooms.seen(viewing)
        with pytest.raises(RoomNotFound):
            await rooms.change(held, lambda room: room.cover(True))
        assert (await rooms.seen(other.room.viewing)).room.code == other.room.code
        rooms.let_go()
        assert other.news.closed

    run(closed())


def test_a_room_has_one_name_for_a_session_as_long_as_it_shows_it(make: Make, run: Run) -> None:
    async def named() -> None:
        rooms = make()
        held = await opened(rooms, "one")
        first = held.room.viewing
        await rooms.change(held, lambda room: room.show(TEACHER, session="other"))
        with pytest.raises(SessionNotFound):
            await rooms.seen(first)
        assert (await rooms.seen(held.room.viewing)).room.shown.session == "other"
        await rooms.change(held, lambda room: room.show(TEACHER, session="one"))
        assert (await rooms.seen(first)).room.shown.session == "one"

    run(named())


def asked_and_answered(key: AnswerKey, answer: str | float, room: Room) -> None:
    room.answer(room.ask("own", {"": Text("", "?", {"0": "a"}, "a")}, key, 4, f"asked as {key}"), 1, answer)


def test_another_server_finds_the_same_room_whatever_was_asked_and_answered(
    redis_server: RedisServer, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers that are none, too: a network may have come to nothing else."""
    monkeypatch.setattr(redis, "SECONDS", 30.0)
    redis_server.empty()

    async def found() -> None:
        servers = [redis.RedisServer(redis_server.url) for _ in range(2)]
        one, other = (RedisRooms(server, 10, 60) for server in servers)
        held = await opened(one, "hers")
        await one.change(held, lambda room: room.join("Ada ⇄ \U0001f600", 10, Present()))
        look = {"example": 2, "guess": [0.1, 1e300], "selection": {"tensor": "W1", "index": [0, 1]}}
        await one.change(held, lambda room: room.show(TEACHER, look=look, ring={"tensor": "a1", "index": [1]}))
        keys = AnswerKey(inf, (), (("left", -inf), ("right", "3")), 5, 0.5), AnswerKey("0", ("0", "1"), (("m", "1"),))
        given: tuple[str | float, ...] = (-inf, "1")
        for key, answer in zip(keys, given, strict=True):
            await one.change(held, partial(asked_and_answered, key, answer))
            assert (await other.of(held.room.code)).room == held.room
        for server in servers:
            await server.close()

    run(found())
