"""The private certificate authority that a person pastes: checked, and kept without anything else."""

from __future__ import annotations

import ssl
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from egide.errors import WorkspaceError
from egide.policy.network import context_of

LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a person recognises a certificate by."""

    name: str
    until: datetime


def checked_authority(text: str) -> str:
    """The certificates in ``text``, in PEM and nothing else. Empty: none.

    Raises WorkspaceError EG-6121 (not certificates, or out of date) or EG-6122 (a private key).
    """
    if not text.strip():
        return ""
    if "PRIVATE KEY" in text:
        raise WorkspaceError("EG-6122")
    if len(text) > LONGEST:
        raise WorkspaceError("EG-6121")
    try:
        found = _certificates(text)
        kept = "".join(one.public_bytes(Encoding.PEM).decode() for one in found)
        context_of(kept)  # what the gateway will do with them
    except (ValueError, ssl.SSLError):
        raise WorkspaceError("EG-6121") from None
    if any(one.not_valid_after_utc < datetime.now(UTC) for one in found):
        raise WorkspaceError("EG-6121")
    return kept


def read(authority: str) -> tuple[Certificate, ...]:
    """Those of an authority that was checked, to be shown."""
    if not authority:
        return ()
    return tuple(
        Certificate(one.subject.rfc4514_string()[:200], one.not_valid_after_utc)
        for one in _certificates(authority)
    )


def _certificates(text: str) -> list[x509.Certificate]:
    with warnings.catch_warnings():  # old certificates have forms that the library only tolerates
        warnings.simplefilter("ignore")
        return x509.load_pem_x509_certificates(text.encode())
