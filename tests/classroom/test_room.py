"""A room keeps apart who may do what, and shows what its leader shows."""

from __future__ import annotations

import pytest

from app.classroom.keys import VIEWING
from app.classroom.room import Caller, Member, Room
from app.errors import Frozen, IndexInvalid, LimitExceeded, NotAllowed, RoomNotFound, SpecError

TEACHER = Caller()


def room() -> Room:
    made = Room("ABCDEF", "the key")
    made.show(TEACHER, session="hers")
    return made


def joined(room: Room, most: int = 10) -> Caller:
    _, token = room.join("", most)
    return room.caller(token)


def number(caller: Caller) -> int:
    assert caller.member is not None
    return caller.member.number


def test_a_key_is_the_teachers_a_token_its_members_and_anything_else_nobodys() -> None:
    class_ = room()
    member, token = class_.join("Ada", 10)
    assert class_.caller("the key").teaches
    assert class_.caller(token).member is member
    for wrong in ("", "the kez", token[:-1], member.token, class_.key):
        with pytest.raises(RoomNotFound):
            class_.caller(wrong)


def test_keys_are_not_kept_only_their_hashes() -> None:
    class_ = room()
    _, token = class_.join("", 10)
    kept = repr([vars(class_), [vars(member) for member in class_.members.values()]])
    assert token not in kept
    assert "the key" not in kept


def test_what_is_shown_is_the_teachers_until_a_student_with_the_lead_shows_her_own() -> None:
    class_, look = room(), {"example": 3}
    student = joined(class_)
    class_.show(TEACHER, look=look, ring={"tensor": "W1", "index": [0, 0]})
    class_.hand(number(student))
    assert class_.shown.session == "hers"
    with pytest.raises(SpecError, match="No session is shown yet"):
        class_.show(student, look={"example": 1})
    class_.show(student, session="students")
    class_.show(student, look={"example": 1})
    assert (class_.shown.session, class_.shown.look, class_.shown.ring) == ("students", {"example": 1}, None)
    class_.show(TEACHER, session="another")
    assert class_.shown.session == "students"
    class_.hand(None)
    assert (class_.shown.session, class_.shown.look) == ("another", look)


def test_only_who_leads_can_show_and_taking_the_lead_back_takes_that_away() -> None:
    class_ = room()
    one, other = joined(class_), joined(class_)
    class_.hand(number(one))
    with pytest.raises(NotAllowed):
        class_.show(other, session="others")
    class_.show(one, session="ones")
    class_.hand(number(other))
    assert class_.shown.session == "hers"
    with pytest.raises(NotAllowed):
        class_.show(one, session="ones")
    with pytest.raises(IndexInvalid):
        class_.hand(99)


def test_a_viewing_name_is_the_rooms_own_and_tells_nothing_of_the_session() -> None:
    one, other = room(), room()
    assert one.viewing.startswith(VIEWING)
    assert "hers" not in one.viewing
    assert one.viewing == one.viewing_of("hers") != other.viewing
    first = one.viewing
    one.show(TEACHER, session="another")
    assert one.viewing != first
    assert Room("ABCDEF", "k").viewing == ""


def test_frozen_brings_all_back_and_lets_nobody_explore_but_who_leads() -> None:
    class_ = room()
    one, other = joined(class_), joined(class_)
    assert one.member is not None
    assert other.member is not None
    class_.place(one.member, following=False, session="ones")
    class_.freeze(True)
    assert one.member.following
    with pytest.raises(Frozen):
        class_.place(one.member, following=False, session="ones")
    with pytest.raises(Frozen):
        class_.check_free(None)
    class_.place(one.member, following=True, session="")
    class_.hand(number(one))
    class_.check_free(one.member)
    class_.freeze(False)
    class_.check_free(other.member)


def test_who_is_where_follows_streams() -> None:
    class_ = room()
    student = joined(class_)
    assert isinstance(student.member, Member)
    states = [student.member.state]
    for count in (1, 1, -1):
        class_.open_stream(student, count)
        states.append(student.member.state)
    class_.place(student.member, following=False, session="ones")
    states.append(student.member.state)
    class_.open_stream(student, -1)
    states.append(student.member.state)
    assert states == ["away", "following", "following", "following", "exploring", "away"]
    assert class_.empty
    class_.open_stream(TEACHER, 1)
    assert (class_.empty, class_.here) == (False, 0)


def test_a_full_room_takes_the_place_of_who_was_away_longest_but_never_of_who_is_here_or_leads() -> None:
    class_ = room()
    here, leading, gone = joined(class_), joined(class_), joined(class_)
    class_.open_stream(here, 1)
    class_.hand(number(leading))
    class_.join("", most=3)
    assert set(class_.members) == {number(here), number(leading), 4}
    assert gone.member is not None
    for caller in list(class_.members.values()):
        caller.streams = 1
    with pytest.raises(LimitExceeded, match="3 members"):
        class_.join("", most=3)
