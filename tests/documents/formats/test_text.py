from __future__ import annotations

import pytest
from tests.documents.formats.reading import read, refusal


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    reading = read("Nom;Ville\r\nRezé;é\r\n".encode(encoding), "text/csv")
    assert (reading.kind, reading.text) == ("csv", "Nom;Ville\nRezé;é\n")
    assert reading.described == "CSV, 2 lignes"


@pytest.mark.parametrize(
    "data", [b"\x00\x01", b"MZ\x90\x03", b"\x1f\x8b\x08", b"{\\rtf1 Garrigou}", b"7z\xbc\xaf'"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert refusal(data, "text/plain") == "unknown"


def test_an_empty_text_is_a_text() -> None:
    assert read(b"").text == ""
