"""Rooms are found by their codes as people type them, give way when nobody is there, and end whole."""

from __future__ import annotations

import re

import pytest

from app.classroom.keys import LETTERS, new_code
from app.classroom.room import Caller
from app.classroom.rooms import MemoryRooms, entered
from app.errors import LimitExceeded, RoomNotFound, SessionNotFound


def test_codes_are_six_letters_that_nobody_takes_for_digits() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(f"[{LETTERS}]{{6}}", code) for code in codes)
    assert set("".join(codes)) == set(LETTERS) == set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - set("IO")


def test_a_code_is_read_as_people_type_it() -> None:
    rooms = MemoryRooms(10, 60)
    room, _ = rooms.open("Monday")
    code = room.code
    assert rooms.of(f" {code[:3].lower()}-{code[3:]} ") is room
    with pytest.raises(RoomNotFound):
        rooms.of("AAAAAA" if code != "AAAAAA" else "BBBBBB")


def test_a_wrong_code_and_a_wrong_key_are_told_in_the_same_words() -> None:
    rooms = MemoryRooms(10, 60)
    room, key = rooms.open("")
    assert entered(rooms, room.code, key) == (room, Caller())
    told = []
    for code, given in ((room.code, "wrong"), ("AAAAAA", key), (room.code, "")):
        with pytest.raises(RoomNotFound) as caught:
            entered(rooms, code, given)
        told.append((caught.value.message, caught.value.hint, caught.value.where))
    assert len(set(told)) == 1


def test_a_closed_room_ends_its_code_its_keys_and_its_name_for_the_session() -> None:
    rooms = MemoryRooms(10, 60)
    room, key = rooms.open("")
    other, _ = rooms.open("")
    for one in (room, other):
        one.show(Caller(), session="same")
    viewing = room.viewing
    assert rooms.seen(viewing) is room
    rooms.close(room)
    assert room.news.closed
    with pytest.raises(RoomNotFound):
        entered(rooms, room.code, key)
    with pytest.raises(SessionNotFound):
        rooms.seen(viewing)
    assert rooms.seen(other.viewing) is other
    rooms.close_all()
    with pytest.raises(RoomNotFound):
        rooms.of(other.code)


def test_where_there_are_many_rooms_one_where_nobody_is_gives_way() -> None:
    rooms = MemoryRooms(2, 60)
    held, empty = rooms.open("")[0], rooms.open("")[0]
    held.open_stream(Caller(), 1)
    third, _ = rooms.open("")
    assert rooms.of(third.code) is third
    with pytest.raises(RoomNotFound):
        rooms.of(empty.code)
    third.open_stream(Caller(), 1)
    with pytest.raises(LimitExceeded, match="2 rooms"):
        rooms.open("")


def test_a_room_that_nobody_has_open_is_closed_after_a_while() -> None:
    rooms = MemoryRooms(10, idle_seconds=0)
    room, _ = rooms.open("")
    held, _ = MemoryRooms.open(rooms, "")
    with pytest.raises(RoomNotFound):
        rooms.of(room.code)
    assert held.news.closed
    watched, _ = rooms.open("")
    watched.open_stream(Caller(), 1)
    assert rooms.of(watched.code) is watched
