from __future__ import annotations

import subprocess
import sys

import pytest
from tests.cli.conftest import Run

HEAVY = ("django", "aiohttp", "starlette", "uvicorn", "xllamacpp")


def test_help_names_every_command_in_french(egide: Run) -> None:
    done = egide("--help")
    assert done.returncode == 0
    for name in (
        "detect",
        "mask",
        "restore",
        "serve",
        "demo",
        "provider",
        "sso",
        "user",
        "key",
        "verify",
        "journal",
        "feedback",
        "config",
    ):
        assert f"\n  {name} " in done.stdout, name


def test_an_unknown_command_is_wrong_usage(egide: Run) -> None:
    assert egide("nope").returncode == 2


@pytest.mark.parametrize("arguments", [["--help"], ["detect"], ["mask", "--help"]])
def test_light_commands_import_nothing_heavy(arguments: list[str]) -> None:
    script = f"""
import sys
from egide.cli import main
try:
    main({arguments!r})
finally:
    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], input="", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_reader_that_stops_is_no_error() -> None:
    lines = """printf '%0.s{"id":1,"text":"a"}\\n' $(seq 9000)"""
    command = f"{lines} | {sys.executable} -m egide.cli detect --format jsonl | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
