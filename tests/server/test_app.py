from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.server.conftest import Serve, clean


def test_one_port_answers_for_pages_gateway_and_health(serve: Serve) -> None:
    served = serve()
    assert any("lien à usage unique" in line for line in served.said)
    assert json.loads(served.get("/healthz").text) == {"status": "ok"}
    ready = served.get("/readyz")
    assert (ready.status, json.loads(ready.text)) == (
        200,
        {"status": "ok", "database": "ok", "journal": "ok"},
    )
    page = served.get("/connexion/")
    assert page.status == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    refused = served.get("/v1/models")
    assert (refused.status, json.loads(refused.text)["error"]["code"]) == (401, "EG-4001")
    assert served.stop() == 0


def test_static_files_may_be_kept_for_ever(serve: Serve) -> None:
    served = serve()
    page = served.get("/connexion/").text
    address = page.split('rel="stylesheet"')[1].split('href="')[1].split('"')[0]
    style = served.get(address)
    assert style.status == 200
    assert "max-age=31536000" in style.headers["cache-control"]


def test_a_kill_leaves_a_folder_that_starts_again_with_the_same_chain(serve: Serve, tmp_path: Path) -> None:
    first = serve()
    link = next(line for line in first.said if "lien" in line)
    first.stop(signal.SIGKILL)
    again = serve()
    assert again.get("/readyz").status == 200
    # The first link is replaced: only the last one printed works.
    assert next(line for line in again.said if "lien" in line) != link
    again.stop()
    for name in ("egide.sqlite3", "journal.sqlite3"):
        with sqlite3.connect(tmp_path / "data" / name) as base:
            assert base.execute("pragma integrity_check").fetchone() == ("ok",)
        base.close()


def test_a_second_server_is_refused_and_harms_nothing(serve: Serve, tmp_path: Path) -> None:
    served = serve()
    port = served.url.rsplit(":", 1)[1]

    def second(*arguments: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "egide.cli", "serve", *arguments]
        return subprocess.run(line, capture_output=True, text=True, check=False, env=clean())

    same_folder = second("--port", "0", "--data-dir", str(tmp_path / "data"))
    assert (same_folder.returncode, same_folder.stderr[:7]) == (1, "EG-7008")
    same_port = second("--port", port, "--data-dir", str(tmp_path / "other"))
    assert (same_port.returncode, same_port.stderr[:7]) == (1, "EG-7004")
    assert served.get("/readyz").status == 200


def test_several_processes_share_the_port_and_end_together(serve: Serve) -> None:
    served = serve("--workers", "2")
    assert {served.get("/v1/models").status for _ in range(10)} == {401}
    assert served.stop() == 0


def test_an_interrupt_is_a_normal_end(serve: Serve) -> None:
    served = serve()
    assert served.stop(signal.SIGINT) == 0


def test_a_journal_that_cannot_be_written_is_told(serve: Serve, tmp_path: Path) -> None:
    served = serve()
    with sqlite3.connect(tmp_path / "data" / "journal.sqlite3", isolation_level=None) as other:
        other.execute("drop table journalling_vaultentry")
        ready = served.get("/readyz")
    other.close()
    assert (ready.status, json.loads(ready.text)["journal"]) == (503, "failed")
