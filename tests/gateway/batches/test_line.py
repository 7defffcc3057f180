from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.errors import GatewayError
from egide.gateway.batches.line import BATCHED, INLINE, of_file, of_inline
from egide.gateway.dialects import dialects


def line(**changed: Any) -> bytes:
    whole = {"custom_id": "a", "method": "POST", "url": "/v1/embeddings", "body": {"input": "x"}, **changed}
    return json.dumps({name: value for name, value in whole.items() if value is not ...}).encode()


@pytest.mark.parametrize("path", BATCHED)
def test_a_line_names_an_address_with_the_version_or_without(path: str) -> None:
    for url in (path, f"/v1{path}"):
        read = of_file(line(url=url))
        assert (read.name, read.url, read.body) == ("a", url, {"input": "x"})
        assert read.dialect is dialects()[path]


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (line(custom_id=...), "custom_id"),
        (line(custom_id=3), "custom_id"),
        (line(custom_id=""), "custom_id"),
        (line(custom_id="a\nb"), "custom_id"),
        (line(custom_id="x" * 257), "custom_id"),
        (line(method="GET"), "method"),
        (line(method=...), "method"),
        (line(url=...), "url"),
        (line(url=["/v1/embeddings"]), "url"),
        (line(url="/v1/v1/embeddings"), "url"),
        (line(url="/v1/embeddings/"), "url"),
        (line(url="/v1/messages"), "url"),
        (line(url="/v1/batches"), "url"),
        (line(body=...), "body"),
        (line(body="x"), "body"),
        (line(autre=1), "autre"),
        (line(**{"06 39 98 41 27": 1}), "?"),
    ],
)
def test_a_line_of_another_shape_is_refused_with_its_field(raw: bytes, field: str) -> None:
    with pytest.raises(GatewayError) as refused:
        of_file(raw)
    assert refused.value.fields["field"] == field


@pytest.mark.parametrize("raw", [b"", b"[]", b"3", b'{"a"', b'{"a": "\xff"}', b"\xff\xfe{\x00}\x00"])
def test_what_is_not_an_object_is_refused(raw: bytes) -> None:
    with pytest.raises(GatewayError) as refused:
        of_file(raw)
    assert refused.value.code == "EG-4005"


def test_a_request_of_a_message_batch() -> None:
    read = of_inline({"custom_id": "a", "params": {"model": "fin"}})
    assert (read.name, read.body, read.url, read.dialect.path) == ("a", {"model": "fin"}, "", INLINE)
    for wrong in (None, [], {"custom_id": "a"}, {"custom_id": "a", "params": {}, "url": "x"}):
        with pytest.raises(GatewayError):
            of_inline(wrong)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["custom_id", "method", "url", "body", "x"]), inner, max_size=5)
        ),
    )
)
def test_any_json_is_a_request_or_is_refused(value: Any) -> None:
    for read in (lambda: of_file(json.dumps(value).encode()), lambda: of_inline(value)):
        with suppress(GatewayError):
            request = read()
            assert request.name
            assert type(request.body) is dict


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_the_same_way(raw: bytes) -> None:
    with pytest.raises(GatewayError):
        of_file(raw)
