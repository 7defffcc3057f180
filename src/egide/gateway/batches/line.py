"""One request of a batch, as each protocol writes it: a name, an address and a body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from egide.errors import GatewayError
from egide.gateway.dialect import Dialect
from egide.gateway.dialects import dialects
from egide.gateway.fields import below, wrong

MOST_NAME: Final = 256
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_FILE_FIELDS: Final = frozenset({"custom_id", "method", "url", "body"})
_INLINE_FIELDS: Final = frozenset({"custom_id", "params"})
# Where a body that a file carries may go, with or without the version in front.
BATCHED: Final = ("/chat/completions", "/completions", "/embeddings", "/moderations", "/responses")
INLINE: Final = "/messages"


@dataclass(frozen=True, slots=True)
class Request:
    """``name`` is the caller's (``custom_id``); ``url`` as it was written."""

    name: str = field(repr=False)
    dialect: Dialect
    body: dict[str, Any] = field(repr=False)
    url: str = ""


def of_file(raw: bytes) -> Request:
    """A line of a file. Raises GatewayError EG-4002, EG-4003 or EG-4005."""
    try:
        line = orjson.loads(raw)
    except orjson.JSONDecodeError:
        line = None
    if type(line) is not dict:
        raise GatewayError("EG-4005")
    name, body = _read(line, _FILE_FIELDS, "body")
    if line.get("method") != "POST":
        raise wrong("method")
    return Request(name, dialect_of(line.get("url"), "url"), body, line["url"])


def of_inline(given: Any) -> Request:
    """One of the requests of a message batch. Raises GatewayError EG-4002 or EG-4003."""
    if type(given) is not dict:
        raise wrong("requests")
    name, body = _read(given, _INLINE_FIELDS, "params")
    return Request(name, dialects()[INLINE], body)


def dialect_of(url: Any, path: str) -> Dialect:
    """The dialect of an address that a batch may name. Raises GatewayError EG-4003."""
    short = url.removeprefix("/v1") if type(url) is str else ""
    if short not in BATCHED:
        raise wrong(path)
    return dialects()[short]


def _read(given: Mapping[str, Any], known: frozenset[str], body: str) -> tuple[str, dict[str, Any]]:
    for field_name in given:
        if field_name not in known:
            raise GatewayError("EG-4002", field=below("", field_name))
    name = given.get("custom_id")
    if type(name) is not str or not 0 < len(name) <= MOST_NAME or _CONTROL.search(name):
        raise wrong("custom_id")
    if type(given.get(body)) is not dict:
        raise wrong(body)
    return name, given[body]
