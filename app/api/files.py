"""The page's files from memory, as they are and compressed, so that a whole class can open the page at once.

Under `static/v-…/`, which names all their contents, they may be kept for ever; a second visit asks for none of them.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import monotonic

from starlette.types import ASGIApp, Receive, Scope, Send

from .errors import METHOD, SEE, answer

HOME = "/static/"
VERSION = "v-"
LOOK_SECONDS = 1.0
"""After which it is looked whether a file has changed, as they do while somebody writes them."""
WORTH_PACKING = 200
FOR_EVER, EACH_TIME = b"public, max-age=31536000, immutable", b"no-cache"
MEDIA = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
"""All of it text. What a machine takes a suffix for is not asked: it may be wrong, and then no module runs."""


@dataclass(frozen=True)
class File:
    """A file in memory.

    Attributes:
        stamp: when it was changed, and its length.
        packed: compressed, or empty where that gains nothing.
    """

    stamp: tuple[int, int]
    media: bytes
    tag: bytes
    content: bytes
    packed: bytes


class Files:
    """The files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._files: dict[str, File] = {}
        self._version, self._looked = "", -LOOK_SECONDS

    def version(self) -> str:
        """What names the contents of all files: the first part of their path that may be kept for ever."""
        if monotonic() - self._looked >= LOOK_SECONDS:
            self._look()
        return self._version

    def found(self, path: str) -> File | None:
        """The file at a path inside the folder, if there is one."""
        self.version()
        return self._files.get(path)

    def _look(self) -> None:
        """Read what is new."""
        there = {path.relative_to(self._folder).as_posix(): path for path in self._folder.rglob("*") if path.is_file()}
        read = {name: self._read(name, path) for name, path in there.items()}
        if read != self._files:
            self._files = read
            names = "".join(f"{name}\n{read[name].tag.decode()}\n" for name in sorted(read))
            self._version = f"{VERSION}{sha256(names.encode()).hexdigest()[:10]}"
        self._looked = monotonic()

    def _read(self, name: str, path: Path) -> File:
        told = path.stat()
        stamp = told.st_mtime_ns, told.st_size
        known = self._files.get(name)
        if known is not None and known.stamp == stamp:
            return known
        content = path.read_bytes()
        media = MEDIA.get(path.suffix, "text/plain; charset=utf-8")
        packed = gzip.compress(content, 9, mtime=0) if len(content) > WORTH_PACKING else b""
        tag = f'"{sha256(content).hexdigest()[:32]}"'
        return File(stamp, media.encode(), tag.encode(), content, packed)


class Served:
    """Answers what is asked for of the files, and leaves anything else to the app."""

    def __init__(self, app: ASGIApp, files: Files) -> None:
        self.app = app
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file, kept = self._asked(scope) if scope["type"] == "http" else (None, False)
        if file is None:
            await self.app(scope, receive, send)
            return
        if scope["method"] != "GET":
            await answer(405, *METHOD, hint=SEE)(scope, receive, send)
            return
        asked = dict(scope["headers"])
        headers = [(b"etag", file.tag), (b"cache-control", FOR_EVER if kept else EACH_TIME)]
        if asked.get(b"if-none-match") == file.tag:
            await _send(send, 304, headers, b"")
            return
        headers += [(b"content-type", file.media), (b"vary", b"Accept-Encoding")]
        if file.packed and b"gzip" in asked.get(b"accept-encoding", b""):
            await _send(send, 200, [*headers, (b"content-encoding", b"gzip")], file.packed)
        else:
            await _send(send, 200, headers, file.content)

    def _asked(self, scope: Scope) -> tuple[File | None, bool]:
        """The file of a request, and whether what its address names stays as it is."""
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if not path.startswith(HOME):
            return None, False
        name = path.removeprefix(HOME)
        version = ""
        if name.startswith(VERSION):
            version, _, name = name.partition("/")
        return self.files.found(name), version == self.files.version()


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], content: bytes) -> None:
    length = [(b"content-length", str(len(content)).encode())] if status == 200 else []
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length]})
    await send({"type": "http.response.body", "body": content})
