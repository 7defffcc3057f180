"""Nodes for JSON of the caller's own making: tool arguments, tool schemas.

The leaves of a value are read as one text, each behind its key (``nom : Jean Dupont``), because a key is
often what tells the kind of a value. A number that turns out to be one (an account, a card) becomes a
text, masked. Keys of arguments are masked like values; names of a schema must hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import orjson

from egide.errors import GatewayError
from egide.gateway.fields import Put, below, wrong
from egide.gateway.slots import Kind, Passage, Slot, Walk, into

_DEEPEST: Final = 40
# Beyond, a number loses digits on its way through floating point: it can be neither read nor sent whole.
_LARGEST_FLOAT: Final = 1e15
# Words of JSON Schema whose strings are part of the schema's grammar.
_GRAMMAR: Final = frozenset(
    {"type", "format", "$ref", "$schema", "$id", "$anchor", "required", "propertyName"}
)
_TYPES: Final = frozenset({"object", "string", "number", "integer", "boolean", "array", "null"})
_OFFICIAL = re.compile(r"https?://json-schema\.org/(?:draft[-/][0-9-]{1,10}/)?schema#?")
# fmt: off
_KEYWORDS: Final = frozenset({
    "$anchor", "$comment", "$defs", "$id", "$ref", "$schema", "additionalItems", "additionalProperties",
    "allOf", "anyOf", "const", "contains", "default", "definitions", "dependentRequired", "dependentSchemas",
    "deprecated", "description", "discriminator", "else", "enum", "example", "examples", "exclusiveMaximum",
    "exclusiveMinimum", "format", "if", "items", "maxItems", "maxLength", "maxProperties", "maximum",
    "minItems", "minLength", "minProperties", "minimum", "multipleOf", "not", "nullable", "oneOf", "pattern",
    "patternProperties", "prefixItems", "properties", "propertyName", "propertyNames", "propertyOrdering",
    "readOnly", "required", "strict", "then", "title", "type", "unevaluatedItems", "unevaluatedProperties",
    "uniqueItems", "writeOnly",
})
# fmt: on
_NAMED: Final = frozenset({"properties", "$defs", "definitions", "patternProperties", "dependentRequired"})


class Json:
    """Any JSON value: every leaf and every key is analysed and masked."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        with walk.passage():
            return self._any(value, path, walk, put, 0)

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "JSON : chaque feuille et chaque clé analysée et masquée"

    def _any(self, value: Any, path: str, walk: Walk, put: Put, depth: int) -> Any:
        if depth > _DEEPEST:
            raise wrong(path)
        if type(value) is dict:
            return self._object(value, path, walk, depth)
        if type(value) is list:
            out: list[Any] = [None] * len(value)
            for i, item in enumerate(value):
                out[i] = self._any(item, f"{path}.{i}", walk, into(out, i), depth + 1)
            return out
        return leaf(value, path, walk, put)

    def _object(self, value: dict[str, Any], path: str, walk: Walk, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        renamed: dict[str, str] = {}
        for key, item in value.items():
            walk.add(Slot(below(path, key), key.replace("_", " "), into(renamed, key), lead="\n"))
            out[key] = self._any(item, below(path, key), walk, into(out, key), depth + 1)
        walk.fixes.append(partial(_rename, out, renamed))
        return out


class JsonText:
    """A string that holds JSON: read as ``Json``, dumped again; what is not JSON is text."""

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is None:
            return None
        if type(value) is not str:
            raise wrong(path)
        try:
            content = orjson.loads(value)
        except orjson.JSONDecodeError:
            content = None
        if type(content) not in (dict, list):
            walk.add(Slot(path, value, put))
            return value
        holder: dict[str, Any] = {}
        # Noted before the inner ones: fixes run last first, so the string is dumped after its leaves.
        walk.fixes.append(lambda: put(orjson.dumps(holder[""]).decode()))
        holder[""] = Json().read(content, path, walk, into(holder, ""))
        return value

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "chaîne JSON : chaque feuille et chaque clé analysée et masquée"


class Schema:
    """A JSON Schema: texts are masked; names and grammar are analysed and refused if they hold a value.

    All names are one passage, a line each, and all texts another, so that a long schema is two texts.
    """

    def read(self, value: Any, path: str, walk: Walk, put: Put) -> Any:
        if value is None or type(value) is bool:
            return value
        if type(value) is not dict:
            raise wrong(path)
        reading = _SchemaReading()
        out = reading.any(value, path, put, "", 0, grammar=False, named=False)
        walk.passages += [passage for passage in (reading.names, reading.texts) if passage.slots]
        return out

    def rows(self, path: str) -> Iterator[tuple[str, str]]:
        yield path, "schéma JSON : textes masqués ; noms analysés, refusés s'ils contiennent une valeur"


class _SchemaReading:
    def __init__(self) -> None:
        self.names, self.texts = Passage([]), Passage([])

    def any(
        self, value: Any, path: str, put: Put, owner: str, depth: int, *, grammar: bool, named: bool
    ) -> Any:
        """``owner``: the property that the value describes; ``named``: the keys of ``value`` are names of
        the caller's, not words of JSON Schema; ``grammar``: its strings are words of JSON Schema."""
        if depth > _DEEPEST:
            raise wrong(path)
        if type(value) is list:
            listed: list[Any] = [None] * len(value)
            for i, item in enumerate(value):
                where = f"{path}.{i}"
                listed[i] = self.any(
                    item, where, into(listed, i), owner, depth + 1, grammar=grammar, named=False
                )
            return listed
        if type(value) is not dict:
            return self._leaf(value, path, put, owner, grammar)
        out: dict[str, Any] = {}
        for key, item in value.items():
            where, below_names = below(path, key), key in _NAMED and not named
            if named or key not in _KEYWORDS:
                self.names.slots.append(Slot(where, key.replace("_", " "), _never, Kind.NAME, "\n"))
            words = key in _GRAMMAR and not named
            inside = key if named else owner
            out[key] = self.any(
                item, where, into(out, key), inside, depth + 1, grammar=words, named=below_names
            )
        return out

    def _leaf(self, value: Any, path: str, put: Put, owner: str, grammar: bool) -> Any:
        if grammar and type(value) is str:
            if value not in _TYPES and not _OFFICIAL.fullmatch(value):
                self.names.slots.append(Slot(path, value.replace("_", " "), _never, Kind.NAME, "\n"))
            return value
        if type(value) is str:
            # Behind the name of its property, which is often what tells the kind of an example.
            self.texts.slots.append(Slot(path, value, put, lead=f"\n{owner.replace('_', ' ')} : "))
        elif type(value) in (int, float):
            _number(value, path)
            self.texts.slots.append(Slot(path, repr(value), put, lead="\n"))
        return value


def leaf(value: Any, path: str, walk: Walk, put: Put) -> Any:
    """A string or a number of a JSON value."""
    if type(value) is str:
        walk.add(Slot(path, value, put, lead=" : "))
    elif type(value) in (int, float):
        _number(value, path)
        walk.add(Slot(path, repr(value), put, lead=" : "))
    return value


def _number(value: float, path: str) -> None:
    if type(value) is float and abs(value) >= _LARGEST_FLOAT:
        raise wrong(path)


def _never(text: str) -> None:
    raise GatewayError("EG-4003", field="?")  # a name is refused before masking, never written


def _rename(content: dict[str, Any], renamed: dict[str, str]) -> None:
    if renamed:
        items = [(renamed.get(key, key), value) for key, value in content.items()]
        content.clear()
        content.update(items)
