from __future__ import annotations

import struct
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict

import pytest
from tests.documents.files import docx, pdf

from egide.documents import File, FileRefusal, Limits, Sandbox, sandbox
from egide.documents.wire import packed

_BOOT = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); {}"


def hostile(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """A process that a file took over."""
    monkeypatch.setattr(sandbox, "_BOOT", _BOOT.format(program))


def refused(reader: Sandbox, files: Sequence[File] = (File(b"texte"),)) -> FileRefusal:
    with pytest.raises(FileRefusal) as found:
        reader.read(files)
    return found.value


def test_files_are_read_in_their_order() -> None:
    readings = Sandbox().read([File(pdf("un")), File(docx("deux")), File(b"trois")])
    assert [reading.kind for reading in readings] == ["pdf", "docx", "text"]


def test_the_refused_one_is_named() -> None:
    found = refused(Sandbox(), [File(b"un"), File(b"\x00"), File(b"trois")])
    assert (found.reason, found.place, found.code) == ("unknown", 1, "EG-4050")


def test_too_much_is_refused_before_any_process() -> None:
    assert refused(Sandbox(Limits(bytes=9)), [File(b"12345"), File(b"12345")]).reason == "bytes"
    assert refused(Sandbox(Limits(files=1)), [File(b"1"), File(b"2")]).reason == "files"
    assert refused(Sandbox(Limits(characters=3))).reason == "characters"


@pytest.mark.parametrize(
    "program", ["import time; time.sleep(99)", "sys.stdin.buffer.read(); exec('while 1: pass')"]
)
def test_a_reading_that_hangs_is_killed(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    hostile(monkeypatch, program)
    start = time.monotonic()
    # More than a pipe holds: the process that does not read it cannot hang who writes.
    found = refused(Sandbox(Limits(seconds=0.5)), [File(b"x" * 2_000_000)])
    assert found.reason == "time"
    assert time.monotonic() - start < 20


def test_its_children_are_killed_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile(
        monkeypatch, "import subprocess; subprocess.Popen(['sleep', '98765']); import time; time.sleep(99)"
    )
    refused(Sandbox(Limits(seconds=1.5)))
    left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert "sleep 98765" not in left


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff\xff\xff\xff",
        packed({}),
        packed({"readings": 3}),
        packed({"readings": [1]}),
        packed({"readings": [{"kind": "pdf"}]}),
        packed({"readings": [{"kind": "exe", "text": ""}]}),
        struct.pack(">I", 5_000) + b"[" * 5_000,
        packed({"refused": "n'importe quoi", "file": 12}),
        packed({"refused": ["x"], "file": "y"}),
    ],
)
def test_a_process_under_control_can_say_nothing_new(monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    hostile(monkeypatch, f"sys.stdin.buffer.read(); sys.stdout.buffer.write({said!r})")
    found = refused(Sandbox())
    assert (found.reason, found.place) == ("crash", 0)


def test_a_process_that_never_stops_talking_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile(monkeypatch, "exec('while 1: sys.stdout.buffer.write(b\"x\" * 65536)')")
    assert refused(Sandbox(Limits(characters=1000))).reason == "crash"


def test_what_it_may_not_do(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    attempts = (
        "from egide.documents import Limits\nfrom egide.documents.wire import packed\n"
        "from egide.documents.worker import shut\n"
        "shut(Limits(memory=400_000_000)); done = []\n"
        f"try: open({str(tmp_path)!r} + '/a', 'w').write('x' * 9000)\nexcept OSError: done.append('write')\n"
        "try: b'x' * 900_000_000\nexcept MemoryError: done.append('memory')\n"
        "import os; done.append('secrets' if 'EGIDE_SECRET_KEY' not in os.environ else '')\n"
        "sys.stdout.buffer.write(packed({'refused': 'crash', 'done': done}))"
    )
    monkeypatch.setenv("EGIDE_SECRET_KEY", "x" * 40)
    hostile(monkeypatch, f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); exec({attempts!r})")
    said = Sandbox()._run(b"")
    assert b'"done": ["write", "memory", "secrets"]' in said


def test_closing_ends_what_is_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile(monkeypatch, "import time; time.sleep(99)")
    reader = Sandbox(Limits(seconds=60))
    failed: list[FileRefusal] = []
    thread = threading.Thread(target=lambda: failed.append(refused(reader)))
    thread.start()
    while not reader._live:
        time.sleep(0.01)
    reader.close()
    thread.join(20)
    assert [found.reason for found in failed] == ["crash"]


def test_limits_cross_the_wire() -> None:
    assert Limits(**asdict(Limits(pages=2))) == Limits(pages=2)
