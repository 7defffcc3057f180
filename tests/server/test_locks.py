from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from egide.errors import SettingsError
from egide.server.locks import only_server, slot, waited

HOLDER = """
import sys, pathlib
from egide.server.locks import only_server
held = only_server(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_server_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    with only_server(tmp_path), pytest.raises(SettingsError, match="EG-7008"):
        only_server(tmp_path)


def test_the_folder_is_free_again_after_a_kill(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(SettingsError, match="EG-7008"):
            only_server(tmp_path)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        only_server(tmp_path).close()


def test_two_writers_have_different_names_and_a_freed_name_is_taken_up(tmp_path: Path) -> None:
    first, held = slot(tmp_path, "writer")
    second, other = slot(tmp_path, "writer")
    held.close()
    again, back = slot(tmp_path, "writer")
    other.close()
    back.close()
    assert (first, second, again) == ("writer-1", "writer-2", "writer-1")


def test_a_waited_lock_is_taken_in_turn(tmp_path: Path) -> None:
    steps: list[str] = []
    asked = threading.Event()

    def second() -> None:
        asked.set()
        with waited(tmp_path, "migrate.lock"):
            steps.append("second")

    other = threading.Thread(target=second)
    with waited(tmp_path, "migrate.lock"):
        other.start()
        asked.wait(20)
        other.join(0.2)  # long enough to take a lock that nobody held
        steps.append("first")
    other.join(20)
    assert steps == ["first", "second"]


def test_an_unusable_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="EG-7003"):
        only_server(tmp_path / "absent")
