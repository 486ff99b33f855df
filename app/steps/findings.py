"""Findings in words: what is the matter with a network, with its neurons and numbers."""

from __future__ import annotations

from collections.abc import Callable

from ..nn.activations import activations
from ..nn.diagnose import failures
from ..nn.look import Finding
from ..words import capital, filled
from .names import Names
from .numbers import format_number

DIGITS = 3


def tell(finding: Finding, names: Names) -> str:
    """One or two sentences on a finding."""
    failure, words = failures.named(finding.failure), names.words
    message = words.entry("failures", failure.name, f"says.{finding.case}", failure.says[finding.case])
    return filled(message, _Places(finding, names))


class _Places(dict[str, str]):
    """What stands in the places of a finding's sentence, made when it is asked for."""

    def __init__(self, finding: Finding, names: Names) -> None:
        super().__init__()
        self.finding = finding
        self.names = names

    def __missing__(self, place: str) -> str:
        return _WRITTEN.get(place, _number)(self.finding, self.names, place)


def _number(finding: Finding, names: Names, place: str) -> str:
    value = finding.facts[place]
    return names.words.number(value) if isinstance(value, int) else format_number(value, DIGITS)


def _units(finding: Finding, names: Names, place: str) -> str:
    return capital(names.units(finding.layers[0], [unit for _, unit in finding.units]))


def _groups(finding: Finding, names: Names, place: str) -> str:
    return "; ".join(names.units(finding.layers[0], units) for units in finding.facts["groups"])


def _activation(finding: Finding, names: Names, place: str) -> str:
    entry = activations.named(finding.facts["activation"])
    return names.words.entry("activations", entry.name, "title", entry.title)


def _rows(finding: Finding, names: Names, place: str) -> str:
    """The rows that were looked at: `rows`, all of them, or `of_rows`, as the whole of which some are told."""
    rows, total, words = finding.facts["rows"], finding.facts["total"], names.words
    key = f"looked.{place}{'Some' if rows < total else ''}"
    return words.say(key, count=total, rows=words.number(rows), total=words.number(total))


def _stretches(finding: Finding, names: Names, place: str) -> str:
    apart, changes = finding.facts["apart"], finding.facts["changes"]
    return names.words.say("stretches.iterations" if apart else "stretches.epochs", count=changes, apart=apart)


_WRITTEN: dict[str, Callable[[Finding, Names, str], str]] = {
    "units": _units,
    "groups": _groups,
    "layer": lambda finding, names, _: capital(names.layer(finding.layers[0])),
    "activation": _activation,
    "rows": _rows,
    "of_rows": _rows,
    "stretches": _stretches,
    "times": lambda finding, names, _: names.words.number(round(finding.facts["times"])),
}
