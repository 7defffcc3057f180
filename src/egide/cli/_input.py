"""Reading what the person gives: a file, a ``.gz`` file or standard input, whole or line by line."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from egide.cli._progress import progress

# One text is analysed as a whole, since a later mention counts; past this, memory would suffer.
MAX_CHARACTERS = 20_000_000


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    """Bytes of the file called ``name``, decompressed; ``-`` is standard input."""
    import gzip

    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as raw, progress(raw) as seen:
            yield cast("IO[bytes]", gzip.GzipFile(fileobj=seen)) if name.endswith(".gz") else seen
    except (OSError, EOFError) as problem:
        if isinstance(problem, BrokenPipeError):
            raise
        raise _unreadable("EG-7006", name=Path(name).name) from None


def lines(name: str) -> Iterator[str]:
    """Lines of the file, with their ends, one at a time. Raises EgideError EG-7006 or EG-7007."""
    with _opened(name) as source:
        for number, line in enumerate(source, 1):
            try:
                yield line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                raise _unreadable("EG-7007", line=number) from None


def whole(name: str) -> str:
    """The text of the file. Raises EgideError EG-1001 when it is too long for one analysis."""
    text = io.StringIO(newline="")
    for line in lines(name):
        text.write(line)
        if text.tell() > MAX_CHARACTERS:
            raise _unreadable("EG-1001", size=f"plus de {MAX_CHARACTERS}", limit=MAX_CHARACTERS)
    return text.getvalue()


def documents(name: str) -> Iterator[tuple[str, str]]:
    """Pairs (id, text) of a JSONL file. Raises EgideError EG-1003 with the number of a bad line."""
    for number, line in enumerate(lines(name), 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
            identifier, text = document["id"], document["text"]
        except (ValueError, TypeError, KeyError):
            raise _unreadable("EG-1003", line=number) from None
        if not isinstance(text, str):
            raise _unreadable("EG-1003", line=number)
        yield identifier, text


def _unreadable(code: str, **fields: object) -> Exception:
    """The error of the catalogue, which is not worth loading before it is needed."""
    from egide.errors import EgideError

    return EgideError(code, **fields)
