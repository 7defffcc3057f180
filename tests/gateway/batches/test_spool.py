from __future__ import annotations

import hashlib
from pathlib import Path

from egide.gateway.batches.spool import Spool
from egide.settings import Settings


async def test_what_is_written_comes_back_as_often_as_asked_between_its_head_and_tail(tmp_path: Path) -> None:
    spool = Spool(Settings(data_dir=tmp_path / "data"))
    written = b""
    for number in range(3_000):
        piece = b"%d %s\n" % (number, b"x" * 2_000)
        written += piece
        await spool.write(piece)
    await spool.flush()
    spool.frame(b"<", b">")
    for _ in range(2):
        assert b"".join([piece async for piece in spool.pieces()]) == b"<" + written + b">"
    assert (spool.size, len(spool)) == (len(written), len(written) + 2)
    assert spool.digest == hashlib.sha256(written).hexdigest()
    # Beyond what the memory may hold, it lies in the data folder, under no name.
    assert spool._file._rolled  # type: ignore[attr-defined]
    assert list((tmp_path / "data").iterdir()) == []
    spool.close()
