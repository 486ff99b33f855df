"""Says how one server runs: every setting is a flag and a `STEPGRAD_…` variable, checked before anything starts."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path, PureWindowsPath
from typing import Any, NoReturn
from urllib.parse import urlsplit

from . import __version__, values
from .errors import SettingsError

FILE = "sessions.db"


def data_folder(environment: Mapping[str, str], platform: str = sys.platform) -> str:
    """Where this system keeps what a person's programs remember; empty where it does not say."""
    home = environment.get("HOME", "")
    if platform == "win32":
        local = environment.get("LOCALAPPDATA", "")
        return local and str(PureWindowsPath(local, "Stepgrad"))
    if platform == "darwin":
        return home and f"{home}/Library/Application Support/Stepgrad"
    shared = environment.get("XDG_DATA_HOME", "")
    if shared.startswith("/"):  # a relative one is to be ignored
        return f"{shared}/stepgrad"
    return home and f"{home}/.local/share/stepgrad"


def _setting(default: Any, about: str, read: values.Reader, group: str = "server") -> Any:
    return field(default=default, metadata={"about": about, "read": read, "group": group})


def _limit(default: int, about: str) -> Any:
    return _setting(default, about, values.whole(1, 10**9), "limits")


@dataclass(frozen=True)
class Settings:
    """How one server runs. Limits protect it from one request or one learner; the defaults admit 784-128-64-10."""

    host: str = _setting("127.0.0.1", "address to listen on; 0.0.0.0 lets a class in", values.host)
    port: int = _setting(8000, "port; 0 takes any free one, as does a busy default", values.whole(0, 65535))
    share: bool = _setting(
        False, "let the local network in, for a class: listen on 0.0.0.0 and open a room", values.switch
    )
    no_open: bool = _setting(False, "do not open the browser", values.switch)
    root_path: str = _setting("", "path that a proxy puts in front, such as /stepgrad", values.path)
    public_url: str = _setting("", "address that learners type, such as https://nets.example.org", values.url)
    allowed_hosts: tuple[str, ...] = _setting(
        (), "more host names to answer to, comma separated; IP addresses and localhost always work", values.hosts
    )
    embed_in: tuple[str, ...] = _setting(
        (),
        "pages that may show this one in a frame, comma separated, such as https://moodle.example.org",
        values.frames,
    )
    store: str = _setting(
        "",
        "where sessions are kept: sqlite:///path/of/a/file, a file in the data folder if nothing is said, memory:, "
        "which forgets them at the end, or redis://host:port/0, where several servers share them",
        values.store,
    )
    data_dir: str = _setting(
        "", "folder for that file, instead of this system's for what programs remember", values.folder
    )

    log: str = _setting(
        "plain", "plain: what goes wrong, as sentences; json: that and each request, as an object a line", values.log
    )
    metrics: bool = _setting(False, "answer /metrics with counts of what was asked, for a monitor", values.switch)

    max_body_bytes: int = _limit(4 * 2**20, "bytes in a request, a table of data for one")
    max_body_seconds: int = _limit(60, "seconds in which the body of a request has to come")
    max_waiting_bytes: int = _limit(128 * 2**20, "bytes of all requests that are not yet answered")
    max_rate: int = _limit(500, "requests a second for one session, averaged over ten seconds")
    max_room_rate: int = _limit(5000, "requests a second for one room and what it shows, averaged likewise")
    max_waiting: int = _limit(64, "requests for one session at the same time, and streams of it")
    max_layers: int = _limit(32, "layers after the input layer")
    max_units: int = _limit(4096, "units in a layer")
    max_parameters: int = _limit(200_000, "weights and biases in a network")
    max_rows: int = _limit(100_000, "rows of data")
    max_values: int = _limit(450_000, "numbers in the data, inputs and targets together, and cells of a table")
    max_batch: int = _limit(4096, "examples in a batch")
    max_activations: int = _limit(500_000, "activations at once, units times examples")
    max_sessions: int = _limit(1000, "sessions that are kept")
    max_store_bytes: int = _setting(4 * 2**30, "bytes of all sessions that are kept", values.whole(1, 2**50), "limits")
    max_memory_bytes: int = _limit(256 * 2**20, "bytes of the sessions that are worked on")
    max_file_bytes: int = _limit(16 * 2**20, "bytes in a session's file")
    run_idle_seconds: int = _limit(60, "seconds that training goes on when nobody watches it")
    max_rooms: int = _limit(100, "rooms that are open")
    max_members: int = _limit(500, "members of a room")
    room_idle_seconds: int = _limit(4 * 3600, "seconds after which a room that nobody has open is closed")
    max_train_iterations: int = _limit(10_000, "iterations in one request to train")

    #: Whether a person named the port, so that no other will do.
    port_chosen: bool = False
    #: Whether a person named the store, so that no other will do.
    store_chosen: bool = False

    @classmethod
    def read(cls, arguments: Sequence[str], environment: Mapping[str, str]) -> Settings:
        """Settings from flags, else from `STEPGRAD_…` variables, else defaults.

        Where no store is named, it is a file in the data folder. The names in `host` and `public_url` join
        `allowed_hosts`.

        Raises:
            SettingsError: naming the flag or variable, what it was and what it may be.
        """
        flags = vars(_parser().parse_args(list(arguments)))
        given: dict[str, Any] = {}
        for item in _settings():
            where, text = flag_name(item.name), flags[item.name]
            if text is None:  # an empty variable is what a compose file passes for an unset one
                where = variable_name(item.name)
                text = environment.get(where) or None
            if text is not None:
                given[item.name] = item.metadata["read"](text.strip(), where)
        chosen = [name in given for name in ("port", "store")]
        folder = given.get("data_dir", "") or data_folder(environment)
        if folder and "store" not in given:
            given["store"] = f"{values.SQLITE}{Path(folder, FILE).absolute().as_posix()}"
        if given.get("share"):
            given.setdefault("host", "0.0.0.0")
        settings = cls(**given, port_chosen=chosen[0], store_chosen=chosen[1])
        names = (*settings.allowed_hosts, settings.host, urlsplit(settings.public_url).hostname)
        return replace(settings, allowed_hosts=tuple(dict.fromkeys(name for name in names if name)))


