"""Files made to harm: each is refused with a reason, in time, and the server lives on."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from tests.documents.files import docx, package, pdf, pdf_of, xlsx
from tests.documents.formats.reading import read, refusal

from egide.documents import File, FileRefusal, Limits, Sandbox

_LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><w>&i;</w>"
)
_OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'


def replaced(data: bytes, name: str, content: str | bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    return package({**parts, name: content})


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_header(width: int, height: int) -> bytes:
    """A picture of any size in some bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("xml", [_LAUGHS, _OUTSIDE], ids=["bomb", "outside"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["word/document.xml", "[Content_Types].xml"])
def test_entities_are_refused(xml: str, encoding: str, name: str) -> None:
    marked = f'<?xml version="1.0" encoding="{encoding}"?>{xml}'.encode(encoding)
    assert refusal(replaced(docx("x"), name, marked)) in ("dangerous", "damaged")


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "data", [b"<!-- a -->" * 3000 + b"x", b"A: b\r\n" * 9000 + b"x", b"<html>" + b"<td><tr>" * 50_000]
)
def test_marks_repeated_without_end_take_no_time(data: bytes) -> None:
    assert read(data).kind in ("text", "html")


def test_zip_bombs_are_refused_before_they_unfold() -> None:
    bomb = replaced(docx("x"), "word/document.xml", b"<a>" + b"0" * 5_000_000 + b"</a>")
    assert refusal(bomb, unpacked=1_000_000) == "unpacked"
    assert refusal(package({f"{n}.xml": "x" for n in range(50)}), entries=40) == "unpacked"


def test_a_package_that_lies_on_its_sizes_is_refused() -> None:
    honest = replaced(docx("x"), "word/document.xml", b"<a>" + b"0" * 100_000 + b"</a>")
    size = struct.pack("<I", 100_007)
    assert refusal(honest.replace(size, struct.pack("<I", 10))) == "damaged"


def test_two_parts_of_one_name_are_refused() -> None:
    written = io.BytesIO(docx("x"))
    with zipfile.ZipFile(written, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<other/>")
    assert refusal(written.getvalue()) == "damaged"


def test_markup_nested_without_end_is_refused() -> None:
    deep = "<w:p xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>" * 100_000
    assert refusal(replaced(docx("x"), "word/document.xml", deep)) == "damaged"


@pytest.mark.parametrize(
    "data", [pdf("x")[:300], b"%PDF-1.7\n" + b"\xff" * 5000, pdf("x").replace(b"Kids[3", b"Kids[2")]
)
def test_broken_and_looping_pdf_are_refused(data: bytes) -> None:
    with pytest.raises(FileRefusal) as refused:
        Sandbox().read([File(data)], ocr=False)
    assert refused.value.reason in ("damaged", "scan", "empty")


def test_a_pdf_that_draws_itself_ends() -> None:
    resources = "/Resources<</XObject<</F 4 0 R>>>>"
    form = f"<</Length 5/Type/XObject/Subtype/Form/BBox[0 0 9 9]{resources}>>"
    loop = pdf_of("/F Do", resources).replace(b"<</Length 5>>", form.encode())
    assert [reading.text for reading in Sandbox(Limits(seconds=30)).read([File(loop)], ocr=False)] == [""]


@pytest.mark.parametrize("name", ["docx", "xlsx", "pdf"])
def test_every_truncation_is_refused_without_a_word_of_it(name: str) -> None:
    data = {"docx": docx("Garrigou"), "xlsx": xlsx(["Garrigou"]), "pdf": pdf("Garrigou")}[name]
    for size in range(10, len(data) - 200, len(data) // 7):
        with pytest.raises(FileRefusal) as refused:
            Sandbox().read([File(data[:size])], ocr=False)
        assert "Garrigou" not in refused.value.words(Limits())


@pytest.mark.usefixtures("ocr")
def test_a_picture_of_a_thousand_million_points_is_refused_by_its_header() -> None:
    with pytest.raises(FileRefusal) as refused:
        Sandbox().read([File(png_header(40_000, 40_000))])
    assert refused.value.reason == "pixels"


@pytest.mark.usefixtures("ocr")
def test_a_damaged_or_animated_picture_is_refused() -> None:
    from tests.documents.drawing import drawn, saved

    frames = [drawn("un"), drawn("deux")]
    gif = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    for data, reason in ((png_header(10, 10), "damaged"), (gif, "animated")):
        with pytest.raises(FileRefusal) as refused:
            Sandbox().read([File(data)])
        assert refused.value.reason == reason
