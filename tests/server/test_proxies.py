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


def _given(peer: str, *said: str, proxies: tuple[str, ...] = ("10.0.0.0/24",)) -> dict[str, Any]:
    """What the application is given."""
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
    return found[0]


def _seen(peer: str, *said: str, proxies: tuple[str, ...] = ("10.0.0.0/24",)) -> tuple[str, str, Any]:
    """The address, the scheme and the mark that the application is given."""
    scope = _given(peer, *said, proxies=proxies)
    return scope["client"][0], scope["scheme"], scope.get(PEER)


def test_the_word_of_a_named_proxy_is_believed() -> None:
    assert _seen(PROXY, CLIENT) == (CLIENT, "https", PROXY)
    assert _seen(PROXY, f"{FORGED}, {CLIENT}") == (CLIENT, "https", PROXY), "what the client wrote itself"
    two = (PROXY, "10.0.0.2/32")
    assert _seen(PROXY, FORGED, f"{CLIENT}, 10.0.0.2", proxies=two)[0] == CLIENT, "two proxies, two headers"
    assert _seen(PROXY, f"10.0.0.2, {PROXY}", proxies=two)[0] == "10.0.0.2", "the proxy itself asks"


def test_a_visitor_inside_a_named_network_does_not_choose_their_address() -> None:
    wide = ("10.0.0.0/8", "10.0.0.2/32")
    assert _seen(PROXY, f"{FORGED}, 10.1.2.3", proxies=wide) == ("10.1.2.3", "https", PROXY)
    assert _seen(PROXY, FORGED, "10.1.2.3:4021, 10.0.0.2", proxies=wide)[0] == "10.1.2.3"


def test_an_address_of_both_families_is_the_one_of_the_fourth() -> None:
    assert _seen(f"::ffff:{PROXY}", f"::ffff:{CLIENT}") == (CLIENT, "https", PROXY)
    assert _seen(f"::ffff:{PROXY}", CLIENT, proxies=(f"::ffff:{PROXY}/128",))[0] == CLIENT
    assert _seen("2001:db8::1", "[2001:db8::7]:80", proxies=("2001:db8::1/128",))[0] == "2001:db8::7"


@pytest.mark.parametrize("said", ["", "unknown", f"{FORGED}, unknown", f"{FORGED},"])
def test_what_is_no_address_leaves_the_one_of_the_socket(said: str) -> None:
    assert _seen(PROXY, said) == (PROXY, "https", None)


def test_nobody_else_says_that_the_way_is_encrypted() -> None:
    assert (b"x-forwarded-proto", b"http") in _given(CLIENT, FORGED)["headers"]
    assert (b"x-forwarded-proto", b"https") in _given(PROXY, CLIENT)["headers"]


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
