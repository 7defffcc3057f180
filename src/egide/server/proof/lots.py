"""Files of requests and batches in the proof: a value planted, the batch run, its results read back.

What a request of a batch holds is read by the code that reads it alone, where every field is tried: here, one
text of each protocol, and all that stands around the requests.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from egide.gateway.batches.wholes import BATCH_REQUEST
from egide.server.proof.positions import Build, Kind, Position, places

_CHAT: Final = "openai-chat"
_MESSAGES: Final = "anthropic-messages"
_HARMLESS: Final = "Bonjour."
_FILED: Final[tuple[tuple[str, Kind, str], ...]] = (
    ("file[].body", "masked", "body"),
    ("file[].custom_id", "refused", "custom_id"),
    ("file[].method", "closed", "method"),
    ("file[].url", "closed", "url"),
    ("file[].(champ inconnu)", "closed", "note"),
    ("file (nom du fichier)", "refused", "filename"),
    ("purpose", "closed", "purpose"),
    ("expires_after", "closed", "expires_after[anchor]"),
    ("(champ inconnu)", "closed", "autre"),
)
_INLINE: Final[tuple[tuple[str, Kind, str], ...]] = (
    ("requests[].params", "masked", "params"),
    ("requests[].custom_id", "refused", "custom_id"),
    ("requests[].(champ inconnu)", "closed", "note"),
)
_FORM: Final = frozenset({"filename", "purpose", "expires_after[anchor]", "autre"})


def lot_positions() -> list[Position]:
    """Every place where a text may stand in what makes a batch."""
    made = [
        _position("batches", where, kind, build)
        for name, node in BATCH_REQUEST.fields.items()
        for where, kind, build in places(node, name)
    ]
    filed = [_position("files", where, kind, _named(name)) for where, kind, name in _FILED]
    inline = [_position("message-batches", where, kind, _named(name)) for where, kind, name in _INLINE]
    return [*filed, *made, *inline]


@dataclass(frozen=True, slots=True)
class Journey:
    """From an upload to its results; it stops at the first refusal. ``forget`` is called once what leaves
    before the planted text has left."""

    session: aiohttp.ClientSession
    url: str
    key: str = field(repr=False)
    models: Mapping[str, str]
    forget: Callable[[], None]

    async def run(self, position: Position, text: str) -> tuple[int, list[str]]:
        """Plant ``text``. The status of the last answer, and the text of all of them."""
        planted = position.build(text)
        try:
            if position.dialect == "message-batches":
                return 200, await self._inline(planted)
            if position.dialect == "files":
                return 200, await self._filed(planted, {})
            return 200, await self._filed({}, planted)
        except _Stopped as stopped:
            return stopped.status, [stopped.said]

    async def _filed(self, line: dict[str, Any], batch: dict[str, Any]) -> list[str]:
        planted = {name: value for name, value in line.items() if name in _FORM}
        request = {name: value for name, value in line.items() if name not in _FORM}
        body = request.pop("body", _HARMLESS)
        form = aiohttp.FormData({"purpose": "batch"} | {n: v for n, v in planted.items() if n != "filename"})
        whole = {
            "custom_id": "a",
            "method": "POST",
            "url": "/v1/chat/completions",
            "body": self._request(_CHAT, body),
            **request,
        }
        content = json.dumps(whole).encode()
        form.add_field("file", content, filename=planted.get("filename", "lot.jsonl"))
        file = json.loads(await self._ask("POST", "/files", data=form))
        if batch:
            self.forget()
        asked = {"input_file_id": file["id"], "endpoint": whole["url"], "completion_window": "24h", **batch}
        made = await self._ask("POST", "/batches", json=asked)
        shown = await self._ask("GET", f"/batches/{json.loads(made)['id']}")
        output = json.loads(shown)["output_file_id"]
        return [made, shown, *(await self._ask("GET", f"/files/{output}/content")).splitlines()]

    async def _inline(self, planted: dict[str, Any]) -> list[str]:
        params = self._request(_MESSAGES, planted.pop("params", _HARMLESS))
        asked = {"requests": [{"custom_id": "a", "params": params, **planted}]}
        made = await self._ask("POST", "/messages/batches", json=asked)
        path = f"/messages/batches/{json.loads(made)['id']}/results"
        return [made, *(await self._ask("GET", path)).splitlines()]

    def _request(self, dialect: str, text: str) -> dict[str, Any]:
        said = [{"role": "user", "content": text}]
        return {"model": self.models.get(dialect, "aucun"), "max_tokens": 64, "messages": said}

    async def _ask(self, method: str, path: str, **body: Any) -> str:
        headers = {"authorization": f"Bearer {self.key}"}
        async with self.session.request(method, self.url + path, headers=headers, **body) as answer:
            said = await answer.text()
            if answer.status != 200:
                raise _Stopped(answer.status, said)
            return said


class _Stopped(Exception):  # noqa: N818 - a refusal, which the proof may expect
    def __init__(self, status: int, said: str) -> None:
        super().__init__(status)
        self.status, self.said = status, said


def _position(family: str, where: str, kind: Kind, build: Build) -> Position:
    path = "/messages/batches" if family == "message-batches" else f"/{family}"
    return Position(family, path, where, kind, build, _sample, streams=False, journey=True)


def _named(name: str) -> Build:
    return lambda text: {name: text}


def _sample(model: str, *, streamed: bool) -> dict[str, Any]:
    return {}
