from __future__ import annotations

import pytest

from egide.errors import GatewayError
from egide.gateway.slots import Walk
from egide.gateway.speech import TRANSCRIPTIONS
from egide.gateway.speech.recording import recognised

CANARY = "Garrigou"


@pytest.mark.parametrize(
    ("head", "ending"),
    [
        (b"RIFF\1\2\3\4WAVEfmt ", "wav"),
        (b"fLaC\0\0", "flac"),
        (b"OggS\0\2", "ogg"),
        (b"\x1a\x45\xdf\xa3\x01", "webm"),
        (b"\0\0\0\x20ftypM4A ", "m4a"),
        (b"ID3\4\0\0", "mp3"),
        (b"\xff\xfb\x90\x00", "mp3"),
        (b"\xff\xf3\x40\xc0", "mp3"),
    ],
)
def test_a_recording_is_known_by_its_bytes(head: bytes, ending: str) -> None:
    found = recognised(memoryview(head + b"\0" * 50))
    assert found.ending == ending
    assert found.media.startswith("audio/")


@pytest.mark.parametrize(
    "head",
    [b"", b"R", b"RIFF\1\2\3\4AVI ", b"%PDF-1.7", b"PK\3\4", b"Bonjour Mme Garrigou", b"\xff\xd8\xff\xe0"],
)
def test_anything_else_is_refused(head: bytes) -> None:
    with pytest.raises(GatewayError, match="EG-4072"):
        recognised(memoryview(head))


@pytest.mark.parametrize("value", [CANARY, [CANARY], [[CANARY]], {"a": CANARY}, 3, None, memoryview(b"x")])
@pytest.mark.parametrize("name", TRANSCRIPTIONS.request.fields)
def test_a_text_in_any_field_is_read_or_refused(name: str, value: object) -> None:
    walk = Walk(lambda token: token)
    body = {**TRANSCRIPTIONS.sample("m", streamed=False), name: value}
    try:
        out = TRANSCRIPTIONS.request.read(body, "", walk, lambda masked: None)
    except GatewayError as refused:
        problem: GatewayError | None = refused
    else:
        problem = None
    if problem is not None:
        assert CANARY not in problem.message
        return
    read = [slot.text for passage in walk.passages for slot in passage.slots]
    assert (CANARY in str({**out, "file": ""})) == (CANARY in read)


def test_the_form_that_leaves_has_no_name_of_the_caller() -> None:
    body = TRANSCRIPTIONS.sample("m", streamed=True) | {"prompt": "un\r\n--x", "keywords": ["a", "b"]}
    sent = TRANSCRIPTIONS.encode(body)
    back = TRANSCRIPTIONS.decode(sent.data, sent.content_type.encode())
    assert back == body
    assert b'filename="audio.wav"' in sent.data
    assert sent.text == len(sent.data) - len(body["file"].data)
