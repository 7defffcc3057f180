"""What « Tester » and opening say of a provider, and how long what it said is kept."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path

import pytest
from tests.identity_provider import IdentityProvider, running_provider

from egide.errors import WorkspaceError, spoken
from egide.workspace.sso import metadata
from egide.workspace.sso.addresses import checked_issuer, is_safe, leads_here
from egide.workspace.sso.models import SingleSignOn

WRONG: dict[str, tuple[dict[str, object], str]] = {
    "other issuer": ({"issuer": "https://autre.example"}, "il se nomme « https://autre.example »"),
    "slash": ({"issuer": "{}/"}, "barre finale comprise"),
    "no issuer": ({"issuer": None}, "forme attendue"),
    "endless issuer": ({"issuer": "x" * 500}, "forme attendue"),
    "issuer with a line": ({"issuer": "a\nb"}, "forme attendue"),
    "no token address": ({"token_endpoint": None}, "token_endpoint"),
    "token address in clear": ({"token_endpoint": "http://service.example/token"}, "n'est pas protégée"),
    "UserInfo in clear": ({"userinfo_endpoint": "http://service.example/"}, "n'est pas protégée"),
    "address that runs": ({"authorization_endpoint": "javascript:alert(1)"}, "n'est pas protégée"),
    "address that is no text": ({"jwks_uri": ["https://a.example"]}, "n'est pas protégée"),
    "no code": ({"response_types_supported": ["id_token"]}, "code d'autorisation"),
    "secret signatures only": ({"id_token_signing_alg_values_supported": ["HS256", "none"]}, "clé privée"),
    "list that is none": ({"response_types_supported": "code"}, "forme attendue"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said(name: str, provider: IdentityProvider) -> None:
    document, told = WRONG[name]
    provider.document = {
        key: value.format(provider.address) if isinstance(value, str) else value
        for key, value in document.items()
    }
    with pytest.raises(WorkspaceError, match="EG-6581") as refused:
        metadata.read(SingleSignOn(issuer=provider.address))
    assert told in refused.value.message


def test_a_provider_elsewhere_leads_nobody_to_this_machine(
    provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer = "https://service.example"
    elsewhere = {
        name: f"{issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    }
    good = provider.announced() | elsewhere | {"issuer": issuer, "userinfo_endpoint": None}
    told = dict(good)
    monkeypatch.setattr(metadata, "fetch_json", lambda *_, **__: told)
    assert metadata.read(SingleSignOn(issuer=issuer)).keys == f"{issuer}/jwks_uri"
    for name in (*elsewhere, "userinfo_endpoint"):
        told = good | {name: "https://127.0.0.1:8484/healthz"}
        with pytest.raises(WorkspaceError, match=f"EG-6581.*« {name} » mène à la machine"):
            metadata.read(SingleSignOn(issuer=issuer))


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("127.1", True), ("2130706433", True), ("0x7f.1", True),
        ("0", True), ("[::1]", True), ("[::]", True), ("[::ffff:127.0.0.1]", True), ("localhost.", True),
        ("LOCALHOST", True), ("a.localhost", True), ("10.0.0.1", False), ("[2001:db8::1]", False),
        ("localhost.example", False), ("service.example", False),
    ],
)  # fmt: skip
def test_every_way_to_write_this_machine(host: str, here: bool) -> None:
    assert leads_here(f"https://{host}:8443/keys") == here


@pytest.mark.parametrize("keys", [[], [{"kty": "oct", "k": "AAAA"}], [7], [{"kty": "RSA", "n": "x"}], "cles"])
def test_keys_that_sign_nothing_are_told(keys: object, provider: IdentityProvider) -> None:
    setting = SingleSignOn(issuer=provider.address)
    found = metadata.read(setting)
    provider.keys = keys  # type: ignore[assignment]
    with pytest.raises(WorkspaceError, match="EG-6581"):
        metadata.read_keys(setting, found)


def test_an_address_where_nothing_answers(provider: IdentityProvider) -> None:
    for issuer, told in (
        ("http://127.0.0.1:1", "connexion impossible"),
        (f"{provider.address}/ailleurs", "code 404"),
        (provider.address.replace("http:", "https:"), "certificat"),
    ):
        with pytest.raises(WorkspaceError, match="EG-6581") as refused:
            metadata.read(SingleSignOn(issuer=issuer))
        assert told in refused.value.message


def test_a_private_authority_is_believed_once_it_is_given(tmp_path: Path) -> None:
    files = [str(tmp_path / name) for name in ("key.pem", "cert.pem")]
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        files[0],
        "-out",
        files[1],
    ]
    command += ["-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(command, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(files[1], files[0])
    with running_provider(tls) as served:
        with pytest.raises(WorkspaceError, match="certificat n'est pas reconnu"):
            metadata.read(SingleSignOn(issuer=served.address))
        authority = Path(files[1]).read_text(encoding="ascii")
        assert metadata.read(SingleSignOn(issuer=served.address, authority=authority)).takes_pkce


def test_what_was_said_is_kept_for_one_version_and_for_a_while(
    provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata.forget()
    one = SingleSignOn(issuer=provider.address, version=1)
    for _ in range(3):
        metadata.known(one)
    assert len(provider.received) == 1
    metadata.known(SingleSignOn(issuer=provider.address, version=2))
    assert len(provider.received) == 2
    monkeypatch.setattr(metadata, "LIFETIME", -1.0)
    metadata.forget()
    metadata.known(one)
    metadata.known(one)
    assert len(provider.received) == 4
    metadata.forget()


def test_a_provider_that_fails_is_not_asked_without_end(
    provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata.forget()
    provider.document = {"issuer": "https://autre.example"}
    one = SingleSignOn(issuer=provider.address, version=1)
    for _ in range(3):
        with pytest.raises(WorkspaceError, match="EG-6581"):
            metadata.known(one)
    assert len(provider.received) == 1
    told = spoken.set("en")
    with pytest.raises(WorkspaceError, match="Nobody got in") as refused:
        metadata.known(one)
    spoken.reset(told)
    assert len(refused.traceback) == 3, "nothing of those before"
    monkeypatch.setattr(metadata, "FAILURE_PAUSE", -1.0)
    metadata.forget()
    for _ in range(2):
        with pytest.raises(WorkspaceError, match="EG-6581"):
            metadata.known(one)
    provider.document = {}
    assert metadata.known(one).takes_pkce
    metadata.forget()


@pytest.mark.parametrize(
    "address",
    [
        "http://service.example",
        "http://192.168.1.4",
        "ftp://service.example",
        "service.example",
        "https://nom:secret@service.example",
        "https://service.example/#a",
        "https://service.example/?a=b",
        "https://",
        "https://service.example:99999",
        "https://ser vice.example",
        "javascript:alert(1)",
    ],
)
def test_addresses_that_are_not_taken(address: str) -> None:
    with pytest.raises(WorkspaceError, match="EG-6589"):
        checked_issuer(address)


def test_addresses_that_are_taken() -> None:
    assert checked_issuer(" https://service.example/realms/a ") == "https://service.example/realms/a"
    assert checked_issuer("https://a.example/.well-known/openid-configuration") == "https://a.example"
    assert checked_issuer("https://a.example/") == "https://a.example/"
    assert is_safe("http://127.0.0.1:8080")
    assert is_safe("http://localhost:8080")
    assert not is_safe(None)
