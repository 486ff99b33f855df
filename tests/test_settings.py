"""Settings say what was got, what was expected and where, before anything starts."""

from __future__ import annotations

from dataclasses import Field, fields

import pytest

from app.bootstrap import ROOT
from app.errors import SettingsError
from app.settings import Settings, data_folder, flag_name, variable_name

NAMES = [item.name for item in fields(Settings) if item.metadata]


def test_without_flags_and_variables_the_defaults_hold() -> None:
    settings = Settings.read([], {})
    assert (settings.host, settings.port, settings.port_chosen) == ("127.0.0.1", 8000, False)
    assert settings.max_body_bytes == 4 * 1024 * 1024


def test_the_default_limits_admit_784_128_64_10() -> None:
    parameters = 784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10
    assert Settings().max_parameters >= parameters
    assert Settings().max_units >= 784


def test_a_flag_wins_over_a_variable() -> None:
    settings = Settings.read(["--port", "9001"], {"STEPGRAD_PORT": "9002", "STEPGRAD_MAX_UNITS": "12"})
    assert (settings.port, settings.port_chosen, settings.max_units) == (9001, True, 12)


def test_a_port_from_the_environment_is_a_choice_too() -> None:
    assert Settings.read([], {"STEPGRAD_PORT": "8000"}).port_chosen


def test_an_empty_variable_is_as_good_as_none() -> None:
    assert Settings.read([], {"STEPGRAD_PORT": "", "STEPGRAD_ROOT_PATH": ""}) == Settings.read([], {})


@pytest.mark.parametrize("name", NAMES)
def test_help_names_every_setting_as_flag_and_variable(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        Settings.read(["--help"], {})
    said = capsys.readouterr().out
    assert flag_name(name) in said
    assert f"[{variable_name(name)}" in said


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        (["--port", "http"], {}, "--port should be a whole number from 0 to 65535, but it is 'http'."),
        (["--port", "65536"], {}, "--port should be a whole number from 0 to 65535, but it is '65536'."),
        ([], {"STEPGRAD_PORT": "tcp://10.0.0.1:80"}, "STEPGRAD_PORT should be a whole number from 0 to 65535"),
        ([], {"STEPGRAD_MAX_UNITS": "0"}, "STEPGRAD_MAX_UNITS should be a whole number from 1 to 1000000000"),
        ([], {"STEPGRAD_NO_OPEN": "maybe"}, "STEPGRAD_NO_OPEN should be 1 or 0, but it is 'maybe'."),
        (["--host", "http://x"], {}, "--host should be a host name or an IP address"),
        (["--host", "0.0.0.0:80"], {}, "--host should be a host name or an IP address"),
        (["--allowed-hosts", "a.org,b.org/x"], {}, "--allowed-hosts should be a host name"),
        (["--root-path", "nets"], {}, "--root-path should be a path such as /stepgrad, but it is 'nets'."),
        (
            ["--root-path", "/api"],
            {},
            "--root-path should be none of Stepgrad's own paths (/api, /static, /docs, /words, ",
        ),
        (["--public-url", "nets.example.org"], {}, "--public-url should be an address such as https://"),
        (["--public-url", "https://x.org:99999"], {}, "--public-url should be an address such as https://"),
        (["--store", "redis://"], {}, "--store should be memory: or an address such as sqlite:///srv/stepgrad.db or "),
        (["--store", "sqlite://"], {}, "--store should be memory: or an address such as sqlite:///"),
        ([], {"STEPGRAD_STORE": "sqlite:///srv/"}, "STEPGRAD_STORE should be memory: or an address"),
        (["--data-dir", "sqlite:///srv"], {}, "--data-dir should be a folder, but it is 'sqlite:///srv'."),
        (["--prot", "1"], {}, "There is no setting --prot."),
        (["--port"], {}, "Argument --port: expected one argument."),
        (["8000"], {}, "There is no setting 8000."),
    ],
)
def test_a_wrong_setting_is_named(arguments: list[str], environment: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.read(arguments, environment)
    assert caught.value.message.startswith(message)


def test_a_misspelt_flag_gets_the_near_one_as_a_hint() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.read(["--prot=1"], {})
    assert caught.value.hint == "Did you mean --port?"


def test_paths_and_addresses_lose_their_last_slash() -> None:
    settings = Settings.read(["--root-path", "/nets/", "--public-url", "https://Nets.example.org/nets/"], {})
    assert (settings.root_path, settings.public_url) == ("/nets", "https://Nets.example.org/nets")


def test_the_names_that_the_server_goes_by_are_answered_to() -> None:
    settings = Settings.read(
        ["--host", "laptop.local", "--public-url", "https://Nets.example.org", "--allowed-hosts", "A.org, b.org"], {}
    )
    assert settings.allowed_hosts == ("a.org", "b.org", "laptop.local", "nets.example.org")


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {"HOME": "/a"}, "/a/.local/share/stepgrad"),
        ("linux", {"HOME": "/a", "XDG_DATA_HOME": "/data/a"}, "/data/a/stepgrad"),
        ("linux", {"HOME": "/a", "XDG_DATA_HOME": "relative"}, "/a/.local/share/stepgrad"),
        ("darwin", {"HOME": "/b"}, "/b/Library/Application Support/Stepgrad"),
        ("win32", {"LOCALAPPDATA": "C:\\Users\\a\\AppData\\Local"}, "C:\\Users\\a\\AppData\\Local\\Stepgrad"),
        ("linux", {}, ""),
    ],
)
def test_the_data_folder_is_the_systems(platform: str, environment: dict[str, str], folder: str) -> None:
    assert data_folder(environment, platform) == folder


def test_where_no_store_is_named_it_is_a_file_in_the_data_folder() -> None:
    settings = Settings.read(["--data-dir", "/srv/nets"], {"HOME": "/a"})
    assert (settings.store, settings.store_chosen) == ("sqlite:///srv/nets/sessions.db", False)
    assert Settings.read([], {"HOME": "/a"}).store.startswith("sqlite:///")
    assert Settings.read([], {}).store == ""
    chosen = Settings.read(["--store", "memory:", "--data-dir", "/srv/nets"], {})
    assert (chosen.store, chosen.store_chosen) == ("memory:", True)


def test_sharing_listens_for_others_unless_a_host_is_named() -> None:
    assert (Settings.read([], {}).share, Settings.read([], {}).host) == (False, "127.0.0.1")
    assert Settings.read(["--share"], {}).host == Settings.read([], {"STEPGRAD_SHARE": "1"}).host == "0.0.0.0"
    assert Settings.read(["--share"], {"STEPGRAD_HOST": "192.0.2.9"}).host == "192.0.2.9"


def test_who_may_embed_is_a_list_of_pages() -> None:
    read = Settings.read(["--embed-in", "https://moodle.example.org/, http://localhost:*,*"], {})
    assert read.embed_in == ("https://moodle.example.org", "http://localhost:*", "*")
    for wrong in ("https://a.example;script-src *", "'self'", "https://a.example/path", "a b"):
        with pytest.raises(SettingsError, match="--embed-in"):
            Settings.read(["--embed-in", wrong], {})


@pytest.mark.parametrize("item", [item for item in fields(Settings) if item.metadata.get("group") == "limits"])
def test_every_limit_is_documented_with_its_default(item: Field[object]) -> None:
    line = f"| `{flag_name(item.name)}` | {item.default:,} | {item.metadata['about']} |"
    assert line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
