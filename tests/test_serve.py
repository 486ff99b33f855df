"""A port is taken or the reason given; the address printed is one that works."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from app.errors import StepgradError
from app.serve import address, listen
from app.settings import Settings


@pytest.fixture
def busy() -> Iterator[int]:
    """A port of this machine that somebody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_busy_port_that_nobody_chose_gives_way_to_the_next_free_one(
    busy: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with listen(Settings(port=busy)) as bound:
        port = bound.getsockname()[1]
    assert port > busy
    assert capsys.readouterr().out == f"Port {busy} is busy; using {port} instead.\n"


def test_a_busy_port_that_was_chosen_is_an_error(busy: int) -> None:
    with pytest.raises(StepgradError) as caught:
        listen(Settings(port=busy, port_chosen=True))
    assert caught.value.message == f"Port {busy} is busy."
    assert "--port" in caught.value.hint


def test_an_address_of_another_machine_is_an_error() -> None:
    with pytest.raises(StepgradError, match=r"192\.0\.2\.1 is not an address of this machine"):
        listen(Settings(host="192.0.2.1", port=0))


@pytest.mark.parametrize(
    ("host", "public_url", "shown"),
    [
        ("127.0.0.1", "", "http://127.0.0.1:{port}/"),
        ("0.0.0.0", "", "http://127.0.0.1:{port}/"),
        ("127.0.0.1", "https://nets.example.org/a", "https://nets.example.org/a/"),
    ],
)
def test_the_address_shown_is_one_that_works(host: str, public_url: str, shown: str) -> None:
    settings = Settings(host=host, port=0, public_url=public_url)
    with listen(settings) as bound:
        assert address(bound, settings) == shown.format(port=bound.getsockname()[1])
