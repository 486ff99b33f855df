"""axe-core in the page, put there by the browser's debugger: the page's Content-Security-Policy stays as it is."""

from __future__ import annotations

from playwright.sync_api import Page

from tests import node

RUN = """async () => {
  const rules = { "target-size": { enabled: true } };
  const { violations } = await axe.run(document, { resultTypes: ["violations"], preload: false, rules });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
    `${id}: ${target.join(" ")}: ${[...any, ...all, ...none].map(({ message }) => message).join("; ")}`));
}"""


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it is now, its best practices and the size of targets included."""
    if not page.evaluate("() => 'axe' in window"):
        debugger = page.context.new_cdp_session(page)
        source = (node.modules() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
        debugger.send("Runtime.evaluate", {"expression": source})
        debugger.detach()
    found: list[str] = page.evaluate(RUN)
    return found
