"""The Model Context Protocol over lines of JSON: what ``egide mcp`` speaks, without its heavy library.

JSON-RPC 2.0, one message a line (https://modelcontextprotocol.io/specification/2025-11-25): initialize,
ping, tools/list, tools/call, and notifications, which are never answered. A tool that refuses answers a
result marked ``isError`` that the agent reads; a wrong message answers a JSON-RPC error. Neither ever
repeats what was sent.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Final

from egide.errors import EgideError

# Latest first: what is answered to a client that asks for one that is not known here.
VERSIONS: Final = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
LONGEST_LINE: Final = 8_000_000
PARSE, INVALID, UNKNOWN, PARAMS, INTERNAL = -32700, -32600, -32601, -32602, -32603

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """What an agent may call. ``call`` takes the arguments, checked by itself, and gives an object."""

    name: str
    title: str
    description: str
    accepts: Object
    gives: Object
    call: Callable[[Mapping[str, Any]], Object]
    changes: bool = False

    def described(self) -> Object:
        """As ``tools/list`` says it."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": self.accepts,
            "outputSchema": self.gives,
            "annotations": {
                "readOnlyHint": not self.changes,
                "destructiveHint": False,
                "openWorldHint": False,
            },
        }


class Server:
    """Answers one message at a time; keeps nothing of them."""

    def __init__(self, tools: tuple[Tool, ...], version: str, instructions: str) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self._version, self._instructions = version, instructions

    def serve(self, source: IO[bytes], out: IO[bytes]) -> None:
        """Answer each line of ``source`` until it ends."""
        for line in _lines(source):
            answer = self.answer(line)
            if answer is not None:
                out.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
                out.flush()

    def answer(self, line: bytes | None) -> Object | None:
        """The answer to a line (None: it was too long); None when it asks for none."""
        if line is None:
            return _error(None, INVALID, f"message too long: at most {LONGEST_LINE} bytes")
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            return _error(None, PARSE, "not JSON")
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            return _error(None, INVALID, "not a JSON-RPC 2.0 message")
        if "method" not in message:
            return None  # an answer to us, who asked nothing
        asked = message.get("id")
        if "id" not in message:
            return None
        odd = isinstance(asked, bool) or not isinstance(message["method"], str)
        if odd or not isinstance(asked, str | int):
            return _error(None, INVALID, "id or method of a wrong type")
        params = message.get("params") or {}
        if not isinstance(params, dict):
            return _error(asked, PARAMS, "params must be an object")
        return self._asked(asked, message["method"], params)

    def _asked(self, asked: str | int, method: str, params: Object) -> Object:
        match method:
            case "initialize":
                return _result(asked, self._introduction(params.get("protocolVersion")))
            case "ping":
                return _result(asked, {})
            case "tools/list":
                return _result(asked, {"tools": [tool.described() for tool in self._tools.values()]})
            case "tools/call":
                return self._call(asked, params)
        return _error(asked, UNKNOWN, "unknown method")

    def _introduction(self, wanted: object) -> Object:
        return {
            "protocolVersion": wanted if wanted in VERSIONS else VERSIONS[0],
            "capabilities": {"tools": {"listChanged": False}},
            "serverInfo": {"name": "egide", "title": "Égide", "version": self._version},
            "instructions": self._instructions,
        }

    def _call(self, asked: str | int, params: Object) -> Object:
        name, arguments = params.get("name"), params.get("arguments") or {}
        tool = self._tools.get(name) if isinstance(name, str) else None
        if tool is None or not isinstance(arguments, dict):
            return _error(asked, PARAMS, "unknown tool, or arguments that are not an object")
        try:
            given = tool.call(arguments)
        except EgideError as refused:
            said = [{"type": "text", "text": str(refused)}]
            return _result(asked, {"content": said, "isError": True})
        except Exception as failure:  # whatever it is, nothing of the text may be told
            sys.stderr.write(f"egide mcp: {name}: {type(failure).__name__}\n")
            return _error(asked, INTERNAL, "EG-4017")
        said = [{"type": "text", "text": json.dumps(given, ensure_ascii=False)}]
        return _result(asked, {"content": said, "structuredContent": given, "isError": False})


def _lines(source: IO[bytes]) -> Iterator[bytes | None]:
    """Lines, without empty ones; None in place of one that is too long, which is read to its end."""
    while line := source.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            if line.strip():
                yield line
            continue
        while line and not line.endswith(b"\n"):
            line = source.readline(LONGEST_LINE)
        yield None


def _result(asked: str | int, result: Object) -> Object:
    return {"jsonrpc": "2.0", "id": asked, "result": result}


def _error(asked: str | int | None, code: int, message: str) -> Object:
    return {"jsonrpc": "2.0", "id": asked, "error": {"code": code, "message": message}}
