"""The log: on standard error and nowhere else, as sentences or as an object a line."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from .settings import Settings


class Objects(logging.Formatter):
    """A record as an object in one line: when, how serious, of what, and its own fields."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = {"at": at, "level": record.levelname.lower(), "of": record.name, "message": record.getMessage()}
        told.update(getattr(record, "fields", {}))
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told)


def write_log(settings: Settings) -> None:
    """Write the log as the settings want it: in sentences, what goes wrong; as objects, each request too."""
    handler = logging.StreamHandler()
    handler.setFormatter(Objects() if settings.log == "json" else logging.Formatter())
    if settings.log == "json":
        logging.getLogger("stepgrad").setLevel(logging.INFO)
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
