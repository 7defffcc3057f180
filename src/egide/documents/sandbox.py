"""Reads files in a process of their own, killed when it takes too long: a hostile file cannot hang the
server, take its memory, or see the files of another request."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from threading import Lock, Timer
from typing import Any, Final

from egide.documents.kinds import KINDS
from egide.documents.limits import Limits
from egide.documents.readings import Line, Reading
from egide.documents.refusals import Refusal
from egide.documents.wire import packed, unpacked

_BOOT: Final = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from egide.documents.worker import main; main()"
)
_KEPT: Final = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT")
# Characters of text are at most four bytes, six as JSON escapes them; the rest is what surrounds them.
_WORST_CHARACTER, _AROUND = 12, 1_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A file as a request gives it: ``media`` and ``ending`` are what was announced, or nothing."""

    data: bytes = field(repr=False)
    media: str = ""
    ending: str = ""


class FileRefusal(Refusal):
    """A refusal, and the place of the file among those that were given."""

    def __init__(self, reason: str, place: int) -> None:
        super().__init__(reason)
        self.place = place


class Sandbox:
    """Safe to share between threads: each call has a process of its own and waits for it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._lock = Lock()
        self._live: set[subprocess.Popen[bytes]] = set()

    def read(self, files: Sequence[File], *, ocr: bool = True) -> list[Reading]:
        """The reading of each file. Raises FileRefusal."""
        if len(files) > self.limits.files:
            raise FileRefusal("files", self.limits.files)
        if sum(len(file.data) for file in files) > self.limits.bytes:
            raise FileRefusal("bytes", 0)
        told = [{"media": file.media, "ending": file.ending} for file in files]
        header, _ = self._ask({"task": "read", "ocr": ocr, "files": told}, [file.data for file in files])
        said = header.get("readings")
        if type(said) is not list or len(said) != len(files):
            raise FileRefusal("crash", 0)
        return [_reading(one) for one in said]

    def paint(self, data: bytes, kind: str, masks: Sequence[tuple[tuple[int, int, int, int], str]]) -> bytes:
        """The picture made anew, each box covered by its text. Raises FileRefusal."""
        _, blobs = self._ask({"task": "paint", "kind": kind, "masks": list(masks)}, [data])
        if len(blobs) != 1:
            raise FileRefusal("crash", 0)
        return blobs[0]

    def close(self) -> None:
        """End every reading in progress."""
        with self._lock:
            live = tuple(self._live)
        for process in live:
            _kill(process)

    def _ask(self, header: dict[str, Any], files: Sequence[bytes]) -> tuple[dict[str, Any], list[bytes]]:
        message = packed({**header, "limits": asdict(self.limits)}, files)
        try:
            said, blobs = unpacked(self._run(message))
        except ValueError:
            raise FileRefusal("crash", 0) from None
        if "refused" in said:
            place = said.get("file")
            if type(place) is not int or not 0 <= place < max(len(files), 1):
                place = 0
            raise FileRefusal(str(said["refused"]), place)
        return said, blobs

    def _run(self, message: bytes) -> bytes:
        late = False

        def stop() -> None:
            nonlocal late
            late = True
            _kill(process)

        process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own program
            [sys.executable, "-I", "-c", _BOOT, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8", **{name: os.environ[name] for name in _KEPT if name in os.environ}},
            cwd="/",
            start_new_session=True,
        )
        with self._lock:
            self._live.add(process)
        timer = Timer(self.limits.seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            said = _exchange(process, message, _WORST_CHARACTER * self.limits.characters + _AROUND)
        finally:
            timer.cancel()
            _kill(process)
            process.wait()
            with self._lock:
                self._live.discard(process)
        if late:
            raise FileRefusal("time", 0)
        return said


def _exchange(process: subprocess.Popen[bytes], message: bytes, most: int) -> bytes:
    """What the process says, at most ``most`` bytes and what pictures need."""
    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - asked for above
    with process.stdout:
        with contextlib.suppress(OSError), process.stdin:  # it may have ended already
            process.stdin.write(message)
        return process.stdout.read(most + len(message))


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process and those that it started, such as an OCR program."""
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)


def _reading(told: object) -> Reading:
    """What the process says of a file, checked: it may be under the file's control."""
    if type(told) is not dict or told.get("kind") not in KINDS:
        raise FileRefusal("crash", 0)
    try:
        lines = tuple(
            Line(str(text), (int(left), int(top), int(right), int(bottom)), bool(sure))
            for text, (left, top, right, bottom), sure in told["lines"]
        )
        width, height = told["size"]
        unread = tuple(map(str, told["unread"]))
        size = (int(width), int(height))
        return Reading(told["kind"], str(told["described"]), str(told["text"]), unread, lines, size)
    except (KeyError, TypeError, ValueError):
        raise FileRefusal("crash", 0) from None
