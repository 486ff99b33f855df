"""A real Redis or Valkey for tests: found on this machine or installed, started on a port of its own."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as NotConnected

from . import packages

NAMES = ("redis-server", "valkey-server")
START_SECONDS = 20
ABSENT = (
    "there is no redis-server or valkey-server on this machine, so that nothing was tested on one. "
    "Install one (on Debian: apt install redis-server) and run the tests again."
)


def find_or_install() -> str:
    """The path of a server; empty where there is none and none can be installed."""
    return packages.find_or_install("redis-server", *NAMES)


class RedisServer:
    """A server that keeps what it is told, in a folder; as a context.

    Attributes:
        url: with which to find it, the same after a restart.
    """

    def __init__(self, path: str, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self._port = taken.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self._command = [path, "--port", str(self._port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
        self._command += ["--appendonly", "yes", "--appendfsync", "no", "--loglevel", "warning"]

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.thaw()
        self.kill()

    def start(self) -> None:
        """Start it, anew after it was killed, with what it had been told."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        until = time.monotonic() + START_SECONDS
        with Redis.from_url(self.url) as server:
            while True:
                try:
                    server.ping()
                    return
                except NotConnected:
                    if time.monotonic() > until or self._process.poll() is not None:
                        raise
                    time.sleep(0.02)

    @property
    def pid(self) -> int:
        return self._process.pid

    def empty(self) -> None:
        """Let it forget all."""
        with Redis.from_url(self.url) as server:
            server.flushall()

    def kill(self) -> None:
        """End it at once, as if its machine had failed."""
        self._process.kill()
        self._process.wait(timeout=30)

    def freeze(self) -> None:
        """It stays there and answers nothing."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)
