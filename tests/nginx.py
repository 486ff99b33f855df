"""A real nginx for tests, in front of servers as `deploy/nginx.conf` puts it there."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from app.bootstrap import ROOT

from . import packages

START_SECONDS = 20
ABSENT = (
    "there is no nginx on this machine, so that nothing was tested behind one. "
    "Install one (on Debian: apt install nginx) and run the tests again."
)
FOLDERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def find_or_install() -> str:
    """The path of one; empty where there is none and none can be installed."""
    return packages.find_or_install("nginx", "nginx")


class Nginx:
    """In front of the servers at `urls`, as a context; what it writes is in a folder.

    Attributes:
        url: ends in a slash.
    """

    def __init__(
        self, path: str, folder: Path, urls: Sequence[str], failing: str = "max_fails=1 fail_timeout=2s"
    ) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/"
        servers = [f"server {urlsplit(url).netloc} {failing};" for url in urls]
        # As without Docker; what it keeps while it works is to be in the folder as well.
        kept = [f"{name}_temp_path {folder / name};" for name in FOLDERS]
        replicas = [*kept, "upstream replicas {", "zone replicas 64k;", *servers, "keepalive 64;", "}"]
        (folder / "replicas.conf").write_text("\n".join(replicas))
        conf = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        (folder / "nginx.conf").write_text(conf.replace("listen 8000;", f"listen 127.0.0.1:{port};"), encoding="utf-8")
        self._log = folder / "error.log"
        self._command = [path, "-p", str(folder), "-c", "nginx.conf", "-e", str(self._log)]
        self._command += ["-g", f"daemon off; pid {folder / 'pid'};"]
        self._port = port

    def __enter__(self) -> Nginx:
        self._process = subprocess.Popen(self._command)
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self._port)).close()
                return self
            except OSError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.02)

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)

    @property
    def pids(self) -> list[int]:
        """Those of its workers, where the system tells."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        return [int(pid) for pid in children.read_text().split()] if children.exists() else []


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
