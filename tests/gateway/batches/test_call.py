from __future__ import annotations

import pytest

from egide.gateway.batches.call import base_of, query_of


@pytest.mark.parametrize(
    ("host", "public_url", "base"),
    [
        (b"egide.exemple.fr", None, "https://egide.exemple.fr/v1"),
        (b"127.0.0.1:8484", None, "https://127.0.0.1:8484/v1"),
        (b"[::1]:8484", None, "https://[::1]:8484/v1"),
        (b"egide.exemple.fr", "https://ia.exemple.fr/", "https://ia.exemple.fr/v1"),
        (b"a/b", None, "/v1"),
        (b"a@b", None, "/v1"),
        (b"", None, "/v1"),
    ],
)
def test_the_address_of_the_gateway(host: bytes, public_url: str | None, base: str) -> None:
    assert base_of({"scheme": "https"}, {b"host": host}, public_url) == base


def test_the_parameters_of_an_address() -> None:
    assert query_of({"query_string": b"limit=3&after=file-1&vide"}) == {"limit": "3", "after": "file-1"}
    assert query_of({}) == {}
