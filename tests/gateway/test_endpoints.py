from __future__ import annotations

import pytest

from egide.errors import catalogue
from egide.gateway.batches.serving import FAMILIES
from egide.gateway.dialects import dialects
from egide.gateway.endpoints import BELOW, Closed, Listed, Sent, Shown, Stored, endpoints, find


@pytest.mark.parametrize(
    ("path", "kind", "found", "below"),
    [
        ("/chat/completions", Sent, "/chat/completions", ""),
        ("/messages/count_tokens", Sent, "/messages/count_tokens", ""),
        ("/models", Listed, "/models", ""),
        ("/models/mistral/org/petit", Shown, "/models/{…}", "mistral/org/petit"),
        ("/files", Stored, "/files", ""),
        ("/files/file-1/content", Stored, "/files", "file-1/content"),
        ("/messages/batches/b/results", Stored, "/messages/batches", "b/results"),
        ("/uploads/u/parts", Closed, "/uploads", "u/parts"),
        ("/images/generations", Closed, "/images/generations", ""),
        ("/images/inconnu", Closed, "/images", "inconnu"),
        ("/audio/speech/x", Closed, "/audio/speech", "x"),
    ],
)
def test_a_path_finds_its_endpoint(path: str, kind: type, found: str, below: str) -> None:
    endpoint, rest = find(path)
    assert type(endpoint) is kind
    assert endpoint.path == found
    assert rest == below


@pytest.mark.parametrize(
    "path", ["/", "", "//", "/chat", "/chat/completions/1", "/messages/1", "/file", "/filesystem", "models"]
)
def test_any_other_path_finds_nothing(path: str) -> None:
    assert find(path) == (None, "")


def test_every_dialect_has_its_path_and_its_protocol() -> None:
    sent = {one.path: one for one in endpoints().values() if isinstance(one, Sent)}
    assert {path: one.dialect for path, one in sent.items()} == dialects()
    assert all(one.kind == one.dialect.kind and one.method == "POST" for one in sent.values())


def test_what_is_closed_is_closed_whole_and_says_why() -> None:
    table = endpoints()
    closed = {one for one in table.values() if isinstance(one, Closed)}
    assert {one.code for one in closed} == {"EG-4026", "EG-4027"} <= set(catalogue())
    for one in closed:
        assert table[one.path] is table[one.path + BELOW] is one
        assert one.method is None
        assert one.says
        assert one.remedy.endswith(".")
    assert len({one.name for one in closed}) == len(closed)


def test_what_is_stored_has_one_act_for_each_way() -> None:
    table = endpoints()
    stored = {one.path: one for one in table.values() if isinstance(one, Stored)}
    assert set(stored) == {"/files", "/batches", "/messages/batches"}
    for one in stored.values():
        assert table[one.path] is table[one.path + BELOW] is one
        assert len({(way.method, way.tail) for way in one.ways}) == len(one.ways)
        assert all(callable(getattr(FAMILIES[one.name], way.act)) for way in one.ways)
