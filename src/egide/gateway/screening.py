"""Orders hidden in what a request has the model read, and what the policy does about them.

Results of tools and documents are nobody's of the company, and definitions of tools may be somebody else's;
what a person writes is theirs. A text already read is not read again: the cache is keyed by a hash with a
secret of the process, so that it holds no text.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from egide.checks import CheckSettings, Origin, Passage, Response, screen
from egide.detection.view import Views
from egide.errors import DetectionError, GatewayError
from egide.gateway.analysis import ON_THE_LOOP
from egide.gateway.slots import Kind, Slot

_MOST_CACHED: Final = 4_000
_BROUGHT: Final = frozenset({
    "tool_result", "function_call_output", "custom_tool_call_output", "computer_call_output", "mcp_call",
    "document", "document_url", "file", "image", "image_url", "input_file", "input_image", "search_result",
    "local_shell_call_output", "web_search_result",
})  # fmt: skip
_DEFINED: Final = frozenset({"tools", "functions"})
_TOOLS: Final = frozenset({"tool", "function"})

Passages = tuple[Passage, ...]


class Screener:
    """Safe to share between threads."""

    def __init__(self, most_cached: int = _MOST_CACHED) -> None:
        self._salt = secrets.token_bytes(32)
        self._most = most_cached
        self._cache: OrderedDict[bytes, Passages] = OrderedDict()
        self._lock = Lock()

    def find(self, text: str, origin: Origin, views: Views | None = None) -> Passages:
        """Passages of ``text`` that give orders."""
        name = f"{origin.value}\x1f{text}".encode("utf-8", "surrogatepass")
        key = hashlib.blake2b(name, digest_size=16, key=self._salt).digest()
        with self._lock:
            known = self._cache.get(key)
            if known is not None:
                self._cache.move_to_end(key)
                return known
        found = screen(text if views is None else views[text], origin)
        with self._lock:
            self._cache[key] = found
            while len(self._cache) > self._most:
                self._cache.popitem(last=False)
        return found


@dataclass(frozen=True, slots=True)
class Screened:
    """What was found in the slots of a request, by their number. ``refused`` names the field to refuse."""

    counts: dict[str, int] = field(default_factory=dict)
    neutralised: Mapping[int, Passages] = field(default_factory=dict)
    refused: tuple[str, tuple[str, ...]] | None = None

    def refuse(self) -> None:
        """Raise GatewayError EG-4044 when the policy refuses what was found."""
        if self.refused is not None:
            path, kinds = self.refused
            raise GatewayError("EG-4044", field=path, kinds=", ".join(kinds))


async def screened(
    screener: Screener,
    settings: CheckSettings,
    body: dict[str, Any],
    slots: Sequence[Slot],
    views: Views | None = None,
) -> Screened:
    """Read the slots that may hold orders. Raises DetectionError EG-1002 when the reading fails."""
    origins = {
        number: origin
        for number, slot in enumerate(slots)
        if slot.kind is Kind.TEXT and (origin := origin_of(body, slot.path)) is not None
    }
    if not origins:
        return Screened()

    def read() -> dict[int, Passages]:
        found = (
            (number, screener.find(slots[number].text, origin, views)) for number, origin in origins.items()
        )
        return {number: passages for number, passages in found if passages}

    try:
        small = sum(len(slots[number].text) for number in origins) <= ON_THE_LOOP
        found = read() if small else await asyncio.to_thread(read)
    except Exception:  # fail closed; no message: it could quote a text
        raise DetectionError("EG-1002") from None
    return _decided(settings, slots, found)


def _decided(settings: CheckSettings, slots: Sequence[Slot], found: Mapping[int, Passages]) -> Screened:
    counts: Counter[str] = Counter()
    neutralised: dict[int, Passages] = {}
    refused: tuple[str, tuple[str, ...]] | None = None
    for number, passages in found.items():
        counts.update(passage.kinds[0] for passage in passages)
        strict = [one for one in passages if response(settings, one) is not Response.WARN]
        if strict:
            neutralised[number] = tuple(strict)
        for passage in strict:
            if response(settings, passage) is Response.REFUSE and refused is None:
                refused = (slots[number].path, passage.kinds)
    return Screened(dict(counts), neutralised, refused)


def response(settings: CheckSettings, passage: Passage) -> Response:
    """What the policy says of a passage."""
    return settings.people if passage.origin is Origin.PERSON else settings.documents


def origin_of(body: dict[str, Any], path: str) -> Origin | None:
    """Who speaks in the field ``path`` of a request; None for what the caller's program or the model
    wrote."""
    first = path.split(".", 1)[0]
    if first in _DEFINED:
        return Origin.TOOL
    origin: Origin | None = Origin.PERSON if first in ("input", "prompt") else None
    holder: Any = body
    for step in path.split("."):
        holder = _inside(holder, step)
        if type(holder) is dict:
            if holder.get("type") == "additional_tools":
                return Origin.TOOL
            role = holder.get("role")
            if role in _TOOLS or holder.get("type") in _BROUGHT:
                return Origin.DOCUMENT
            if type(role) is str:
                origin = Origin.PERSON if role == "user" else None
            elif holder.get("type") in ("function_call", "tool_use"):
                origin = None
    return origin


def _inside(holder: Any, step: str) -> Any:
    if type(holder) is dict:
        return holder.get(step)
    if type(holder) is list and step.isdecimal() and int(step) < len(holder):
        return holder[int(step)]
    return None
