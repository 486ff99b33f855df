"""The keys of the page: each does one thing."""

from __future__ import annotations

import re

from app.bootstrap import ROOT


def test_no_key_is_given_to_two_things() -> None:
    text = (ROOT / "static" / "js" / "views" / "keys.js").read_text(encoding="utf-8")
    always = text[text.index("export function shortcuts") :]  # a remote control's come before others of the same name
    given = [key for keys in re.findall(r"\bkey\(\[([^\n]*?)\], ", always) for key in re.findall(r'"([^"]+)"', keys)]
    assert [key for key in given if given.count(key) > 1] == []
    assert len(given) > 30
    room = (ROOT / "static" / "js" / "views" / "room" / "keys.js").read_text(encoding="utf-8")
    for of in room[room.index("? [") :].split(": ["):
        own = re.findall(r'key\("(\w)"', of)
        assert len(own) > 1
        assert [key for key in given + own if (given + own).count(key) > 1] == []
