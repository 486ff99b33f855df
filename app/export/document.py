"""A self-contained page: its style and script stand in it, and its own policy lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from html import escape


def document(language: str, title: str, body: str, style: str, script: str = "") -> str:
    """A page that works from a file, with no network."""
    sources = [f"default-src 'none'; style-src {_digest(style)}"]
    sources += [f"script-src {_digest(script)}"] if script else []
    policy = "; ".join([*sources, "base-uri 'none'", "form-action 'none'"])
    running = f"<script>{script}</script>\n" if script else ""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n{running}</body>\n</html>\n"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
