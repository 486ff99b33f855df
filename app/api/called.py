"""What data is called in a language: its title, its task, its columns and classes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..data.dataset import Dataset
from ..words import Words


def called(data: Dataset, words: Words) -> Dataset:
    """The same data for people to read; a person's own columns are called as that person called them."""
    if not data.name:
        return replace(data, title=words.text(data.title), task=words.text(data.task))

    def told(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(words.entry("datasets", data.name, f"names.{name}", name) for name in names)

    return replace(
        data,
        title=words.entry("datasets", data.name, "title", data.title),
        task=words.entry("datasets", data.name, "task", data.task),
        features=told(data.features),
        target_names=told(data.target_names),
        classes=told(data.classes),
    )
