"""Checkpoints: every so often, the chain is signed (Ed25519), so that it cannot be rewritten whole.

A checkpoint is itself a record: it signs the writer, the sequence and the hash of the record just
before it, and its own time. Who lacks the key can neither make one nor rewrite what lies before one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from egide.errors import JournalError
from egide.journal.chain import Record, canonical, chain
from egide.journal.record import Entry

# A signature made for one purpose can never pass for another one.
CHECKPOINT: Final = "egide/journal/checkpoint/1"
SEAL: Final = "egide/journal/seal/1"


@dataclass(frozen=True, slots=True)
class Pace:
    """When a checkpoint is due: after ``every`` records, or ``period`` after the last one."""

    every: int = 1000
    period: timedelta = timedelta(minutes=10)

    def due(self, since: int, last: datetime, now: datetime) -> bool:
        """``since``: records written after the last checkpoint; ``last``: its time, or the start's."""
        return since > 0 and (since >= self.every or now - last >= self.period)


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key of the journal: 64 hexadecimal digits."""

    public_key: str

    def __post_init__(self) -> None:
        try:
            valid = len(bytes.fromhex(self.public_key)) == 32 and self.public_key == self.public_key.lower()
        except ValueError:
            valid = False
        if not valid or len(self.public_key) != 64:
            raise JournalError("EG-5004")

    @property
    def key_id(self) -> str:
        """Short name of the key, held by what it signed."""
        return hashlib.sha256(bytes.fromhex(self.public_key)).hexdigest()[:16]

    def signed(self, purpose: str, content: object, signature: str) -> bool:
        """Whether ``signature`` was made by this key for this purpose and content."""
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public_key))
        try:
            raw = bytes.fromhex(signature)
            key.verify(raw, _message(purpose, content))
        except (InvalidSignature, ValueError):
            return False
        # One way to write a signature: capitals or spaces would be a change that goes unseen.
        return raw.hex() == signature


@dataclass(frozen=True, slots=True)
class Signer:
    """The private key of the journal: a seed of 32 bytes, ``Keyring.derive("journal signing")``."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != 32:
            raise JournalError("EG-5004")

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self._key().public_key().public_bytes_raw().hex())

    def sign(self, purpose: str, content: object) -> str:
        """128 hexadecimal digits."""
        return self._key().sign(_message(purpose, content)).hex()

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def checkpoint(previous: Record, signer: Signer, at: datetime) -> Record:
    """The record that signs the chain up to ``previous``."""
    moment = at.astimezone(UTC).isoformat()
    key_id = signer.verifier.key_id
    signature = signer.sign(CHECKPOINT, statement(previous, moment, key_id))
    details = {"key": key_id, "signature": signature}
    return chain(previous, previous.writer, [Entry("checkpoint", "", moment, details)])[0]


def statement(previous: Record, at: str, key_id: str) -> dict[str, object]:
    """What a checkpoint signs."""
    return {
        "at": at,
        "hash": previous.hash,
        "key": key_id,
        "sequence": previous.sequence,
        "writer": previous.writer,
    }


def _message(purpose: str, content: object) -> bytes:
    return f"{purpose}\n{canonical(content)}".encode()
