from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run

TEXT = "Mme Solenne Garrigou, 06 39 98 41 27"


def _lines(*messages: dict[str, Any]) -> str:
    return "".join(
        json.dumps({"jsonrpc": "2.0", **({} if "notif" in m["method"] else {"id": n}), **m}) + "\n"
        for n, m in enumerate(messages)
    )


def _call(name: str, **arguments: str) -> dict[str, Any]:
    return {"method": "tools/call", "params": {"name": name, "arguments": arguments}}


def test_a_session_from_the_first_to_the_last_line(egide: Run, tmp_path: Path) -> None:
    vault = tmp_path / "coffre"
    given = _lines(
        {"method": "initialize", "params": {"protocolVersion": "2025-06-18"}},
        {"method": "notifications/initialized"},
        {"method": "tools/list"},
        _call("mask", text=TEXT),
        _call("restore"),
    )
    done = egide("mcp", "--vault", vault, given=given)
    assert (done.returncode, done.stderr) == (0, "")
    hello, tools, masked, refused = map(json.loads, done.stdout.splitlines())
    assert hello["result"]["protocolVersion"] == "2025-06-18"
    assert len(tools["result"]["tools"]) == 3
    text = masked["result"]["structuredContent"]["text"]
    assert "Garrigou" not in done.stdout
    assert refused["result"]["isError"] is True
    assert egide("restore", "--vault", vault, given=text).stdout == TEXT, "the vault is the command line's"


def test_a_false_vault_is_told_to_the_agent(egide: Run, tmp_path: Path) -> None:
    vault = tmp_path / "coffre"
    vault.write_text("pas un coffre du tout, mais un texte assez long")
    done = egide(
        "mcp",
        "--vault",
        vault,
        "--no-restore",
        given=_lines({"method": "tools/list"}, _call("mask", text=TEXT)),
    )
    tools, refused = map(json.loads, done.stdout.splitlines())
    assert [tool["name"] for tool in tools["result"]["tools"]] == ["detect", "mask"]
    assert refused["result"]["content"][0]["text"].startswith("EG-2001")


def test_a_vault_is_asked_for(egide: Run) -> None:
    assert egide("mcp").returncode == 2
