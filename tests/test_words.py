"""The catalogue of words: every language says all that is said, with the same places, and nothing else."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np
import pytest

from app import errors
from app.bootstrap import ROOT
from app.data.ready import ready_sets
from app.data.readyset import ReadySet
from app.errors import SpecError
from app.export.exporters import exporters
from app.nn.activations import activations
from app.nn.diagnose import failures
from app.nn.initializers import initializers
from app.nn.layers import layers
from app.nn.losses import losses
from app.nn.optimizers import optimizers
from app.nn.penalties import penalties
from app.nn.quantities import quantities
from app.nn.schedules import schedules
from app.sessions.presets import presets
from app.steps.misconceptions import misconceptions
from app.steps.notation import notations
from app.steps.questions import DIRECTIONS, SIGNS, kinds
from app.words import FILES, SPOKEN, USUAL, Words, filled, languages, preferred, words

OTHERS = [name for name in languages if name != USUAL]
SOURCES = [
    (path, path.read_text(encoding="utf-8"))
    for folder, pattern in (("static/js", "*.js"), ("app", "*.py"), ("templates", "*.html"))
    for path in sorted((ROOT / folder).rglob(pattern))
]
KEY = re.compile(r"""(["'])(\w+(?:\.\w+)+)\1""")
#: A key that is put together: what stands before the first place of a template or an f-string.
BEGINNING = re.compile(r"""[`"'](\w+(?:\.\w+)*(?:\.|[A-Za-z]))(?:\$\{|\{)""")
SAID = re.compile(r"""\bsay\(\s*["'](.*?)["']""")


def messages(language: str) -> dict[str, object]:
    """Every message by its key; plural forms under keys of their own."""
    return {
        key if form is None else f"{key} ({form})": text
        for section in SPOKEN
        for key, message in languages[language].sections[section].items()
        for form, text in (message.items() if isinstance(message, dict) else [(None, message)])
    }


def places(text: object) -> set[str]:
    return set(re.findall(r"\{(\w+)(?::\w+)?\}", str(text)))


def used() -> tuple[set[str], set[str]]:
    """Keys that stand in the code, and the beginnings of those that are put together there."""
    whole = {found[2] for _, source in SOURCES for found in KEY.finditer(source)}
    begun = {found[1] for _, source in SOURCES for found in BEGINNING.finditer(source)}
    return whole, begun


def test_no_key_is_in_two_sections() -> None:
    for language in languages.values():
        keys = [key for section in SPOKEN for key in language.sections[section]]
        assert len(keys) == len(set(keys))


def test_every_key_that_is_said_has_an_english_message() -> None:
    known = {key for section in SPOKEN for key in languages[USUAL].sections[section]}
    missing = [f"{path.name}: {found[1]}" for path, source in SOURCES for found in SAID.finditer(source)]
    assert [one for one in missing if "$" not in one and "{" not in one and one.split(": ")[1] not in known] == []


def test_every_message_is_said_somewhere() -> None:
    whole, begun = used()
    known = {key for section in SPOKEN for key in languages[USUAL].sections[section]}
    assert [key for key in known if key not in whole and not any(key.startswith(one) for one in begun)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_everything_with_the_same_places(language: str) -> None:
    own, usual = messages(language), messages(USUAL)
    assert set(own) == set(usual)
    assert {
        key: (places(text), places(usual[key])) for key, text in own.items() if places(text) != places(usual[key])
    } == {}


#: What each registry says of its entries in words, and what words lie deeper in an entry.
REGISTRIES: dict[str, Any] = {
    "activations": activations,
    "initializers": initializers,
    "layers": layers,
    "losses": losses,
    "optimizers": optimizers,
    "schedules": schedules,
    "penalties": penalties,
    "notations": notations,
    "presets": presets,
    "datasets": ready_sets.values(),
    "exporters": exporters,
    "questions": kinds,
    "misconceptions": misconceptions,
    "failures": failures,
    "quantities": quantities().values(),
}
UNSAID = {"questions": {"description"}, "failures": {"description"}}
"""What the entries of a registry say of themselves only to who reads the code."""


def of_entries() -> dict[str, str]:
    """Every text of every registered entry, by the key under which it is translated."""
    found = {}
    for registry, entries in REGISTRIES.items():
        for entry in entries:
            for what in {"title", "description", "task", "prompt", "sentence"} - UNSAID.get(registry, set()):
                if hasattr(entry, what):
                    found[f"{registry}.{entry.name}.{what}"] = getattr(entry, what)
            deeper = {
                "says": getattr(entry, "says", {}),
                "remedies": dict(enumerate(getattr(entry, "remedies", ()), 1)),
            }
            if registry != "questions":
                deeper["options"] = {option.name: option.description for option in getattr(entry, "options", ())}
            if registry == "datasets":
                deeper["names"] = {name: name for name in names_of(entry)}
            found |= {
                f"{registry}.{entry.name}.{what}.{k}": text for what, of in deeper.items() for k, text in of.items()
            }
    for kind, options in (("sign", SIGNS), ("direction", DIRECTIONS)):
        found |= {f"questions.{kind}.options.{option.name}": option.title for option in options}
    return found


def names_of(entry: ReadySet) -> set[str]:
    """What a ready set calls its columns and classes, where these are words; of classes as few as there may be."""
    fewest = {option.name: option.low for option in entry.options if option.name == "classes"}
    made = entry.make(entry.chosen(fewest), np.random.default_rng(0))
    words = (*made.features, *made.target_names, *made.classes)
    return set() if made.image else {name for name in words if re.search("[a-z]{3}", name)} - {"y > sin(x)"}


@pytest.mark.parametrize("language", OTHERS)
def test_only_registered_entries_are_translated_and_with_the_same_places(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An entry is one entry in one place: it need not be translated, and those that are not yet are told."""
    own, usual = languages[language].sections["entries"], of_entries()
    with capsys.disabled():
        print("".join(f"\nNot yet in {language}.json: entries.{key}" for key in usual if key not in own))
    assert set(own) <= set(usual)
    assert {key: text for key, text in own.items() if places(text) != places(usual[key])} == {}


def arising() -> set[str]:
    """Every message and hint of an error, and what a person's own data is called, places numbered."""
    kinds = {name for name, kind in vars(errors).items() if inspect.isclass(kind)} | {"answer", "__init__", "Dataset"}
    found = set()
    for path, source in SOURCES:
        for node in ast.walk(ast.parse(source)) if path.suffix == ".py" else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in kinds:
                said = [*node.args, *(keyword.value for keyword in node.keywords)]
                found |= {text for one in said for part in ast.walk(one) if (text := written(part))}
            if isinstance(node, ast.Assign):
                found |= {text for part in ast.walk(node.value) if (text := written(part))}
    return found


def written(node: ast.AST) -> str:
    """A text or an f-string, its places numbered; empty for anything else."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    number = count(1)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else f"{{{next(number)}}}" for part in node.values)


@pytest.mark.parametrize("language", OTHERS)
def test_the_texts_that_are_translated_arise_and_keep_their_places(language: str) -> None:
    told, texts = languages[language].sections["texts"], arising()
    assert [text for text in told if text not in texts] == []
    assert {text: said for text, said in told.items() if places(said) - places(text)} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_marks_for_keys_and_emphasis_are_in_pairs(language: str) -> None:
    for key, text in messages(language).items():
        assert str(text).count("`") % 2 == 0, key
        assert str(text).count("`") == str(messages(USUAL)[key]).count("`"), key


def test_a_message_has_its_places_filled() -> None:
    assert filled("{name:lower} of {name}", {"name": "Tanh"}) == "tanh of Tanh"
    forms = {"one": "{count} row", "other": "{count} rows"}
    assert [filled(forms, {"count": count}) for count in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]


def test_the_languages_of_a_browser_are_met_in_their_order() -> None:
    assert preferred("fr, de-AT;q=0.8, en;q=0.5") == "de"
    assert preferred("en-GB,en;q=0.9,de;q=0.8") == "en"
    assert preferred("fr") == preferred("") == USUAL


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(SpecError, match="'xx' is not a language"):
        words("xx")


@pytest.fixture
def another() -> Iterator[str]:
    """A language whose file holds next to nothing."""
    languages["xx"] = Words("xx", {"language": "Xxish", "page": {"header": {"view": "Xview"}}})
    yield "xx"
    del languages["xx"]


def test_what_a_language_does_not_say_is_said_in_english(another: str) -> None:
    said = words(another)
    assert said.say("title.cost") == "The batch's cost"
    assert said.section("page")["header.view"] == "Xview"
    assert said.section("page")["header.help"] == "Help and keys"
    assert said.entry("activations", "tanh", "title", "Tanh") == "Tanh"


def test_a_file_is_all_that_a_language_needs() -> None:
    assert set(languages) == {path.stem for path in FILES.glob("*.json")}
    assert languages["de"].title == json.loads((FILES / "de.json").read_text(encoding="utf-8"))["language"]
