"""The file in which sessions are kept, as several servers open it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.sessions.sqlite import SQLiteStore

from .desks import ROOM


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Callable[[], SQLiteStore]]:
    """Opens the same file, as another process does."""
    opened: list[SQLiteStore] = []

    def again() -> SQLiteStore:
        opened.append(SQLiteStore(tmp_path / "sessions.db", ROOM))
        return opened[-1]

    yield again
    for one in opened:
        asyncio.run(one.close())
