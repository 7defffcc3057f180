from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.cli import _mcp_protocol as protocol
from egide.cli._mcp_protocol import Server, Tool
from egide.errors import WorkspaceError


def _call(given: Mapping[str, Any]) -> dict[str, Any]:
    if given.get("how") == "refuse":
        raise WorkspaceError("EG-6155")
    if given.get("how") == "crash":
        raise KeyError("Solenne Garrigou")
    return {"said": "oui"}


SERVER = Server(
    (Tool("try", "Essai", "Essaie", {"type": "object"}, {"type": "object"}, _call),), "1", "Bonjour"
)


def _asked(method: str, params: object = None, **more: object) -> Any:
    message = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params, **more}
    return SERVER.answer(json.dumps(message).encode())


@pytest.mark.parametrize(
    ("wanted", "answered"),
    [
        *((version, version) for version in protocol.VERSIONS),
        ("2099-01-01", "2025-11-25"),
        (None, "2025-11-25"),
    ],
)
def test_a_version_is_agreed_on(wanted: str | None, answered: str) -> None:
    told = _asked("initialize", {"protocolVersion": wanted})["result"]
    assert (told["protocolVersion"], told["serverInfo"]["name"]) == (answered, "egide")
    assert "tools" in told["capabilities"]


def test_ping_and_the_list_of_tools() -> None:
    assert _asked("ping") == {"jsonrpc": "2.0", "id": 7, "result": {}}
    (tool,) = _asked("tools/list")["result"]["tools"]
    assert (tool["name"], tool["annotations"]["readOnlyHint"]) == ("try", True)


def test_a_call_answers_text_and_structure() -> None:
    result = _asked("tools/call", {"name": "try", "arguments": {}})["result"]
    assert result["structuredContent"] == json.loads(result["content"][0]["text"]) == {"said": "oui"}
    assert result["isError"] is False


def test_a_refusal_is_read_by_the_agent_and_a_crash_tells_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    refused = _asked("tools/call", {"name": "try", "arguments": {"how": "refuse"}})["result"]
    assert refused["isError"] is True
    assert refused["content"][0]["text"].startswith("EG-6155")
    crashed = _asked("tools/call", {"name": "try", "arguments": {"how": "crash"}})
    assert crashed["error"] == {"code": -32603, "message": "EG-4017"}
    said = capsys.readouterr()
    assert said.out == ""
    assert "KeyError" in said.err
    assert "Garrigou" not in said.err


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", -32700),
        (b"{", -32700),
        (b"\xff", -32700),
        (b"[" * 100_000, -32700),
        (b"[]", -32600),
        (b"null", -32600),
        (b'{"id":1,"method":"ping"}', -32600),
        (b'{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600),
        (b'{"jsonrpc":"2.0","id":true,"method":"ping"}', -32600),
        (b'{"jsonrpc":"2.0","id":1,"method":3}', -32600),
        (b'{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"resources/list"}', -32601),
        (b'{"jsonrpc":"2.0","id":1,"method":"tools/call"}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"other"}}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":["try"]}}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"try","arguments":"x"}}', -32602),
    ],
)
def test_a_wrong_message_is_answered_by_its_code(line: bytes, code: int) -> None:
    answer = SERVER.answer(line)
    assert answer is not None
    assert answer["error"]["code"] == code


@pytest.mark.parametrize(
    "message",
    [
        {"method": "notifications/initialized"},
        {"method": "notifications/cancelled", "params": {"requestId": 1}},
        {"method": "unknown"},
        {"id": 1, "result": {}},
    ],
)
def test_what_asks_for_nothing_is_not_answered(message: dict[str, object]) -> None:
    assert SERVER.answer(json.dumps({"jsonrpc": "2.0", **message}).encode()) is None


def test_a_line_too_long_is_refused_and_the_next_one_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "LONGEST_LINE", 60)
    ping = b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n'
    out = io.BytesIO()
    for size in (60, 61, 120, 121, 1000):
        out.seek(0)
        out.truncate()
        SERVER.serve(io.BytesIO(b"x" * size + b"\n\n" + ping), out)
        first, second = map(json.loads, out.getvalue().splitlines())
        assert first["error"]["code"] in (-32600, -32700)
        assert second["result"] == {}
    SERVER.serve(io.BytesIO(b"x" * 500), out)
    assert json.loads(out.getvalue().splitlines()[-1])["error"]["code"] == -32600


@given(
    st.binary(max_size=300)
    | st.text(max_size=100).map(lambda text: json.dumps({"jsonrpc": "2.0", "id": text}).encode())
)
def test_no_line_stops_it(line: bytes) -> None:
    answer = SERVER.answer(line)
    assert answer is None or "error" in answer
