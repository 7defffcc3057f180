from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.gateway.networking import authority

from egide.errors import WorkspaceError
from egide.workspace.providers.certificates import LONGEST, checked_authority, read


def test_only_the_certificates_of_a_text_are_kept(tmp_path: Path) -> None:
    one, other = authority(tmp_path).pem, authority(tmp_path).pem
    kept = checked_authority(f"Notre autorité :\n{one}\net l'ancienne :\n{other}\n")
    assert kept == one + other
    names = read(kept)
    assert [certificate.name for certificate in names] == ["CN=Autorité de la maison"] * 2
    assert names[0].until > datetime.now(UTC)


def test_nothing_is_nothing() -> None:
    assert checked_authority(" \n") == ""
    assert read("") == ()


def test_a_private_key_is_refused(tmp_path: Path) -> None:
    authority(tmp_path)
    with pytest.raises(WorkspaceError, match="EG-6122"):
        checked_authority((tmp_path / "server.pem").read_text())


@pytest.mark.parametrize(
    "text",
    [
        "bonjour",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        "é" * (LONGEST + 1),
    ],
)
def test_what_is_no_certificate_is_refused(text: str) -> None:
    with pytest.raises(WorkspaceError, match="EG-6121"):
        checked_authority(text)


def test_an_authority_out_of_date_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="EG-6121"):
        checked_authority(authority(tmp_path, days=-1).pem)
