"""A page that complains about anything fails its test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import ConsoleMessage, Error, Page, Request


@contextmanager
def strict(page: Page, origin: str, complaints: list[str]) -> Iterator[Page]:
    """Fails on a console error (a CSP violation is one), a page error, or a request elsewhere."""

    def said(message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        if message.type == "error" and not url.endswith("/favicon.ico"):  # asked for at addresses that are no pages
            complaints.append(f"console: {message.text} {url}".rstrip())

    def failed(error: Error) -> None:
        complaints.append(f"page error: {error.stack or error.message}")

    def asked(request: Request) -> None:
        if not request.url.startswith((origin, "data:", "blob:", "about:")):
            complaints.append(f"request outside the origin: {request.url}")

    page.on("console", said)
    page.on("pageerror", failed)
    page.context.on("request", asked)
    yield page
    page.remove_listener("console", said)
    page.remove_listener("pageerror", failed)
    page.context.remove_listener("request", asked)
    assert complaints == []
