"""Clients of an app: one app for the tests of a module, or a new one with settings of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from fastapi import FastAPI

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


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """An app with default settings. Sessions know nothing of each other, so a module's tests can share it."""
    return create_app(Settings())


@pytest.fixture
def client(app: FastAPI) -> Iterator[Client]:
    """A client of the module's app."""
    with Client(app) as made:
        yield made
