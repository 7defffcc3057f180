"""One planted request over HTTP, and all the text that comes back, whole or streamed."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from egide.gateway.loopback import Loopback
from egide.server.proof.judge import Seen, strings
from egide.server.proof.lots import Journey
from egide.server.proof.positions import Position

_CODE = re.compile(r"EG-\d{4}")


@dataclass(frozen=True, slots=True)
class Asker:
    """Sends requests to a gateway (``url`` ends with ``/v1``) and looks at what the provider received.

    ``models`` by dialect: the name under which the gateway knows the loopback provider.
    """

    session: aiohttp.ClientSession
    url: str
    key: str = field(repr=False)
    models: dict[str, str]
    provider: Loopback

    async def ask(self, position: Position, text: str, *, streamed: bool) -> Seen:
        """What was observed of one exchange with ``text`` at ``position``."""
        self.provider.received.clear()
        if position.journey:
            return await self._journey(position, text)
        body = position.body(text, self.models.get(position.dialect, "aucun"), streamed=streamed)
        headers = {"authorization": f"Bearer {self.key}"}
        sent: dict[str, Any] = {"json": body}
        if position.encode is not None:
            form = position.encode(body)
            sent, headers = {"data": form.data}, {**headers, "content-type": form.content_type}
        try:
            async with self.session.post(self.url + position.path, headers=headers, **sent) as answer:
                raw = await answer.text()
        except (aiohttp.ClientError, TimeoutError) as problem:
            return Seen(self._left(), failure=type(problem).__name__)
        if answer.status == 200:
            return Seen(self._left(), "\n".join(_streamed(raw) if streamed else _whole(raw)))
        code = _CODE.search(raw)
        if code and 400 <= answer.status < 500:
            return Seen(self._left(), refusal=code[0])
        return Seen(self._left(), failure=code[0] if code else str(answer.status))

    async def _journey(self, position: Position, text: str) -> Seen:
        journey = Journey(self.session, self.url, self.key, self.models, self.provider.received.clear)
        try:
            status, said = await journey.run(position, text)
        except (aiohttp.ClientError, TimeoutError) as problem:
            return Seen(self._left(), failure=type(problem).__name__)
        if status == 200:
            return Seen(self._left(), "\n".join(text for one in said for text in _whole(one)))
        # A file that is refused tells the reason of each line behind its own.
        code = next(iter(sorted(_CODE.findall(said[0]))), None)
        if code and 400 <= status < 500:
            return Seen(self._left(), refusal=code)
        return Seen(self._left(), failure=code or str(status))

    def _left(self) -> list[Any]:
        return [received.body for received in self.provider.received]


def _whole(raw: str) -> Iterator[str]:
    """Every string of the answer; arguments of a tool call are JSON in a string, read too."""
    for text in strings(json.loads(raw)):
        yield from _opened(text)


def _streamed(raw: str) -> Iterator[str]:
    """The same for a stream: the pieces of each part of the answer joined first."""
    parts: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for line in raw.splitlines():
        if line.startswith("data: {"):
            for where, piece in _pieces(json.loads(line.removeprefix("data: "))):
                parts[where].append(piece)
    for pieces in parts.values():
        yield from _opened("".join(pieces))


def _pieces(event: dict[str, Any]) -> Iterator[tuple[tuple[object, ...], str]]:
    for choice in event.get("choices", ()):
        yield (choice["index"], "text"), choice.get("text") or ""
        delta = choice.get("delta", {})
        yield (choice["index"], "content"), delta.get("content") or ""
        for call in delta.get("tool_calls") or ():
            yield (choice["index"], call["index"]), call.get("function", {}).get("arguments") or ""
    delta = event.get("delta", {})
    if isinstance(delta, str):
        yield (event["type"], event.get("output_index"), event.get("summary_index")), delta
        return
    for name in ("text", "partial_json", "thinking"):
        if name in delta:
            yield (event.get("index"), name), delta[name]


def _opened(text: str) -> Iterator[str]:
    yield text
    if text.startswith(("{", "[")):
        try:
            yield from strings(json.loads(text))
        except ValueError:
            return
