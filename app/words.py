"""What is said in words, in each language: one file a language in `static/words`, for the page and the server alike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from .errors import SpecError
from .files import STATIC

USUAL = "en"
"""The language that has every message; another one falls back to it."""
FILES = STATIC / "words"

SPOKEN = ("page", "later", "server")
"""Sections: what the page opens with, what its other views say, and what only the server says."""

Message = str | dict[str, str]
"""A message with its ``{places}``, or one for each plural form of the place ``{count}``."""
_PLACE = re.compile(r"\{(\w+)(:lower)?\}")
_NUMBERED = re.compile(r"\\\{\d\\\}")


class Words:
    """The messages of one language.

    Args:
        language: its tag, such as ``de``.
        file: what its file holds: its own name, and sections of nested keys with messages.
    """

    def __init__(self, language: str, file: Mapping[str, Any]) -> None:
        self.language = language
        self.title: str = file["language"]
        self.sections = {name: dict(_flat(section)) for name, section in file.items() if name != "language"}
        self._messages = {key: message for section in SPOKEN for key, message in self.sections.get(section, {}).items()}

    def section(self, name: str) -> dict[str, Message]:
        """The messages of a section by key, those that are missing here in English."""
        return {**languages[USUAL].sections.get(name, {}), **self.sections.get(name, {})}

    def say(self, key: str, **places: object) -> str:
        """A message; ``count`` among its places chooses the plural form."""
        return filled(self._messages[key] if key in self._messages else languages[USUAL]._messages[key], places)

    def listed(self, parts: Sequence[str]) -> str:
        """Several things one after another, such as `a, b and c`."""
        *others, last = parts
        return self.say("list.and", first=", ".join(others), last=last) if others else last

    def number(self, count: int) -> str:
        """A whole number with its thousands apart."""
        return f"{count:,}".replace(",", self.say("say.thousands"))

    def option(self, name: str) -> str:
        """What an option of an entry or a field of the spec is called; ``learning_rate`` is `Learning rate`."""
        key = f"option.{name}"
        return self.say(key) if key in languages[USUAL]._messages else capital(name.replace("_", " "))

    def entry(self, registry: str, name: str, what: str, own: str) -> str:
        """What a registered entry says of itself, translated; as the entry has it where there is no translation."""
        said = self.sections.get("entries", {}).get(f"{registry}.{name}.{what}", own)
        return said if isinstance(said, str) else own

    def text(self, text: str) -> str:
        """A text that is written in English where it arises, such as an error's; as it is where the file has none."""
        for pattern, said in self._texts:
            found = pattern.fullmatch(text)
            if found:
                parts = (self._options.get(part, part) for part in found.groups())
                return filled(said, {str(number): part for number, part in enumerate(parts, start=1)})
        return text

    @cached_property
    def _texts(self) -> list[tuple[re.Pattern[str], Message]]:
        """Texts as patterns around their places ``{1}``, ``{2}``, …; those with more words of their own first."""
        told = self.sections.get("texts", {})
        longest = sorted(told, key=lambda text: -len(re.sub(r"\{\d\}", "", text)))
        return [(re.compile(_NUMBERED.sub("(.+?)", re.escape(text)), re.DOTALL), told[text]) for text in longest]

    @cached_property
    def _options(self) -> dict[str, str]:
        """What options are called, by what they are called in English."""
        usual = languages[USUAL]._messages
        return {str(usual[key]): self.say(key) for key in usual if key.startswith("option.")}


def filled(message: Message, places: Mapping[str, object]) -> str:
    """A message with its places filled; ``{name:lower}`` begins small, as English words do inside a sentence."""
    text = message if isinstance(message, str) else message["one" if places["count"] == 1 else "other"]

    def value(found: re.Match[str]) -> str:
        said = str(places[found[1]])
        return said[:1].lower() + said[1:] if found[2] else said

    return _PLACE.sub(value, text)


def capital(sentence: str) -> str:
    """The same with a capital letter at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def _flat(section: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Message]]:
    """Nested keys as one, joined by points; what has a form ``other`` is one message."""
    for key, value in section.items():
        if isinstance(value, str) or "other" in value:
            yield f"{before}{key}", value
        else:
            yield from _flat(value, f"{before}{key}.")


languages: dict[str, Words] = {
    path.stem: Words(path.stem, json.loads(path.read_text(encoding="utf-8")))
    for path in sorted(FILES.glob("*.json"), key=lambda path: (path.stem != USUAL, path.stem))
}
"""Every language that has a file, by its tag."""


def words(language: str = USUAL) -> Words:
    """The words of a language.

    Raises:
        SpecError: there are none.
    """
    if language not in languages:
        raise SpecError(
            f"{language[:40]!r} is not a language that Stepgrad knows.",
            hint=f"Use one of: {', '.join(languages)}.",
            where="language",
        )
    return languages[language]


def preferred(accepted: str) -> str:
    """The first known language of an ``Accept-Language`` header, which browsers send in their reader's order."""
    tags = (part.split(";")[0].strip().lower() for part in accepted.split(","))
    return next((found for tag in tags for found in (tag, tag.split("-")[0]) if found in languages), USUAL)
