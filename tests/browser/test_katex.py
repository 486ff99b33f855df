"""Every LaTeX that can be copied is read by KaTeX, at its strictest, in the browser."""

from __future__ import annotations

from playwright.sync_api import Page

from app.steps.notation import notations
from app.steps.writing import latex, written
from app.words import words
from tests import node
from tests.server import Server
from tests.steps.test_writing import explanations, networks

READ = """async ({ address, formulas }) => {
  const { default: katex } = await import(address);
  return formulas.flatMap((formula) => {
    try {
      katex.renderToString(formula, { displayMode: true, strict: "error", throwOnError: true });
      return [];
    } catch (error) {
      return [`${formula}: ${error.message}`];
    }
  });
}"""


def refused(page: Page, server: Server, formulas: list[str]) -> list[str]:
    """Those that KaTeX cannot read, or reads with a warning."""
    address = f"{server.url}katex.mjs"
    katex = node.modules() / "katex" / "dist" / "katex.mjs"
    page.route(address, lambda route: route.fulfill(path=katex, content_type="text/javascript"))
    page.goto("/")
    found: list[str] = page.evaluate(READ, {"address": address, "formulas": formulas})
    return found


def test_katex_reads_every_line_that_can_be_copied(page: Page, server: Server) -> None:
    formulas = {
        line
        for notation in notations
        for spec in networks(6)
        for found in explanations(spec, notation)
        for line in (*vars(written(found, words())["latex"]).values(), *(latex(read.symbol) for read in found.operands))
        if line
    }
    assert len(formulas) > 1000
    assert refused(page, server, sorted(formulas)) == []


def test_katex_refuses_what_is_not_latex(page: Page, server: Server) -> None:
    """The strictness above is one: an unknown command and a sign that LaTeX does not have are found."""
    assert len(refused(page, server, [r"\frac{1}{2}", r"\unknown{1}", "∑_i 1 ≈ ŷ"])) == 2
