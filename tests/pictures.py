"""`python3 -m tests pictures`: draws every picture of the documentation from the running app, so that none ages."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from app.bootstrap import ROOT

from .browser.chromium import chromium
from .server import Server

IMAGES = ROOT / "docs" / "images"


@dataclass(frozen=True)
class Picture:
    """One picture: where the page is opened, the keys that are pressed on it, and what is there after them."""

    name: str
    address: str = ""
    keys: tuple[str, ...] = ()
    width: int = 1280
    height: int = 800
    shows: str = ".inspector .stages"


PICTURES = (
    Picture(
        "xor-backward",
        keys=("4", *["ArrowRight"] * 2, "1", *["ArrowRight"] * 9),
    ),
    Picture("graph", "#view=graph", keys=("4", *["ArrowRight"] * 3), width=1440, height=900),
    Picture("function", "#view=function", keys=("4", "ArrowRight")),
    Picture("predict", keys=("4", *["ArrowRight"] * 2, "1", "ArrowRight", "q"), shows=".question .answers"),
)


def pictures() -> int:
    """Draw all of them; 0 when it is done."""
    IMAGES.mkdir(exist_ok=True)
    with Server() as server, chromium() as browser:
        for picture in PICTURES:
            context = browser.new_context(
                base_url=server.url,
                viewport={"width": picture.width, "height": picture.height},
                color_scheme="light",
                locale="en-US",
                reduced_motion="reduce",
            )
            _draw(context.new_page(), picture)
            context.close()
    return 0


def _draw(page: Page, picture: Picture) -> None:
    page.goto(f"/{picture.address}")
    page.wait_for_selector("[data-ready=true]")
    page.get_by_role("button", name="No, thanks").click()
    for key in picture.keys:
        before = page.locator("[data-revision]").get_attribute("data-revision")
        page.keyboard.press(key)
        later = f":not([data-revision='{before}'])" if key.startswith("Arrow") else ""
        page.wait_for_selector(f"[data-ready=true]{later}")
    page.locator(picture.shows).wait_for()
    page.wait_for_selector("[data-ready=true]")
    hint = page.get_by_role("button", name="Dismiss this hint")
    while hint.count():
        hint.click()
    page.mouse.move(0, 0)
    path = IMAGES / f"{picture.name}.png"
    page.screenshot(path=path)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB", flush=True)
