"""No words are written into the page's modules: what a person reads or hears is said from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import ROOT

JS = ROOT / "static" / "js"
FILES = sorted(path for folder in ("views", "ui", "net", "render", "state") for path in (JS / folder).rglob("*.js"))
#: Attributes and properties of components that a person reads or hears.
READ = re.compile(r"""\b(aria-label|aria-valuetext|title|placeholder|label|alt|text)=["']([^"']*)["']""")
WORD = re.compile(r"[A-Za-zÀ-ž]{2,}")
#: Words in a row, as no key, class or path has them.
SENTENCE = re.compile(r"^[A-Z]?[a-z’']+[,.:;!?…]? [a-z]{2,}|^[A-Z][a-z]+ [a-z\0]")
#: What is the same in every language.
ALIKE = {"Stepgrad", "CSV", "PNG", "LaTeX"}
BEFORE_A_PATTERN = "(,=:[!&|?{};\n"


class Scanner:
    """The literals of a module: its strings, and the templates of `html` with their places blanked."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.strings: list[tuple[int, str]] = []
        self.templates: list[tuple[int, str]] = []
        self._code(0)

    def _code(self, at: int) -> int:
        """Reads code up to the brace that closes it; returns what comes after."""
        depth, before, source = 0, "\n", self.source
        while at < len(source):
            sign = source[at]
            if source.startswith(("//", "/*"), at):
                end = source.find("\n" if source[at + 1] == "/" else "*/", at + 2)
                at = len(source) if end < 0 else end + (0 if source[at + 1] == "/" else 2)
                continue
            if sign == "/" and before in BEFORE_A_PATTERN:
                at = self._pattern(at + 1)
            elif sign == "`":
                at = self._template(at + 1, source.endswith("html", 0, at))
            elif sign in "'\"":
                found = re.compile(rf"(?:[^{sign}\\]|\\.)*").match(source, at + 1)
                assert found is not None
                self.strings.append((at, found[0]))
                at = found.end() + 1
            elif sign == "}" and depth == 0:
                return at + 1
            else:
                depth += {"{": 1, "}": -1}.get(sign, 0)
                at += 1
            before = sign if not sign.isspace() else before
        return at

    def _pattern(self, at: int) -> int:
        inside = False
        while self.source[at] != "/" or inside:
            inside = {"[": True, "]": False}.get(self.source[at], inside)
            at += 2 if self.source[at] == "\\" else 1
        return at + 1

    def _template(self, at: int, tagged: bool) -> int:
        start, text = at, ""
        while self.source[at] != "`":
            if self.source.startswith("${", at):
                met = len(self.strings)
                end = self._code(at + 2)
                if text.endswith("class="):
                    del self.strings[met:]
                text += "\0" + re.sub(r"[^\n]", " ", self.source[at + 1 : end])
            else:
                end = at + (2 if self.source[at] == "\\" else 1)
                text += self.source[at:end]
            at = end
        (self.templates if tagged else self.strings).append((start, text))
        return at + 1


def offences(source: str) -> Iterator[str]:
    """Every literal that a person would read, with its line."""
    scanner = Scanner(source)

    def told(at: int, text: str) -> str:
        return f"{source.count(chr(10), 0, at) + 1}: {text.strip()}"

    for start, template in scanner.templates:
        for found in READ.finditer(template):
            if WORD.search(found[2]):
                yield told(start + found.start(), found[0])
        bare = re.sub(r"<(?:[^<>\0]|\0)*?>", lambda tag: re.sub(r"[^\n]", " ", tag[0]), template)
        for found in re.finditer(r"[^\s\0][^\0\n]*", bare):
            if WORD.search(found[0]) and found[0].strip() not in ALIKE:
                yield told(start + found.start(), found[0])
    for start, text in scanner.strings:
        if SENTENCE.search(text):
            yield told(start, text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(JS).as_posix())
def test_nothing_is_said_but_from_the_catalogue(path: Path) -> None:
    assert list(offences(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("\nhtml`<p>One moment</p>`;", ["2: One moment"]),
        ('html`<b title="Go on">${x && html`<i>now</i>`}</b>`', ["1: now", '1: title="Go on"']),
        ('const text = "Nothing is left";', ["1: Nothing is left"]),
        ("const text = `The ${name} is gone`;", ["1: The \0      is gone"]),
        ('html`<b class="one two" title=${say("header.undo")}>${say("x")} · 3</b>`; /"[a z]/.test(x); // it is', []),
    ],
)
def test_words_are_found_and_what_is_none_is_not(source: str, found: list[str]) -> None:
    assert [one.replace("       ", "      ") for one in offences(source)] == found
