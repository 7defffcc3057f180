from __future__ import annotations

from itertools import pairwise

import pytest

from egide.errors import GatewayError
from egide.gateway.multipart import Multipart, Part, boundary_of

FILE = b"une ligne\r\n--autre\n--b\nfin\r\n"
BODY = (
    b'--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n'
    b'--b  \r\ncontent-disposition: form-data; name="file"; filename="a b.jsonl"\r\n'
    b"Content-Type: application/jsonl\r\n\r\n" + FILE + b"\r\n--b--\r\n"
)


def read(body: bytes, *cuts: int) -> list[tuple[Part, bytes]]:
    parser, found = Multipart(b"b"), list[tuple[Part, bytes]]()
    edges = [0, *cuts, len(body)]
    for start, end in pairwise(edges):
        for piece in parser.feed(body[start:end]):
            if isinstance(piece, Part):
                found.append((piece, b""))
            else:
                found[-1] = (found[-1][0], found[-1][1] + piece)
    parser.close()
    return found


WHOLE = [(Part("purpose"), b"batch"), (Part("file", "a b.jsonl"), FILE)]


def test_every_cut_gives_the_same_parts() -> None:
    assert read(BODY) == WHOLE
    assert all(read(BODY, cut) == WHOLE for cut in range(len(BODY)))
    assert read(BODY, *range(1, len(BODY))) == WHOLE


def test_what_waits_is_never_more_than_a_boundary() -> None:
    parser = Multipart(b"b")
    head, _, _ = BODY.partition(FILE)
    list(parser.feed(head))
    for _ in range(100):
        list(parser.feed(b"x" * 1_000))
        assert len(parser._rest) <= len(b"\r\n--b")
    list(parser.feed(b"\r\n--b--"))
    for _ in range(100):
        list(parser.feed(b"\r\n" * 500))
    assert len(parser._rest) < 100
    with pytest.raises(GatewayError, match="EG-4003"):
        list(parser.feed(b"x"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b"--b\r\n",
        BODY[:-6],
        b"avant\r\n" + BODY,
        BODY + b"apr\xc3\xa8s",
        BODY.replace(b"form-data", b"attachment"),
        BODY.replace(b'name="file"; ', b""),
        BODY.replace(b"Content-Type: application/jsonl", b"Content-Transfer-Encoding: base64"),
        BODY.replace(b"Content-Type:", b"X-Note:"),
        BODY.replace(b"a b.jsonl", b"\xff"),
        BODY.replace(b'name="file"', b'name="file"; name="purpose"'),
        BODY.replace(b"--b  ", b"--bc "),
        b"--b\r\n" + b"x" * 10_000,
    ],
)
def test_what_is_cut_or_unusual_is_refused(body: bytes) -> None:
    with pytest.raises(GatewayError) as refused:
        read(body)
    assert refused.value.code == "EG-4003"


@pytest.mark.parametrize(
    ("said", "boundary"),
    [
        (b"multipart/form-data; boundary=abc", b"abc"),
        (b'Multipart/Form-Data; charset=utf-8; boundary="a b"', b"a b"),
    ],
)
def test_the_boundary_is_told_by_the_header(said: bytes, boundary: bytes) -> None:
    assert boundary_of(said) == boundary


@pytest.mark.parametrize(
    "said", [b"", b"application/json", b"multipart/form-data", b"text/plain; boundary=a"]
)
def test_a_body_that_is_no_form_is_refused(said: bytes) -> None:
    with pytest.raises(GatewayError):
        boundary_of(said)
