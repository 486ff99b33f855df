"""Where the page's files are: beside the package in a clone, inside it where it was installed as a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_HOME = _PACKAGE if (_PACKAGE / "static").is_dir() else _PACKAGE.parent

STATIC = _HOME / "static"
TEMPLATES = _HOME / "templates"
