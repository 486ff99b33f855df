"""A small app of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from app.main import create_app
from app.settings import Settings

from .client import Client, MakeClient


@pytest.fixture
def make_client() -> Iterator[MakeClient]:
    """Makes a client of a new app with these settings."""
    with ExitStack() as stack:

        def make(**settings: Any) -> Client:
            return stack.enter_context(Client(create_app(Settings(**settings))))

        yield make


@pytest.fixture
def client(make_client: MakeClient) -> Client:
    """A client of a new app with default settings."""
    return make_client()
