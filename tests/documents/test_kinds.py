from __future__ import annotations

import pytest
from tests.documents.files import docx, pdf, pptx, xlsx
from tests.documents.formats.reading import read, refusal

from egide.documents.kinds import KINDS, agrees

_OOXML = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("found", "media", "ending", "accepted"),
    [
        ("pdf", "", "", True),
        ("pdf", "application/pdf", ".PDF", True),
        ("pdf", "application/octet-stream", "", True),
        ("pdf", "application/octet-stream", ".docx", False),
        ("pdf", "image/png", "", False),
        ("png", "image/jpeg", "", False),
        ("png", "image/tiff", "", False),
        ("html", "text/plain; charset=utf-8", ".txt", True),
        ("text", "text/x-python", ".py", True),
        ("text", "application/json", "", True),
        ("text", "application/pdf", "", False),
        ("pdf", "text/plain", "", False),
        ("docx", f"{_OOXML}spreadsheetml.sheet", "", False),
    ],
)
def test_what_may_be_announced(found: str, media: str, ending: str, accepted: bool) -> None:
    assert agrees(found, media, ending) is accepted


def test_no_type_or_ending_belongs_to_two_kinds() -> None:
    for names in (
        [m for k in KINDS.values() for m in k.media],
        [e for k in KINDS.values() for e in k.endings],
    ):
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("data", "kind"), [(pdf("x"), "pdf"), (docx("x"), "docx"), (xlsx(["x"]), "xlsx"), (pptx("x"), "pptx")]
)
def test_the_bytes_tell(data: bytes, kind: str) -> None:
    assert read(data).kind == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "old-office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"BM\x00\x00", "unknown"),
        (b"II*\x00", "unknown"),
    ],
)
def test_what_is_not_read(data: bytes, reason: str) -> None:
    assert refusal(data) == reason
