"""What ``server`` gives the workspace at start: the gateway behind its port, and the keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from egide.ports import Exchanges
from egide.pseudonymisation import Keyring
from egide.settings import Settings
from egide.workspace import configuration


@dataclass(frozen=True, slots=True)
class Wiring:
    """The parts that pages use and that live elsewhere."""

    exchanges: Exchanges
    keyring: Keyring = field(repr=False)
    settings: Settings = field(default_factory=configuration.current)


_wiring: Wiring | None = None
_keyring: Keyring | None = None


def wire(exchanges: Exchanges, keyring: Keyring) -> None:
    """Called once by the server, before the first request."""
    global _wiring, _keyring
    _wiring = Wiring(exchanges, keyring)
    _keyring = keyring


def wired() -> Wiring:
    """The gateway and keys. Raises RuntimeError when the server has not started."""
    if _wiring is None:
        raise RuntimeError("The workspace is not wired: egide.server must call wire() first.")
    return _wiring


def keyring() -> Keyring:
    """The keys; opened from the settings when no server runs (command line, tests)."""
    global _keyring
    if _keyring is None:
        _keyring = Keyring(configuration.current().master_key())
    return _keyring
