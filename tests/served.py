"""`python -m tests.served`: the app as `python -m app` runs it, which says of each answer what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI

from app import __main__, main
from app.settings import Settings

from .api.answered import Answered

FAULT = "FAULT "


def _watched(create: Callable[[Settings], FastAPI] = main.create_app) -> None:
    def create_app(settings: Settings) -> FastAPI:
        app = create(settings)
        app.add_middleware(Answered, complain=lambda fault: print(f"{FAULT}{fault}", flush=True))
        return app

    main.create_app = create_app


if __name__ == "__main__":
    _watched()
    __main__.main()
