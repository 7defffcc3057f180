"""Stand-ins for identifiers that must not leave, and seals on what must come back unchanged.

All callers share the company's key at a provider that keeps conversations: whoever knows an identifier
there could go on with the conversation of another. So what names a thing there is given out sealed, and
taken back from nobody else: ``resp_123`` becomes ``resp_egide`` + thread + seal + ``123``. The thread is the
exchange that gave it out, and tells which values its conversation knew.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from egide.journal.details import is_identifier
from egide.pseudonymisation import Keyring, Scope

_MARK: Final = "egide"
_SEAL: Final = 26
_PROVIDER: Final = 8
_NONCE: Final = 12
_CODEC: Final = "utf-8", "surrogatepass"
_HEAD: Final = re.compile(r"(?:[a-z]{1,12}[_-])?")
_GIVEN: Final = re.compile(
    rf"({_HEAD.pattern}){_MARK}([0-9a-f]{{24}}[a-z2-7]{{{_PROVIDER}}})([a-z2-7]{{{_SEAL}}})(.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class ScopeKeys:
    """Keyed functions of one caller's scope. ``thread`` names the exchange that gives identifiers out."""

    _key: bytes = field(repr=False)
    _older: tuple[bytes, ...] = field(default=(), repr=False)  # of the master keys before this one
    thread: str = ""
    provider: str = ""  # whose texts are signed
    _names: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)  # as the caller has them
    _taken: set[str] = field(default_factory=set, repr=False)  # the threads of what came back

    @classmethod
    def of(cls, keyring: Keyring, scope: Scope) -> ScopeKeys:
        """Those of ``scope``."""
        older = tuple(one.placeholder_key(scope) for one in keyring.previous)
        return cls(keyring.placeholder_key(scope), older)

    def threaded(self, exchange: str, provider: str) -> ScopeKeys:
        """The same, for what this exchange with this provider gives out."""
        thread = exchange.removeprefix("ex-").replace("-", "") + self._provider(self._key, provider)
        return replace(self, thread=thread)

    def threads(self, provider: str) -> set[str] | None:
        """The threads of what was taken back; None when some of it is of another provider."""
        if not self._taken:
            return set()
        tags = {self._provider(key, provider) for key in (self._key, *self._older)}
        return self._taken if all(thread[-_PROVIDER:] in tags for thread in self._taken) else None

    def give(self, kind: str, identifier: str) -> str:
        """``identifier`` sealed; as the caller gave it, when it did."""
        given = self._names.get((kind, identifier))
        if given is not None:
            return given
        head = _HEAD.match(identifier)
        cut = head.end() if head else 0
        seal = self._seal(self._key, kind, self.thread, identifier)
        given = f"{identifier[:cut]}{_MARK}{self.thread}{seal}{identifier[cut:]}"
        self._names[kind, identifier] = given
        return given

    def take(self, kind: str, given: str) -> str | None:
        """The identifier that was given out as ``given``, None when it was not, or not to this caller."""
        taken = self.taken(kind, given)
        if taken is None:
            return None
        identifier, thread = taken
        self._names[kind, identifier] = given
        self._taken.add(thread)
        return identifier

    def taken(self, kind: str, given: str) -> tuple[str, str] | None:
        """The same with its thread, leaving no trace here."""
        match = _GIVEN.fullmatch(given)
        if match is None:
            return None
        head, thread, seal, rest = match.groups()
        for key in (self._key, *self._older):
            if hmac.compare_digest(seal, self._seal(key, kind, thread, head + rest)):
                return head + rest, thread
        return None

    def under(self, thread: str) -> ScopeKeys:
        """The same, for what is given out under a thread that was given out before."""
        return replace(self, thread=thread, _names={}, _taken=set())

    def is_of(self, thread: str, provider: str) -> bool:
        """Whether what was given out under this thread is this provider's."""
        keys = (self._key, *self._older)
        return any(thread[-_PROVIDER:] == self._provider(key, provider) for key in keys)

    def token(self, identifier: str) -> str:
        """Nine letters and digits (what Mistral asks of the id of a tool call), always the same."""
        return _letters(_digest(self._key, b"id", identifier), 9)

    def towards(self, provider: str) -> ScopeKeys:
        """The same, for texts that this provider signs."""
        return replace(self, provider=provider)

    def sign(self, text: str) -> str:
        """34 characters that only this installation can make for this text, scope and provider."""
        return self._signed(self._key, self._provider(self._key, self.provider), text)

    def signed(self, text: str, code: str) -> bool | None:
        """Whether this very text was signed for this provider; None when it was not signed here at all."""
        tag = code[_SEAL:]
        for key in (self._key, *self._older):
            if hmac.compare_digest(code.encode(*_CODEC), self._signed(key, tag, text).encode(*_CODEC)):
                return tag == self._provider(key, self.provider)
        return None

    def hide(self, text: str) -> str:
        """``text`` encrypted, for the caller to keep and give back: only this scope can read it."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCMSIV(_digest(self._key, b"hidden", "")).encrypt(nonce, text.encode(*_CODEC), None)
        return base64.urlsafe_b64encode(nonce + sealed).decode()

    def reveal(self, hidden: str) -> str | None:
        """What was hidden so; None when this scope did not."""
        try:
            sealed = base64.urlsafe_b64decode(hidden)
        except ValueError:
            return None
        for key in (self._key, *self._older):
            try:
                opened = AESGCMSIV(_digest(key, b"hidden", "")).decrypt(
                    sealed[:_NONCE], sealed[_NONCE:], None
                )
                return opened.decode(*_CODEC)
            except (InvalidTag, ValueError):
                continue
        return None

    @staticmethod
    def _seal(key: bytes, kind: str, thread: str, identifier: str) -> str:
        return _letters(_digest(key, b"given", f"{kind}\x1f{thread}\x1f{identifier}"), _SEAL)

    @staticmethod
    def _signed(key: bytes, tag: str, text: str) -> str:
        return _letters(_digest(key, b"seal", f"{tag}\x1f{text}"), _SEAL) + tag

    @staticmethod
    def _provider(key: bytes, provider: str) -> str:
        return _letters(_digest(key, b"provider", provider), _PROVIDER)


def _digest(key: bytes, purpose: bytes, text: str) -> bytes:
    return hmac.digest(key, purpose + b"\x1f" + text.encode("utf-8", "surrogatepass"), hashlib.sha256)


def _letters(digest: bytes, size: int) -> str:
    return base64.b32encode(digest)[:size].decode().lower()


def part_of(thread: str, name: str) -> str:
    """The thread of one part of what has this thread: a line of a batch, by its name."""
    part = hashlib.sha256(f"{thread}\x1f{name}".encode("utf-8", "surrogatepass")).hexdigest()
    return part[: len(thread) - _PROVIDER] + thread[-_PROVIDER:]


def is_given(text: str) -> bool:
    """Whether ``text`` has the form of an identifier that was given out sealed."""
    return _GIVEN.fullmatch(text) is not None


def exchange_id() -> str:
    """A fresh name for an exchange; names sort by time."""
    return f"ex-{time.time_ns() // 1_000_000:012x}-{secrets.token_hex(6)}"


@lru_cache(maxsize=4096)  # the same people, models and rules come back all day
def opaque(name: str) -> str:
    """``name`` if the journal may hold it, else a hash of it."""
    return name if is_identifier(name) else f"h-{hashlib.sha256(name.encode()).hexdigest()[:24]}"
