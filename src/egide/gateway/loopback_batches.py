"""Files and batches of the loopback provider: kept in memory, all answered as soon as they are asked for.

Results can be given in another order, broken, cut, or many times over, as ``Loopback`` says.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

Answer = Callable[[str, dict[str, Any]], Any]
_AT_ONCE: Final = 65_536
_CREATED: Final = 1_764_000_000
_DATE: Final = "2025-11-24T16:00:00Z"


@dataclass(slots=True)
class Shelf:
    """What a provider keeps. ``answer`` answers a request of this path with this body; ``receive`` is told
    what came.

    ``lines`` makes what results are from what they should be; ``cut`` hangs up after so many bytes.
    ``has_batches`` is false for a provider that knows no such address.
    """

    answer: Answer
    receive: Callable[[str, Any], None]
    files: dict[str, tuple[dict[str, Any], bytes]] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: Callable[[Iterator[bytes]], Iterator[bytes]] = lambda lines: lines
    cut: int | None = None
    has_batches: bool = True
    statuses: list[int] = field(default_factory=list)  # those of the next calls, in the place of answers
    asked: list[tuple[str, str]] = field(default_factory=list)  # method and path of every call

    def add_routes(self, app: web.Application) -> None:
        """Of both protocols."""
        for method, path, act in (
            ("POST", "/v1/files", self._upload),
            ("GET", "/v1/files", self._list_files),
            ("GET", "/v1/files/{id}", self._file),
            ("DELETE", "/v1/files/{id}", self._delete_file),
            ("GET", "/v1/files/{id}/content", self._content),
            ("POST", "/v1/batches", self._create),
            ("GET", "/v1/batches", self._list_batches),
            ("GET", "/v1/batches/{id}", self._batch),
            ("POST", "/v1/batches/{id}/cancel", self._batch),
            ("POST", "/v1/messages/batches", self._create_messages),
            ("GET", "/v1/messages/batches", self._list_batches),
            ("GET", "/v1/messages/batches/{id}", self._batch),
            ("DELETE", "/v1/messages/batches/{id}", self._delete_messages),
            ("POST", "/v1/messages/batches/{id}/cancel", self._batch),
            ("GET", "/v1/messages/batches/{id}/results", self._results),
        ):
            app.router.add_route(method, path, self._told(act))

    def keep(self, purpose: str, name: str, content: bytes) -> dict[str, Any]:
        """A file, as an object of the protocol."""
        made: dict[str, Any] = {
            "id": f"file-{len(self.files):06x}",
            "object": "file",
            "bytes": len(content),
            "created_at": _CREATED,
            "filename": name,
            "purpose": purpose,
            "status": "processed",
        }
        self.files[made["id"]] = (made, content)
        return made

    def _told(self, act: Any) -> Any:
        async def answer(request: web.Request) -> web.StreamResponse:
            self.asked.append((request.method, request.path))
            if self.statuses:
                await request.read()
                error = {"message": "refused by the provider", "code": "refused"}
                return web.json_response({"error": error}, status=self.statuses.pop(0))
            if not self.has_batches:
                return web.Response(status=404, text="404 page not found")
            found: web.StreamResponse = await act(request)
            return found

        return answer

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        given = form["file"]
        if not isinstance(given, web.FileField):
            raise web.HTTPBadRequest
        content = await asyncio.to_thread(given.file.read)
        lines = [json.loads(line) for line in content.splitlines()]
        said = {"filename": given.filename, "purpose": form["purpose"], "lines": lines}
        self.receive(request.path, said)
        return web.json_response(self.keep(str(form["purpose"]), given.filename, content))

    async def _list_files(self, request: web.Request) -> web.StreamResponse:
        wanted = request.query.get("purpose")
        made = [one for one, _ in self.files.values() if wanted in (None, one["purpose"])]
        return _page(request, made, "after")

    async def _list_batches(self, request: web.Request) -> web.StreamResponse:
        messages = "/messages/" in request.path
        made = [one for name, one in self.batches.items() if name.startswith("msgbatch_") == messages]
        return _page(request, made, "after_id" if messages else "after")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(_found(self.files, request)[0])

    async def _delete_file(self, request: web.Request) -> web.StreamResponse:
        made, _ = _found(self.files, request)
        del self.files[request.match_info["id"]]
        return web.json_response({"id": made["id"], "object": "file", "deleted": True})

    async def _content(self, request: web.Request) -> web.StreamResponse:
        content = _found(self.files, request)[1]
        return await self._give(request, iter(content.splitlines(keepends=True)))

    async def _create(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        self.receive(request.path, asked)
        lines = [json.loads(line) for line in self.files[asked["input_file_id"]][1].splitlines()]
        answers = [self._answered(one) for one in lines]
        output = self.keep("batch_output", "output.jsonl", b"".join(answers))
        name = f"batch_{len(self.batches):06x}"
        counts = {"total": len(lines), "completed": len(lines), "failed": 0}
        self.batches[name] = {
            "id": name,
            "object": "batch",
            **asked,
            "status": "completed",
            "created_at": _CREATED,
            "output_file_id": output["id"],
            "error_file_id": None,
            "request_counts": counts,
        }
        return web.json_response(
            {**self.batches[name], "status": "validating", "output_file_id": None, "request_counts": None}
        )

    def _answered(self, line: dict[str, Any]) -> bytes:
        content = self.answer(line["url"], line["body"])
        response = {"status_code": 200, "request_id": "req-loopback", "body": content}
        told = {"id": "batch_req_0", "custom_id": line["custom_id"], "response": response, "error": None}
        return json.dumps(told, ensure_ascii=False).encode() + b"\n"

    async def _batch(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(_found(self.batches, request))

    async def _create_messages(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        self.receive(request.path, asked)
        name = f"msgbatch_{len(self.batches):06x}"
        lines = []
        for one in asked["requests"]:
            result = {"type": "succeeded", "message": self.answer("/v1/messages", one["params"])}
            lines.append(json.dumps({"custom_id": one["custom_id"], "result": result}).encode() + b"\n")
        self.files[name] = ({"id": name, "purpose": "results"}, b"".join(lines))
        counts = {"processing": 0, "succeeded": len(lines), "errored": 0, "canceled": 0, "expired": 0}
        self.batches[name] = {
            "id": name,
            "type": "message_batch",
            "processing_status": "ended",
            "request_counts": counts,
            "created_at": _DATE,
            "expires_at": _DATE,
            "ended_at": _DATE,
            "results_url": f"https://api.exemple.fr/v1/messages/batches/{name}/results",
        }
        began = {"processing_status": "in_progress", "results_url": None, "ended_at": None}
        return web.json_response({**self.batches[name], **began})

    async def _delete_messages(self, request: web.Request) -> web.StreamResponse:
        made = _found(self.batches, request)
        del self.batches[made["id"]]
        return web.json_response({"id": made["id"], "type": "message_batch_deleted"})

    async def _results(self, request: web.Request) -> web.StreamResponse:
        made = _found(self.batches, request)
        return await self._give(request, iter(self.files[made["id"]][1].splitlines(keepends=True)))

    async def _give(self, request: web.Request, lines: Iterator[bytes]) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": "application/octet-stream"})
        await response.prepare(request)
        given = 0
        for piece in _pieces(self.lines(lines)):
            await response.write(piece)
            given += len(piece)
            if self.cut is not None and given >= self.cut and request.transport is not None:
                await asyncio.sleep(0.2)
                request.transport.abort()
                break
        return response


def _pieces(lines: Iterator[bytes]) -> Iterator[bytes]:
    gathered: list[bytes] = []
    size = 0
    for line in lines:
        gathered.append(line)
        size += len(line)
        if size > _AT_ONCE:
            yield b"".join(gathered)
            gathered, size = [], 0
    yield b"".join(gathered)


def _page(request: web.Request, made: list[dict[str, Any]], cursor: str) -> web.StreamResponse:
    names = [one["id"] for one in made]
    after = request.query.get(cursor)
    begin = names.index(after) + 1 if after in names else 0
    size = min(int(request.query.get("limit", "20")), 3)  # small pages: the next one is asked for, too
    page = made[begin : begin + size]
    more = begin + size < len(made)
    return web.json_response({"object": "list", "data": page, "has_more": more})


def _found(shelf: dict[str, Any], request: web.Request) -> Any:
    name = request.match_info["id"]
    if name not in shelf:
        error = {"message": f"No such thing: {name}", "type": "invalid_request_error", "code": "not_found"}
        raise web.HTTPNotFound(text=json.dumps({"error": error}), content_type="application/json")
    return shelf[name]