def flag_name(name: str) -> str:
    """`max_units` -> `--max-units`."""
    return "--" + name.replace("_", "-")


def variable_name(name: str) -> str:
    """`max_units` -> `STEPGRAD_MAX_UNITS`."""
    return "STEPGRAD_" + name.upper()


def _settings() -> list[Field[Any]]:
    return [item for item in fields(Settings) if item.metadata]


class _Parser(argparse.ArgumentParser):
    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        parsed, unknown = self.parse_known_args(args, namespace)
        if unknown:
            known = [flag_name(item.name) for item in _settings()]
            near = difflib.get_close_matches(unknown[0].split("=")[0], known, n=1)
            hint = f"Did you mean {near[0]}?" if near else "See python3 -m app --help."
            raise SettingsError(f"There is no setting {unknown[0]}.", hint=hint, where=unknown[0])
        return parsed

    def error(self, message: str) -> NoReturn:
        raise SettingsError(f"{message[0].upper()}{message[1:]}.", hint="See python3 -m app --help.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python3 -m app",
        usage="%(prog)s [setting ...]",
        description="Stepgrad shows a neural network compute and learn, one step at a time.",
        epilog="Each setting is also an environment variable, named in brackets; a flag wins over it.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Stepgrad {__version__}")
    server = parser.add_argument_group("server")
    limits = parser.add_argument_group("limits", "The most that one request, or the server, may hold.")
    for item in _settings():
        switch = item.default is False
        default = f" (default {item.default})" if item.default else ""
        variable = variable_name(item.name) + ("=1" if switch else "")
        about = f"{item.metadata['about']}{default} [{variable}]"
        group = limits if item.metadata["group"] == "limits" else server
        if switch:
            group.add_argument(flag_name(item.name), action="store_const", const="1", help=about)
        else:
            group.add_argument(flag_name(item.name), metavar="VALUE", help=about)
    return parser
