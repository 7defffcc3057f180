from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client, RequestFactory
from tests.workspace.charter.conftest import Publish

from egide.ports import PEER
from egide.workspace.accounts.models import User
from egide.workspace.charter import signing
from egide.workspace.charter.addresses import client_of
from egide.workspace.charter.models import AddressSource, Signature
from egide.workspace.charter.printed import _address


@pytest.mark.parametrize(
    ("address", "peer", "kept", "source"),
    [
        ("192.0.2.7", "", "192.0.2.7", AddressSource.SOCKET),
        ("192.0.2.7", "10.0.0.1", "192.0.2.7", AddressSource.PROXY),
        ("2001:DB8::1", "10.0.0.1", "2001:db8::1", AddressSource.PROXY),
        ("unknown", "10.0.0.1", "10.0.0.1", AddressSource.SOCKET),
        ("<script>", "", "", AddressSource.SOCKET),
    ],
)
def test_an_address_is_kept_with_who_says_so(
    address: str, peer: str, kept: str, source: AddressSource
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.scope = {PEER: peer} if peer else {}  # type: ignore[attr-defined]
    found = client_of(request)
    assert (found.address, found.source) == (kept, source)


def test_a_header_that_nobody_vouches_for_changes_nothing(
    publish: Publish, person: Callable[..., User]
) -> None:
    version, client, julie = publish(), Client(), person()
    client.force_login(julie)
    given = {"version": "1", "digest": version.digest, "name": "Julie", "agreed": "on"}
    client.post("/charte/signer/", given, headers={"X-Forwarded-For": "203.0.113.9"})
    signature = Signature.objects.get()
    assert (signature.address, signature.source) == ("127.0.0.1", AddressSource.SOCKET)
    page = unescape(client.get(f"/charte/verifier/{signature.code}/").content.decode())
    assert "127.0.0.1 (celle que le serveur a vue)" in page
    assert _address(signature) == "127.0.0.1 (celle que le serveur a vue)"


@pytest.mark.parametrize("source", ["", "proxy"])
def test_the_source_is_sealed(
    source: str, publish: Publish, sign: Callable[..., Signature], person: Callable[..., User]
) -> None:
    publish()
    signature = sign(person())
    assert signing.proof(signature).valid
    signature.source = source
    assert not signing.proof(signature).valid
