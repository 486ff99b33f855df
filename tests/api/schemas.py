"""Requests drawn from the API's own description: what it allows, what lies at its bounds, and a little beyond."""

from __future__ import annotations

import json
from random import Random
from typing import Any
from urllib.parse import quote

Schema = dict[str, Any]

EDGES = (0, 1, -1, 2, 255, 2**31, 2**53, 2**53 + 1, -(2**53), 10**30, 0.5, -0.0, 1e-300, 1e300, 5e-324)
TEXTS = (
    "",
    "a",
    "W1",
    "z2",
    "xor",
    "iris",
    "0",
    "é",
    "日本",
    "\x00",
    "‮",
    "a" * 200,
    "a" * 201,
    "a" * 5000,
    "{}",
    "NaN",
)
WILD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1e308,
    "",
    "x",
    [],
    {},
    [[]],
    [[1], [1, 2]],
    {"name": None},
    [None] * 30,
)
BEYOND = 0.06
"""How often a value is one that the description does not allow."""
DEEPEST = 6


class Drawn:
    """Draws values of schemas.

    Args:
        document: the OpenAPI document.
        known: values that make sense, by the name of the field; else nearly all would be refused at the door.
    """

    def __init__(self, document: Schema, random: Random, known: dict[str, list[Any]]) -> None:
        self._document = document
        self._random = random
        self._known = known

    def query(self, parameters: list[Schema]) -> str:
        """A query; parameters may be missing, or come twice."""
        parts = []
        for parameter in parameters:
            for _ in range(self._random.choice((0, 1, 1, 1, 2)) if parameter["in"] == "query" else 0):
                value = self.value(parameter["schema"], parameter["name"])
                parts.append(f"{parameter['name']}={quote(_text(value), errors='replace')}")
        return "&".join(parts)

    def place(self, parameter: Schema) -> str:
        """A part of a path."""
        return quote(_text(self.value(parameter["schema"], parameter["name"])), safe="", errors="replace") or "-"

    def value(self, schema: Schema, name: str = "", depth: int = 0) -> Any:
        """A value of a schema, or nearly."""
        random = self._random
        if random.random() < BEYOND:
            return random.choice(WILD)
        if name in self._known and random.random() < 0.8:
            return random.choice(self._known[name])
        if "$ref" in schema:
            return self.value(self._named(schema["$ref"]), name, depth)
        for several in ("anyOf", "oneOf", "allOf"):
            if several in schema:
                return self.value(random.choice(schema[several]), name, depth)
        if "enum" in schema:
            return random.choice(schema["enum"])
        if "const" in schema:
            return schema["const"]
        return self._of_type(schema, name, depth)

    def _of_type(self, schema: Schema, name: str, depth: int) -> Any:
        random = self._random
        match schema.get("type"):
            case "object":
                return self._object(schema, depth)
            case "array":
                most = min(schema.get("maxItems", 4), 4) if depth < DEEPEST else 0
                count = random.randint(min(schema.get("minItems", 0), most), most)
                return [self.value(schema.get("items", {}), name, depth + 1) for _ in range(count)]
            case "integer":
                return self._number(schema, whole=True)
            case "number":
                return self._number(schema, whole=False)
            case "boolean":
                return random.choice((True, False))
            case "null":
                return None
        return random.choice(TEXTS)

    def _number(self, schema: Schema, whole: bool) -> float:
        random = self._random
        low, high = schema.get("minimum", -10), schema.get("maximum", 10)
        near = (low, low + 1, low - 1, high, high + 1, high - 1)
        number = random.choice((*near, *EDGES, random.randint(0, 20), random.uniform(-2, 2)))
        return int(number) if whole and random.random() > BEYOND else number

    def _object(self, schema: Schema, depth: int) -> dict[str, Any]:
        random, required = self._random, schema.get("required", ())
        fields = schema.get("properties", {})
        made = {
            name: self.value(inner, name, depth + 1)
            for name, inner in fields.items()
            if depth < DEEPEST and (name in required or random.random() < 0.5)
        }
        if random.random() < BEYOND:
            made[random.choice(TEXTS)] = random.choice(WILD)
        if made and random.random() < BEYOND:
            made.pop(random.choice(list(made)))
        return made

    def _named(self, reference: str) -> Schema:
        found: Schema = self._document["components"]["schemas"][reference.rsplit("/", 1)[1]]
        return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
