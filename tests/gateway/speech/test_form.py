from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.errors import GatewayError
from egide.gateway.speech.form import read, write

TYPE = b"multipart/form-data; boundary=limite"
NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12)


def part(head: str, content: bytes = b"x") -> bytes:
    return b"--limite\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n"


FIELD = 'Content-Disposition: form-data; name="prompt"'
END = b"--limite--\r\n"


@given(
    fields=st.dictionaries(NAMES, st.text() | st.lists(st.text(), min_size=1, max_size=3), max_size=5),
    data=st.binary(max_size=200),
)
def test_what_is_written_is_read_back(fields: dict[str, str | list[str]], data: bytes) -> None:
    fields.pop("file", None)
    raw = write("limite-secrete", fields, ("file", "audio.wav", "audio/wav", memoryview(data)))
    back = read(raw, b"multipart/form-data; boundary=limite-secrete")
    assert back.fields == fields
    assert {name: bytes(one) for name, one in back.files.items()} == {"file": data}


@given(raw=st.binary(max_size=300), cut=st.integers(0, 200))
def test_any_bytes_are_read_or_refused(raw: bytes, cut: int) -> None:
    whole = part(FIELD, raw) + END
    for tried in (raw, b"--limite\r\n" + raw, whole[:cut], whole[:cut] + raw, whole):
        try:
            found = read(tried, TYPE)
        except GatewayError as refused:
            found, code = None, refused.code
        else:
            code = ""
        assert found is not None or code == "EG-4071"
        assert found is None or found.fields.keys() <= {"prompt"} or b"name=" in raw


@pytest.mark.parametrize(
    "content_type",
    [
        b"",
        b"application/json",
        b"multipart/form-data",
        b"multipart/form-data; boundary=",
        b"text/plain; boundary=limite",
    ],
)
def test_another_type_is_refused(content_type: bytes) -> None:
    with pytest.raises(GatewayError, match="EG-4071"):
        read(part(FIELD) + END, content_type)


@pytest.mark.parametrize(
    "quoted", [b'multipart/form-data; boundary="limite"', b"Multipart/Form-Data;charset=x;Boundary=limite"]
)
def test_the_boundary_may_be_quoted(quoted: bytes) -> None:
    assert read(part(FIELD) + END, quoted).fields == {"prompt": "x"}


@pytest.mark.parametrize(
    "raw",
    [
        b"avant" + part(FIELD) + END,
        part(FIELD) + END + b"apres",
        part(FIELD),
        part(FIELD) + b"--limite--suite\r\n"[:-2],
        part(FIELD) + part(FIELD) + END,
        part(FIELD) + part('Content-Disposition: form-data; name="prompt"; filename="a"') + END,
        part('Content-Disposition: form-data; name="prompt[]"; filename="a"') + part(FIELD) + END,
        part("Content-Disposition: form-data; name=prompt") + END,
        part('Content-Disposition: form-data; name="a"; name="b"') + END,
        part('Content-Disposition: attachment; name="a"') + END,
        part(f"{FIELD}\r\n{FIELD}") + END,
        part(f"{FIELD}\r\nContent-Transfer-Encoding: base64") + END,
        part("X: y") + END,
        part('Content-Disposition: form-data; name="é"') + END,
        part(FIELD, b"\xff\xfe") + END,
        part(FIELD, b"x" * 200_001) + END,
        part(f"{FIELD}\r\nX: {'y' * 3000}") + END,
        part(FIELD, b"un\r\n--limitesuite") + END,
        b"--limite\r\n" + FIELD.encode() + b"\r\n--limite--\r\n",
        b"".join(part(FIELD.replace("prompt", f"p{number}")) for number in range(65)) + END,
    ],
)
def test_what_two_programs_could_read_differently_is_refused(raw: bytes) -> None:
    with pytest.raises(GatewayError, match="EG-4071"):
        read(raw, TYPE)


def test_a_file_may_hold_anything() -> None:
    sound = b"\0--limite\r\n\r\n--\r\nlimite\r\n"
    head = "Content-Disposition: form-data; name=\"file\"; filename*=utf-8''a.wav\r\nContent-Type: audio/wav"
    back = read(part(head, sound) + part(FIELD, "été".encode()) + END, TYPE)
    assert bytes(back.files["file"]) == sound
    assert back.fields == {"prompt": "été"}
