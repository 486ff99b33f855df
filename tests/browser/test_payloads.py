"""What people type is text wherever it is shown: scripts in names, headers, classes and links never run."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

from playwright.sync_api import Dialog, expect

from .learner import Learner

DO = "window.struck=1"
BASES = (
    *(
        f"<script>{DO}</script>",
        f"<img src=x onerror={DO}>",
        f"<svg onload={DO}>",
        f"<iframe srcdoc='<script>{DO}</script>'>",
    ),
    *(
        f"'\"><script>{DO}</script>",
        f"</title><script>{DO}</script>",
        f"<a href=javascript:{DO}>a</a>",
        f"javascript:{DO}",
    ),
    *(
        f"<body onpageshow={DO}>",
        f"<details open ontoggle={DO}>",
        f"<input autofocus onfocus={DO}>",
        f"<video><source onerror={DO}>",
    ),
    *(
        f"</style><script>{DO}</script>",
        f"<math><mtext><img src=x onerror={DO}>",
        f"<svg><animate onbegin={DO} attributeName=x>",
    ),
    *(
        f"${{{DO}}}",
        f"{{{{constructor.constructor('{DO}')()}}}}",
        f"<object data=javascript:{DO}>",
        f"`-{DO}-`",
        f'";{DO}//',
    ),
    *(
        f"<scr<script>ipt>{DO}</script>",
        f"<IMG SRC=x OnErRoR={DO}>",
        f"<img/src=x/onerror={DO}>",
        f"<%00img src=x onerror={DO}>",
    ),
    *(
        f"&lt;img src=x onerror={DO}&gt;",
        f"\u202e<svg onload={DO}>",
        f"<style>@import 'x'</style><q onclick={DO}>",
        f"--><svg onload={DO}>",
    ),
    *(f"]]><svg onload={DO}>", f"<base href=//evil.example/><script src={DO}>"),
)
PAYLOADS = [*BASES, *(f"x{number} {base}" for number, base in enumerate(BASES))]
"""Sixty: thirty, each also behind a harmless word, which passes where only a beginning is looked at."""
COLUMNS = 26


def table() -> str:
    """A table whose headers and classes are payloads."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow([*PAYLOADS[:COLUMNS], PAYLOADS[COLUMNS]])
    for number, label in enumerate(PAYLOADS[COLUMNS + 1 :]):
        rows.writerow([*((number * k) % 7 for k in range(COLUMNS)), label])
    return written.getvalue()


def test_no_payload_runs_wherever_it_is_shown(newcomer: Learner) -> None:
    """Nor does one violate the policy, which would be a complaint of the page; see `strict`."""
    assert len(set(PAYLOADS)) == 60
    page = newcomer.page
    struck: list[str] = []

    def dialog(opened: Dialog) -> None:
        struck.append(opened.message)
        opened.dismiss()

    page.on("dialog", dialog)
    newcomer.open()
    owner = page.evaluate("async () => (await import('/static/js/owner.js')).owner()")
    text = table()
    targets = [text.splitlines()[0] and " ".join(PAYLOADS[COLUMNS].split())[:60]]
    layers = [{"units": COLUMNS}, {"units": len(PAYLOADS) - COLUMNS - 1, "activation": "softmax"}]
    made = newcomer.api.post(
        "/api/sessions",
        json={
            "spec": {"layers": layers, "loss": "cross_entropy"},
            "data": {"table": {"text": text, "targets": targets, "task": "classes"}},
        },
        headers={"Stepgrad-Owner": owner},
    )
    assert made.status_code == 201, made.text
    session, named = made.json()["id"], {"Stepgrad-Owner": owner}
    assert any("<img" in name for name in made.json()["data"]["features"])
    newcomer.api.patch(f"/api/sessions/{session}", json={"name": PAYLOADS[0][:100]}, headers=named).raise_for_status()
    newcomer.open(f"/#session={session}")
    for key in ("ArrowRight", "4", "ArrowRight", "ArrowRight", "End", "o", "n", "v", "v", "v", "v", "v"):
        page.keyboard.press(key)
        page.wait_for_selector("[data-ready=true]")
    for key, shown in (("l", PAYLOADS[0]), ("s", None), ("x", None)):
        page.keyboard.press(key)
        dialog_shown = page.get_by_role("dialog")
        dialog_shown.wait_for()
        if shown:
            listed = dialog_shown.locator(f'input[value="{shown}"]').or_(dialog_shown.get_by_text(shown))
            expect(listed.first).to_be_attached()
        page.keyboard.press("Escape")
        dialog_shown.wait_for(state="hidden")
    for payload in PAYLOADS[:: len(PAYLOADS) // 6]:
        page.evaluate(
            "(fragment) => { location.hash = fragment; }", f"session={session}&view={quote(payload)}&{payload}"
        )
        page.wait_for_selector("[data-ready=true]")
    assert struck == []
    assert page.evaluate("() => window.struck ?? null") is None
