"""Where a class joins: said as an address and a QR code, and known without asking anybody."""

from __future__ import annotations

import asyncio
import re
import socket
from pathlib import Path

import pytest

from app import joining, main
from app.classroom.room import Room
from app.classroom.rooms import MemoryRooms, entered
from app.errors import NotSaved
from app.joining import Invitation, drawn, home, join_address, lan_address, picture
from app.settings import Settings


def test_the_public_url_is_where_the_page_is_for_others() -> None:
    settings = Settings(host="0.0.0.0", public_url="https://nets.example.org/a", share=True)
    assert home(settings) == "https://nets.example.org/a/"


def test_without_one_it_is_the_address_in_the_local_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "lan_address", lambda: "192.0.2.7")
    settings = Settings(host="0.0.0.0", port=8123, root_path="/nets")
    assert home(settings) == "http://192.0.2.7:8123/nets/"
    assert join_address("http://192.0.2.7:8123/nets/", "ABCDEF") == "http://192.0.2.7:8123/nets/?room=ABCDEF"
    assert home(Settings(host="192.0.2.9", port=80)) == "http://192.0.2.9:80/"
    assert home(Settings(host="2001:db8::1", port=80)) == "http://[2001:db8::1]:80/"
    monkeypatch.setattr(joining, "lan_address", lambda: None)
    assert home(settings) is None


def test_in_a_container_the_address_is_not_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(joining, "CONTAINERS", (str(tmp_path),))
    assert lan_address() is None


def test_the_local_address_is_one_of_this_machine_or_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "CONTAINERS", ())
    found = lan_address()
    if found is not None:
        with socket.socket() as probe:
            probe.bind((found, 0))


def test_without_a_network_the_address_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "CONTAINERS", ())
    monkeypatch.setattr(joining, "NOWHERE", ("no such host.invalid", 9))
    assert lan_address() is None


def test_a_qr_code_has_its_three_eyes_and_a_quiet_zone() -> None:
    """As a terminal has it: two rows in a line, blocks being white."""
    lines = drawn("http://192.0.2.7:8000/?room=ABCDEF", coloured=False).split("\n")
    rows = [[half(sign, upper) for sign in line] for line in lines for upper in (True, False)]  # black is True
    size = len(rows[0])
    eye = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    for top, left in ((2, 2), (2, size - 9), (size - 9, 2)):
        assert ["".join(str(int(black)) for black in row[left : left + 7]) for row in rows[top : top + 7]] == eye
    assert not any(any(row) for row in rows[:2])
    assert not any(row[0] or row[1] or row[-1] or row[-2] for row in rows[:size])


def half(sign: str, upper: bool) -> bool:
    """Whether this half of a cell is black."""
    return sign == " " or sign == ("▄" if upper else "▀")


def test_coloured_it_is_black_on_white_on_any_terminal() -> None:
    assert all(line.startswith("\x1b[97;40m") and line.endswith("\x1b[0m") for line in drawn("x", True).split("\n"))


def test_as_a_picture_it_has_a_size_of_its_own_and_no_script_or_style() -> None:
    svg = picture("http://192.0.2.7:8000/?room=ABCDEF").decode()
    assert re.match(r'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 (\d+) \1"', svg)
    assert "#fff" in svg
    assert not re.search("<script|<style|style=|href", svg)
    assert picture("a") != picture("b")


def test_the_terminal_says_who_can_reach_it_and_where_to_join(monkeypatch: pytest.MonkeyPatch) -> None:
    invitation = Invitation("ABCDEF", "secret")
    monkeypatch.setattr(joining, "lan_address", lambda: "192.0.2.7")
    said = invitation.said(Settings(host="0.0.0.0", port=8000), "http://127.0.0.1:8000/", coloured=False)
    assert "Everybody in the local network can reach it" in said
    assert "http://127.0.0.1:8000/?teach=ABCDEF#key=secret" in said
    assert "http://192.0.2.7:8000/?room=ABCDEF (code ABCDEF)" in said
    assert "▄" in said
    assert said.count("secret") == 1


def test_in_a_container_the_terminal_says_what_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "lan_address", lambda: None)
    said = Invitation("ABCDEF", "secret").said(Settings(host="0.0.0.0", port=8000), "http://127.0.0.1:8000/", False)
    assert "<address of this machine>:8000/?room=ABCDEF" in said
    assert "--public-url" in said
    assert "▄" not in said


def test_a_shared_server_begins_with_a_room_as_soon_as_the_store_answers(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(main, "AGAIN_SECONDS", 0.0)

    class Silent(MemoryRooms):
        answers = iter((False, False, True))

        async def first(self) -> tuple[Room, str]:
            if not next(self.answers):
                raise NotSaved("The store does not answer.")
            return await super().first()

    async def begun() -> None:
        rooms = Silent(10, 60)
        invitation = await main._invitation(rooms)
        assert invitation is not None
        held, caller = await entered(rooms, invitation.code, invitation.key)
        assert caller.teaches
        assert held.room.members == {}
        for most, seconds in ((0, 60.0), (10, -1.0)):  # no place, and no time
            monkeypatch.setattr(main, "START_SECONDS", seconds)
            monkeypatch.setattr(Silent, "answers", iter((seconds > 0, False)))
            assert await main._invitation(Silent(most, 60)) is None

    asyncio.run(begun())
    assert [record.message for record in caplog.records] == [
        "There is no room to begin with. There are 0 rooms already.",
        "There is no room to begin with. The store does not answer.",
    ]
