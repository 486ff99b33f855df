"""Exporters: each thing that can be taken away is one entry, with the numbers and words that can be chosen about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..errors import SpecError
from .source import Source

GROUPS = ("step", "picture", "numbers", "parameters", "code", "worksheet")


@dataclass(frozen=True)
class Option:
    """Something to choose: one of `words` or, where there are none, a whole number from `low` to `high`."""

    name: str
    default: str
    description: str
    words: tuple[str, ...] = ()
    low: int = 1
    high: int = 100

    def checked(self, value: str) -> str:
        """The value, if it may be chosen.

        Raises:
            SpecError: it is none of the words, or no whole number within the bounds.
        """
        if self.words:
            expected, right = f"one of: {', '.join(self.words)}", value in self.words
        else:
            expected = f"a whole number from {self.low} to {self.high}"
            right = value.isascii() and value.isdecimal() and len(value) < 7 and self.low <= int(value) <= self.high
        if not right:
            raise SpecError(
                f"{self.name.capitalize()} is not what was expected.", hint=f"Send {expected}.", where=self.name
            )
        return value


Choices = Mapping[str, str]
"""What was chosen, by the options' names."""


@dataclass(frozen=True)
class Exporter:
    """One thing that can be taken away.

    Attributes:
        group: what it stands with on the page.
        extension, media_type: of the file.
        write: `(source, choices)` to the file's content.
        options: what can be chosen, beside the digits and the notation that everything is written in.
    """

    name: str
    title: str
    description: str
    group: str
    extension: str
    media_type: str
    write: Callable[[Source, Choices], str | bytes]
    options: tuple[Option, ...] = ()

    def chosen(self, values: Mapping[str, str]) -> dict[str, str]:
        """The options' values, with the defaults of what is left out.

        Raises:
            SpecError: an option has a value that it cannot have.
        """
        return {option.name: option.checked(values.get(option.name, option.default)) for option in self.options}
