from __future__ import annotations

from typing import Any

import pytest

from egide.errors import GatewayError
from egide.gateway.attached_fields import data_url, ending_of, file_data
from egide.gateway.dialects import by_kind
from egide.gateway.slots import Walk

SOURCE = {"type": "base64", "media_type": "application/pdf", "data": "QUJD"}


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("data:application/pdf;base64,QUJD", ("QUJD", "application/pdf")),
        ("data:text/plain;charset=utf-8;base64,QUJD", ("QUJD", "text/plain")),
        ("data:;base64,QUJD", ("QUJD", "")),
    ],
)
def test_data_addresses(url: str, found: tuple[str, str]) -> None:
    assert data_url(url, "f") == found


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://exemple.fr/Garrigou", "EG-4056"),
        ("HTTP://exemple.fr/Garrigou", "EG-4056"),
        ("data:text/plain,Garrigou", "EG-4004"),
        ("file:///a", "EG-4004"),
        ("", "EG-4004"),
        ("QUJD", "EG-4004"),
    ],
)
def test_other_addresses_are_refused_without_being_repeated(url: str, code: str) -> None:
    with pytest.raises(GatewayError, match=code) as refused:
        data_url(url, "f")
    assert "Garrigou" not in refused.value.message


@pytest.mark.parametrize("url", ["https://exemple.fr/a", "data:text/plain,Garrigou", "file:///a", None, 3])
def test_a_file_s_data_are_base64_alone_or_a_data_address(url: Any) -> None:
    assert file_data("QUJD", "f") == ("QUJD", "")
    assert file_data("data:application/pdf;base64,QUJD", "f") == ("QUJD", "application/pdf")
    with pytest.raises(GatewayError):
        file_data(url, "f")


@pytest.mark.parametrize(
    ("name", "ending"),
    [("CV Garrigou.PDF", ".pdf"), ("a.b/c", ""), ("a", ""), (None, ""), ("a.très long", "")],
)
def test_only_the_end_of_a_name_is_kept(name: str | None, ending: str) -> None:
    assert ending_of(name, "f") == ending


def read(kind: Any, part: dict[str, Any]) -> Walk:
    walk = Walk(lambda token: token)
    body = {"model": "m", "messages": [{"role": "user", "content": [part]}]}
    by_kind(kind).request.read(body, "", walk, lambda value: None)
    return walk


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("openai", {"type": "file", "file": {"file_data": "QUJD", "secret": "x"}}),
        ("openai", {"type": "image_url", "image_url": {"url": "data:;base64,QUJD", "secret": "x"}}),
        ("openai", {"type": "document_url", "document_url": "data:;base64,QUJD", "secret": "x"}),
        ("anthropic", {"type": "image", "source": {**SOURCE, "secret": 1}}),
        ("anthropic", {"type": "document", "secret": 1, "source": SOURCE}),
    ],
)
def test_unknown_fields_are_refused(kind: str, part: dict[str, Any]) -> None:
    with pytest.raises(GatewayError, match=r"EG-4002.*secret"):
        read(kind, part)


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("openai", {"type": "file", "file": None}),
        ("openai", {"type": "file", "file": {"filename": 3, "file_data": "QUJD"}}),
        ("openai", {"type": "image_url", "image_url": ["data:;base64,QUJD"]}),
        ("anthropic", {"type": "image"}),
        ("anthropic", {"type": "image", "source": {"type": "base64", "data": "QUJD"}}),
        ("anthropic", {"type": "document", "source": {"type": "autre"}}),
    ],
)
def test_wrong_shapes_are_refused(kind: str, part: dict[str, Any]) -> None:
    with pytest.raises(GatewayError, match="EG-4003"):
        read(kind, part)


def test_base64_alone_is_taken_for_a_file() -> None:
    (found,) = read(
        "openai", {"type": "file", "file": {"filename": "a.pdf", "file_data": "QUJD"}}
    ).attachments
    assert (found.data, found.media, found.ending) == ("QUJD", "", ".pdf")
