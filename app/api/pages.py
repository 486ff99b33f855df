"""The pages: the app itself, its API's documentation, and whether the server is alive."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache, lru_cache

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel

from .. import __version__
from ..errors import NotReady
from ..files import STATIC, TEMPLATES
from ..words import preferred, words
from .constants import Tell
from .files import Files
from .opening import Store

router = APIRouter(include_in_schema=False)


files = Files(STATIC)


@cache  # its hash stands in the policy, so that it stays as it is while the server runs
def import_map() -> str:
    """Where the page finds each vendored module, as JSON for the template."""
    vendored = json.loads((STATIC / "vendor" / "vendor.json").read_text(encoding="utf-8"))
    home = f"./static/{files.version()}/vendor"
    found = {name: f"{home}/{path}" for package in vendored for name, path in package["imports"].items()}
    return json.dumps({"imports": found})


def import_map_hash() -> str:
    """The hash by which the Content-Security-Policy allows the import map, which has to be inline."""
    return "sha256-" + base64.b64encode(hashlib.sha256(import_map().encode()).digest()).decode()


_templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)


@router.get("/", response_class=HTMLResponse)
async def index(request: Request) -> HTMLResponse:
    """The app, in the first of the browser's languages that there is until the page knows which one is chosen."""
    said = words(preferred(request.headers.get("accept-language", "")))
    template = _templates.get_template("index.html")
    page = template.render(importmap=import_map(), version=__version__, language=said.language, say=said.say)
    return HTMLResponse(_kept(page), headers={"Vary": "Accept-Language"})


def _kept(page: str) -> str:
    """With the addresses of files that a browser may keep."""
    return page.replace('"static/', f'"static/{files.version()}/')


@router.get("/docs", response_class=HTMLResponse)
async def documentation(request: Request) -> str:
    """The API's documentation, rendered here so that it needs nothing from elsewhere."""
    return _kept(_documentation(request.app))


@lru_cache(maxsize=1)
def _documentation(app: FastAPI) -> str:
    return _templates.get_template("api.html").render(openapi=app.openapi(), version=__version__)


@router.get("/openapi.json")
async def openapi(request: Request, tell: Tell) -> Response:
    """The API, described for machines."""
    described = request.app.openapi()
    return tell("openapi", [described], lambda: described)


class Health(BaseModel):
    """How the server is."""

    status: str


@router.get("/healthz")
async def health() -> Health:
    """Whether the server is alive."""
    return Health(status="ok")


@router.get("/readyz")
async def ready(store: Store) -> Health:
    """Whether the server can take on work: 503 while nothing can be saved, and when it ends."""
    if trouble := await store.check():
        raise NotReady(trouble)
    return Health(status="ready")
