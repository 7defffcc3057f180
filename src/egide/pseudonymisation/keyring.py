"""Every key of Égide, derived from one master key by HKDF-SHA256 (RFC 5869), one per purpose.

Sealing is AES-256-GCM-SIV (RFC 8452): a repeated nonce does not open it. A sealed blob is
``key id (4 bytes) | nonce (12) | ciphertext and tag`` and is bound to a context: moved elsewhere in the
database, it does not open. After a rotation, blobs sealed under a previous master still open.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from egide.errors import PseudonymisationError
from egide.pseudonymisation.scope import Scope

_KEY_ID, _NONCE = 4, 12


def _derive(master: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"egide", info=purpose.encode()).derive(master)


class Keyring:
    """Keys of one installation. ``previous`` masters only open what they sealed.

    ``random`` gives nonces (12 bytes); tests may fix it.
    """

    def __init__(
        self, master: bytes, *, previous: Sequence[bytes] = (), random: Callable[[int], bytes] = os.urandom
    ) -> None:
        self._master = master
        self._random = random
        # Names and placeholders depend on the master too: after a rotation, old ones are sought by these.
        self.previous = tuple(Keyring(one, random=random) for one in previous)
        self._ciphers = {}
        for one in (*previous, master):
            self.key_id = _derive(one, "key id")[:_KEY_ID]
            self._ciphers[self.key_id] = AESGCMSIV(_derive(one, "sealing"))
        self._scope_key = self.derive("scopes")
        self._placeholders = self.derive("placeholders")
        self._key_digests = self.derive("api keys")
        self._exceptions = self.derive("exceptions")
        self._scoped = lru_cache(maxsize=4096)(self._derive_placeholder_key)

    def __repr__(self) -> str:
        return f"Keyring(key_id={self.key_id.hex()})"

    def derive(self, purpose: str) -> bytes:
        """32 bytes for ``purpose``; another purpose gives unrelated bytes."""
        return _derive(self._master, purpose)

    def seal(self, plain: bytes, context: str) -> bytes:
        """Encrypt ``plain`` for ``context``, a text that says where the blob lies."""
        nonce = self._random(_NONCE)
        cipher = self._ciphers[self.key_id]
        return self.key_id + nonce + cipher.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """What was sealed for ``context``. Raises PseudonymisationError EG-2001 when it does not open."""
        cipher = self._ciphers.get(bytes(sealed[:_KEY_ID]))
        nonce, body = sealed[_KEY_ID : _KEY_ID + _NONCE], sealed[_KEY_ID + _NONCE :]
        if cipher is None or len(nonce) != _NONCE:
            raise PseudonymisationError("EG-2001")
        try:
            return cipher.decrypt(bytes(nonce), bytes(body), context.encode())
        except InvalidTag:
            raise PseudonymisationError("EG-2001") from None

    def scope_id(self, scope: Scope) -> str:
        """Keyed name of a scope for storage: 32 hexadecimal digits that tell nothing of its parts."""
        return hmac.new(self._scope_key, scope.key().encode(), hashlib.sha256).hexdigest()[:32]

    def placeholder_key(self, scope: Scope) -> bytes:
        """The key that placeholders of ``scope`` are derived with."""
        return self._scoped(scope)

    def _derive_placeholder_key(self, scope: Scope) -> bytes:
        return hmac.new(self._placeholders, scope.key().encode(), hashlib.sha256).digest()

    def key_digest(self, key: str) -> str:
        """What is kept of an access key: it can be looked up, not found back."""
        return hmac.new(self._key_digests, key.encode(), hashlib.sha256).hexdigest()

    def value_digest(self, value: str) -> str:
        """What is kept of a value declared "not personal"; callers give it folded (``view.fold``)."""
        return hmac.new(self._exceptions, value.encode(), hashlib.sha256).hexdigest()
