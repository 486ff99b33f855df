"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest

from .redis_server import ABSENT, RedisServer, find_or_install
from .server import Server

LINES_SHOWN = 200


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run attacks, faults and soaks at full length")


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether this run takes its time (`python3 -m tests long`)."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The app as people run it: one process for the whole run, on a free port."""
    with Server() as running:
        yield running


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One server for the whole run; where there is none, the summary says how to have one."""
    path = find_or_install()
    if not path:
        pytest.skip(ABSENT)
    with RedisServer(path, tmp_path_factory.mktemp("redis")) as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last, however they were named: once it has begun, Playwright's event loop runs to the end."""
    items.sort(key=lambda item: "browser" in item.path.relative_to(item.config.rootpath).parts)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    running = getattr(item, "funcargs", {}).get("server")
    if report.failed and isinstance(running, Server):
        report.sections.append(("Server output", "".join(running.output[-LINES_SHOWN:])))
    return report
