"""The process that reads the files of one request, then ends. It is given everything by standard input.

Before it looks at a file it gives up what it can: memory, processor time, files to write, the network.
"""

from __future__ import annotations

import contextlib
import ctypes
import resource
import sys
from dataclasses import asdict
from typing import Any, Final

from egide.documents.context import Context
from egide.documents.limits import Limits
from egide.documents.pictures import opened, painted
from egide.documents.refusals import Refusal
from egide.documents.wire import packed, unpacked

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_PROCESSOR: Final = 4  # seconds of processor per second allowed: OCR uses several cores


def main() -> None:
    """One message in, one message out."""
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))


def answer(message: bytes) -> bytes:
    """What to say to a message; a refusal names the file by its place."""
    header, files = unpacked(message)
    limits = Limits(**header["limits"])
    shut(limits)
    context = Context(limits, header.get("ocr", True), before_ocr=lambda: _allow(limits.ocr_memory))
    done: list[dict[str, Any]] = []
    try:
        if header["task"] == "paint":
            masks = [(tuple(box), text) for box, text in header["masks"]]
            return packed({}, [painted(opened(files[0], limits), masks, header["kind"])])
        for data, told in zip(files, header["files"], strict=True):
            done.append(asdict(context.read(data, told["media"], told["ending"])))
    except Refusal as refusal:
        return packed({"refused": refusal.reason, "file": len(done)})
    except MemoryError:
        return packed({"refused": "memory", "file": len(done)})
    except Exception:  # what a hostile file makes a library raise; its message could quote the file
        return packed({"refused": "damaged", "file": len(done)})
    return packed({"readings": done})


def shut(limits: Limits) -> None:
    """Give up what a hostile file could use."""
    _lower(resource.RLIMIT_AS, limits.memory, limits.ocr_memory)
    _lower(resource.RLIMIT_CPU, int(_PROCESSOR * limits.seconds) + 1)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)
    with contextlib.suppress(OSError, AttributeError):  # many systems do not let a program do so: then as is
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)


def _lower(what: int, soft: int, hard: int | None = None) -> None:
    most = resource.getrlimit(what)[1]
    wanted = soft if hard is None else hard
    if most != resource.RLIM_INFINITY:
        soft, wanted = min(soft, most), min(wanted, most)
    resource.setrlimit(what, (soft, wanted))


def _allow(memory: int) -> None:
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard if hard != resource.RLIM_INFINITY else memory, hard))
