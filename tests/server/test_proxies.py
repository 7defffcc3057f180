from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from egide.errors import SettingsError
from egide.ports import PEER
from egide.server.proxies import NamedProxies
from egide.settings import load

FORGED, CLIENT, PROXY = "203.0.113.9", "192.0.2.7", "10.0.0.1"


def _seen(peer: str, *said: str, proxies: tuple[str, ...] = ("10.0.0.0/24",)) -> tuple[str, str, Any]:
    """The address, the scheme and the mark that the application is given."""
    found: list[dict[str, Any]] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        found.append(scope)

    headers = [(b"x-forwarded-for", one.encode()) for one in said]
    scope = {
        "type": "http",
        "scheme": "http",
        "client": (peer, 4),
        "headers": [*headers, (b"x-forwarded-proto", b"https")],
    }
    asyncio.run(NamedProxies(application, proxies)(scope, None, None))  # type: ignore[arg-type]
    return found[0]["client"][0], found[0]["scheme"], found[0].get(PEER)


def test_the_word_of_a_named_proxy_is_believed() -> None:
    assert _seen(PROXY, CLIENT) == (CLIENT, "https", PROXY)
    assert _seen(PROXY, f"{FORGED}, {CLIENT}") == (CLIENT, "https", PROXY), "what the client wrote itself"
    assert _seen(PROXY, FORGED, f"{CLIENT}, 10.0.0.2")[0] == CLIENT, "two proxies, two headers"


@pytest.mark.parametrize("peer", [CLIENT, "127.0.0.1", "10.0.1.1"])
def test_the_word_of_anybody_else_is_not(peer: str) -> None:
    assert _seen(peer, FORGED) == (peer, "http", None)


def test_a_named_proxy_that_says_nothing_is_the_socket() -> None:
    assert _seen(PROXY) == (PROXY, "https", None)


def test_proxies_are_named_one_by_one(tmp_path: Path) -> None:
    named = load({"EGIDE_TRUSTED_PROXIES": " 10.0.0.1, 192.168.0.0/16 ,"}, data_dir=tmp_path)
    assert named.proxies == ("10.0.0.1/32", "192.168.0.0/16")
    assert load({}, data_dir=tmp_path).proxies == ()
    for wrong in ("*", "0.0.0.0/0", "::/0", "proxy.example"):
        with pytest.raises(SettingsError, match="EG-7001"):
            load({"EGIDE_TRUSTED_PROXIES": wrong}, data_dir=tmp_path)
