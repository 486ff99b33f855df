"""A room keeps apart who may do what, and shows what its leader shows."""

from __future__ import annotations

import pytest

from app.classroom.keys import VIEWING, hashed
from app.classroom.question import Text
from app.classroom.room import TEACHER as TEACHER_NUMBER
from app.classroom.room import Caller, Present, Room
from app.errors import Frozen, IndexInvalid, LimitExceeded, NotAllowed, RoomNotFound, SpecError
from app.steps.answerkey import AnswerKey

TEACHER = Caller()


def room() -> Room:
    made = Room("ABCDEF", hashed("the key"))
    made.show(TEACHER, session="hers")
    return made


def joined(room: Room) -> Caller:
    _, token = room.join("", 10, Present())
    return room.caller(token)


def number(caller: Caller) -> int:
    assert caller.member is not None
    return caller.member


def test_a_key_is_the_teachers_a_token_its_members_and_anything_else_nobodys() -> None:
    class_ = room()
    member, token = class_.join("Ada", 10, Present())
    assert class_.caller("the key").teaches
    assert class_.caller(token).member == member.number
    for wrong in ("", "the kez", token[:-1], member.token, class_.key):
        with pytest.raises(RoomNotFound):
            class_.caller(wrong)


def test_keys_are_not_kept_only_their_hashes() -> None:
    class_ = room()
    _, token = class_.join("", 10, Present())
    kept = repr(class_)
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
    class_.place(one.member, following=False, session="ones")
    class_.freeze(True)
    assert class_.members[number(one)].following
    with pytest.raises(Frozen):
        class_.place(one.member, following=False, session="ones")
    with pytest.raises(Frozen):
        class_.check_free(None)
    class_.place(one.member, following=True, session="")
    class_.hand(number(one))
    class_.check_free(one.member)
    class_.freeze(False)
    class_.check_free(other.member)


def test_who_has_it_open_follows_or_explores_and_others_are_away() -> None:
    class_ = room()
    student = number(joined(class_))
    here = Present(frozenset({student}))
    states = [present.state(class_.members[student]) for present in (Present(), here)]
    class_.place(student, following=False, session="ones")
    states += [present.state(class_.members[student]) for present in (Present(), here)]
    assert states == ["away", "following", "away", "exploring"]
    assert (here.members, Present(frozenset({TEACHER_NUMBER})).members) == (1, 0)


def test_a_full_room_takes_the_place_of_who_was_away_longest_but_never_of_who_is_here_or_leads() -> None:
    class_ = room()
    here, leading, gone, back = (number(joined(class_)) for _ in range(4))
    class_.hand(leading)
    present = Present(frozenset({here}), {here: 1.0, leading: 1.0, gone: 3.0, back: 2.0})
    class_.join("", 4, present)
    assert set(class_.members) == {here, leading, gone, 5}
    with pytest.raises(RoomNotFound):
        class_.place(back, following=True, session="")
    with pytest.raises(LimitExceeded, match="4 members"):
        class_.join("", 4, Present(frozenset(class_.members)))


def test_who_joins_and_never_comes_takes_the_place_of_nobody_who_came() -> None:
    class_ = room()
    came = [number(joined(class_)) for _ in range(3)]
    present = Present(frozenset(), dict.fromkeys(came, 1.0))
    assert [present.state(class_.members[one]) for one in came] == ["away"] * 3
    for _ in range(20):
        class_.join("flood", 5, present)
    assert set(came) < set(class_.members)
    assert len(class_.members) == 5


def test_a_copy_is_changed_apart() -> None:
    class_ = room()
    student = number(joined(class_))
    class_.ask("own", {"": Text("", "?")}, AnswerKey(None))
    before, copy = repr(class_), class_.copy()
    assert copy == class_
    copy.answer(1, student, 2.0)
    copy.reveal(1)
    copy.place(student, following=False, session="ones", nickname="Ada")
    copy.join("", 10, Present())
    copy.show(TEACHER, session="another")
    assert repr(class_) == before
